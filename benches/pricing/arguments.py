"""Random arguments: conditions of every operator and relation, orders, groups and searches."""

import random

from .schema import Field, Schema
from .values import Values

WORDS = ["koperasi", "tani", "al ittifaq", "desa", "kopi", "jawa barat", "universitas", "maju", "a", "bandung", "zzzz"]
PLACES = [("-6.9", "107.6"), ("-7.25", "112.75"), ("3.6", "98.7"), ("-0.9", "119.9"), ("50", "10")]
PROVINCES = ['"32"', '"33"', '"35"', '"12"', '"32.04"', '"32.73"', '"91"']
SIZES = [1, 2, 3, 5, 10, 20, 20, 50, 100, 100]


class Arguments:
    """Draws arguments for the fields of a schema."""

    def __init__(self, schema: Schema, values: Values, rng: random.Random) -> None:
        self.schema, self.values, self.rng = schema, values, rng

    def of(self, found: Field, *, depth: int, wild: float, first: int | None = None) -> str:
        """All arguments of a field in brackets; conditions go `depth` relations deep, each with the chance `wild`."""
        rng, given = self.rng, {}
        row = self.schema.row_of(found)
        searched = "search" in found.arguments and rng.random() < wild / 4
        for name, kind in found.arguments.items():
            value = None
            if name == "first":
                size = first or rng.choice(SIZES)
                value = str(min(size, 20) if found.name == "supplyChains" else size)
            elif name == "maxDepth":
                value = str(rng.randint(1, 6))
            elif name in ("where", "having") and rng.random() < wild:
                value = self.where(kind.name, depth)
            elif name == "search" and searched or name == "text":
                value = f'"{rng.choice(WORDS)}"'
            elif name == "orderBy" and rng.random() < wild:
                value = self.order(kind.name, depth, searched=searched)
            elif name == "groupBy":
                words = self.schema[kind.name].words
                value = f"[{', '.join(rng.sample(words, min(len(words), rng.choice([0, 1, 1, 2, 2, 3]))))}]"
            elif kind.required or (name not in ("after", "before", "last") and rng.random() < 0.15):
                value = self._other(name, kind.name, row, listed=kind.listed)
            if value is not None:
                given[name] = value
        return f"({', '.join(f'{name}: {value}' for name, value in given.items())})" if given else ""

    def where(self, of: str, depth: int) -> str:
        """A condition of an input type that has `and`, `or` and `not`."""
        rng, inputs = self.rng, self.schema[of].inputs
        names = [name for name in inputs if name not in ("and", "or", "not")]
        related = [name for name in names if "and" in self._inner(inputs[name].name) or self._relation(inputs[name].name)]
        plain = [name for name in names if name not in related]
        parts = []
        drawn = rng.random()
        if drawn < 0.12 and depth > 0:
            word = rng.choice(["and", "or"])
            members = ", ".join(self.where(of, depth - 1) for _ in range(rng.choice([2, 2, 3, 5])))
            parts.append(f"{word}: [{members}]")
        elif drawn < 0.2:
            parts.append(f"not: {self.where(of, depth - 1)}")
        if related and depth > 0 and rng.random() < 0.75:
            for name in rng.sample(related, min(len(related), rng.choice([1, 1, 1, 2]))):
                parts.append(f"{name}: {self._related(inputs[name].name, depth - 1)}")
        if plain and (not parts or rng.random() < 0.5):
            for name in rng.sample(plain, min(len(plain), rng.choice([1, 1, 2]))):
                parts.append(f"{name}: {self._operators(inputs[name].name, self.schema.rows.get(of), name)}")
        return "{" + ", ".join(parts) + "}"

    def order(self, of: str, depth: int, *, searched: bool = False) -> str:
        """A list of terms: fields of the row, or what is found out from related rows."""
        rng, inputs = self.rng, self.schema[of].inputs
        words = [word for word in self.schema[inputs["field"].name].words if word not in ("RELEVANCE", "DISTANCE")]
        terms = []
        for word in rng.sample(words, min(len(words), rng.choice([1, 1, 2, 3]))):
            term = f"field: {word}, direction: {rng.choice(['ASC', 'DESC'])}"
            for name, kind in inputs.items():
                noun = name.upper().removesuffix("S")
                if name not in ("field", "direction", "nulls") and word.startswith(noun) and rng.random() < 0.6:
                    term += f", {name}: {self._selection(kind.name, depth)}"
            terms.append(f"{{{term}}}")
        if searched and rng.random() < 0.3:
            terms.insert(0, "{field: RELEVANCE, direction: DESC}")
        return f"[{', '.join(terms)}]"

    def by(self, of: str, row: str) -> str:
        """A key of a lookup: always the global id."""
        return f"{{id: {self.values.id(self.rng, row)}}}"

    def place(self) -> str:
        latitude, longitude = self.rng.choice(PLACES)
        return f"{{latitude: {latitude}, longitude: {longitude}}}"

    def _inner(self, name: str) -> dict[str, object]:
        return dict(self.schema[name].inputs)

    def _relation(self, name: str) -> bool:
        return "some" in self.schema[name].inputs

    def _selection(self, of: str, depth: int) -> str:
        """What an order counts: a condition, or a side and a condition."""
        inputs = self.schema[of].inputs
        if "and" in inputs:
            return self.where(of, max(0, depth - 1))
        return f"{{where: {self.where(inputs['where'].name, max(0, depth - 1))}}}"

    def _related(self, of: str, depth: int) -> str:
        rng, inputs = self.rng, self.schema[of].inputs
        if not self._relation(of):
            return self.where(of, depth)
        inner = inputs["some"].name
        parts = []
        if rng.random() < 0.25:
            parts.append(f"where: {self.where(inner, depth)}")
        if "as" in inputs and rng.random() < 0.4:
            parts.append(f"as: {rng.choice(['SUPPLIER', 'BUYER'])}")
        word = rng.choice(["some", "some", "none", "every", "count"])
        if word == "count":
            operator = rng.choice(["eq", "gt", "lt", "gte"])
            parts.append(f"count: {{{operator}: {rng.choice([0, 1, 2, 3, 10])}}}")
        else:
            bare = word != "every" and rng.random() < 0.15
            parts.append(f"{word}: {'{}' if bare else self.where(inner, depth)}")
        return "{" + ", ".join(parts) + "}"

    def _operators(self, of: str, row: str | None, name: str) -> str:
        rng, inputs = self.rng, self.schema[of].inputs
        if "near" in inputs:
            if rng.random() < 0.5:
                return f"{{near: {self.place()}, withinKm: {rng.choice([1, 10, 50, 500])}}}"
            corners = "southWest: {latitude: -8, longitude: 105}, northEast: {latitude: -6, longitude: 109}"
            return f"{{box: {{{corners}}}}}"
        if "sum" in inputs:
            word = rng.choice(list(inputs))
            return f"{{{word}: {self._operators(inputs[word].name, row, name)}}}"
        if not inputs:
            return self.values.literal(rng, row, name, of)
        word = rng.choice(list(inputs))
        kind = inputs[word]
        value = lambda: self.values.literal(rng, row, name, kind.name)  # noqa: E731
        if word in ("isNull",):
            return f"{{isNull: {rng.choice(['true', 'false'])}}}"
        if word in ("contains", "startsWith"):
            text = value().strip('"')
            start = rng.randrange(max(1, len(text) - 3)) if word == "contains" else 0
            part = text[start : start + rng.choice([2, 3, 5, 8])].replace("\\", "") or "a"
            return f'{{{word}: "{part}"}}'
        if kind.listed:
            return f"{{{word}: [{', '.join(value() for _ in range(rng.choice([1, 2, 3, 10, 50])))}]}}"
        return f"{{{word}: {value()}}}"

    def _other(self, name: str, of: str, row: str | None, *, listed: bool) -> str | None:
        rng, type_ = self.rng, self.schema[of]
        if type_.words:
            word = rng.choice(type_.words)
            return f"[{word}]" if listed else word
        if name == "by":
            return None
        if of == "ID":
            ids = [self.values.id(rng, rng.choice(["Cooperative", "PartnerInstitution"])) for _ in range(100)]
            return f"[{', '.join(ids)}]" if listed else ids[0]
        if of == "GeoPointInput":
            return self.place()
        if of == "RegionCode":
            return rng.choice(PROVINCES)
        return {"year": "2025"}.get(name)
