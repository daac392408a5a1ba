"""The mutations that are measured, as each server has them, and the rows that they change."""

import base64
import json
import random
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .paths import TARGET

FOLDER = TARGET / "mutations"
MOST = 60_000
"""Rows that are drawn for one measurement. A month that is recorded twice would be refused."""

MONTHS = [f"2026-{month:02}-01" for month in range(1, 11)]
"""Months that can be recorded: a copy has none of them."""


@dataclass(frozen=True)
class Written:
    """A mutation as one server has it: in the variables, `<…>` stands for what a row has."""

    document: str
    variables: dict[str, Any]
    executed: str
    """What the answer has if it was executed."""


@dataclass(frozen=True)
class Mutation:
    name: str
    rows: str
    """Lists rows that the mutation may change: the linkage, its version, a month."""
    servers: dict[str, Written]

    def listed(self, engine: str) -> str:
        """The statement that lists rows, as an engine writes days."""
        day = "DATE " if engine == "postgres" else ""
        months = ", ".join(f"({day}'{month}')" for month in MONTHS)
        return f"WITH calendar (month) AS (VALUES {months}) {self.rows}"

    def write(self, server: str, credential: str, rows: list[tuple[uuid.UUID, int, str]], seed: str) -> Path:
        """A file for the load generator: a template of the body, the credential, and drawn rows."""
        written = self.servers[server]
        body = json.dumps({"query": " ".join(written.document.split()), "variables": {"input": written.variables}})
        body = body.replace('"<version>"', "<version>")
        chance = random.Random(seed)
        drawn = chance.sample(rows, min(MOST, len(rows)))
        lines = [body, credential if server == "simpul" else ""]
        for key, version, month in drawn:
            linkage = _global(key) if server == "simpul" else str(key)
            lines.append(f"{linkage} {version} {month} {uuid.UUID(int=chance.getrandbits(128), version=4)}")
        FOLDER.mkdir(parents=True, exist_ok=True)
        path = FOLDER / f"{self.name}-{server}"
        path.write_text("".join(f"{line}\n" for line in lines))
        return path


def _global(key: uuid.UUID) -> str:
    """The id of a linkage in the API."""
    return base64.urlsafe_b64encode(f"BusinessLinkage:{key.hex}".encode()).decode().rstrip("=")


AMEND = Mutation(
    "amendLinkage",
    "SELECT id, version, '-' FROM linkage WHERE status IN ('PROPOSED', 'NEGOTIATING', 'TRIAL', 'ACTIVE')",
    {
        "simpul": Written(
            """mutation($input: AmendLinkageInput!) { amendLinkage(input: $input) {
                   linkage { id version annualValue } userErrors { code field message rule } replayed } }""",
            {"idempotencyKey": "<key>", "id": "<id>", "expectedVersion": "<version>", "annualValue": "<number>"},
            '"userErrors":[]',
        ),
        "postgraphile": Written(
            """mutation($input: UpdateLinkageByRowIdInput!) { updateLinkageByRowId(input: $input) {
                   linkage { rowId version annualValue } } }""",
            {"rowId": "<id>", "linkagePatch": {"annualValue": "<number>"}},
            '"version":',
        ),
    },
)

RECORD = Mutation(
    "recordMonth",
    """SELECT id, version, month FROM linkage JOIN calendar ON starts_on <= month AND (ends_on IS NULL OR month < ends_on)
       WHERE status = 'ACTIVE' AND NOT EXISTS (
           SELECT 1 FROM linkage_month x WHERE x.linkage_id = linkage.id AND x.month = calendar.month)""",
    {
        "simpul": Written(
            """mutation($input: RecordMonthInput!) { recordMonth(input: $input) {
                   linkageMonth { id version month value } userErrors { code field message rule } replayed } }""",
            {
                "idempotencyKey": "<key>",
                "linkage": "<id>",
                "month": "<month>",
                "value": "<number>",
                "deliveryCount": 4,
            },
            '"userErrors":[]',
        ),
        "postgraphile": Written(
            """mutation($input: CreateLinkageMonthInput!) { createLinkageMonth(input: $input) {
                   linkageMonth { rowId version month value } } }""",
            {
                "linkageMonth": {
                    "rowId": "<new>",
                    "linkageId": "<id>",
                    "month": "<month>",
                    "value": "<number>",
                    "deliveryCount": 4,
                    "version": 1,
                    "createdAt": "1790000000000000",
                    "updatedAt": "1790000000000000",
                    "source": "API",
                }
            },
            '"version":',
        ),
    },
)

MUTATIONS = (AMEND, RECORD)
