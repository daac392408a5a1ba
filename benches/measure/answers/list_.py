"""The cooperatives of a regency."""

from typing import Any

from .shapes import named, nodes, party


def simpul(data: dict[str, Any]) -> dict[str, Any]:
    return _money(data)


def sql(data: dict[str, Any]) -> dict[str, Any]:
    return _money(data)


def postgraphile(data: dict[str, Any]) -> dict[str, Any]:
    return _money({"cooperatives": nodes(data["allCooperatives"], _cooperative)})


def _cooperative(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["rowId"],
        "name": row["name"],
        "memberCount": row["memberCount"],
        "region": row["regionByRegionCode"],
        "linkages": nodes(row["partyByRowId"]["linkagesBySupplierId"], _sale),
        "placements": nodes(row["placementsByCooperativeId"], _placement),
    }


def _sale(node: dict[str, Any]) -> dict[str, Any]:
    return {key: node[key] for key in ("kind", "status", "annualValue")} | {
        "commodity": named(node["commodityByCommodityCode"]),
        "buyer": party(node["partyByBuyerId"], identified=False),
    }


def _placement(node: dict[str, Any]) -> dict[str, Any]:
    return {"status": node["status"], "batch": node["internshipBatchByBatchId"]}


def _money(data: dict[str, Any]) -> dict[str, Any]:
    for row in data["cooperatives"]["nodes"]:
        for linkage in row["linkages"]["nodes"]:
            linkage["annualValue"] = linkage["annualValue"] and int(linkage["annualValue"])
    return data
