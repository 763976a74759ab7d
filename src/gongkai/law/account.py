"""A folded case as JSON: where it stands, until when and why, what is wrong, where it is counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.law.calendar import Due, WorkCalendar
from gongkai.law.clock import LedgerDay, paused_working_days
from gongkai.law.counting import TOTAL, count_table3, count_table4
from gongkai.law.explaining import explain_case, open_rests_of, rests_of
from gongkai.law.practice import STRICT, Practice
from gongkai.law.procedure.casefile import CaseFile
from gongkai.law.procedure.defects import Defect
from gongkai.law.procedure.states import STATE_NAMES
from gongkai.law.remedies import (
    Body,
    BodyKind,
    RemedyPart,
    remedies,
    remedy_of_silence,
    remedy_periods,
    silence_periods,
)
from gongkai.law.sources import Citation
from gongkai.law.taxonomy import Remedy

Json = dict[str, object]
_WEEKDAYS = "一二三四五六日"
# Whose reply it is does not change the class of the remedy, only who hears it.
_ANY_BODY = Body(name="本机关", kind=BodyKind.LOCAL_GOVERNMENT, upper="有管辖权的行政复议机关")


def account_of(
    case: CaseFile, calendar: WorkCalendar, *, body: Body = _ANY_BODY, practice: Practice = STRICT
) -> Json:
    """Return a case as JSON-ready data: days as `YYYY-MM-DD`, None where there is none.

    `explanation` has one line for every day of the reply period, `steps` one for every step behind the dates;
    `counted` gives for each year up to the day asked about the cells of Tables 3 and 4 that hold the case.
    """
    due = case.due
    parts = _remedies(case, body, practice)
    steps = explain_case(case, calendar)
    return {
        "today": case.today.isoformat(),
        "state": case.state.value,
        "state_name": STATE_NAMES[case.state],
        "received_on": _iso(case.received_on),
        "due_on": _iso(due),
        "provisional": bool(due and due.provisional),
        "prudent_due_on": _iso(case.clock.prudent if case.clock else None),
        "overdue": case.is_overdue,
        "pauses": list(_pauses(case, calendar)),
        "explanation": [_line(day) for step in steps if step.ledger for day in step.ledger.days],
        "steps": [
            {"title": step.title, "text": step.text, "articles": [str(source) for source in step.sources]}
            for step in steps
        ],
        "outcome": _standing(case)[1],
        "grounds": list(case.grounds),
        "decided_on": _iso(case.decided_on),
        "decided_anew": [{"on": on.isoformat(), "outcome": outcome} for on, outcome in case.redecisions],
        "answered_on": _iso(case.answered_on),
        "closed_on": _iso(case.closed_on),
        "remedy": _class(parts),
        "remedies": [_remedy(part, case, calendar) for part in parts],
        "silence": _silence(case, calendar, practice),
        "defects": [_defect(defect) for defect in case.defects],
        "counted": {str(year): cells for year in _years(case) if (cells := _counted(case, year, practice))},
        "next_actions": [{"action": each.action.value, "by": _iso(each.by)} for each in case.next_actions],
    }


def _iso(day: date | Due | None) -> str | None:
    on = day.on if isinstance(day, Due) else day
    return on.isoformat() if on else None


def _cited(source: Citation) -> Json:
    return {
        "instrument": source.instrument.title,
        "number": source.instrument.number,
        "article": source.article,
        "paragraph": source.paragraph,
        "item": source.item,
    }


def _pauses(case: CaseFile, calendar: WorkCalendar) -> Iterator[Json]:
    """Each stretch that rests the reply period: after `from`, up to and with `to`; None while it lasts."""
    for rest in (*rests_of(case), *open_rests_of(case)):
        until = rest.until if rest.until < date.max else None
        span = ((rest.after, until or max(rest.after, case.today)),)
        yield {
            "from": rest.after.isoformat(),
            "to": _iso(until),
            "working_days": paused_working_days(span, calendar).days,
            "why": rest.why,
            "article": str(rest.source),
        }


def _line(day: LedgerDay) -> str:
    number = f"第{day.number}个工作日" if day.number else "不计入"
    rests = day.rest if day.status.is_working else None
    source = str(rests.source) if rests else day.status.notice
    if day.status.provisional:
        source = "推算，放假安排尚未公布"
    why = f"{day.why}（{source}）" if source else day.why
    return f"{day.on.isoformat()} 星期{_WEEKDAYS[day.on.weekday()]} {number}：{why}"


def _remedies(case: CaseFile, body: Body, practice: Practice) -> tuple[RemedyPart, ...]:
    """The remedies of what was decided; a request taken back or merged had no decision."""
    on, outcome = _standing(case)
    if outcome is None or on is None or (case.decided_on is None and outcome == "other.misc"):
        return ()
    return remedies(outcome, grounds=case.grounds, on=on, body=body, practice=practice)


def _standing(case: CaseFile) -> tuple[date | None, str | None]:
    """The decision that stands: the one made anew, if the first was set aside."""
    return case.redecisions[-1] if case.redecisions else (case.decided_on or case.closed_on, case.outcome)


def _class(parts: tuple[RemedyPart, ...]) -> str | None:
    classes = {part.remedy for part in parts}
    first = Remedy.RECONSIDERATION_FIRST
    return first.value if first in classes else next((each.value for each in classes), None)


def _remedy(part: RemedyPart, case: CaseFile, calendar: WorkCalendar) -> Json:
    told = all(defect.code != "remedies_not_told" for defect in case.defects)
    by = remedy_periods(part.remedy, case.delivered_on, calendar, told=told) if case.delivered_on else None
    return {
        "class": part.remedy.value,
        "about": part.about,
        "text": part.text,
        "reconsider_by": _iso(by.reconsider if by else None),
        "sue_by": _iso(by.sue if by else None),
    }


def _silence(case: CaseFile, calendar: WorkCalendar, practice: Practice) -> Json | None:
    """What is open to the applicant whose period ended without a reply."""
    due = case.due
    if due is None or not case.is_overdue:
        return None
    by = silence_periods(due.on, calendar, practice=practice)
    return {
        "class": remedy_of_silence(due.on, practice=practice).value,
        "reconsider_by": _iso(by.reconsider),
        "sue_by": _iso(by.sue),
    }


def _defect(defect: Defect) -> Json:
    return {
        "code": defect.code,
        "on": defect.on.isoformat(),
        "article": str(defect.source),
        "source": _cited(defect.source),
        "text": defect.text,
    }


def _years(case: CaseFile) -> range:
    begins = [each.filed.year for each in case.proceedings]
    if case.received_on:
        begins.append(case.received_on.year)
    return range(min(begins, default=date.max.year), case.today.year + 1)


def _counted(case: CaseFile, year: int, practice: Practice) -> Json:
    """The cells of a year that hold the case, sums over columns left out."""
    named = [("", case)]
    tables = count_table3(named, year), count_table4(named, year, practice=practice)
    return {
        f"table{table.table}": [
            {"row": row, "column": column}
            for (row, column), names in table.cells.items()
            for _ in names
            if column != TOTAL
        ]
        for table in tables
        if table.cells
    }
