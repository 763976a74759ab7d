"""What a reply must say of remedies: by its ground and its date, before whom, within which time.

References:
    《行政复议法》(2023) arts. 20, 22–28, in force 2024-01-01; 法释〔2025〕8号 art. 1;
    《行政诉讼法》 arts. 45, 46.
Limitations:
    Whether 行政查询事项 and silence must be reconsidered first is disputed: switches of `practice`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongkai.law.calendar import Due, WorkCalendar
from gongkai.law.clock import period_due
from gongkai.law.grounds import grounds_named
from gongkai.law.periods import DIRECT_SUIT, INACTION_SUIT, RECONSIDERATION, RECONSIDERATION_UNTOLD
from gongkai.law.practice import STRICT, Practice
from gongkai.law.sources import FS2025, XZFY, XZSS, Citation
from gongkai.law.taxonomy import OUTCOMES, Remedy

SINCE = XZFY.since
# What was decided before is under the law as it was; its articles have not been read.
XZFY_OLD = XZFY.part("（2017年修正）")


class BodyKind(StrEnum):
    """What a body is, as far as it decides who hears a reconsideration."""

    LOCAL_DEPARTMENT = "local_department"
    LOCAL_GOVERNMENT = "local_government"
    PROVINCIAL_GOVERNMENT = "provincial_government"
    STATE_COUNCIL_DEPARTMENT = "state_council_department"
    VERTICAL = "vertical"
    JUSTICE = "justice"


@dataclass(frozen=True, kw_only=True)
class Body:
    """The body that replies: what it is, and the names the paragraph needs.

    `government` is the government of its own level, `upper` the next higher government or department, `court`
    the court that hears suits against it.
    """

    name: str
    kind: BodyKind
    government: str = ""
    upper: str = ""
    court: str = "有管辖权的人民法院"


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Who hears a reconsideration: one body, or one of two at the applicant's choice."""

    names: tuple[str, ...]
    source: Citation

    def __str__(self) -> str:
        return "或者".join(self.names)


def authority(body: Body, on: date) -> Authority:
    """Return who hears a reconsideration of what a body decided on a day.

    Raises:
        ValueError: a name the answer needs is not given.
    Source: 行政复议法 (2023) arts. 24–28; before 2024-01-01 the choice of the law as it was.
    """
    own, same, upper = (body.name,), (body.government,), (body.upper,)
    both = (body.government, body.upper)
    kind = body.kind
    found: tuple[tuple[str, ...], Citation]
    if kind in (BodyKind.PROVINCIAL_GOVERNMENT, BodyKind.STATE_COUNCIL_DEPARTMENT):
        found = own, XZFY.art(24 if kind is BodyKind.PROVINCIAL_GOVERNMENT else 25)
    elif kind is BodyKind.LOCAL_GOVERNMENT:
        found = upper, XZFY.art(24)
    elif kind is BodyKind.VERTICAL:
        found = upper, XZFY.art(27)
    elif kind is BodyKind.JUSTICE:
        found = both, XZFY.art(28)
    else:
        found = same if on >= SINCE else both, XZFY.art(24)
    names, source = found
    if not all(names):
        raise ValueError(f"{body.name}的复议机关名称没有给出")
    return Authority(names=names, source=source if on >= SINCE else XZFY_OLD)


@dataclass(frozen=True, kw_only=True)
class RemedyPart:
    """The paragraph for one part of a reply; `about` names the part where there are two."""

    remedy: Remedy
    about: str
    authority: Authority
    text: str
    sources: tuple[Citation, ...]


def remedy_of(outcome: str, on: date, *, practice: Practice = STRICT) -> Remedy:
    """Return what a letter of that outcome and date must say: reconsideration first, or a free choice.

    Source: 行政复议法 (2023) art. 23(1); 法释〔2025〕8号 art. 1. Before 2024-01-01 always a free choice.
    """
    if on < SINCE:
        return Remedy.FREE_CHOICE
    if outcome == "denied.admin_inquiry" and practice.inquiry_reconsidered_first:
        return Remedy.RECONSIDERATION_FIRST
    return OUTCOMES[outcome].remedy


def remedy_of_silence(on: date, *, practice: Practice = STRICT) -> Remedy:
    """Return what is open to an applicant who had no reply in time: disputed, so a switch.

    Source: 行政复议法 (2023) art. 23(1)(3) against 法释〔2025〕8号 art. 2.
    """
    first = practice.silence_reconsidered_first and on >= SINCE
    return Remedy.RECONSIDERATION_FIRST if first else Remedy.FREE_CHOICE


