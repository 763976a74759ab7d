"""The states of a report, the decisions on a finding and the acts that are recorded."""

from __future__ import annotations

from django.db import models


class ReportStatus(models.TextChoices):
    """Where a version of a report stands."""

    DRAFT = "draft", "已登记，待核查"
    AUDITED = "audited", "已核查，未公开"
    PUBLISHED = "published", "已公开"
    WITHDRAWN = "withdrawn", "已撤回"
    SUPERSEDED = "superseded", "已被新版取代"


PUBLISHABLE = frozenset({ReportStatus.AUDITED, ReportStatus.WITHDRAWN})
OPEN_TO_REVIEW = frozenset({ReportStatus.AUDITED, ReportStatus.PUBLISHED, ReportStatus.WITHDRAWN})


class Decision(models.TextChoices):
    """What a supervisor decides on a finding; REOPENED takes the decision before it back."""

    CONFIRMED = "confirmed", "属实"
    DISMISSED = "dismissed", "排除"
    REOPENED = "reopened", "撤销处理"


class Standing(models.TextChoices):
    """Where a finding stands after the latest decision."""

    OPEN = "open", "待处理"
    CONFIRMED = "confirmed", "属实"
    DISMISSED = "dismissed", "已排除"


class CellAct(models.TextChoices):
    """What a person does with a cell; UNSETTLED takes the decision before it back."""

    SETTLED = "settled", "确认"
    CORRECTED = "corrected", "更正"
    UNSETTLED = "unsettled", "撤销确认"


class Act(models.TextChoices):
    """The acts written to the log."""

    UPLOADED = "uploaded", "登记报告"
    AUDITED = "audited", "核查"
    CONFIRMED = "confirmed", "认定问题属实"
    DISMISSED = "dismissed", "排除问题"
    REOPENED = "reopened", "撤销对问题的处理"
    SETTLED = "settled", "确认单元格"
    CORRECTED = "corrected", "更正单元格"
    UNSETTLED = "unsettled", "撤销对单元格的确认"
    REREAD = "reread", "重新识读"
    PUBLISHED = "published", "公开"
    WITHDRAWN = "withdrawn", "撤回"
