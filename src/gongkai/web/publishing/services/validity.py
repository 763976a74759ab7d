"""The life of a document with validity: each act on it recorded once, its page kept in step (效力变动)."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.agencies.models import Agency, User
from gongkai.web.publishing.choices import (
    NO_LONGER_IN_FORCE,
    Effectiveness,
    NormativeKind,
    ValidityAct,
)
from gongkai.web.publishing.models import DocumentPage, ValidityChange

ENDS = {
    ValidityAct.REPEALED: Effectiveness.REPEALED,
    ValidityAct.LAPSED: Effectiveness.LAPSED,
}
MONTHS_AHEAD = (1, 3, 6)
_ONE_DAY = timedelta(days=1)
_FIELDS = ("effectiveness", "repealed_on", "valid_until")


class Refused(Exception):
    """An act the rules do not allow; `str()` is one Chinese sentence that says why."""


@transaction.atomic
def change_validity(
    *,
    document: DocumentPage,
    act: ValidityAct,
    on: date,
    by: User | None,
    through: DocumentPage | None = None,
    provisions: str = "",
    note: str = "",
    until: date | None = None,
) -> ValidityChange:
    """Record an act in the document's life and set its page, and every version of it, accordingly.

    Args:
        on: the day from which the act has effect; later than today only for a repeal or lapse.
        through: the document that does it; the link shows on both.
        until: the new last day of validity, for a prolongation.
    Raises:
        Refused: the act does not fit the document's life so far.
    """
    page = DocumentPage.objects.select_for_update(of=("self",)).get(pk=document.pk)
    _check_order(page, act, on)
    _check_through(page, on, through)
    _check_particulars(page, act, on, provisions, until)
    change = ValidityChange.objects.create(
        document=page,
        act=act,
        on=on,
        by=by,
        through=through,
        provisions=provisions.strip(),
        until=until,
        note=note.strip(),
    )
    set_in_versions(page, _validity_after(page, act, on, until))
    return change


def keep_validity(page: DocumentPage) -> None:
    """Set the page again as its recorded life says, if an older version of it has been published."""
    changes = list(page.validity_changes.exclude(act=ValidityAct.KEPT))
    fields = {name: getattr(page, name) for name in _FIELDS}
    for change in changes:
        kept = DocumentPage(pk=page.pk, **fields)
        until = max(change.until or kept.valid_until, kept.valid_until) if kept.valid_until else None
        fields = _validity_after(kept, ValidityAct(change.act), change.on, until)
    if any(getattr(page, name) != value for name, value in fields.items()):
        set_in_versions(page, fields)


@transaction.atomic
def settle_validity(*, today: date) -> int:
    """Mark what a recorded repeal or lapse has ended by today; return how many documents that were."""
    due = DocumentPage.objects.exclude(effectiveness__in=NO_LONGER_IN_FORCE).filter(
        validity_changes__act__in=ENDS, validity_changes__on__lte=today
    )
    pages = list(due.distinct())
    for page in pages:
        keep_validity(page)
    return len(pages)


def _check_order(page: DocumentPage, act: ValidityAct, on: date) -> None:
    if page.effectiveness == Effectiveness.NOT_APPLICABLE and act != ValidityAct.MADE:
        raise Refused("该文件没有标明有效性，请先在编辑页面选择有效性。")
    if page.made_on is None:
        raise Refused("该文件还没有填写成文日期，请先在编辑页面填写。")
    if on < page.made_on:
        raise Refused(f"生效日期不能早于成文日期（{_in_words(page.made_on)}）。")
    if page.effectiveness in NO_LONGER_IN_FORCE:
        raise Refused(f"该文件已{page.get_effectiveness_display()}，不能再登记效力变动。")
    last = page.validity_changes.last()
    if last is not None and act == ValidityAct.MADE:
        raise Refused("该文件已有效力变动，不能再登记制定。")
    if last is not None and last.act in ENDS:
        raise Refused(f"该文件已登记自{_in_words(last.on)}起{last.get_act_display()}。")
    if last is not None and on < last.on:
        raise Refused(f"生效日期不能早于上一次效力变动（{_in_words(last.on)}）。")
    if on > timezone.localdate() and act not in ENDS:
        raise Refused("只有废止、失效可以提前登记；其他变动请在生效之日登记。")
    if page.valid_until is not None and on > page.valid_until and act != ValidityAct.LAPSED:
        raise Refused(f"该文件有效期至{_in_words(page.valid_until)}，届满后只能登记失效。")


def _check_through(page: DocumentPage, on: date, through: DocumentPage | None) -> None:
    if through is None:
        return
    if through.pk == page.pk:
        raise Refused("依据文件不能是文件本身。")
    if through.made_on is None:
        raise Refused("依据文件还没有填写成文日期。")
    if through.made_on < page.made_on:
        raise Refused("依据文件不能早于本文件成文。")
    if through.made_on > on:
        raise Refused(f"生效日期不能早于依据文件的成文日期（{_in_words(through.made_on)}）。")


def _check_particulars(
    page: DocumentPage, act: ValidityAct, on: date, provisions: str, until: date | None
) -> None:
    if act == ValidityAct.PARTLY_REPEALED and not provisions.strip():
        raise Refused("部分废止的，请写明废止的条款。")
    if act != ValidityAct.PROLONGED:
        if until is not None:
            raise Refused("只有延长有效期需要填写新的有效期。")
        return
    if until is None:
        raise Refused("请填写延长后的有效期。")
    if page.valid_until is None:
        raise Refused("该文件没有规定有效期，不需要延长。")
    if until <= max(page.valid_until, on):
        raise Refused(f"延长后的有效期应当晚于{_in_words(max(page.valid_until, on))}。")


def _validity_after(page: DocumentPage, act: ValidityAct, on: date, until: date | None) -> dict[str, Any]:
    """Return the three fields as they are after an act.

    A coming end is a last day of validity, so that it takes effect by itself; what has lapsed by its own
    last day ended the day after that, whenever somebody says so.
    """
    fields = {name: getattr(page, name) for name in _FIELDS}
    if act in ENDS:
        if page.valid_until is not None and page.valid_until < on:
            on = page.valid_until + _ONE_DAY
        if on > timezone.localdate():
            return fields | {"valid_until": on - _ONE_DAY}
        return fields | {"effectiveness": ENDS[act], "repealed_on": on}
    if act == ValidityAct.PROLONGED:
        return fields | {"valid_until": until}
    if act == ValidityAct.MADE:
        return fields | {"effectiveness": Effectiveness.IN_FORCE}
    if act == ValidityAct.PARTLY_REPEALED:
        return fields | {"effectiveness": Effectiveness.PARTLY_REPEALED}
    if act == ValidityAct.AMENDED and page.effectiveness != Effectiveness.PARTLY_REPEALED:
        return fields | {"effectiveness": Effectiveness.AMENDED}
    return fields


def set_in_versions(page: DocumentPage, fields: dict[str, Any]) -> None:
    """Set the page and the versions that may yet be edited or published: the latest and the scheduled."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save(clean=False, update_fields=list(fields))
    written = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in fields.items()
    }
    waiting = Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False)
    for revision in page.revisions.filter(waiting):
        revision.content |= written
        revision.save(update_fields=["content"])


