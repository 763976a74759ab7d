"""What the guide tells whoever wants to ask: whom, by which ways, within which time, at what cost.

Numbers, days and articles are those of `gongkai.law`; only the plain words around them are written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from gongkai.law.channels import CHANNELS, Channel
from gongkai.law.fees import SCHEDULES, TARIFF_NAMES, Schedule, Tariff
from gongkai.law.periods import PERIODS, Period
from gongkai.law.practice import STRICT, Practice
from gongkai.law.remedies import authority
from gongkai.law.sources import R711, Citation
from gongkai.law.taxonomy import OUTCOMES, OutcomeGroup, Remedy
from gongkai.letters.wording import cited
from gongkai.web.agencies.models import Agency
from gongkai.web.inforequests.models import DeskSettings
from gongkai.web.inforequests.services import folding
from gongkai.web.inforequests.services.drafting import body_of


@dataclass(frozen=True, kw_only=True)
class Way:
    """A way to ask: its name, how it is done, which day counts as the day of receipt, the articles."""

    code: str
    name: str
    how: str
    received: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A period: whose it is, how long, from when, and what follows."""

    name: str
    words: str
    runs_from: str
    note: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Price:
    """A step of a tariff in words."""

    units: str
    rate: str


@dataclass(frozen=True, kw_only=True)
class Remedies:
    """What is open to whoever is not content.

    `first` names the replies over which reconsideration comes first; `heard_by` the body that hears it, as
    far as it is known; `silence_first` whether silence must be reconsidered before a suit.
    """

    reconsider: str
    sue: str
    sue_after: str
    sue_silence: str
    first: str
    heard_by: str
    silence_first: bool


def bodies() -> QuerySet[Agency]:
    """Return the bodies that take requests here: in use, with a section on the portal, in their order."""
    return Agency.objects.filter(is_active=True, body_page__live=True)


def takes_online(agency: Agency) -> bool:
    """Whether the form on the site may be used for the body."""
    return agency.is_active and DeskSettings.of(agency).is_open


def closed_online() -> frozenset[int]:
    """Return the keys of the bodies that take no requests by the form on the site."""
    return frozenset(DeskSettings.objects.filter(is_open=False).values_list("agency_id", flat=True))


def short(sources: Iterable[Citation]) -> str:
    """Return articles as the guide cites them: those of the Regulation without its name."""
    return cited(sources).replace(str(R711), "")


# Ways, grouped as people think of them; the day of receipt is the law's.

_WAYS: Sequence[tuple[Channel, str, str]] = (
    (Channel.INTERNET, "互联网", "在本网站填写申请表，提交后立即得到登记编号和查询码。"),
    (Channel.IN_PERSON, "当面", "到受理机关的公开工作机构填写或者递交申请表，当场领取回执。"),
    (Channel.EMS, "邮政特快专递、挂号信", "寄到受理机关的公开工作机构，信封注明“政府信息公开申请”。"),
    (Channel.PLAIN_MAIL, "平信", "寄到同一地址，务必写明联系电话：机关收到当天要与您联系确认。"),
    (Channel.FAX, "传真", "传真后请致电公开工作机构，与工作人员确认。"),
    (Channel.EMAIL, "电子邮件", "发到机关公布的电子邮箱，标题注明“政府信息公开申请”。"),
    (
        Channel.ORAL,
        "口头",
        "书写确有困难的，可以到场或者打电话口头提出，由工作人员代为填写，读给您听并请您确认。",
    ),
)
_BY_CONFIRMATION = "双方确认之日（本机关已公开声明）"


def ways(agency: Agency | None = None) -> list[Way]:
    """Return the ways to ask; for a body, only those it has."""
    practice = folding.practice_of(agency.pk) if agency else STRICT
    return [
        Way(
            code=channel.value,
            name=name,
            how=how,
            received=_received(channel, practice),
            source=short(CHANNELS[channel].source),
        )
        for channel, name, how in _WAYS
        if agency is None or _has(agency, channel)
    ]


