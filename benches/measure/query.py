"""The queries in benches/queries, and the requests made from them."""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .paths import QUERIES, TARGET

ALL = ("profile", "network", "list", "figures", "batches")
KEYS = 4000
SEED = 2025
FOLDER = TARGET / "bodies"


@dataclass(frozen=True)
class Query:
    name: str

    @property
    def folder(self) -> Path:
        return QUERIES / self.name

    def statement(self, engine: str) -> str:
        """The best SQL statement for it; `:n` is the number of the key."""
        return (self.folder / f"{engine}.sql").read_text().strip()

    def asked_of(self, peer: str) -> bool:
        """Whether the peer's language can say it."""
        return (self.folder / f"{peer}.graphql").exists()

    def body(self, peer: str, key: str) -> str:
        """The request that asks `peer` for `key`, on one line."""
        document = (self.folder / f"{peer}.graphql").read_text()
        variables = json.loads((self.folder / "variables.json").read_text())[peer]
        return json.dumps({"query": document, "variables": _filled(variables, key)})

    def write_requests(self, peers: Iterable[str], keys: list[str]) -> None:
        """Files of what is drawn from under load: the keys, and each peer's requests for them, a line each."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.keys.write_text("".join(f"{key}\n" for key in keys))
        for peer in peers:
            if self.asked_of(peer):
                self.bodies(peer).write_text("".join(self.body(peer, key) + "\n" for key in keys))

    @property
    def keys(self) -> Path:
        return FOLDER / f"{self.name}.keys"

    def bodies(self, peer: str) -> Path:
        return FOLDER / f"{self.name}-{peer}.jsonl"

    def drawn(self, tickets: list[str]) -> list[str]:
        """Keys drawn from `tickets`, the same ones every time."""
        return random.Random(f"{SEED} {self.name}").choices(tickets, k=KEYS)


def _filled(value: object, key: str) -> object:
    if isinstance(value, dict):
        return {name: _filled(inner, key) for name, inner in value.items()}
    return value.replace("KEY", key) if isinstance(value, str) else value