def _in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line of a document's life; `document` is the other one, if the public may see it."""

    act: str
    on: date
    document: DocumentPage | None = None
    provisions: str = ""
    until: date | None = None
    note: str = ""
    is_end: bool = False


def life_of(page: DocumentPage) -> list[Step]:
    """Return the document's life from the beginning: made, taken effect, changed, lapsed."""
    if page.made_on is None:
        return []
    steps = [Step(act=ValidityAct.MADE.label, on=page.made_on)]
    if page.effective_from:
        steps.append(Step(act="实施", on=page.effective_from))
    changes = list(page.validity_changes.exclude(act=ValidityAct.MADE))
    shown = _shown(change.through_id for change in changes)
    steps += [_step(change, shown.get(change.through_id)) for change in changes]
    ended = [change for change in changes if change.act in ENDS]
    if not page.is_in_force and not ended:
        on = page.repealed_on or (page.valid_until + _ONE_DAY if page.valid_until else page.made_on)
        note = "" if page.repealed_on else "有效期届满"
        steps.append(Step(act=page.validity.label, on=on, note=note, is_end=True))
    return sorted(steps, key=lambda step: step.on)


def changes_by(page: DocumentPage) -> list[Step]:
    """Return what the document did to others that the public may see."""
    changes = list(ValidityChange.objects.filter(through=page))
    shown = _shown(change.document_id for change in changes)
    return [_step(change, shown[change.document_id]) for change in changes if change.document_id in shown]