def _has(agency: Agency, channel: Channel) -> bool:
    if channel is Channel.INTERNET:
        return takes_online(agency)
    return bool({Channel.FAX: agency.fax, Channel.EMAIL: agency.email}.get(channel, "yes"))


def _received(channel: Channel, practice: Practice) -> str:
    online = channel in (Channel.INTERNET, Channel.EMAIL)
    if online and practice.online_by_confirmation:
        return _BY_CONFIRMATION
    return CHANNELS[channel].event


_LIMITS: Mapping[str, str] = {
    "correction_notice": "申请内容不明确的，机关一次告知您补正什么",
    "correction": "您补正",
    "reply": "机关答复",
    "extension": "机关延长答复期限",
    "third_party_opinion": "第三方提出意见",
    "co_maker_opinion": "共同制作机关提出意见",
    "fee_payment": "您缴纳信息处理费",
}
_NOTES: Mapping[str, str] = {
    "correction": "条例只要求“合理期限”，以补正告知书写明的为准；没有正当理由不补正的，视为放弃申请",
    "reply": "能够当场答复的当场答复；补正的，自收到补正后的申请重新起算",
    "extension": "最长，经工作机构负责人同意并告知您；限一次",
    "third_party_opinion": "这段时间不计入答复期限",
    "co_maker_opinion": "这段时间不计入答复期限；逾期不答复，视为同意公开",
}


def limits() -> list[Limit]:
    """Return the periods of a request, in the order they may come."""
    return [_limit(name, PERIODS[code]) for code, name in _LIMITS.items()]


def _limit(name: str, period: Period) -> Limit:
    return Limit(
        name=name,
        words=period.words,
        runs_from=period.runs_from,
        note=_NOTES.get(period.code, period.note),
        source=short((period.source,)),
    )


def words_of(code: str) -> str:
    """Return how long a period of the law is, in words: 20个工作日.

    Raises:
        KeyError: no such period.
    """
    return PERIODS[code].words


def prices() -> dict[str, list[Price]]:
    """Return both tariffs of the processing fee, by name, step by step."""
    newest = {each.tariff: each for each in SCHEDULES}
    return {TARIFF_NAMES[tariff]: list(_steps(schedule)) for tariff, schedule in newest.items()}


def _steps(schedule: Schedule) -> Iterable[Price]:
    unit = "件" if schedule.tariff is Tariff.PER_REQUEST else "页"
    first = 1
    for step in schedule.steps:
        units = f"第{first}至{step.upto}{unit}" if step.upto else f"第{first}{unit}起"
        yield Price(units=units, rate=_rate(step.rate, unit))
        first = (step.upto or 0) + 1
    if schedule.every:
        rate = (
            f"{schedule.rate(first)}元/{unit}起，每增加{schedule.every}{unit}，每{unit}加收{schedule.more}元"
        )
        yield Price(units=f"第{first}{unit}起", rate=rate)


def _rate(rate: Decimal, unit: str) -> str:
    return f"{rate}元/{unit}" if rate else "不收费"


def remedies(agency: Agency | None = None) -> Remedies:
    """Return what is open to whoever is not content with a reply, or has none."""
    practice = folding.practice_of(agency.pk) if agency else STRICT
    groups = dict.fromkeys(
        each.group for each in OUTCOMES.values() if each.remedy is Remedy.RECONSIDERATION_FIRST
    )
    return Remedies(
        reconsider=words_of("reconsideration"),
        sue=words_of("direct_suit"),
        sue_after=words_of("suit_after_reconsideration"),
        sue_silence=words_of("inaction_suit"),
        first="、".join(plain_group(group) for group in groups),
        heard_by=_heard_by(agency) if agency else "",
        silence_first=practice.silence_reconsidered_first,
    )


def _heard_by(agency: Agency) -> str:
    settings = DeskSettings.of(agency)
    try:
        return str(authority(body_of(agency, settings), folding.today()))
    except ValueError:
        return ""


def plain_group(group: OutcomeGroup) -> str:
    """Return a group of outcomes without its number: 不予公开."""
    return group.value.partition("）")[2]
