"""Checks that all peers give equal answers before they are measured."""

import json
import random
from pathlib import Path

from .answers import canonical, difference
from .measurement import Stand
from .failure import Failure
from .paths import TARGET
from .query import KEYS, Query


def check(stand: Stand, peers: list[str], queries: list[Query], depth: int) -> None:
    """Compares every value of all peers' answers to `depth` keys of each query."""
    for query in queries:
        numbers = random.sample(range(1, KEYS + 1), depth)
        asked = [peer for peer in peers if peer != "sql" and query.asked_of(peer)]
        compared = 0
        for number in numbers:
            key = stand.registry.keys[query.name][number - 1]
            text = stand.registry.answer(query, number)
            expected = canonical(query.name, "sql", text)
            compared += _leaves(expected)
            for peer in asked:
                answer = stand.servers[peer].ask(query.body(peer, key))
                found = canonical(query.name, peer, answer)
                if parting := difference(expected, found):
                    kept = _keep(query.name, {"sql": text, peer: answer})
                    raise Failure(
                        f"sql and {peer} answer {query.name} for {key!r} differently at {parting}\n"
                        f"both answers are in {kept}"
                    )
        names = ", ".join(["sql", *asked])
        print(f"==> {query.name}: {compared:,} values for {depth} keys, the same from {names}", flush=True)


def _leaves(value: object) -> int:
    if isinstance(value, dict):
        return sum(map(_leaves, value.values()))
    if isinstance(value, list):
        return sum(map(_leaves, value))
    return 1


def _keep(query: str, answers: dict[str, str]) -> Path:
    folder = TARGET / "differences"
    folder.mkdir(parents=True, exist_ok=True)
    for peer, text in answers.items():
        (folder / f"{query}-{peer}.json").write_text(json.dumps(json.loads(text), indent=1, ensure_ascii=False))
    return folder
