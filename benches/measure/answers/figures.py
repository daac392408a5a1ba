"""Figures by province and commodity, as a set: not every peer can sort groups."""

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any


def simpul(data: dict[str, Any]) -> dict[str, Any]:
    return _sorted(
        [
            _group([key["value"] for key in node["keys"]], node["count"], **node["annualValue"])
            for node in data["linkageAggregate"]["nodes"]
        ]
    )


def sql(data: dict[str, Any]) -> dict[str, Any]:
    return simpul(data)


def postgraphile(data: dict[str, Any]) -> dict[str, Any]:
    return _sorted(
        [
            _group(group["keys"], group["sum"]["one"], group["sum"]["annualValue"], group["average"]["annualValue"])
            for group in data["allPostgraphileLinkageFigures"]["groupedAggregates"]
        ]
    )


def _group(keys: list[str | None], count: Any, sum: Any, average: Any) -> dict[str, Any]:
    return {
        "keys": keys,
        "count": int(count),
        "sum": int(sum),
        "average": Decimal(average).quantize(Decimal("0.01"), ROUND_HALF_EVEN),
    }


def _sorted(groups: list[dict[str, Any]]) -> dict[str, Any]:
    return {"groups": sorted(groups, key=lambda group: [key or "" for key in group["keys"]])}
