"""Operands of conditions: values from the registry, read through its API, and some that match nothing."""

import base64
import random
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from .schema import Schema, Type

Ask = Callable[[str], dict[str, Any]]
"""Asks a document, and gives its data."""

PAGE = 100
BY_RELATED = ("LINKAGE_COUNT", "PLACEMENT_COUNT", "PARTNERSHIP_COUNT", "COOPERATIVE_COUNT", "LINKAGE_ANNUAL_VALUE")
NOTHING = {
    "Int": ["-1", "2147483647"],
    "Float": ["0.5"],
    "String": ['"zzzz"'],
    "Date": ['"1800-01-01"', '"2999-12-31"'],
    "DateTime": ['"1800-01-01T00:00:00Z"', '"2999-12-31T00:00:00Z"'],
    "Decimal": ['"-1"', '"999999999"'],
    "Rupiah": ['"-1"', '"999999999999"'],
    "RegionCode": ['"99"'],
    "Boolean": ["true", "false"],
}


class Values:
    """Literals by the type and field they stand in, each as often as the registry's pages show it."""

    def __init__(self, schema: Schema, ask: Ask) -> None:
        self.schema = schema
        self.of: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.ids: dict[str, list[str]] = defaultdict(list)
        """Ids by type, those with most related rows first."""
        self.scalars: dict[str, list[str]] = defaultdict(list)
        for page in schema.root_pages():
            row = schema.row_of(page)
            order = page.arguments.get("orderBy")
            words = schema[schema[order.name].inputs["field"].name].words if order else []
            related = [word for word in BY_RELATED if word in words]
            for word in [*related, None, *[word for word in words if word not in ("RELEVANCE", "DISTANCE")][:2]]:
                self._learn(page.name, schema[str(row)], word, ask)

    def literal(self, rng: random.Random, row: str | None, name: str, scalar: str) -> str:
        """A value for a field of a row: mostly a real one."""
        type_ = self.schema[scalar]
        if type_.words:
            real = self.of.get((row or "", name))
            return rng.choice(real) if real and rng.random() < 0.6 else rng.choice(type_.words)
        if scalar == "ID":
            return self.id(rng, row)
        known = self.of.get((row or "", name)) or self.scalars.get(scalar)
        if known and rng.random() < 0.85:
            return rng.choice(known)
        return rng.choice(NOTHING.get(scalar, ['"x"']))

    def id(self, rng: random.Random, row: str | None) -> str:
        """An id of a row's noun: often of one with most related rows, sometimes of none."""
        type_ = self.schema.types.get(row or "")
        nouns = type_.possible if type_ and type_.possible else [str(row)]
        noun = rng.choice([noun for noun in nouns if self.ids.get(noun)] or nouns)
        known = self.ids.get(noun)
        if not known:
            return _id(noun, "01a19467e8007cfb897ff19b5ff90000")
        drawn = rng.random()
        if drawn < 0.4:
            return known[min(len(known) - 1, int(rng.expovariate(0.5)))]
        return rng.choice(known) if drawn < 0.9 else _unused(rng.choice(known))

    def _learn(self, page: str, row: Type, order: str | None, ask: Ask) -> None:
        by = f", orderBy: [{{field: {order}, direction: DESC}}]" if order else ""
        leaves = [found for found in self.schema.leaves(row.name) if not found.kind.listed]
        selected = " ".join(found.name for found in leaves)
        try:
            nodes = ask(f"{{ {page}(first: {PAGE}{by}) {{ nodes {{ {selected} }} }} }}")[page]["nodes"]
        except (KeyError, TypeError):
            return
        for node in nodes:
            for found in leaves:
                value = node.get(found.name)
                if value is None:
                    continue
                literal = self._written(value, found.kind.name)
                if found.name == "id":
                    if literal not in self.ids[row.name]:
                        self.ids[row.name].append(literal)
                else:
                    self.of[(row.name, found.name)].append(literal)
                    if len(self.scalars[found.kind.name]) < 5000:
                        self.scalars[found.kind.name].append(literal)

    def _written(self, value: object, scalar: str) -> str:
        if self.schema[scalar].words or isinstance(value, bool):
            return str(value).lower() if isinstance(value, bool) else str(value)
        if isinstance(value, int | float):
            return str(value)
        text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
        return f'"{text}"'


def _id(noun: str, key: str) -> str:
    return '"' + base64.urlsafe_b64encode(f"{noun}:{key}".encode()).decode().rstrip("=") + '"'


def _unused(literal: str) -> str:
    """An id of the same noun that nothing has."""
    text = literal.strip('"')
    noun, _, key = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(":")
    return _id(noun, key[:-4] + "0000" if len(key) > 20 else key)