def _shown(numbers: Any) -> dict[int | None, DocumentPage]:
    wanted = {number for number in numbers if number is not None}
    if not wanted:
        return {}
    pages = DocumentPage.objects.disclosed().filter(pk__in=wanted).select_related("agency")
    return {page.pk: page for page in pages}


def _step(change: ValidityChange, document: DocumentPage | None) -> Step:
    return Step(
        act=change.get_act_display(),
        on=change.on,
        document=document,
        provisions=change.provisions,
        until=change.until,
        note=change.note,
        is_end=change.act in ENDS,
    )


def months_after(day: date, months: int) -> date:
    """Return the day some months later that has its number, or that month's last."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def lapsing(agencies: QuerySet[Agency], today: date, months: int) -> QuerySet[DocumentPage]:
    """Return the bodies' documents in force whose last day comes within some months, the nearest first."""
    pages = DocumentPage.objects.live().in_force(today).filter(agency__in=agencies)
    soon = pages.filter(valid_until__lte=months_after(today, months))
    return soon.select_related("agency").order_by("valid_until", "pk")


def with_validity(agencies: QuerySet[Agency]) -> QuerySet[DocumentPage]:
    """Return the bodies' documents that have a validity, newest first."""
    pages = DocumentPage.objects.exclude(effectiveness=Effectiveness.NOT_APPLICABLE)
    return pages.filter(agency__in=agencies).select_related("agency").order_by("-made_on", "-pk")


@dataclass(frozen=True, kw_only=True)
class Table2Row:
    """The documents behind one row of Table 2, item (1): made and ended in the year, in force at its end."""

    kind: NormativeKind
    made: QuerySet[DocumentPage]
    ended: QuerySet[DocumentPage]
    in_force: QuerySet[DocumentPage]


def table2_counts(agency: Agency | Iterable[Agency] | None, year: int) -> tuple[Table2Row, Table2Row]:
    """Return the documents that Table 2 counts under R711 art. 20(1): rules, then normative documents.

    Counted are the documents that the body, or these bodies (None: all), have disclosed of their own motion.

    - made (本年制发件数): made_on falls in the year, whatever became of the document since;
    - ended (本年废止件数): repealed or lapsed in the year, that is with its first day out of force in it; a
      document whose last day of validity is 31 December ends in the next year;
    - in force (现行有效件数): made by the last day of the year and not ended by it; in the running year, as
      of today.

    So in force last year + made - ended = in force, for every finished year.
    """
    pages = DocumentPage.objects.disclosed().normative()
    if agency is not None:
        bodies = [agency] if isinstance(agency, Agency) else agency
        pages = pages.filter(agency__in=[each.pk for each in bodies])
    rows = [_table2_row(pages.filter(normative_kind=kind), kind, year) for kind in NormativeKind]
    return rows[0], rows[1]


def _table2_row(pages: Any, kind: NormativeKind, year: int) -> Table2Row:
    last = min(date(year, 12, 31), timezone.localdate())
    ended = Q(effectiveness__in=NO_LONGER_IN_FORCE, repealed_on__lte=last)
    lapsed = Q(repealed_on=None, valid_until__lt=last)
    in_force = pages.filter(made_on__lte=last).exclude(ended).exclude(lapsed)
    return Table2Row(kind=kind, made=pages.made_in(year), ended=pages.ended_in(year), in_force=in_force)
