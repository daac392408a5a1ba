"""The network of an institution."""

from typing import Any

from .shapes import ancestors, named, nodes, party


def simpul(data: dict[str, Any]) -> dict[str, Any]:
    return _money(data)


def sql(data: dict[str, Any]) -> dict[str, Any]:
    return _money(data)


def postgraphile(data: dict[str, Any]) -> dict[str, Any]:
    row = data["institutionBySlug"]
    supported = row["programSupportersByInstitutionId"]
    partnerships, purchases = row["partnerships"], row["partyByRowId"]["linkagesByBuyerId"]
    return _money(
        {
            "institution": {
                "id": row["rowId"],
                "name": row["name"],
                "kind": row["kind"],
                "supportedPrograms": {"edges": [_supported(node) for node in supported["nodes"]]},
                "partnerships": {
                    "totalCount": partnerships["totalCount"],
                    "pageInfo": partnerships["pageInfo"],
                    **nodes(partnerships, _partnership),
                },
                "purchases": {"totalCount": purchases["totalCount"], **nodes(purchases, _purchase)},
            }
        }
    )


def _supported(node: dict[str, Any]) -> dict[str, Any]:
    program = node["internshipProgramByProgramId"]
    batches = program["internshipBatchesByProgramId"]
    return {"role": node["role"], "node": {"code": program["code"], "name": program["name"], "batches": batches}}


def _partnership(node: dict[str, Any]) -> dict[str, Any]:
    same = ("number", "title", "kind", "status", "signedOn", "effectiveTo")
    return {key: node[key] for key in same} | {
        "parties": [
            {"role": member["role"], "party": _member(member["partyByPartyId"])}
            for member in node["partnershipPartiesByPartnershipId"]["nodes"]
        ]
    }


def _member(row: dict[str, Any]) -> dict[str, Any]:
    shaped = party(row, typename=True)
    if cooperative := row["cooperativeByRowId"]:
        region = cooperative["regionByRegionCode"]
        shaped["region"] = {"name": region["name"], "ancestors": ancestors(region)}
        shaped["linkages"] = nodes(cooperative["partyByRowId"]["linkagesBySupplierId"], _sale)
    return shaped


def _sale(node: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": node["kind"],
        "annualValue": node["annualValue"],
        "commodity": named(node["commodityByCommodityCode"]),
        "buyer": party(node["partyByBuyerId"]),
    }


def _purchase(node: dict[str, Any]) -> dict[str, Any]:
    supplier = node["partyBySupplierId"]
    found = supplier["cooperativeByRowId"] or supplier["institutionByRowId"]
    return {
        "status": node["status"],
        "annualValue": node["annualValue"],
        "commodity": named(node["commodityByCommodityCode"]),
        "supplier": party(supplier) | {"region": named(found["regionByRegionCode"])},
    }


def _money(data: dict[str, Any]) -> dict[str, Any]:
    institution = data["institution"]
    sales = [
        sale
        for partnership in institution["partnerships"]["nodes"]
        for member in partnership["parties"]
        for sale in member["party"].get("linkages", {"nodes": []})["nodes"]
    ]
    for linkage in sales + institution["purchases"]["nodes"]:
        linkage["annualValue"] = linkage["annualValue"] and int(linkage["annualValue"])
    return data
