"""The table of tokens, on SQLite (FTS5 without a copy of the text) and PostgreSQL (tsvector and GIN).

A row of it belongs to a `SearchEntry` of the same number and is written and removed in the same transaction.
Neither table knows foreign keys: SQLite's cannot, and PostgreSQL's would stand in the way of emptying tables.
What is asked for reaches the database as tokens of letters and digits only, never as a reader wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from django.db import connection

from gongkai.web.publishing.searching.words import Phrase, phrase, tokens

Sql = tuple[str, tuple[str, ...]]


class Fields(NamedTuple):
    """What of an entry is searched, weightiest first."""

    title: str
    number: str
    keywords: str
    text: str


class Backend(Protocol):
    """A table of tokens."""

    def match(self, words: Sequence[str], field: str = "") -> Sql:
        """Return a query for the numbers of entries that hold any of the words, in `field` if given."""

    def write(self, rows: Iterable[tuple[int, Fields]]) -> None:
        """Add entries that are not in the table."""

    def remove(self, rows: Iterable[tuple[int, Fields]]) -> None:
        """Take entries out; the fields must be those that were written, cut by the same `tokens`."""

    def clear(self) -> None:
        """Empty the table."""


class Sqlite:
    """FTS5, contentless: what is removed is named by its own tokens."""

    def match(self, words: Sequence[str], field: str = "") -> Sql:
        any_of = " OR ".join(self._phrase(phrase(word)) for word in words)
        wanted = f"{{{field}}} : ({any_of})" if field else any_of
        return "SELECT rowid FROM publishing_searchwords WHERE publishing_searchwords MATCH %s", (wanted,)

    def _phrase(self, found: Phrase) -> str:
        return f'"{" ".join(found.tokens)}"{" *" if found.is_prefix else ""}'

    def write(self, rows: Iterable[tuple[int, Fields]]) -> None:
        self._insert("rowid", "%s", ((number, *self._cut(fields)) for number, fields in rows))

    def remove(self, rows: Iterable[tuple[int, Fields]]) -> None:
        self._insert(
            "publishing_searchwords, rowid",
            "'delete', %s",
            ((number, *self._cut(fields)) for number, fields in rows),
        )

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO publishing_searchwords (publishing_searchwords) VALUES ('delete-all')"
            )

    def _cut(self, fields: Fields) -> list[str]:
        return [" ".join(tokens(field)) for field in fields]

    def _insert(self, columns: str, values: str, rows: Iterable[tuple[int | str, ...]]) -> None:
        # Only names and placeholders written above are put together.
        statement = (
            f"INSERT INTO publishing_searchwords ({columns}, title, number, keywords, text) "  # nosec B608
            f"VALUES ({values}, %s, %s, %s, %s)"
        )
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


class Postgresql:
    """Two vectors a row: `heads` of title, number and keywords by weight, `words` of everything.

    A vector knows no place beyond 16,383 and no token more often than 255 times, so that a long text takes
    several rows; they overlap by more than the longest phrase.
    """

    _weights = {"title": "A", "number": "B", "keywords": "C"}
    _longest, _overlap = 8000, 100

    def match(self, words: Sequence[str], field: str = "") -> Sql:
        weight = self._weights.get(field, "")
        any_of = " | ".join(f"({self._phrase(phrase(word), weight)})" for word in words)
        if field:
            return "SELECT entry FROM publishing_searchwords WHERE heads @@ %s::tsquery", (any_of,)
        return "SELECT entry FROM publishing_searchwords WHERE words @@ %s::tsquery", (any_of,)

    def _phrase(self, found: Phrase, weight: str) -> str:
        endings = [weight] * (len(found.tokens) - 1) + [f"*{weight}" if found.is_prefix else weight]
        return " <-> ".join(
            f"'{token}'{f':{ending}' if ending else ''}"
            for token, ending in zip(found.tokens, endings, strict=True)
        )

    def write(self, rows: Iterable[tuple[int, Fields]]) -> None:
        made = [(number, *part) for number, fields in rows for part in self._parts(fields)]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO publishing_searchwords (entry, heads, words) "
                "VALUES (%s, %s::tsvector, %s::tsvector)",
                made,
            )

    def remove(self, rows: Iterable[tuple[int, Fields]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM publishing_searchwords WHERE entry = ANY(%s)", [[number for number, _ in rows]]
            )

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM publishing_searchwords")

    def _parts(self, fields: Fields) -> list[tuple[str, str]]:
        """Return the vectors of an entry's rows, written out; a place is left free between two fields."""
        heads: list[str] = []
        words: list[str] = []
        at = 0
        for field, weight in self._weights.items():
            for token in tokens(getattr(fields, field)):
                at += 1
                heads.append(f"'{token}':{at}{weight}")
                words.append(f"'{token}':{at}")
            at += 1
        text = tokens(fields.text)
        parts = []
        for begin in range(0, max(len(text), 1), self._longest):
            piece = text[begin : begin + self._longest + self._overlap]
            words += [f"'{token}':{place}" for place, token in enumerate(piece, at + 1)]
            parts.append((" ".join(heads), " ".join(words)))
            heads, words, at = [], [], 0
        return parts


def backend() -> Backend:
    """Return the table of the database in use."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
