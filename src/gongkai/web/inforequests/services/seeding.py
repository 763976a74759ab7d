"""Invented cases in bulk, for demonstrations and measuring: lawful, sealed and chained as real ones are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from django.db import transaction
from django.utils import timezone

from gongkai.law.practice import Practice
from gongkai.law.procedure.states import Action, Event
from gongkai.web.agencies.models import Agency, User
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.choices import Delivery, LossCause, SupplyMedium
from gongkai.web.inforequests.models import Applicant, InfoRequest, NumberSeries, Proceeding, Record
from gongkai.web.inforequests.services import acting, folding, numbering, registering
from gongkai.web.inforequests.services.refusing import Refused
from gongkai.web.inforequests.services.seeding_stories import Story, story
from gongkai.web.inforequests.services.seeding_texts import LESSONS, UNITS, asking, wanted

_AT_ONCE = 500
_FROM_APPLICANT = frozenset({Action.CORRECT, Action.PAY, Action.WITHDRAW, Action.REASONS_GIVEN})
_LATE_ENTRY = "邮局回执年后才到，按交邮之日补录。"


@dataclass(frozen=True, kw_only=True)
class _Office:
    """A body, those who act in it, and how it answers open questions."""

    agency: Agency
    clerk: User | None
    approver: User | None
    practice: Practice


@dataclass(kw_only=True)
class _Made:
    """A case in the making: its row, its story, and who asks."""

    case: InfoRequest
    office: _Office
    told: Story
    asker: int


def seed(
    *,
    agencies: Sequence[Agency],
    number: int,
    years: int,
    seed: int,
    on: date,
    into_existing: bool = False,
    tell: Callable[[int], object] = lambda _: None,
) -> int:
    """Write so many invented cases of the years up to a day; return how many.

    The same arguments and bodies give the same cases. Each batch is written whole or not at all.

    Args:
        agencies: the bodies asked, the first ones more often.
        number: how many cases.
        years: over how many years before `on` they spread.
        seed: what chance starts from.
        on: the day the last of them stand at.
        into_existing: whether other cases may be there.
        tell: called with the number written so far.
    Raises:
        Refused: there are cases and they are not to be mixed.
    """
    if not into_existing and InfoRequest.objects.exists():
        raise Refused("数据库里已有案件；确要混入虚构案件的，加 --into-existing。")
    dice = Random(seed)
    offices = [_office(each) for each in agencies if each.is_active]
    weights = [1 / (place + 2) for place in range(len(offices))]
    first = on - timedelta(days=round(365.25 * years))
    days = sorted(first + timedelta(days=dice.randrange((on - first).days + 1)) for _ in range(number))
    applicants = max(number * 2 // 5, 1)
    done = 0
    while done < number:
        batch = days[done : done + _AT_ONCE]
        with transaction.atomic():
            _write([_made(dice, dice.choices(offices, weights)[0], day, on, applicants) for day in batch])
        done += len(batch)
        tell(done)
    return done


def _office(agency: Agency) -> _Office:
    return _Office(
        agency=agency,
        clerk=_first(agency, Role.CLERK),
        approver=_first(agency, Role.APPROVER),
        practice=folding.practice_of(agency.pk),
    )


def _first(agency: Agency, role: Role) -> User | None:
    return agency.staff.filter(is_active=True, groups__name=role.value).order_by("pk").first()


def _made(dice: Random, office: _Office, day: date, today: date, applicants: int) -> _Made:
    # A few ask very often.
    asker = int(applicants * dice.random() ** 2)
    topic, text = wanted(dice, day.year)
    told = story(
        dice,
        on=day,
        today=today,
        applicant_kind=asking(asker).kind,
        calendar=folding.calendar(),
        practice=office.practice,
    )
    case = InfoRequest(
        agency=office.agency,
        kind=told.events[0].facts["kind"],
        wanted=text,
        topic=topic,
        medium=dice.choice((SupplyMedium.PAPER, SupplyMedium.ELECTRONIC, SupplyMedium.ELECTRONIC)),
        delivery=dice.choice((Delivery.ONLINE, Delivery.POST, Delivery.POST, Delivery.PICK_UP)),
        needs_help=dice.random() < 0.01,
        query_salt=f"{dice.getrandbits(128):032x}",
        handler=office.clerk,
        unit=dice.choice(UNITS),
        created_at=_moment(dice, day),
        version=len(told.events),
    )
    told.file = told.file_on_the_last_day()
    folding.derive(case, told.file)
    return _Made(case=case, office=office, told=told, asker=asker)


def _moment(dice: Random, day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, dice.randrange(60), dice.randrange(60))))


def _write(batch: Sequence[_Made]) -> None:
    _number(batch)
    InfoRequest.objects.bulk_create([made.case for made in batch])
    Applicant.objects.bulk_create([_applicant(made) for made in batch])
    Record.objects.bulk_create([record for made in batch for record in _records(made)])
    Proceeding.objects.bulk_create([row for made in batch for row in _proceedings(made)])


def _number(batch: Sequence[_Made]) -> None:
    """Give each the next number of its body and year, and remember the last ones."""
    series: dict[tuple[int, int], NumberSeries] = {}
    for made in batch:
        agency, year = made.office.agency, made.case.registered_on.year
        if (agency.pk, year) not in series:
            key = {"agency": agency, "series": numbering.REGISTER, "year": year}
            series[agency.pk, year] = NumberSeries.objects.select_for_update().get_or_create(**key)[0]
        row = series[agency.pk, year]
        row.last += 1
        made.case.number = numbering.number_text(agency, year, row.last)
    NumberSeries.objects.bulk_update(series.values(), ["last"])


def _applicant(made: _Made) -> Applicant:
    who = asking(made.asker)
    return Applicant(
        case=made.case,
        fingerprint=registering.identity_of(who.kind, who.person),
        **registering.sealed_fields(who.person),
    )


def _records(made: _Made) -> Iterator[Record]:
    """The chain of a case: as acts of their days, but for what the post proved only in the next year."""
    case, office, previous = made.case, made.office, acting.FIRST
    minutes, at = count(), case.created_at
    for sequence, event in enumerate(made.told.events, 1):
        at = max(at, case.created_at + (event.on - case.registered_on)) + timedelta(minutes=next(minutes))
        late = _is_entered_late(case, event, made.told.today)
        at = max(at, at.replace(year=event.on.year + 1, month=1, day=8)) if late else at
        by = None if event.action in _FROM_APPLICANT else office.clerk
        record = Record(
            case_id=case.pk,
            sequence=sequence,
            act=event.action.value,
            on=event.on,
            facts=folding.kept_facts(event.facts),
            at=at,
            by=by,
            by_name=_name(event.action, by),
            reason=_LATE_ENTRY if late else "",
            confirmed_by=office.approver if late else None,
            previous_hash=previous,
        )
        previous = record.hash = acting.seal_of(record)
        yield record


def _is_entered_late(case: InfoRequest, event: Event, today: date) -> bool:
    is_served = event.action is Action.SERVE and event.on.month == 12 and event.on.day > 15
    return is_served and int(case.number[-5:]) % 4 == 0 and event.on.year < today.year


def _name(action: Action, by: User | None) -> str:
    if action in _FROM_APPLICANT:
        return acting.APPLICANT
    return by.get_full_name() if by else "经办人员"


def _proceedings(made: _Made) -> Iterator[Proceeding]:
    for found in made.told.file.proceedings:
        columns = folding.proceeding_columns(found)
        row = Proceeding(case=made.case, ref=found.ref, **columns)
        row.heard_by = "县人民政府" if found.track.value == "reconsideration" else "县人民法院"
        if row.result == "corrected":
            late = made.case.due_on and made.case.answered_on and made.case.answered_on > made.case.due_on
            causes = list(LESSONS)
            row.cause = LossCause.LATE if late else causes[int(made.case.number[-5:]) % len(causes)]
            row.lessons = LESSONS[row.cause]
        yield row
