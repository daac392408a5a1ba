"""What PostGraphile's answers have in common."""

from decimal import Decimal
from typing import Any


def nodes(connection: dict[str, Any], shaped) -> dict[str, Any]:
    return {"nodes": [shaped(node) for node in connection["nodes"]]}


def named(row: dict[str, Any] | None) -> dict[str, Any] | None:
    return row and {"name": row["name"]}


def volume(milli: str | int | None) -> Decimal | None:
    """A volume that is stored in thousandths."""
    return None if milli is None else Decimal(milli) / 1000


def party(row: dict[str, Any], *, typename: bool = False, identified: bool = True) -> dict[str, Any]:
    """Whichever of the two a party is."""
    kind, found = ("Cooperative", row["cooperativeByRowId"])
    if found is None:
        kind, found = ("PartnerInstitution", row["institutionByRowId"])
    shaped = {"name": found["name"]}
    if identified:
        shaped["id"] = found["rowId"]
    if typename:
        shaped["__typename"] = kind
    return shaped


def ancestors(region: dict[str, Any]) -> list[dict[str, Any]]:
    """What a region lies in, the widest first."""
    above = []
    while region := region.get("regionByParentCode"):
        above.insert(0, {key: value for key, value in region.items() if key != "regionByParentCode"})
    return above