def remedies(
    outcome: str, *, grounds: tuple[str, ...] = (), on: date, body: Body, practice: Practice = STRICT
) -> tuple[RemedyPart, ...]:
    """Return the remedy paragraphs of a reply: one, or two where part of it was withheld.

    Args:
        outcome: a row of Table 3.
        grounds: for a partial disclosure, why the rest was withheld.
        on: the day of the decision, which chooses the law.
        body: who decided.
        practice: how the open questions are answered.
    Raises:
        ValueError: as `authority`.
    """
    heard_by = authority(body, on)
    if outcome != "partial":
        return (_part(remedy_of(outcome, on, practice=practice), "", heard_by, body, on),)
    withheld = {
        remedy_of(ground.outcome, on, practice=practice) for code in grounds for ground in grounds_named(code)
    }
    if on < SINCE or withheld == {Remedy.FREE_CHOICE}:
        return (_part(Remedy.FREE_CHOICE, "", heard_by, body, on),)
    if practice.partial_reconsidered_first:
        return (_part(Remedy.RECONSIDERATION_FIRST, "", heard_by, body, on),)
    return (
        _part(Remedy.RECONSIDERATION_FIRST, "不予公开的部分", heard_by, body, on),
        _part(Remedy.FREE_CHOICE, "其他部分", heard_by, body, on),
    )


def _part(remedy: Remedy, about: str, heard_by: Authority, body: Body, on: date) -> RemedyPart:
    matter = f"本决定中{about}" if about else "本决定"
    sources: tuple[Citation, ...]
    if remedy is Remedy.RECONSIDERATION_FIRST:
        text = (
            f"如不服{matter}，可以自收到本决定之日起六十日内先向{heard_by}申请行政复议；"
            f"对行政复议决定不服的，再自收到复议决定书之日起十五日内向{body.court}提起行政诉讼。"
        )
        sources = (XZFY.art(20, 1), XZFY.art(23, 1), heard_by.source, XZSS.art(45))
        sources += (FS2025.art(1),) if FS2025.applies(on) else ()
    else:
        text = (
            f"如不服{matter}，可以自收到本决定之日起六十日内向{heard_by}申请行政复议，"
            f"或者自收到本决定之日起六个月内向{body.court}提起行政诉讼。"
        )
        within = (XZFY.art(20, 1),) if XZFY.applies(on) else ()
        sources = (*within, heard_by.source, XZSS.art(46, 1))
    return RemedyPart(remedy=remedy, about=about, authority=heard_by, text=text, sources=sources)


def third_party_remedy(on: date, body: Body) -> RemedyPart:
    """Return the paragraph for a third party over whose objection something is disclosed: a free choice.

    Source: R711 art. 32; 法释〔2025〕8号 art. 1(4) for a suit over disclosure.
    Raises:
        ValueError: as `authority`.
    """
    return _part(Remedy.FREE_CHOICE, "", authority(body, on), body, on)


@dataclass(frozen=True, kw_only=True)
class RemedyPeriods:
    """Until when a remedy may be sought; `sue` is None where reconsideration comes first."""

    reconsider: Due
    sue: Due | None


def remedy_periods(
    remedy: Remedy, delivered: date, calendar: WorkCalendar, *, told: bool = True
) -> RemedyPeriods:
    """Return until when the applicant may seek remedy.

    Args:
        remedy: what the letter's outcome calls for.
        delivered: the day the letter reached the applicant; not counted.
        told: whether the letter said so; if not, a year at most.
    Source: 行政复议法 art. 20(1), (3); 行政诉讼法 art. 46(1).
    """
    reconsider = period_due(RECONSIDERATION if told else RECONSIDERATION_UNTOLD, delivered, calendar)
    first = remedy is Remedy.RECONSIDERATION_FIRST
    return RemedyPeriods(
        reconsider=reconsider, sue=None if first else period_due(DIRECT_SUIT, delivered, calendar)
    )


def silence_periods(ended: date, calendar: WorkCalendar, *, practice: Practice = STRICT) -> RemedyPeriods:
    """Return until when an applicant may act who had no reply by the day the reply period ended.

    Source: 行政复议法 art. 20(1); 法释〔2018〕1号 art. 66. Which is first is disputed: `remedy_of_silence`.
    """
    first = remedy_of_silence(ended, practice=practice) is Remedy.RECONSIDERATION_FIRST
    return RemedyPeriods(
        reconsider=period_due(RECONSIDERATION, ended, calendar),
        sue=None if first else period_due(INACTION_SUIT, ended, calendar),
    )
