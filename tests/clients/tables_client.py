"""Exported files, opened by the programs that analysts use: every value is that of the API's answer."""

import csv
import io
import json
import os
import tempfile
import unittest
from datetime import date, datetime, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import duckdb
import openpyxl
import pandas
import polars
import pyarrow.parquet
from openpyxl.utils.escape import unescape

URL = os.environ["SIMPUL_URL"]
EXPORT = URL.removesuffix("/graphql") + "/export"

# Each selected field with the type of its values.
COLUMNS = {
    "id": str,
    "cooperative.name": str,
    "cooperative.registrationNumber": str,
    "cooperative.phone": str,
    "cooperative.region.code": str,
    "bookYear": int,
    "meetingOn": date,
    "attendeeCount": int,
    "turnover": Decimal,
    "surplus": Decimal,
    "healthStatus": str,
    "healthIndex": Decimal,
    "updatedAt": datetime,
    "source": str,
}
FIELDS = """
    id
    cooperative { name registrationNumber phone region { code } }
    bookYear meetingOn attendeeCount turnover surplus healthStatus healthIndex updatedAt source
"""
ARGUMENTS = "where: { bookYear: { gte: 2023 } }"
EXPORTED = f"{{ annualReports({ARGUMENTS}) {{ nodes {{ {FIELDS} }} }} }}"
PAGE = f"""
    query Page($after: String) {{
      annualReports({ARGUMENTS}, first: 100, after: $after) {{
        nodes {{ {FIELDS} }} pageInfo {{ hasNextPage endCursor }}
      }}
    }}
"""
DIGITS_OF_A_SPREADSHEET = 15


def sent(url: str, body: dict | None = None) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(url, data, {"content-type": "application/json"}), timeout=60) as response:
        return response.read()


def value_at(node: dict | None, path: str):
    for name in path.split("."):
        node = None if node is None else node[name]
    return node


def typed(kind: type, value):
    """A value of the API's answer, by its type."""
    if value is None or kind in (str, int):
        return value
    if kind is Decimal:
        return Decimal(value)
    if kind is date:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value)


