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
# What the public sees: the report itself, or what a correction of it says stood there before.
WITHDRAWABLE = frozenset({ReportStatus.PUBLISHED, ReportStatus.SUPERSEDED})
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
    BEGUN = "begun", "开始起草"
    SAVED = "saved", "修改正文"
    TYPED = "typed", "手工填数"
    RESTORED = "restored", "恢复统计数"
    REBASED = "rebased", "更改统计口径"
    EXPLAINED = "explained", "说明问题"
    SUBMITTED = "submitted", "送审"
    PASSED = "passed", "审核通过"
    SENT_BACK = "sent_back", "退回修改"
    APPROVED = "approved", "审定"
    REVISED = "revised", "审定后重新起草"
    OPENED = "opened", "发起报送"
    AMENDED = "amended", "修改报送要求"
    CLOSED = "closed", "结束报送"
    FILED = "filed", "报送"
    RETURNED = "returned", "退回报送"
    ACCEPTED = "accepted", "接收报送"
    URGED = "urged", "催报"
    SUMMED = "summed", "确定汇总数"


class Scope(models.TextChoices):
    """Whose disclosure a drafted report covers: only the body's own, or that of its whole area."""

    OFFICE = "office", "只报本机关"
    AREA = "area", "本行政区域，按本系统的记录统计"
    MEMBERS = "members", "本行政区域，按各单位报送的报告汇总"


class Basis(models.TextChoices):
    """Which count of Tables 3 and 4 a draft takes: the year as frozen, or with what was recorded since."""

    FROZEN = "frozen", "按年末冻结的数"
    LIVE = "live", "按更正后的记录"


class DraftState(models.TextChoices):
    """Where the draft of a report stands."""

    DRAFTING = "drafting", "起草中"
    SUBMITTED = "submitted", "待审核"
    REVIEWED = "reviewed", "待审定"
    APPROVED = "approved", "已审定"


class Filed(models.TextChoices):
    """Where a member's report stands in a collection."""

    FILED = "filed", "待核"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已接收"


class BatchState(models.TextChoices):
    """What became of a file of a batch."""

    WAITING = "waiting", "排队"
    UNMATCHED = "unmatched", "待认领"
    FILED = "filed", "已报送"
    REFUSED = "refused", "未能处理"
