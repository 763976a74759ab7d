"""The catalogue of checks, and running them over a draft.

A check is a generator over a `Reading`. It yields a `Hit` for each thing it remarks on; the registry turns it
into a `Remark` with the check's code, level, source and sentence. The first line of the docstring says what
must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.sources import Citation
from gongkai.proofing.drafts import Draft, Passage
from gongkai.proofing.vocabulary import Wording


class Level(StrEnum):
    """How grave a remark is: to be dealt with before publication; to be looked at by a person."""

    BLOCK = "block"
    WARN = "warn"


LEVEL_NAMES: Mapping[Level, str] = {Level.BLOCK: "应当处理", Level.WARN: "请核对"}


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where in a draft: a field, which of several, and offsets into its text (0, 0 for the whole field)."""

    field: str
    index: int | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, kw_only=True)
class Remark:
    """One thing to deal with or to look at.

    `words` are those at `where`; `suggestion` may stand in their place (empty where none can be given);
    `advice` is one Chinese sentence for the editor.
    """

    code: str
    level: Level
    where: Place
    words: str
    advice: str
    suggestion: str = ""
    source: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a check looks at: the draft, the day it is checked, the wordings to look for."""

    draft: Draft
    on: date
    wordings: tuple[Wording, ...]


class Hit:
    """Words a check remarks on, and what its sentence needs; `level` overrides the check's own."""

    __slots__ = ("facts", "level", "suggestion", "where", "words")

    def __init__(
        self,
        where: Place,
        words: str = "",
        *,
        suggestion: str = "",
        level: Level | None = None,
        **facts: str,
    ) -> None:
        self.where, self.words, self.suggestion, self.level = where, words, suggestion, level
        self.facts = facts


def at(
    passage: Passage,
    start: int,
    end: int,
    *,
    suggestion: str = "",
    level: Level | None = None,
    **facts: str,
) -> Hit:
    """Return a hit on the words from `start` to `end` of a passage."""
    place = Place(field=passage.field, index=passage.index, start=start, end=end)
    return Hit(place, passage.text[start:end], suggestion=suggestion, level=level, **facts)


Run = Callable[[Reading], Iterator[Hit]]


@dataclass(frozen=True, kw_only=True)
class Check:
    """A registered check: `advice` is a format template over words, suggestion and facts."""

    code: str
    title: str
    advice: str
    level: Level
    source: Citation | None
    run: Run

    @property
    def duty(self) -> str:
        """What must hold: the first line of the check's documentation."""
        return (self.run.__doc__ or "").strip().partition("\n")[0]


CHECKS: dict[str, Check] = {}


def checks(
    code: str, title: str, advice: str, *, level: Level, source: Citation | None = None
) -> Callable[[Run], Run]:
    """Register a check under its code.

    Raises:
        ValueError: the code is taken.
    """

    def register(run: Run) -> Run:
        if code in CHECKS:
            raise ValueError(f"check {code} is registered twice")
        CHECKS[code] = Check(code=code, title=title, advice=advice, level=level, source=source, run=run)
        return run

    return register


def remarks_of(check: Check, reading: Reading) -> Iterator[Remark]:
    """Yield what one check remarks; a check that breaks says so in a remark of its own."""
    try:
        for hit in check.run(reading):
            yield _remark(check, hit)
    except Exception as error:  # one broken check must not lose the others' remarks
        sentence = f"“{check.title}”检查未能执行（{type(error).__name__}），请人工核对。"
        yield Remark(code=check.code, level=Level.WARN, where=Place(field="title"), words="", advice=sentence)


def _remark(check: Check, hit: Hit) -> Remark:
    return Remark(
        code=check.code,
        level=hit.level or check.level,
        where=hit.where,
        words=hit.words,
        advice=check.advice.format(words=hit.words, suggestion=hit.suggestion, **hit.facts),
        suggestion=hit.suggestion,
        source=check.source,
    )