@cache
def rows() -> list[dict]:
    """All rows, page by page, as the API spells their values."""
    after, found = None, []
    while True:
        answer = json.loads(sent(URL, {"query": PAGE, "variables": {"after": after}}))
        page = answer["data"]["annualReports"]
        found += [{path: value_at(node, path) for path in COLUMNS} for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


@cache
def exported(format: str, profile: str = "plain") -> bytes:
    return sent(f"{EXPORT}/{format}?" + urlencode({"query": EXPORTED, "profile": profile}))


def file(format: str) -> str:
    path = Path(tempfile.gettempdir()) / f"simpul-table.{format}"
    path.write_bytes(exported(format))
    return str(path)


def spelt(value) -> str:
    """A value of the API's answer in plain CSV."""
    return "" if value is None else str(value)


class Tables(unittest.TestCase):
    maxDiff = 2_000

    def check(self, found, expected=None):
        """Compares rows with what the API answers, each value with its type."""
        if expected is None:
            expected = [{path: typed(kind, row[path]) for path, kind in COLUMNS.items()} for row in rows()]
        found = list(found)
        self.assertGreater(len(expected), 100)
        self.assertEqual(len(found), len(expected))
        for number, (row, other) in enumerate(zip(found, expected)):
            self.assertEqual(list(row), list(COLUMNS))
            for path in COLUMNS:
                if row[path] != other[path] or type(row[path]) is not type(other[path]):
                    self.fail(f"row {number}, {path}: {row[path]!r} is not {other[path]!r}")


class Csv(Tables):
    def test_python_reads_it(self):
        lines = csv.DictReader(io.StringIO(exported("csv").decode(), newline=""))
        self.check(lines, [{path: spelt(value) for path, value in row.items()} for row in rows()])

    def test_polars_reads_it_as_text_and_tells_absent_values_from_empty_text(self):
        frame = polars.read_csv(exported("csv"), infer_schema=False)
        self.check(
            frame.iter_rows(named=True),
            [{path: None if value is None else str(value) for path, value in row.items()} for row in rows()],
        )

    def test_pandas_reads_it_as_text(self):
        frame = pandas.read_csv(io.BytesIO(exported("csv")), dtype=str, keep_default_na=False)
        self.check(
            frame.to_dict("records"), [{path: spelt(value) for path, value in row.items()} for row in rows()]
        )

    def test_duckdb_reads_its_types(self):
        types = {path: {int: "BIGINT", date: "DATE"}.get(kind, "VARCHAR") for path, kind in COLUMNS.items()}
        found = duckdb.read_csv(file("csv"), header=True, dtype=types).fetchall()
        self.check(
            [dict(zip(COLUMNS, row)) for row in found],
            [
                {path: typed(kind if kind in (int, date) else str, row[path]) for path, kind in COLUMNS.items()}
                for row in rows()
            ],
        )

    def test_a_spreadsheet_in_indonesian_has_its_own(self):
        text = exported("csv", "excel-id").decode()
        self.assertTrue(text.startswith("\ufeff"))
        lines = list(csv.DictReader(io.StringIO(text[1:], newline=""), delimiter=";"))
        self.assertEqual(len(lines), len(rows()))
        for line, row in zip(lines, rows()):
            self.assertEqual(list(line), list(COLUMNS))
            for path, kind in COLUMNS.items():
                expected = spelt(row[path])
                if kind is Decimal:
                    expected = expected.replace(".", ",")
                    if sum(character.isdigit() for character in expected.lstrip("-0,")) > DIGITS_OF_A_SPREADSHEET:
                        expected = "'" + expected
                if kind is datetime:
                    expected = expected.replace("T", " ").removesuffix("Z").replace(".", ",")
                found = line[path]
                if kind is str:
                    self.assertFalse(found.startswith(("=", "+", "-", "@")), found)
                    self.assertIn(found, (expected, "'" + expected), path)
                else:
                    self.assertEqual(found, expected, path)


class Ndjson(Tables):
    def test_each_line_is_a_row_of_the_answer(self):
        self.check([json.loads(line) for line in exported("ndjson").splitlines()], rows())

    def test_polars_reads_it(self):
        frame = polars.read_ndjson(exported("ndjson"), infer_schema_length=None)
        self.check(frame.iter_rows(named=True), rows())

    def test_duckdb_reads_it(self):
        types = ", ".join(
            f"'{path}': '{'BIGINT' if kind is int else 'VARCHAR'}'" for path, kind in COLUMNS.items()
        )
        found = duckdb.sql(
            f"SELECT * FROM read_json('{file('ndjson')}', format = 'newline_delimited', columns = {{{types}}})"
        )
        self.check([dict(zip(COLUMNS, row)) for row in found.fetchall()], rows())


class Xlsx(Tables):
    def test_openpyxl_reads_its_types(self):
        book = openpyxl.load_workbook(io.BytesIO(exported("xlsx")))
        self.assertEqual(book.sheetnames, ["data", "about"])
        sheet = book["data"]
        self.assertEqual((sheet.freeze_panes, sheet.auto_filter.ref), ("A2", sheet.dimensions))
        heading, *lines = sheet.iter_rows()
        self.assertEqual([cell.value for cell in heading], list(COLUMNS))
        self.assertEqual(len(lines), len(rows()))
        for line, row in zip(lines, rows()):
            for (path, kind), cell in zip(COLUMNS.items(), line):
                self.assertNotEqual(cell.data_type, "f")
                self.assertIsNone(cell.hyperlink)
                self.assertEqual(in_sheet(kind, cell.value), in_sheet(kind, typed(kind, row[path])), path)
        about = [cell for line in book["about"].iter_rows(values_only=True) for cell in line if cell]
        self.assertIn("query", about)
        for path in COLUMNS:
            self.assertIn(path, about)

    def test_pandas_reads_it(self):
        frame = pandas.read_excel(io.BytesIO(exported("xlsx")), sheet_name="data", dtype=object)
        self.assertEqual(list(frame.columns), list(COLUMNS))
        for (path, kind), column in zip(COLUMNS.items(), (frame[path] for path in COLUMNS)):
            found = [None if pandas.isna(value) else in_sheet(kind, value) for value in column]
            self.assertEqual(found, [in_sheet(kind, typed(kind, row[path])) for row in rows()], path)


def in_sheet(kind: type, value):
    """A value as both a spreadsheet and the API have it: numbers to 15 digits, times to the millisecond."""
    if value is None or value == "":
        return None
    if kind in (int, Decimal):
        return Decimal(str(value))
    if kind is str:
        return unescape(value)  # which the library leaves to its callers
    if kind is date:
        return value.date() if isinstance(value, datetime) else value
    if kind is datetime:
        value = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return value.replace(microsecond=value.microsecond // 1_000 * 1_000)
    return value


class Parquet(Tables):
    def test_pyarrow_reads_its_types_and_descriptions(self):
        opened = pyarrow.parquet.ParquetFile(io.BytesIO(exported("parquet")))
        table = opened.read()
        types = {field.name: str(field.type) for field in table.schema}
        self.assertEqual(types["bookYear"], "int64")
        self.assertEqual(types["meetingOn"], "date32[day]")
        self.assertEqual(types["turnover"], "decimal128(38, 0)")
        self.assertEqual(types["updatedAt"], "timestamp[us, tz=UTC]")
        self.assertTrue(types["healthStatus"].startswith("dictionary<values=string"), types["healthStatus"])
        self.assertTrue(table.schema.field("bookYear").metadata[b"description"])
        self.assertIn(b"simpul.query", opened.metadata.metadata)
        self.check(table.to_pylist())

    def test_polars_reads_it(self):
        self.check(polars.read_parquet(exported("parquet")).iter_rows(named=True))

    def test_pandas_reads_it(self):
        frame = pandas.read_parquet(io.BytesIO(exported("parquet")), dtype_backend="pyarrow")
        self.check({path: plain(value) for path, value in row.items()} for row in frame.to_dict("records"))

    def test_duckdb_reads_it(self):
        duckdb.sql("SET TimeZone = 'UTC'")
        fields = ", ".join(
            f'"{path}"' if kind is not datetime else f'epoch_us("{path}")' for path, kind in COLUMNS.items()
        )
        found = duckdb.sql(f"SELECT {fields} FROM read_parquet('{file('parquet')}')").fetchall()
        self.check(
            [dict(zip(COLUMNS, row)) for row in found],
            [
                {path: micros(typed(kind, row[path])) if kind is datetime else typed(kind, row[path])
                 for path, kind in COLUMNS.items()}
                for row in rows()
            ],
        )


def micros(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    since = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def plain(value):
    """A value of pandas as Python's own."""
    if pandas.isna(value):
        return None
    return value.to_pydatetime() if isinstance(value, pandas.Timestamp) else value


if __name__ == "__main__":
    unittest.main(verbosity=2)
