"""What PostGraphile's answers have in common."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

Row = dict[str, Any]


def nodes(connection: Row, shaped: Callable[[Row], Row]) -> Row:
    return {"nodes": [shaped(node) for node in connection["nodes"]]}


def named(row: Row | None) -> Row | None:
    return row and {"name": row["name"]}


def volume(milli: str | int | None) -> Decimal | None:
    """A volume that is stored in thousandths."""
    return None if milli is None else Decimal(milli) / 1000


def party(row: Row, *, typename: bool = False, identified: bool = True) -> Row:
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


def ancestors(region: Row) -> list[Row]:
    """What a region lies in, the widest first."""
    above: list[Row] = []
    parent = region["regionByParentCode"]
    while parent:
        above.insert(0, {key: value for key, value in parent.items() if key != "regionByParentCode"})
        parent = parent.get("regionByParentCode")
    return above
