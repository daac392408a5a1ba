"""Random documents over the whole schema, with more of the kinds that are likely to cost more than their price."""

import random
import re

from .arguments import SIZES, Arguments
from .schema import Field, Schema
from .values import Values

FIRST = re.compile(r"first: (\d+)")
PATHS = ("downstream", "upstream")


class Documents:
    """Draws documents: the same ones for the same seed, schema and registry."""

    def __init__(self, schema: Schema, values: Values, seed: str) -> None:
        self.schema, self.values = schema, values
        self.rng = random.Random(seed)
        self.arguments = Arguments(schema, values, self.rng)
        query = schema["Query"].fields.values()
        self.pages = list(schema.root_pages())
        self.figures = [found for found in query if "groupBy" in found.arguments]
        self.lookups = [found for found in query if "by" in found.arguments]

    def draw(self) -> tuple[str, str]:
        """The name of a shape, and a document of it."""
        shapes = [
            ("list", 5, self._list),
            ("conditions", 6, self._conditions),
            ("figures", 4, self._figures),
            ("lookup", 3, self._lookup),
            ("fan-out", 5, self._fan_out),
            ("order", 4, self._order),
            ("paths", 3, self._paths),
            ("search", 2, self._search),
            ("nodes", 1, self._nodes),
        ]
        name, _, make = self.rng.choices(shapes, [weight for _, weight, _ in shapes])[0]
        roots = 1 if self.rng.random() < 0.85 else self.rng.choice([2, 3, 5])
        parts = [make() for _ in range(roots)]
        if roots > 1:
            parts = [f"r{at}: {part}" for at, part in enumerate(parts)]
        return name, "{ " + " ".join(parts) + " }"

    def _list(self) -> str:
        return self._page(self.rng.choice(self.pages), depth=self.rng.choice([0, 1, 2, 3]), wild=0.6)

    def _conditions(self) -> str:
        """Conditions over several relations, with little selected."""
        found = self.rng.choice(self.pages)
        arguments = self.arguments.where(found.arguments["where"].name, self.rng.choice([1, 2, 2, 3, 4, 5]))
        selected = self.rng.choice(["totalCount", "nodes { id }", "totalCount nodes { id }"])
        return f"{found.name}(where: {arguments}, first: {self.rng.choice(SIZES)}) {{ {selected} }}"

    def _order(self) -> str:
        """Lists in an order that has to be found out."""
        found = self.rng.choice([page for page in self.pages if "orderBy" in page.arguments])
        order = self.arguments.order(found.arguments["orderBy"].name, self.rng.choice([1, 2, 3]))
        where = ""
        if self.rng.random() < 0.4:
            where = f", where: {self.arguments.where(found.arguments['where'].name, 1)}"
        return f"{found.name}(orderBy: {order}{where}, first: {self.rng.choice(SIZES)}) {{ nodes {{ id }} }}"

    def _figures(self) -> str:
        found = self.rng.choice(self.figures)
        arguments = self.arguments.of(found, depth=2, wild=0.6, first=self.rng.choice([20, 100, 1000]))
        row = self.schema.row_of(found)
        return f"{found.name}{arguments} {{ totalCount nodes {self._selection(str(row), 1, 0)} }}"

    def _lookup(self) -> str:
        found = self.rng.choice(self.lookups)
        by = self.arguments.by(found.arguments["by"].name, found.kind.name)
        return f"{found.name}(by: {by}) {self._selection(found.kind.name, self.rng.choice([1, 2, 3]), 0.4)}"

    def _fan_out(self) -> str:
        """Rows of the largest, and what leads from them to many, over and over."""
        row = self.rng.choice(["Cooperative", "PartnerInstitution", "Region", "InternshipProgram", "Commodity"])
        ids = self.values.ids.get(row)
        key = ids[min(len(ids) - 1, int(self.rng.expovariate(0.7)))] if ids else '"x"'
        if self.rng.random() < 0.3:
            found = next(page for page in self.pages if self.schema.row_of(page) == row)
            size = self.rng.choice(SIZES)
            return f"{found.name}(first: {size}) {{ nodes {self._chain(row, self.rng.randint(1, 4))} }}"
        return f"node(id: {key}) {{ ... on {row} {self._chain(row, self.rng.randint(1, 5))} }}"

    def _chain(self, of: str, levels: int) -> str:
        """One list within the other, through interfaces where they lie between."""
        if levels == 0:
            return "{ id }"
        type_ = self.schema[of]
        if type_.possible:
            parts = [f"... on {name} {self._chain(name, levels)}" for name in type_.possible[:4]]
            return "{ id " + " ".join(parts) + " }"
        lists = [found for found in type_.fields.values() if self.schema.row_of(found) and found.name not in PATHS]
        ones = [
            found
            for found in type_.fields.values()
            if not self.schema[found.kind.name].leaf and found not in lists and "id" in self.schema[found.kind.name].fields
        ]
        figures = [found for found in type_.fields.values() if found.name.endswith("Figures")]
        if figures and self.rng.random() < 0.3:
            found = self.rng.choice(figures)
            return f"{{ {found.name}{self.arguments.of(found, depth=1, wild=0.5)} {{ count }} }}"
        if lists and (not ones or self.rng.random() < 0.7):
            found = self.rng.choice(lists)
            arguments = self.arguments.of(found, depth=1, wild=0.2)
            counted = "totalCount " if self.rng.random() < 0.3 and self._counts(found) else ""
            row = str(self.schema.row_of(found))
            return f"{{ {found.name}{arguments} {{ {counted}nodes {self._chain(row, levels - 1)} }} }}"
        if ones:
            found = self.rng.choice(ones)
            return f"{{ {found.name}{self.arguments.of(found, depth=0, wild=0)} {self._chain(found.kind.name, levels - 1)} }}"
        return "{ id }"

    def _paths(self) -> str:
        row = self.rng.choice(["Cooperative", "PartnerInstitution"])
        if self.rng.random() < 0.3:
            found = self.schema["Query"].fields["supplyChains"]
            arguments = self.arguments.of(found, depth=1, wild=0.3, first=self.rng.choice([1, 5, 20]))
            return f"supplyChains{arguments} {{ length parties {{ name }} }}"
        name = self.rng.choice(PATHS)
        found = self.schema[row].fields[name]
        path = f"{name}{self.arguments.of(found, depth=2, wild=0.3)} {{ nodes {{ depth party {{ name }} }} truncated }}"
        if self.rng.random() < 0.4:
            page = next(page for page in self.pages if self.schema.row_of(page) == row)
            return f"{page.name}(first: {self.rng.choice(SIZES)}) {{ nodes {{ id {path} }} }}"
        return f"node(id: {self.values.id(self.rng, row)}) {{ ... on {row} {{ {path} }} }}"

    def _search(self) -> str:
        found = self.schema["Query"].fields["search"]
        if self.rng.random() < 0.5:
            found = self.rng.choice([page for page in self.pages if "search" in page.arguments])
            text = self.arguments.of(found, depth=1, wild=0.9)
            if "search:" not in text:
                text = text.replace("(", '(search: "desa", ', 1) if text else '(search: "tani")'
            return f"{found.name}{text} {{ totalCount nodes {{ id }} }}"
        return f"search{self.arguments.of(found, depth=1, wild=0.5)} {{ totalCount nodes {{ __typename }} }}"

    def _nodes(self) -> str:
        row = self.rng.choice([name for name in self.values.ids if self.values.ids[name]])
        ids = ", ".join(self.values.id(self.rng, row) for _ in range(self.rng.choice([1, 10, 100])))
        return f"nodes(ids: [{ids}]) {{ id ... on {row} {self._selection(row, 1, 0.2)} }}"

    def _page(self, found: Field, *, depth: int, wild: float) -> str:
        arguments = self.arguments.of(found, depth=self.rng.choice([1, 1, 2, 3]), wild=wild)
        counted = "totalCount " if self.rng.random() < 0.3 and self._counts(found) else ""
        row = str(self.schema.row_of(found))
        if "edges" in self.schema[found.kind.name].fields and self.rng.random() < 0.2:
            return f"{found.name}{arguments} {{ {counted}edges {{ cursor node {self._selection(row, depth, wild / 2)} }} }}"
        return f"{found.name}{arguments} {{ {counted}nodes {self._selection(row, depth, wild / 2)} }}"

    def _counts(self, found: Field) -> bool:
        return "totalCount" in self.schema[found.kind.name].fields

    def _selection(self, of: str, depth: int, wild: float) -> str:
        """Some or all leaves of a type, and what hangs on it."""
        type_ = self.schema[of]
        if type_.possible:
            parts = [f"... on {name} {self._selection(name, depth, wild)}" for name in type_.possible[:6]]
            return "{ __typename " + " ".join(parts) + " }"
        leaves = self.schema.leaves(of)
        most = len(leaves) if self.rng.random() < 0.2 else self.rng.randint(1, 4)
        parts = ["__typename", *(found.name for found in self.rng.sample(leaves, min(len(leaves), most)))]
        if depth > 0:
            more = [found for found in type_.fields.values() if not self.schema[found.kind.name].leaf]
            more = [found for found in more if not found.arguments.keys() & {"by", "from"}]
            for found in self.rng.sample(more, min(len(more), self.rng.choice([1, 1, 2, 3]))):
                if self.schema.row_of(found) and found.name not in PATHS and "first" in found.arguments:
                    parts.append(self._page(found, depth=depth - 1, wild=wild))
                else:
                    arguments = self.arguments.of(found, depth=1, wild=wild)
                    parts.append(f"{found.name}{arguments} {self._selection(found.kind.name, depth - 1, wild)}")
        return "{ " + " ".join(dict.fromkeys(parts)) + " }"


def smaller(document: str) -> str | None:
    """The document with its largest page halved; None when all pages are of one row."""
    largest = max(FIRST.finditer(document), key=lambda found: int(found[1]), default=None)
    if largest is None or int(largest[1]) < 2:
        return None
    return f"{document[: largest.start(1)]}{int(largest[1]) // 2}{document[largest.end(1) :]}"
