"""How a case of the demonstration is told: who asks what of whom, then step by step what is done, each on
its working day counted back from today. All of it goes through the services, with the moment given."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from gongkai.law.calendar import WorkCalendar, load_calendar
from gongkai.law.channels import ONLINE, Channel
from gongkai.law.procedure.states import CaseKind
from gongkai.web.agencies.models import Agency, User
from gongkai.web.config.demonstration_cases.people import Applicant
from gongkai.web.inforequests.choices import Delivery, SupplyMedium
from gongkai.web.inforequests.models import CaseRelation, InfoRequest, Letter, Task
from gongkai.web.inforequests.services import acting, registering, tasks

_DAY = timedelta(days=1)
_OPENS = time(8, 40)


@dataclass(frozen=True, kw_only=True)
class Office:
    """A body at work: its clerk and its approver."""

    agency: Agency
    clerk: User
    approver: User


@dataclass(frozen=True, kw_only=True)
class Story:
    """What happens in a case.

    Args:
        key: names the case among the others of the demonstration.
        body: the body asked.
        ago: so many working days before today it is registered: 20 for what falls due today. With `month`,
            the working day of the month that lies so many months back.
        who: the applicant.
        wanted: what is asked for.
        reached: so many days before registration it was there.
        is_taken: whether a clerk makes a case from the site their own at once.
        is_settled: rests on a period that lapsed, and so on days whose notice is out.
        steps: working days after the step before, and what is done.
    """

    key: str
    body: str
    ago: int
    who: Applicant
    wanted: str
    month: int | None = None
    channel: Channel = Channel.INTERNET
    kind: CaseKind = CaseKind.REQUEST
    medium: SupplyMedium = SupplyMedium.ELECTRONIC
    delivery: Delivery = Delivery.ONLINE
    needs_help: bool = False
    reached: int = 0
    is_taken: bool = True
    is_settled: bool = False
    steps: tuple[tuple[int, Do], ...] = ()


# How an answer is wanted, and so how a request came.
POSTED: Mapping[str, Any] = {"medium": SupplyMedium.PAPER, "delivery": Delivery.POST}
COLLECTED: Mapping[str, Any] = {"medium": SupplyMedium.PAPER, "delivery": Delivery.PICK_UP}
BY_MAIL: Mapping[str, Any] = {"channel": Channel.EMS, **POSTED}
# How a reply says that it was given.
AS_TEXT = "电子文本一份，随本答复书一并提供"
ON_PAPER = "纸质复印件一份，随本答复书一并寄送"


# What a case is about, by words of what is asked for; the first that fits.
TOPICS = (
    ("征地|征收|拆迁|补偿|用地|不动产|宅基地", "土地房屋"),
    ("教师|学校|招生|学位|校车|课后|考|幼儿", "教育"),
    ("疫苗|接种|医|卫生|药品|体检", "医疗卫生"),
    ("食品|抽检|检验|市场|价格|企业|登记|许可", "市场监管"),
    ("规划|项目|工程|立项|招标|评标|可行性", "项目建设"),
    ("预算|决算|经费|补助|资金|绩效|收支", "财政资金"),
    ("文件|规范性|会议|讨论|批复|纪要", "公文会议"),
)


@dataclass(kw_only=True)
class Telling:
    """A case in the telling: its row, the moment it is, and what the last steps made."""

    story: Story
    office: Office
    offices: Mapping[str, Office]
    others: Mapping[str, Telling]
    calendar: WorkCalendar
    end: datetime
    now: datetime
    found: InfoRequest | None = None
    letter: Letter | None = None
    task: Task | None = None
    relation: CaseRelation | None = None
    made: list[InfoRequest] = field(default_factory=list)

    @property
    def case(self) -> InfoRequest:
        """The case as it is now."""
        assert self.found is not None, f"{self.story.key} is not registered yet"
        self.found = InfoRequest.objects.get(pk=self.found.pk)
        return self.found

    @property
    def is_online(self) -> bool:
        """Whether it came by the site or by electronic mail."""
        return self.story.channel in ONLINE

    def tick(self) -> datetime:
        """Let three minutes pass; return the moment, which is never later than now."""
        self.now = min(self.now + timedelta(minutes=3), self.end)
        return self.now

    def day(self, after: int) -> date:
        """Return the working day so many after the day it is."""
        return working_day(self.calendar, timezone.localtime(self.now).date(), after)

    def text(self, words: str) -> str:
        """Return words with the year the case is of."""
        assert self.found is not None
        return words.replace("{year}", str(self.found.registered_on.year))


Do = Callable[[Telling], None]


def working_day(calendar: WorkCalendar, day: date, after: int) -> date:
    """Return the working day so many after a day, or before it if negative; the day itself for none."""
    if after > 0:
        return calendar.add_working_days(day, after).on
    while after:
        day -= _DAY
        after += calendar.status(day).is_working
    return day


def tell(stories: Sequence[Story], offices: Mapping[str, Office], now: datetime) -> dict[str, Telling]:
    """Tell all stories at once, day by day, so that numbers run as the days do; return them by key."""
    told: dict[str, Telling] = {}
    calendar = load_calendar()
    plan = sorted(_plan(stories, calendar, timezone.localtime(now).date()), key=lambda each: each[:3])
    for day, at, step, do in plan:
        story = stories[at]
        begins = timezone.make_aware(datetime.combine(day, _OPENS)) + timedelta(minutes=5 * (at % 80))
        if story.key not in told:
            told[story.key] = Telling(
                story=story, office=offices[story.body], offices=offices, others=told, calendar=calendar,
                end=now, now=min(begins, now),
            )  # fmt: skip
        telling = told[story.key]
        telling.now = min(max(begins, telling.now), now)
        try:
            do(telling)
        except Exception as error:
            error.add_note(f"demonstration case {story.key}, step {step}, on {day}")
            raise
    return told


def _plan(
    stories: Sequence[Story], calendar: WorkCalendar, today: date
) -> Iterator[tuple[date, int, int, Do]]:
    for at, story in enumerate(stories):
        day = begun = _begins(story, calendar, today)
        yield min(day, today), at, 0, _registered
        for step, (after, do) in enumerate(story.steps, 1):
            day = working_day(calendar, day, after)
            if day > today and calendar.status(today).is_working:
                raise ValueError(f"step {step} of {story.key}, begun on {begun}, lies after today")
            yield min(day, today), at, step, do


def _begins(story: Story, calendar: WorkCalendar, today: date) -> date:
    anchor = today
    while not calendar.status(anchor).is_working:
        anchor += _DAY
    while story.is_settled and not calendar.covers(anchor):
        anchor -= _DAY
    if story.month is None:
        return working_day(calendar, anchor, -story.ago)
    months = anchor.year * 12 + anchor.month - 1 - story.month
    eve = date(months // 12, months % 12 + 1, 1) - _DAY
    return working_day(calendar, eve, story.ago)


def _registered(told: Telling) -> None:
    story, person = told.story, told.story.who.person
    is_online = story.channel is Channel.INTERNET
    reached = timezone.localtime(told.now).date() - timedelta(days=story.reached)
    told.found = registering.register(
        agency=told.office.agency, channel=story.channel, applicant_kind=story.who.kind, person=person,
        wanted=story.wanted, by=None if is_online else told.office.clerk, kind=story.kind,
        medium=story.medium, delivery=story.delivery, needs_help=story.needs_help,
        reached=reached if story.reached else None, now=told.now,
    )  # fmt: skip
    if is_online and story.is_taken:
        clerk = told.office.clerk
        tasks.hand_over(case=told.case, to=clerk, by=clerk, now=told.tick())
    if story.is_taken or not is_online:
        topic = next((topic for words, topic in TOPICS if re.search(words, story.wanted)), "其他")
        clerk, case = told.office.clerk, told.case
        acting.classify(case=case, topic=topic, retention=case.retention, by=clerk, now=told.tick())
