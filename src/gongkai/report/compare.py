"""Two reports side by side, of two years or two bodies: every cell, the chain, the prose by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import Indel

from gongkai.report.auditing.series import essence, likeness, same_body
from gongkai.report.numerals import Number, Value, number_in
from gongkai.report.schema import APPLICANTS, CARRIED_IN, CARRIED_OUT, CellId, Column, Report, SectionCode

COMPARED = (SectionCode.OVERVIEW, SectionCode.PROBLEMS, SectionCode.OTHER_MATTERS)
_HUNDREDTH = Decimal("0.01")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]+[”’）]?|[^。！？；\n]+")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|.", re.S)
_MOST_SENTENCES = 2_000
_MOST_LETTERS = 30_000  # several times a long report's; twice as many take four times as long to liken
_MOST_PAIRS = 4_000_000  # of tokens of two sentences, to say word by word what changed
_REACH = 20  # sentences looked through for the one a changed sentence has become
_KIN = 0.6


class Change(NamedTuple):
    """A cell in two reports: by how much it changed, and by how many per cent.

    `difference` is None unless both are numbers; `percent` also where there is no positive base.
    """

    cell: CellId
    before: Value
    after: Value
    difference: Number | None
    percent: Decimal | None

    @property
    def is_change(self) -> bool:
        """Whether the two reports say different things here."""
        return self.before != self.after


class Link(NamedTuple):
    """A column of the chain: what one year carried out and the next carried in; None where none can say."""

    column: Column
    carried_out: Value
    carried_in: Value
    holds: bool | None


class Turn(StrEnum):
    """What became of a sentence."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


class Passage(NamedTuple):
    """A sentence in both reports, in the one, or in the other; what is not there is ""."""

    turn: Turn
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class SectionChange:
    """A section's prose in two reports, sentence by sentence; `likeness` of its words alone, 0 to 1."""

    code: SectionCode
    passages: tuple[Passage, ...]
    likeness: float | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two reports compared. `chain` is empty unless they are successive years of one body.

    `likeness` is that of sections 一, 五 and 六 without headings and numbers, as rule YR04 has it; None where
    there is too little or too much to compare. `unlike` are the cells that only one of the two forms has.
    """

    before: Report
    after: Report
    changes: tuple[Change, ...]
    chain: tuple[Link, ...]
    sections: tuple[SectionChange, ...]
    likeness: float | None
    unlike: tuple[CellId, ...] = ()


def compare(before: Report, after: Report) -> Comparison:
    """Return two reports compared, from the first to the second."""
    here, there = tuple(before.form.cells()), tuple(after.form.cells())
    both = set(here) & set(there)
    return Comparison(
        before=before,
        after=after,
        changes=tuple(change(cell, before.value(cell), after.value(cell)) for cell in there if cell in both),
        chain=tuple(_chain(before, after)),
        sections=tuple(_sections(before, after)),
        likeness=_likeness(before, after, COMPARED),
        unlike=tuple(cell for cell in dict.fromkeys((*here, *there)) if cell not in both),
    )


def change(cell: CellId, before: Value, after: Value) -> Change:
    """Return a cell's change; per cent of the base, to two places, halves up.

    Source: domain practice for 同比: no base, no percentage.
    """
    base, now = number_in(before), number_in(after)
    if base is None or now is None:
        return Change(cell, before, after, None, None)
    more = now - base
    share = Decimal(more) * 100 / Decimal(base) if base > 0 else None
    percent = None if share is None else share.quantize(_HUNDREDTH, ROUND_HALF_UP)
    return Change(cell, before, after, more, percent)


def _chain(before: Report, after: Report) -> Iterator[Link]:
    """Yield each column's link where the second report is that of the same body for the next year."""
    if before.year is None or after.year != before.year + 1 or not same_body(after, before):
        return
    for column in APPLICANTS:
        out = before.value(CellId(3, CARRIED_OUT, column.code))
        taken = after.value(CellId(3, CARRIED_IN, column.code))
        known = None not in (number_in(out), number_in(taken))
        yield Link(column, out, taken, out == taken if known else None)


def _sections(before: Report, after: Report) -> Iterator[SectionChange]:
    for code in SectionCode:
        old, new = before.section(code), after.section(code)
        if old is None and new is None:
            continue
        passages = tuple(compare_prose(old.text if old else "", new.text if new else ""))
        yield SectionChange(code=code, passages=passages, likeness=_likeness(before, after, (code,)))


def _likeness(before: Report, after: Report, codes: tuple[SectionCode, ...]) -> float | None:
    if max(len(essence(each, *codes)) for each in (before, after)) > _MOST_LETTERS:
        return None
    return likeness(before, after, codes)


def compare_prose(before: str, after: str) -> Iterator[Passage]:
    """Yield two texts sentence by sentence, in order; texts of thousands of sentences as a whole each."""
    old, new = (_sentences(text) for text in (before, after))
    if max(len(old), len(new)) > _MOST_SENTENCES:
        yield from _plain(Turn.REMOVED, [before])
        yield from _plain(Turn.ADDED, [after])
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Passage(Turn.SAME, each, each) for each in old[a:b])
        else:
            yield from _rewritten(old[a:b], new[c:d])


def _sentences(text: str) -> list[str]:
    return [piece for each in _SENTENCE.findall(text) if (piece := each.strip())]


def _plain(turn: Turn, sentences: Sequence[str]) -> Iterator[Passage]:
    for each in filter(None, sentences):
        yield Passage(turn, each, "") if turn is Turn.REMOVED else Passage(turn, "", each)


def _rewritten(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    """Yield sentences that differ: each old one beside the new one it has become, if there is one like it."""
    done = 0
    for sentence in old:
        near = new[done : done + _REACH]
        kin = [Indel.normalized_similarity(sentence, each, score_cutoff=_KIN) for each in near]
        if not any(kin):
            yield Passage(Turn.REMOVED, sentence, "")
            continue
        at = done + kin.index(max(kin))
        yield from _plain(Turn.ADDED, new[done:at])
        yield Passage(Turn.CHANGED, sentence, new[at])
        done = at + 1
    yield from _plain(Turn.ADDED, new[done:])


def word_by_word(before: str, after: str) -> list[Passage]:
    """Return how a sentence became another, a number being one word; very long ones as a whole each."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if len(old) * len(new) > _MOST_PAIRS:
        return [Passage(Turn.CHANGED, before, after)]
    pieces: list[Passage] = []
    for step in Indel.opcodes(old, new):
        was = "".join(old[step.src_start : step.src_end])
        has_become = "".join(new[step.dest_start : step.dest_end])
        if step.tag == "equal":
            pieces.append(Passage(Turn.SAME, was, has_become))
        elif pieces and pieces[-1].turn is not Turn.SAME:
            pieces[-1] = _turned(pieces[-1].before + was, pieces[-1].after + has_become)
        else:
            pieces.append(_turned(was, has_become))
    return pieces


def _turned(before: str, after: str) -> Passage:
    return Passage(Turn.CHANGED if before and after else Turn.ADDED if after else Turn.REMOVED, before, after)
