"""The words of the request desk: what a case, a letter, a file, a task can be."""

from __future__ import annotations

from django.db import models

from gongkai.law.channels import CHANNELS
from gongkai.law.procedure.casefile import Track
from gongkai.law.procedure.deciding import RECORDS_OUTCOMES
from gongkai.law.procedure.states import STATE_NAMES, Action, CaseKind, State
from gongkai.law.procedure.transitions import TRANSITIONS
from gongkai.law.taxonomy import APPLICANT_KINDS, OUTCOMES

CHANNEL_CHOICES = [(channel.value, rule.name) for channel, rule in CHANNELS.items()]
STATE_CHOICES = [(state.value, name) for state, name in STATE_NAMES.items()]
APPLICANT_CHOICES = list(APPLICANT_KINDS.items())
OUTCOME_CHOICES = [*((code, outcome.label) for code, outcome in OUTCOMES.items()), *RECORDS_OUTCOMES.items()]
KIND_CHOICES = [(CaseKind.REQUEST.value, "政府信息公开申请"), (CaseKind.RECORDS.value, "更正本人信息")]
NATURAL_PERSON = "natural_person"
OPEN_STATES = tuple(state.value for state in State if state is not State.CLOSED)


class DeskAct(models.TextChoices):
    """What is done at the desk beside the acts of the procedure; all of it is on the case's record."""

    VOID = "void", "作废一条记录"
    NOTE = "note", "办理说明"
    PROPOSE = "propose", "提请补录"
    REFUSE = "refuse", "不同意补录"
    DRAFT_LETTER = "draft_letter", "起草文书"
    SUBMIT_LETTER = "submit_letter", "文书送审"
    RETURN_LETTER = "return_letter", "退回文书"
    APPROVE_LETTER = "approve_letter", "签发文书"
    VOID_LETTER = "void_letter", "文书作废"
    GIVE_TASK = "give_task", "交办"
    ANSWER_TASK = "answer_task", "办理反馈"
    RECALL_TASK = "recall_task", "撤回交办"
    URGE_TASK = "urge_task", "催办"
    ATTACH = "attach", "附卷"
    DETACH = "detach", "移出附卷"
    HAND_OVER = "hand_over", "更换经办人"
    RELATE = "relate", "关联案件"
    UNMASK = "unmask", "查看申请人信息"
    EXPORT = "export", "导出卷宗"
    RATE = "rate", "申请人评价"
    CLASSIFY = "classify", "归类"
    ANALYSE = "analyse", "登记争议案件情况"
    PURGE = "purge", "按期清除个人信息"


ACT_NAMES: dict[str, str] = {
    **{action.value: transition.name for action, transition in TRANSITIONS.items()},
    **dict(DeskAct.choices),
}
LEGAL_ACTS = frozenset(action.value for action in Action)


class SupplyMedium(models.TextChoices):
    """The form in which the information is wanted (R711 art. 29(2)(3))."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子数据"
    DISC = "disc", "光盘等存储介质"
    INSPECTION = "inspection", "现场查阅、抄录"


class Delivery(models.TextChoices):
    """The way the reply is wanted."""

    ONLINE = "online", "网上查询下载"
    EMAIL = "email", "电子邮件"
    POST = "post", "邮寄"
    PICK_UP = "pick_up", "自行领取"
    FAX = "fax", "传真"


class IdentityKind(models.TextChoices):
    """What proves who the applicant is (R711 art. 29(2)(1))."""

    ID_CARD = "id_card", "居民身份证"
    PASSPORT = "passport", "护照"
    PERMIT = "permit", "港澳台居民通行证、居住证"
    UNIFIED_CODE = "unified_code", "统一社会信用代码"
    OTHER = "other", "其他有效证件"


class FileKind(models.TextChoices):
    """What a file in the case is."""

    IDENTITY = "identity", "身份证明"
    AUTHORISATION = "authorisation", "授权委托书"
    REQUEST = "request", "申请材料"
    CORRECTION = "correction", "补正材料"
    OPINION = "opinion", "征求意见材料"
    SERVICE = "service", "送达凭证"
    ANNEX = "annex", "答复附件"
    LETTER = "letter", "文书"
    WORKING = "working", "办理材料"


PERSONAL_FILES = frozenset({FileKind.IDENTITY, FileKind.AUTHORISATION})


class LetterState(models.TextChoices):
    """How far a letter is."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待签发"
    RETURNED = "returned", "已退回"
    ISSUED = "issued", "已签发"
    VOID = "void", "已作废"


class TaskKind(models.TextChoices):
    """What is asked of another unit or body within this installation."""

    TRANSFER = "transfer", "转办"
    CONSULT = "consult", "会商"


class TaskState(models.TextChoices):
    """How far it is."""

    OPEN = "open", "待办理"
    ANSWERED = "answered", "已反馈"
    RECALLED = "recalled", "已撤回"


class RelationKind(models.TextChoices):
    """How one case stands to another."""

    SPLIT_FROM = "split_from", "拆分自"
    MERGED_INTO = "merged_into", "并入"
    TRANSFERRED_TO = "transferred_to", "移送至"
    FOLLOWS = "follows", "后续于"
    DUPLICATES = "duplicates", "内容相同于"


class ProposalState(models.TextChoices):
    """What became of an act proposed for an earlier day."""

    OPEN = "open", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REFUSED = "refused", "未同意"


class Retention(models.TextChoices):
    """How long the case's personal data is kept after it ended."""

    STANDARD = "standard", "10年"
    LONG = "long", "30年"
    PERMANENT = "permanent", "永久"


class LossCause(models.TextChoices):
    """Why a case was corrected or lost, as the office sees it."""

    NONE = "", "未分析"
    FACTS = "facts", "事实不清、证据不足"
    LAW = "law", "适用依据错误"
    PROCEDURE = "procedure", "违反法定程序"
    LATE = "late", "逾期答复"
    SEARCH = "search", "检索义务未尽"
    REASONS = "reasons", "说理不足"
    SERVICE = "service", "送达不当"
    OTHER = "other", "其他"


TRACK_NAMES: dict[str, str] = {
    Track.RECONSIDERATION.value: "行政复议",
    Track.DIRECT_SUIT.value: "未经复议直接起诉",
    Track.SUIT_AFTER_RECONSIDERATION.value: "复议后起诉",
}
