"""Two at once, each on a connection of its own: of two acts one is recorded, of two forms one case made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from apart import own_database
from applicant import PERSON, fill_address, identity, key_in, looked_over
from county import County, load_county
from desk import GIVEN, asked
from django.db import connections
from django.test import Client

from gongkai.law.procedure.states import Action
from gongkai.web.agencies.roles import Role
from gongkai.web.inforequests.models import CaseFileItem, DeskSettings, InfoRequest, Letter, NumberSeries
from gongkai.web.inforequests.services import acting, folding, letters
from gongkai.web.inforequests.services.drafting import Draft
from gongkai.web.inforequests.services.refusing import Conflict, Refused


@pytest.fixture
def apart(
    django_db_setup: None,  # noqa: ARG001  the database copied here
    django_db_blocker: pytest.FixtureRequest,
    tmp_path: Path,
) -> Iterator[County]:
    """The county in a database of the test's own: what threads commit there is gone with it."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        county = load_county()
        DeskSettings.objects.create(agency=county.bureau, mark="测教")
        county.bureau.phone = "0990-1234567"
        county.bureau.save()
        yield county


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Do things at the same moment, each on a connection of its own; return what each gave or raised."""
    together = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            together.wait(timeout=30)
            return call()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def raised(answers: Sequence[object]) -> list[type]:
    return [type(each) for each in answers if isinstance(each, Exception)]


def test_of_two_acts_from_one_page_one_is_recorded(apart: County) -> None:
    case = asked(apart.bureau, folding.today().isoformat())
    people = [apart.person(Role.CLERK, apart.bureau) for _ in range(2)]
    acts = (Action.WITHDRAW, Action.RECONSIDERATION_FILED)
    facts: list[dict[str, object]] = [{}, {"ref": "测府复字1号"}]

    def call(at: int) -> object:
        return acting.record_act(
            case=case, action=acts[at], facts=facts[at], by=people[at], seen=case.version
        )

    answers = at_once(lambda: call(0), lambda: call(1))
    assert raised(answers) == [Conflict]
    case.refresh_from_db()
    assert case.version == case.records.count() == 2
    assert acting.breaks(case) == []
    # The page says so, and nothing is lost: whoever was second reads it and acts again.
    refused = next(each for each in answers if isinstance(each, Conflict))
    assert "没有保存" in str(refused)


def test_twenty_acts_by_each_of_two_make_one_unbroken_chain(apart: County) -> None:
    case = asked(apart.bureau, folding.today().isoformat())
    people = [apart.person(Role.CLERK, apart.bureau) for _ in range(2)]

    def notes(at: int) -> None:
        for number in range(20):
            acting.note(case=case, text=f"第{number}次联系", by=people[at])

    assert at_once(lambda: notes(0), lambda: notes(1)) == [None, None]
    case.refresh_from_db()
    assert case.version == 41
    assert acting.breaks(case) == []


def test_forty_letters_of_two_offices_desks_are_numbered_without_gap_or_repeat(apart: County) -> None:
    clerk = apart.person(Role.CLERK, apart.bureau)
    today = folding.today().isoformat()
    cases = [asked(apart.bureau, today) for _ in range(2)]
    drafts = [
        [letters.draft(case=case, kind="receipt", content=Draft(), by=clerk) for _ in range(20)]
        for case in cases
    ]

    def issue(mine: list[Letter]) -> list[int]:
        return [letters.issue(letter=letter, by=clerk).serial for letter in mine]

    answers = at_once(*(lambda mine=mine: issue(mine) for mine in drafts))
    assert raised(answers) == []
    first, second = answers
    assert sorted(first + second) == list(range(1, 41))
    assert first == sorted(first) and second == sorted(second)
    numbers = set(Letter.objects.filter(state="issued").values_list("number", flat=True))
    assert numbers == {f"测教公开收〔{folding.today().year}〕{serial}号" for serial in range(1, 41)}
    assert NumberSeries.objects.get(series="公开收").last == 40


def test_a_refused_letter_takes_no_number_while_others_are_issued(apart: County) -> None:
    clerk = apart.person(Role.CLERK, apart.bureau)
    today = folding.today().isoformat()
    good, bad = asked(apart.bureau, today), asked(apart.bureau, today)
    wrong = Draft(details={"correction_items": "", "correction_days": 10})
    right = Draft(details={"correction_items": "请写明年份", "correction_days": 10})
    lacking = letters.draft(case=bad, kind="correction_notice", content=wrong, by=clerk)
    whole = letters.draft(case=good, kind="correction_notice", content=right, by=clerk)
    answers = at_once(
        lambda: letters.issue(letter=lacking, by=clerk), lambda: letters.issue(letter=whole, by=clerk)
    )
    assert raised(answers) == [Refused]
    assert NumberSeries.objects.get(series="公开补").last == 1


def test_two_approvers_sign_a_letter_once(apart: County) -> None:
    clerk = apart.person(Role.CLERK, apart.bureau)
    approvers = [apart.person(Role.APPROVER, apart.bureau) for _ in range(2)]
    case = asked(apart.bureau, folding.today().isoformat())
    letter = letters.draft(case=case, kind="granted.given", content=GIVEN, by=clerk)
    letter = letters.submit(letter=letter, by=clerk)
    answers = at_once(
        *(lambda by=by: letters.issue(letter=letter, by=by, seen=letter.version) for by in approvers)
    )
    assert raised(answers) == [Conflict]
    letter.refresh_from_db()
    assert (letter.state, letter.serial, letter.approved_by in approvers) == ("issued", 1, True)
    assert case.records.filter(act="decide").count() == case.records.filter(act="approve_letter").count() == 1
    assert NumberSeries.objects.get(series="公开答").last == 1


def test_the_public_form_sent_twice_at_once_is_one_case(apart: County) -> None:
    slug = apart.bureau.slug
    browsers = [Client(), Client()]
    key = key_in(looked_over(browsers[0], slug, PERSON))

    def send(browser: Client) -> tuple[int, str]:
        values = PERSON | {"buzhou": "tijiao", "key": key, "identity": identity()}
        answer = browser.post(fill_address(slug), values)
        receipt = browser.get(answer["Location"])
        return answer.status_code, receipt.context["case"].number

    answers = at_once(*(lambda browser=browser: send(browser) for browser in browsers))
    case = InfoRequest.objects.get()
    assert answers == [(302, case.number)] * 2
    assert CaseFileItem.objects.count() == 1
    assert case.version == case.records.count() == 2
    assert NumberSeries.objects.get(series="登记").last == 1


def test_the_clerks_form_sent_twice_at_once_is_one_case(apart: County) -> None:
    clerk = apart.person(Role.CLERK, apart.bureau)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(clerk)
    page = browsers[0].get("/admin/yishenqing/dengji/")
    form = {
        "kind": "request", "channel": "in_person", "wanted": "县城供水管网改造招标文件",
        "applicant_kind": "business", "name": "安平供水有限公司", "medium": "paper", "delivery": "post",
        "reached": folding.today().isoformat(),
        "key": page.context["form"]["key"].value(),
    }  # fmt: skip

    def send(browser: Client) -> tuple[int, str]:
        answer = browser.post("/admin/yishenqing/dengji/", form)
        return answer.status_code, answer["Location"]

    answers = at_once(*(lambda browser=browser: send(browser) for browser in browsers))
    case = InfoRequest.objects.get()
    assert answers == [(302, f"/admin/yishenqing/{case.pk}/")] * 2
    assert NumberSeries.objects.get(series="登记").last == 1
