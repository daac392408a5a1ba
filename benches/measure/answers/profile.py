"""The profile of a cooperative."""

from decimal import Decimal
from typing import Any

from .shapes import ancestors, named, nodes, party, volume

SAME = (
    "name",
    "shortName",
    "program",
    "status",
    "communityBase",
    "registrationNumber",
    "legalEntityNumber",
    "establishedOn",
    "memberCount",
)


def simpul(data: dict[str, Any]) -> dict[str, Any]:
    for node in data["cooperative"]["commodities"]["nodes"]:
        node["annualVolume"] = node["annualVolume"] and Decimal(node["annualVolume"])
    return _money(data)


def sql(data: dict[str, Any]) -> dict[str, Any]:
    for node in data["cooperative"]["commodities"]["nodes"]:
        node["annualVolume"] = volume(node.pop("annualVolumeMilli"))
    return _money(data)


def postgraphile(data: dict[str, Any]) -> dict[str, Any]:
    row = data["cooperativeBySlug"]
    region, as_party = row["regionByRegionCode"], row["partyByRowId"]
    sales = as_party["linkagesBySupplierId"]
    return _money(
        {
            "cooperative": {
                **{key: row[key] for key in SAME},
                "id": row["rowId"],
                "type": row["cooperativeType"],
                "region": {key: region[key] for key in ("code", "name", "level")} | {"ancestors": ancestors(region)},
                "location": None
                if row["latitudeE3"] is None
                else {
                    "latitude": Decimal(row["latitudeE3"]) / 1000,
                    "longitude": Decimal(row["longitudeE3"]) / 1000,
                },
                "businessUnits": row["businessUnitsByCooperativeId"],
                "officers": row["officersByCooperativeId"],
                "commodities": nodes(row["postgraphileLatestCommoditiesByCooperativeId"], _commodity),
                "sales": {"totalCount": sales["totalCount"], **nodes(sales, _sale)},
                "partnerships": nodes(as_party["partnershipPartiesByPartyId"], _partnership),
                "placements": nodes(row["placementsByCooperativeId"], _placement),
            }
        }
    )


def _commodity(node: dict[str, Any]) -> dict[str, Any]:
    commodity = node["commodityByCommodityCode"]
    return {
        "annualVolume": volume(node["annualVolumeMilli"]),
        "unit": commodity["unit"],
        "commodity": {"name": commodity["name"], "category": commodity["category"]},
    }


def _sale(node: dict[str, Any]) -> dict[str, Any]:
    return {key: node[key] for key in ("kind", "status", "startsOn", "annualValue")} | {
        "commodity": named(node["commodityByCommodityCode"]),
        "buyer": party(node["partyByBuyerId"], typename=True),
    }


def _partnership(node: dict[str, Any]) -> dict[str, Any]:
    partnership = node["partnershipByPartnershipId"]
    return {key: partnership[key] for key in ("title", "kind", "status")} | {
        "parties": [
            {"role": member["role"], "party": party(member["partyByPartyId"], typename=True)}
            for member in partnership["partnershipPartiesByPartnershipId"]["nodes"]
        ]
    }


def _placement(node: dict[str, Any]) -> dict[str, Any]:
    batch = node["internshipBatchByBatchId"]
    program = batch["internshipProgramByProgramId"]
    return {
        "status": node["status"],
        "batch": {key: batch[key] for key in ("number", "startsOn", "endsOn")}
        | {
            "program": {"code": program["code"], "name": program["name"]},
        },
    }


# Money stands in strings where a language may lack whole numbers of that size.
def _money(data: dict[str, Any]) -> dict[str, Any]:
    for node in data["cooperative"]["sales"]["nodes"]:
        node["annualValue"] = node["annualValue"] and int(node["annualValue"])
    return data
