"""The served schema, read by introspection."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

QUERY = """{ __schema { types { kind name possibleTypes { name } enumValues { name }
  fields { name type { ...T } args { name type { ...T } } } inputFields { name type { ...T } } } } }
fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }"""


@dataclass(frozen=True)
class Kind:
    """A type as it is referred to: its name, and whether it is a list or required."""

    name: str
    listed: bool
    required: bool


@dataclass(frozen=True)
class Field:
    name: str
    kind: Kind
    arguments: dict[str, Kind] = field(default_factory=dict)

    @property
    def needs_no_argument(self) -> bool:
        return not any(kind.required for kind in self.arguments.values())


@dataclass(frozen=True)
class Type:
    name: str
    kind: str
    fields: dict[str, Field]
    inputs: dict[str, Kind]
    words: list[str]
    possible: list[str]

    @property
    def leaf(self) -> bool:
        return self.kind in ("SCALAR", "ENUM")


class Schema:
    """All types by name, and what rows each filter is about."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.types = {found.name: found for found in map(_type, answer["__schema"]["types"])}
        self.rows: dict[str, str] = {}
        for type_ in self.types.values():
            for found in type_.fields.values():
                row = self.row_of(found)
                where = found.arguments.get("where")
                if row and where and "and" in self.types[where.name].inputs:
                    self.rows.setdefault(where.name, row)
        for name in self.types:
            plain = name.removesuffix("Where")
            if plain != name and plain in self.types:
                self.rows.setdefault(name, plain)

    def __getitem__(self, name: str) -> Type:
        return self.types[name]

    def row_of(self, found: Field) -> str | None:
        """The type of the rows on the page that a field holds."""
        nodes = self.types[found.kind.name].fields.get("nodes")
        return nodes.kind.name if nodes else None

    def leaves(self, of: str) -> list[Field]:
        fields = self[of].fields.values()
        return [found for found in fields if self[found.kind.name].leaf and found.needs_no_argument]

    def root_pages(self) -> Iterator[Field]:
        """Fields of the root that hold a page of rows that have an id."""
        for found in self["Query"].fields.values():
            row = self.row_of(found)
            if row and "id" in self[row].fields and found.needs_no_argument:
                yield found


def _kind(told: dict[str, Any]) -> Kind:
    required, listed = told["kind"] == "NON_NULL", False
    while told["kind"] in ("NON_NULL", "LIST"):
        listed |= told["kind"] == "LIST"
        told = told["ofType"]
    return Kind(told["name"], listed, required)


def _type(told: dict[str, Any]) -> Type:
    fields = [
        Field(one["name"], _kind(one["type"]), {arg["name"]: _kind(arg["type"]) for arg in one["args"]})
        for one in told["fields"] or []
    ]
    return Type(
        told["name"],
        told["kind"],
        {one.name: one for one in fields},
        {one["name"]: _kind(one["type"]) for one in told["inputFields"] or []},
        [one["name"] for one in told["enumValues"] or []],
        [one["name"] for one in told["possibleTypes"] or []],
    )
