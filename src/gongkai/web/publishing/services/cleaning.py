"""Cleaning campaigns (清理): every normative document of a body is gone through and decided on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.html import escape
from wagtail.rich_text import RichText

from gongkai.web.agencies.models import Agency, User
from gongkai.web.publishing.choices import (
    NO_LONGER_IN_FORCE,
    Article20Item,
    ColumnKind,
    Genre,
    ValidityAct,
)
from gongkai.web.publishing.models import Cleaning, CleaningDecision, ColumnPage, DocumentPage
from gongkai.web.publishing.services.validity import Refused, change_validity

DECISIONS = (ValidityAct.KEPT, ValidityAct.AMENDED, ValidityAct.REPEALED, ValidityAct.LAPSED)
_HEADINGS = {
    ValidityAct.KEPT: "继续有效的文件",
    ValidityAct.AMENDED: "修改的文件",
    ValidityAct.REPEALED: "废止的文件",
    ValidityAct.LAPSED: "失效的文件",
}


@transaction.atomic
def open_cleaning(*, agency: Agency, title: str, on: date, by: User) -> Cleaning:
    """Begin a campaign with all the body's normative documents that are in force on the day.

    Raises:
        Refused: another campaign is still going on, or there is nothing to clean.
    """
    Agency.objects.select_for_update().get(pk=agency.pk)
    if agency.cleanings.filter(closed_on=None).exists():
        raise Refused("本机关还有没有结束的清理，请先结束。")
    pages = DocumentPage.objects.live().normative().in_force(on).filter(agency=agency, made_on__lte=on)
    if not pages.exists():
        raise Refused("本机关没有现行有效的规章、规范性文件，不需要清理。")
    cleaning = Cleaning.objects.create(agency=agency, title=title.strip(), begun_on=on)
    CleaningDecision.objects.bulk_create(
        CleaningDecision(cleaning=cleaning, document=page, by=by) for page in pages
    )
    return cleaning


@transaction.atomic
def decide(*, decision: CleaningDecision, act: ValidityAct, reason: str, by: User) -> None:
    """Say what becomes of one document; may be said anew until the campaign is closed.

    Raises:
        Refused: the campaign is closed, the act is none of a campaign's, or its reason is missing.
    """
    cleaning = Cleaning.objects.select_for_update().get(pk=decision.cleaning_id)
    if cleaning.closed_on is not None:
        raise Refused("清理已经结束，不能再改。")
    if act not in DECISIONS:
        raise Refused("清理意见只能是继续有效、修改、废止或者失效。")
    if act != ValidityAct.KEPT and not reason.strip():
        raise Refused("修改、废止或者失效的，请写明理由。")
    decision.act, decision.reason, decision.by, decision.at = act, reason.strip(), by, timezone.now()
    decision.save()


@transaction.atomic
def close_cleaning(*, cleaning: Cleaning, on: date, by: User) -> DocumentPage:
    """Apply the decisions from the day, and return the draft of the document that announces them.

    A document that has ended otherwise since is listed as what it has become.

    Raises:
        Refused: documents are undecided, a decision does not fit its document, or there is no column for
            the result.
    """
    cleaning = Cleaning.objects.select_for_update(of=("self",)).select_related("agency").get(pk=cleaning.pk)
    if cleaning.closed_on is not None:
        raise Refused("清理已经结束。")
    if undecided := cleaning.decisions.filter(act="").count():
        raise Refused(f"还有 {undecided} 件文件没有提出清理意见。")
    if on < cleaning.begun_on or on > timezone.localdate():
        raise Refused("结束日期应当在开始日期和今天之间。")
    decisions = list(cleaning.decisions.select_related("document"))
    result = _result(cleaning, decisions, on, by)
    for decision in decisions:
        _apply(decision, result, on, by)
    cleaning.closed_on, cleaning.result = on, result
    cleaning.save()
    return result


def _ended(page: DocumentPage) -> bool:
    return page.effectiveness in NO_LONGER_IN_FORCE


def _apply(decision: CleaningDecision, result: DocumentPage, on: date, by: User) -> None:
    page = decision.document
    act = _act_of(decision, on)
    if _ended(page):
        return
    try:
        change_validity(document=page, act=act, on=on, by=by, through=result, note=decision.reason)
    except Refused as refused:
        raise Refused(f"《{page.title}》：{refused}") from refused


def _act_of(decision: CleaningDecision, on: date) -> ValidityAct:
    """Return what is announced of the document: its own end, where it came before the campaign's."""
    page = decision.document
    if _ended(page):
        return ValidityAct(page.effectiveness)
    has_lapsed = page.valid_until is not None and page.valid_until < on
    return ValidityAct.LAPSED if has_lapsed else ValidityAct(decision.act)


def _result(cleaning: Cleaning, decisions: list[CleaningDecision], on: date, by: User) -> DocumentPage:
    columns = ColumnPage.objects.filter(path__startswith=cleaning.agency.body_page.path)
    column = (
        columns.filter(kind=ColumnKind.POLICIES).first() or columns.filter(kind=ColumnKind.CONTENT).first()
    )
    if column is None:
        raise Refused("本机关没有可以公布清理结果的栏目。")
    page = DocumentPage(
        title=f"{cleaning.agency.name}关于{cleaning.title}结果的公告",
        slug=f"qingli-{cleaning.pk}",
        made_on=on,
        published_on=on,
        article20_item=Article20Item.RULES,
        genre=Genre.PROCLAMATION,
        keywords="规范性文件 清理",
        body=_announcement(cleaning, decisions, on),
        live=False,
        has_unpublished_changes=True,
        owner=by,
    )
    column.add_child(instance=page)
    page.save_revision(user=by)
    return page


def _announcement(cleaning: Cleaning, decisions: list[CleaningDecision], on: date) -> list[tuple[str, Any]]:
    by_act: dict[ValidityAct, list[CleaningDecision]] = {act: [] for act in DECISIONS}
    for decision in decisions:
        by_act[_act_of(decision, on)].append(decision)
    counts = "，".join(f"{act.label} {len(rows)} 件" for act, rows in by_act.items() if rows)
    intro = f"{cleaning.agency.name}组织开展了{cleaning.title}，共清理 {len(decisions)} 件，其中{counts}。"
    pieces: list[tuple[str, Any]] = [
        ("text", RichText(f"<p>{escape(intro)}现将结果予以公布。</p><p>{_effect(on)}</p>"))
    ]
    for act, rows in by_act.items():
        if rows:
            pieces.append(("table", _table(_HEADINGS[act], rows, with_reason=act != ValidityAct.KEPT)))
    return pieces


def _effect(on: date) -> str:
    day = f"{on.year}年{on.month}月{on.day}日"
    return f"废止、失效的文件自{day}起不再作为行政管理的依据；原已失效的，自其失效之日起。"


def _table(caption: str, rows: list[CleaningDecision], *, with_reason: bool) -> dict[str, Any]:
    headings = ["序号", "文件名称", "文号", "成文日期", *(["理由"] if with_reason else [])]
    lines = [
        [str(number), page.title, page.document_number, page.made_on.isoformat(), decision.reason]
        for number, decision in enumerate(rows, start=1)
        for page in (decision.document,)
    ]
    return {
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": line[: len(headings)]} for line in lines],
        "caption": caption,
    }


def cleanings_of(agencies: QuerySet[Agency]) -> QuerySet[Cleaning]:
    """Return the bodies' campaigns, newest first."""
    return Cleaning.objects.filter(agency__in=agencies).select_related("agency", "result")
