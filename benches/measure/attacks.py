"""The attacks of one caller within the limits: documents, and how they are sent."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

LARGEST = "{institutions(first:1, orderBy:[{field:LINKAGE_COUNT, direction:DESC}]){nodes{slug}}}"
"""Asks for the institution with the most linkages."""


@dataclass(frozen=True)
class Attack:
    name: str
    bodies: Callable[[str], Iterator[str]]
    """Requests without end, given the slug of the largest institution."""
    headers: dict[str, str] = field(default_factory=dict)
    way: str = "post"
    """`post`; `get` asks for `path`, as fast as that is answered; `leave` hangs up before the answer; `unread` and
    `unread sockets` read nothing, and ask on one connection after the other; `socket` asks over WebSockets, ten operations
    at once on each."""
    path: str = "/graphql"


def _same(document: str) -> Callable[[str], Iterator[str]]:
    return lambda largest: itertools.repeat(json.dumps({"query": document.replace("LARGEST", largest)}))


def _numbered(document: str) -> Callable[[str], Iterator[str]]:
    """Each request has a document of its own."""
    return lambda largest: (
        json.dumps({"query": f"query Number{number} {document.replace('LARGEST', largest)}"})
        for number in itertools.count()
    )


def _batch(document: str) -> Callable[[str], Iterator[str]]:
    return lambda largest: itertools.repeat(json.dumps([{"query": document.replace("LARGEST", largest)}] * 10))


LINKAGES = (
    '{institution(by:{slug:"LARGEST"}){linkages{nodes{buyer{...on PartnerInstitution'
    "{linkages{totalCount nodes{code}}}}}}}}"
)
SORTED = (
    '{institution(by:{slug:"LARGEST"}){linkages(first:50){nodes{buyer{...on PartnerInstitution'
    "{linkages(orderBy:[{field:SUPPLIER_NAME}], first:1){nodes{code}}}}}}}}"
)
CONDITIONS = '{cooperatives(where:{linkages:{some:{months:{some:{value:{gt:"1"}}}}}}, first:1){totalCount}}'
REGIONS = "{regions(where:{cooperatives:{some:{linkages:{none:{kind:{eq:OFFTAKE}}}}}}, first:1){totalCount}}"
FIGURES = (
    "{linkageAggregate(groupBy:[SUPPLIER_REGENCY_CITY, BUYER, COMMODITY, STATUS], first:1000)"
    "{totalCount nodes{count keys{value}}}}"
)
SEARCH = '{cooperatives(search:"koperasi desa merah putih", first:100){totalCount nodes{name linkages{totalCount}}}}'
WIDE = (
    "{cooperatives(first:100){nodes{name officers(first:20){nodes{name role body status startsOn endsOn title}}"
    "businessUnits(first:20){nodes{kind status}} linkages(first:20){nodes{code kind status annualValue}}}}}"
)
ROOTS = (
    "{" + " ".join(f"a{at}:linkages(where:{{annualValue:{{gt:{at}}}}},first:1){{totalCount}}" for at in range(90)) + "}"
)
LARGE = "{" + " ".join(f"{'n' * 90}{at}:regions(first:100){{nodes{{{'m' * 90}:name}}}}" for at in range(90)) + "}"
FORBIDDEN = (
    '{cooperatives(where:{linkages:{some:{months:{some:{value:{gt:"1"}}}}}}, first:1){totalCount}'
    " placements(first:1){nodes{person{name}}}}"
)
LATE = (
    '{a:cooperatives(search:"koperasi desa merah putih", first:1){totalCount}'
    ' b:cooperatives(where:{linkages:{some:{months:{some:{value:{gt:"1"}}}}}}, first:1){totalCount}'
    " c:linkageAggregate(groupBy:[SUPPLIER_REGENCY_CITY, BUYER, COMMODITY, STATUS], first:1){totalCount}"
    " placements(first:1){nodes{person{name} score}}}"
)
UNKNOWN = "{cooperatives{nodes{" + " ".join(f"nothing{at}" for at in range(1500)) + "}}}"



def _zeros(largest: str) -> Iterator[str]:
    """A document that is nothing, with 170,000 values that are nothing to it."""
    return itertools.repeat(json.dumps({"query": "{__typename}", "variables": {"a": [0] * 170_000}}, separators=(",", ":")))


ATTACKS = [
    Attack("linkages of linkages", _same(LINKAGES)),
    Attack("sorted linkages of linkages", _same(SORTED)),
    Attack("conditions", _same(CONDITIONS)),
    Attack("conditions of regions", _same(REGIONS)),
    Attack("figures", _same(FIGURES)),
    Attack("search", _same(SEARCH)),
    Attack("wide answers", _same(WIDE)),
    Attack("90 fields at the root", _same(ROOTS)),
    Attack("batches of ten", _batch(LINKAGES)),
    Attack("hanging up", _same(LINKAGES), way="leave"),
    Attack("sockets", _same(SORTED), way="socket"),
    Attack("only costs", _numbered(WIDE), headers={"simpul-cost-only": "true"}),
    Attack("invalid documents", _numbered(UNKNOWN)),
    Attack("the schema", _same(""), headers={"accept-encoding": "gzip"}, way="get", path="/schema.graphql"),
    Attack("metrics", _same(""), headers={"accept-encoding": "gzip"}, way="get", path="/metrics"),
    Attack("readiness", _same(""), way="get", path="/readyz"),
    Attack("bodies full of values", _zeros),
    Attack("unread answers", _same(LARGE), way="unread"),
    Attack("unread answers, compressed", _same(LARGE), headers={"accept-encoding": "br"}, way="unread"),
    Attack("unread answers of sockets", _same(LARGE), way="unread sockets"),
    Attack("what is forbidden", _same(FORBIDDEN)),
    Attack("what runs out of time", _numbered(LATE)),
]
