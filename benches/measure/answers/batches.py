"""A hundred batches and their participants."""

from typing import Any

from .shapes import nodes


def simpul(data: dict[str, Any]) -> dict[str, Any]:
    return data


def sql(data: dict[str, Any]) -> dict[str, Any]:
    return data


def postgraphile(data: dict[str, Any]) -> dict[str, Any]:
    return {"internshipBatches": nodes(data["allInternshipBatches"], _batch)}


def seaography(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "internshipBatches": {
            "nodes": [
                {"number": row["number"], "startsOn": row["startsOn"], "placements": row["placement"]}
                for row in data["internshipBatch"]["nodes"]
            ]
        }
    }


def _batch(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": row["number"],
        "startsOn": row["startsOn"],
        "placements": nodes(row["placementsByBatchId"], _placement),
    }


def _placement(node: dict[str, Any]) -> dict[str, Any]:
    cooperative = node["cooperativeByCooperativeId"]
    return {"status": node["status"], "cooperative": {"id": cooperative["rowId"], "name": cooperative["name"]}}
