"""A draft for the demonstration: last year's report of a bureau, half written, one number typed over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from gongkai.report.numerals import number_in
from gongkai.report.schema import CellId
from gongkai.web.agencies.models import Agency, User
from gongkai.web.inforequests.services import freezing
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.drafting import explaining, overriding, writing
from gongkai.web.oversight.services.drafting.auditing import open_findings
from gongkai.web.oversight.services.drafting.composing import drafted, texts_of

PERMITS = CellId(2, "permits", "decisions")
WHY_TYPED = "有1件许可的决定书年末尚未归档，按行政审批台账补计"
WHY_RIGHT = "已逐项核对原始记录，有文件因有效期届满自动失效，数据无误"
# What the bureau has written so far; the other cues still wait.
WRITTEN = {
    "{请写明本机关政府信息管理的做法}": (
        "对在用的公开目录逐条核对了来源、格式和更新期限，转隶学校的历史文件补录入库。"
    ),
    "{请写明平台建设和维护的做法}": "招生、学位和收费信息按学校归集成专题，栏目有专人每周检查。",
    "{请写明本年度查找出的主要问题}": (
        "一是学区划分的解读发布晚于报名通知，家长来电集中；二是有两所学校的收费公示没有同步到网站。"
    ),
}


def load_demo_draft(*, agency: Agency, frozen: Iterable[Agency], by: User, now: datetime) -> Draft:
    """Begin last year's report of a body as its clerk would, and leave it open.

    Args:
        agency: the body whose clerk `by` is.
        frozen: the bodies whose last year is frozen first, and the year before.
    """
    year = timezone.localtime(now).year - 1
    for body in frozen:
        for each in (year - 1, year):
            freezing.freeze(agency=body, year=each, now=now)
    draft = writing.begin(agency=agency, year=year, by=by, now=now)
    texts = {code.value: _written(text) for code, text in texts_of(draft).items()}
    draft, _ = writing.save_texts(draft=draft, texts=texts, seen=draft.saves, by=by, now=now)
    _type_one_over(draft, by, now)
    draft.refresh_from_db()
    warnings = (each for each in open_findings(draft, draft.audit["findings"]) if each["level"] == "warning")
    if (found := next(warnings, None)) is not None:
        explaining.explain(draft=draft, key=found["key"], reason=WHY_RIGHT, by=by, now=now)
    return draft


def _written(text: str) -> str:
    for cue, words in WRITTEN.items():
        text = text.replace(cue, words)
    return text


def _type_one_over(draft: Draft, by: User, now: datetime) -> None:
    counted = number_in(drafted(draft).cells[PERMITS].counted.value)
    overriding.type_over(
        draft=draft,
        cell=str(PERMITS),
        value=(counted or 0) + 1,
        reason=WHY_TYPED,
        seen=draft.saves,
        by=by,
        now=now,
    )
