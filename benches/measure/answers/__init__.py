"""Answers of all peers in one form, so that every value of them can be compared.

The form is Simpul's answer without what only Simpul can know: ids are plain UUIDs, a cursor is there or not, and
numbers are written in one way.
"""

import base64
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ..failure import Failure
from . import batches, figures, list_, network, profile

QUERIES = {"profile": profile, "network": network, "list": list_, "figures": figures, "batches": batches}


def canonical(query: str, peer: str, text: str) -> Any:
    """The answer `text` of `peer` in the common form."""
    answer = json.loads(text, parse_float=Decimal)
    if peer == "sql":
        return plain(QUERIES[query].sql(answer))
    if answer.get("errors") or not answer.get("data"):
        raise Failure(f"{peer} answers {query} with errors: {text[:2000]}")
    shaped: Callable[[Any], Any] = getattr(QUERIES[query], peer)
    return plain(shaped(answer["data"]))


def plain(value: Any, name: str = "") -> Any:
    match value:
        case dict():
            return {key: plain(inner, key) for key, inner in value.items()}
        case list():
            return [plain(inner) for inner in value]
        case _ if name == "endCursor":
            return value is not None
        case str() if name == "id":
            return _uuid(value)
        case bool() | None:
            return value
        case int() | Decimal():
            return format(Decimal(value).normalize(), "f")
        case _:
            return value


def _uuid(value: str) -> str:
    bare = value.replace("-", "").lower()
    if len(bare) == 32 and set(bare) <= set("0123456789abcdef"):
        return bare
    decoded = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
    return decoded.rsplit(":", 1)[1].replace("-", "")


def difference(one: Any, other: Any, path: str = "$") -> str | None:
    """Where two answers part first, and how."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return f"{path}: fields {sorted(one.keys() ^ other.keys())} are in one of them only"
        parts = ((one[key], other[key], f"{path}.{key}") for key in one)
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            return f"{path}: {len(one)} and {len(other)} elements"
        parts = ((left, right, f"{path}[{at}]") for at, (left, right) in enumerate(zip(one, other, strict=True)))
    else:
        return None if one == other else f"{path}: {one!r} and {other!r}"
    return next((found for part in parts if (found := difference(*part))), None)
