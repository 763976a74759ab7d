"""What leaves the office without its applicants: texts, papers and records with personal data hidden."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser

from gongkai.law.clock import LedgerDay
from gongkai.law.explaining import Step
from gongkai.law.procedure.defects import Defect
from gongkai.law.procedure.states import Action
from gongkai.papers.paper import Block, Heading, ListBlock, Paper, Paragraph, Picture, Runs, Seal, Table
from gongkai.proofing import personal_data
from gongkai.proofing.masking import veiled
from gongkai.web.agencies.models import User
from gongkai.web.inforequests.models import (
    Applicant,
    CaseFileItem,
    InfoRequest,
    Letter,
    Proposal,
    Record,
    Task,
)
from gongkai.web.inforequests.services.applicants import PERSONAL, masked_name
from gongkai.web.inforequests.services.permissions import is_own
from gongkai.web.inforequests.services.working import Told

# What only looks like a number of somebody.
_PLAIN = frozenset({"hash", "previous_hash", "sha256", "at", "on"})
_SHORTEST = 2
_THIRD_PARTY = frozenset({Action.CONSULT_THIRD_PARTY.value, Action.TELL_THIRD_PARTY.value})
_BETWEEN = re.compile("[、，,；;\\n]")
# What people wrote in rows that a case's page shows.
_WRITTEN = ("name", "reason", "answer", "remarks")
_R = TypeVar("_R", Step, Defect, Told, CaseFileItem, Proposal, Task, tuple[Letter, str])


class Veil:
    """Hides what is known of an applicant, other names, and whatever looks like a person's number."""

    def __init__(self, applicant: Applicant, applicant_kind: str, names: Iterable[str] = ()) -> None:
        values = {name: veiled(name, 1) for name in names}
        values |= {getattr(applicant, field): veiled(getattr(applicant, field), 1) for field in PERSONAL}
        values[applicant.name] = masked_name(applicant, applicant_kind)
        known = ((value, hidden) for value, hidden in values.items() if len(value) >= _SHORTEST)
        self._known = sorted(known, key=lambda pair: -len(pair[0]))

    def text(self, text: str) -> str:
        """Return a text with personal data hidden."""
        for value, hidden in self._known:
            text = text.replace(value, hidden)
        for start, end, _ in personal_data(text):
            text = text[:start] + veiled(text[start:end], 3, 2) + text[end:]
        return text

    def data(self, value: Any) -> Any:
        """Return what JSON holds with personal data hidden in all its texts."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {name: each if name in _PLAIN else self.data(each) for name, each in value.items()}
        return [self.data(each) for each in value] if isinstance(value, list | tuple) else value

    def paper(self, paper: Paper) -> Paper:
        """Return a paper with personal data hidden."""
        return mapped(paper, self.text)


def veil_of(case: InfoRequest) -> Veil:
    """Return what hides a case's applicant and its third parties, persons and organisations alike."""
    return Veil(case.applicant, case.applicant_kind, set(_third_parties(case)))


def _third_parties(case: InfoRequest) -> Iterator[str]:
    """Whoever was asked or told as a third party, on record or in a letter; several may stand in one line."""
    for names in filter(None, _written_names(case)):
        yield from (name.strip() for name in (names, *_BETWEEN.split(names)) if name.strip())


def _written_names(case: InfoRequest) -> Iterator[str | None]:
    for rows in (case.records, case.proposals):
        for facts in rows.filter(act__in=_THIRD_PARTY).values_list("facts", flat=True):
            yield facts.get("name")
    for kept in case.letters.values_list("fields", flat=True):
        yield kept.get("details", {}).get("third_party")


def veil_before(user: User | AnonymousUser, case: InfoRequest) -> Veil | None:
    """Return what stands between a person and the pages of a case; None for those of the body asked.

    A case that was cleared no longer knows its applicant: what looks like a number, and third parties, are
    hidden from all.
    """
    return None if is_own(user, case) and case.purged_on is None else veil_of(case)


def as_seen(veil: Veil | None, rows: Iterable[_R]) -> list[_R]:
    """Return what a case's page shows, through a veil if there is one."""
    return [_seen(veil, row) for row in rows] if veil else list(rows)


def _seen(veil: Veil, row: Any) -> Any:
    if isinstance(row, Told):
        return replace(row, details=veil.text(row.details), record=_written(veil, row.record))
    if isinstance(row, Step):
        ledger = row.ledger and replace(row.ledger, days=tuple(_day(veil, day) for day in row.ledger.days))
        return replace(row, title=veil.text(row.title), text=veil.text(row.text), ledger=ledger)
    if isinstance(row, Defect):
        return replace(row, details=veil.text(row.details))
    if isinstance(row, tuple):
        return _written(veil, row[0]), row[1]
    return _written(veil, row)


def _day(veil: Veil, day: LedgerDay) -> LedgerDay:
    return replace(day, rest=replace(day.rest, why=veil.text(day.rest.why))) if day.rest else day


_W = TypeVar("_W", Record, CaseFileItem, Letter, Proposal, Task)


def _written(veil: Veil, row: _W) -> _W:
    """A row to be looked at, never saved, with what people wrote in it hidden where it must be."""
    seen = copy.copy(row)
    for name in _WRITTEN:
        if text := getattr(row, name, ""):
            setattr(seen, name, veil.text(text))
    return seen


def mapped(paper: Paper, change: Callable[[str], str]) -> Paper:
    """Return a paper with each of its texts changed; a paragraph's is one, wherever it stands out."""
    return replace(
        paper, title=change(paper.title), blocks=tuple(_block(block, change) for block in paper.blocks)
    )


def _block(block: Block, change: Callable[[str], str]) -> Block:
    match block:
        case Paragraph():
            return replace(block, runs=_runs(block.runs, change))
        case Heading():
            return replace(block, text=change(block.text))
        case Seal():
            return replace(block, lines=tuple(change(line) for line in block.lines))
        case Table():
            rows = (tuple(replace(cell, runs=_runs(cell.runs, change)) for cell in row) for row in block.rows)
            return replace(block, rows=tuple(rows))
        case ListBlock():
            return replace(
                block, items=tuple(tuple(_block(each, change) for each in item) for item in block.items)
            )
        case Picture():
            return replace(block, alternative=change(block.alternative), caption=change(block.caption))
    return block


def _runs(runs: Runs, change: Callable[[str], str]) -> Runs:
    """Changed as one text, since what is sought may begin in one stretch and end in the next."""
    whole = "".join(text for text, _ in runs)
    changed = change(whole)
    return runs if changed == whole else ((changed, False),)
