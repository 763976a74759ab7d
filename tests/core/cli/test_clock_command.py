from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import main
from gongkai.law.history import KINDS, read_history

ROOT = Path(__file__).parents[3]
SUBMITTED = {"kind": "submitted", "on": "2025-09-15", "channel": "internet"}
DECIDED = {
    "kind": "decided", "on": "2025-10-16", "outcome": "granted",
    "service": "in_person", "served_on": "2025-10-17",
}  # fmt: skip
REPLY15 = """
[[period]]
code = "reply"
length = 15
since = 2025-09-01
title = "某省政府信息公开规定"
number = "省政府令第1号"
article = 12
"""
YEAR_2031 = """
year = 2031
[[notices]]
number = "试〔2030〕1号"
title = "2031年安排"
date = 2030-11-01
[[holidays]]
name = "劳动节"
first = 2031-07-02
last = 2031-07-03
makeup = [2031-07-05]
"""
EXTENDED = {"kind": "extended", "on": "2025-10-16", "approved_by": "王主任", "notified_on": "2025-10-20"}

Write = Callable[..., str]


def case(*events: dict[str, Any], **also: object) -> dict[str, Any]:
    return {"applicant_kind": "natural_person", "events": list(events), **also}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a case, or any text or bytes, to a file and return its path."""

    def put(shown: object) -> str:
        raw = shown if isinstance(shown, str | bytes) else json.dumps(shown, ensure_ascii=False)
        path = tmp_path / "案件.json"
        path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
        return str(path)

    return put


def run(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["clock", *words]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["clock", *words]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def test_the_answer_is_one_json_object(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, write(case(SUBMITTED, DECIDED)), "--today", "2025-12-01")
    assert (found["today"], found["state"]) == ("2025-12-01", "closed")
    assert (found["received_on"], found["due_on"], found["provisional"]) == (
        "2025-09-15",
        "2025-10-17",
        False,
    )
    assert (found["outcome"], found["remedy"], found["defects"]) == ("granted", "O", [])
    assert (found["pauses"], found["unread"]) == ([], [])
    assert found["explanation"][-1] == "2025-10-17 星期五 第20个工作日：工作日"
    rows = [(cell["row"], cell["column"]) for cell in found["counted"]["2025"]["table3"]]
    assert rows == [(row, "natural_person") for row in ("new", "granted", "total_done")]


def test_a_defect_has_its_code_its_article_and_a_sentence(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    (defect,) = run(capsys, write(case(SUBMITTED)), "--today", "2025-10-20")["defects"]
    assert (defect["code"], defect["on"]) == ("not_replied", "2025-10-17")
    assert defect["article"] == "《中华人民共和国政府信息公开条例》第三十三条第二款"
    assert "尚未答复" in defect["text"]


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
def test_a_case_comes_on_standard_input(
    before: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = before + json.dumps(case(SUBMITTED)).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    assert run(capsys, "-", "--today", "2025-09-16")["due_on"] == "2025-10-17"


@pytest.mark.parametrize("today", ["2025-10-16", "2025年10月16日", "20251016"])
def test_what_comes_after_today_is_left_out(
    today: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(capsys, write(case(SUBMITTED, DECIDED)), "--today", today)
    assert (found["today"], found["state"], found["answered_on"]) == ("2025-10-16", "decided", None)


def test_without_a_day_it_is_today(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    before = datetime.now().astimezone().date().isoformat()
    found = run(capsys, write(case(SUBMITTED)))
    assert found["today"] >= before
    assert found["overdue"] is True


def test_switches_set_the_practice_of_the_body(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(case(SUBMITTED, EXTENDED))
    assert run(capsys, path, "--today", "2025-10-21")["due_on"] == "2025-10-17"
    switched = run(capsys, path, "--today", "2025-10-21", "--practice", "extension_by_approval=true")
    assert (switched["due_on"], switched["defects"]) == ("2025-11-14", [])


def test_a_case_is_judged_under_the_practice_of_several_switches(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    fee = {"kind": "fee_notice", "on": "2025-09-23", "served_on": "2025-09-24", "amount": 380}
    paid = {"kind": "fee_paid", "on": "2025-10-10"}
    switches = ("--practice", "fee_clock=restart", "--practice", "organ_opinion_capped=false")
    path = write(case(SUBMITTED, fee, paid))
    assert run(capsys, path, "--today", "2025-10-11")["due_on"] == "2025-10-29"
    assert run(capsys, path, "--today", "2025-10-11", *switches)["due_on"] == "2025-11-06"


def test_a_local_rule_shortens_the_period(
    tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(REPLY15, encoding="utf-8")
    found = run(capsys, write(case(SUBMITTED)), "--today", "2025-09-16", "--rules", str(rules))
    assert found["due_on"] == "2025-10-11"


def test_a_year_of_the_offices_own_calendar_is_no_longer_provisional(
    tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "2031.toml"
    own.write_text(YEAR_2031, encoding="utf-8")
    words = (write(case({**SUBMITTED, "on": "2031-06-30"})), "--today", "2031-07-01")
    plain, loaded = run(capsys, *words), run(capsys, *words, "--calendar", str(own))
    assert (plain["due_on"], plain["provisional"]) == ("2031-07-28", True)
    assert (loaded["due_on"], loaded["provisional"]) == ("2031-07-29", False)


def test_what_was_not_read_is_listed(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(case({**SUBMITTED, "备注": "急"}, title="某案"))
    found = run(capsys, path, "--today", "2025-09-16")
    assert found["unread"] == ["title", "第1个事件（submitted）的 备注"]


def test_an_event_that_cannot_be_is_a_defect_and_no_error(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(
        capsys, write(case(SUBMITTED, {"kind": "fee_paid", "on": "2025-09-20"})), "--today", "2025-09-21"
    )
    assert [defect["code"] for defect in found["defects"]] == ["not_allowed"]
    assert (found["state"], found["due_on"]) == ("in_hand", "2025-10-17")


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        ("", "不是 JSON：第1行第1列"),
        ("{", "不是 JSON"),
        (b"\xff\xfe", "不是 UTF-8 文本"),
        ("[" * 100_000, "嵌套过深"),
        (b" " * (4 * 1024 * 1024 + 1), "超过 4 MB"),
        ([], "应为一个 JSON 对象"),
        (case(), "至少有 submitted"),
        (case(DECIDED), "没有 submitted"),
        (case({**SUBMITTED, "on": "9月15日"}), "第1个事件（submitted）的 on 应为日期"),
        (case({**SUBMITTED, "on": "2019-05-14"}), "自2019-05-15起施行"),
        (case(SUBMITTED, {**EXTENDED, "days": "十"}), "第2个事件（extended）的 days 应为整数"),
        ({**case(SUBMITTED), "applicant_kind": "公民"}, "applicant_kind 应为 natural_person、"),
    ],
)  # fmt: skip
def test_what_is_no_case_is_refused_in_chinese(
    shown: object, says: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refused(capsys, write(shown), "--today", "2025-10-01")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--today", "2025-09-14"], "申请还没有提出"),
        (["--today", "昨天"], "不是日期"),
        (["--today", "9999-12-31"], "不晚于 2099 年"),
        (["--practice", "generous=true"], "没有“generous”这个开关"),
        (["--practice", "fee_clock"], "开关 fee_clock 不能是“”"),
        (["--practice", "reasons_stop_clock=也许"], "不能是“也许”"),
        (["--calendar", "/no/such.toml"], "找不到放假安排文件"),
        (["--rules", "/no/such.toml"], "打不开 such.toml"),
    ],
)
def test_options_that_cannot_be_are_refused_in_chinese(
    words: list[str], says: str, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in refused(capsys, write(case(SUBMITTED)), *words)


def test_a_file_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert "打不开 no-such.json" in refused(capsys, "no-such.json")


def test_the_example_of_the_help_is_a_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--help"]) == 0
    shown = capsys.readouterr().out
    example = re.search(r"^  (\{.*?\}\]\})$", shown, re.DOTALL | re.MULTILINE)
    assert example
    assert json.loads(example[1]) == case(SUBMITTED, DECIDED)
    assert all(kind in shown for kind in KINDS)


def test_the_developers_page_names_every_kind_and_no_other() -> None:
    page = (ROOT / "docs" / "clock.md").read_text(encoding="utf-8")
    cells = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == set(KINDS)


def test_as_many_events_as_no_request_ever_had_are_refused(
    write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    found = run(capsys, write(case(*[SUBMITTED] * 500)), "--today", "2025-09-16")
    assert len(found["defects"]) == 499
    assert found["due_on"] == "2025-10-17"
    assert main(["clock", str(write(case(*[SUBMITTED] * 501))), "--today", "2025-09-16"]) == 2
    assert "最多 500 个" in capsys.readouterr().err


def test_a_number_of_thousands_of_digits_is_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "大.json"
    path.write_text('{"applicant_kind": "business", "events": [{"amount": ' + "1" * 5000 + "}]}")
    assert main(["clock", str(path), "--today", "2025-09-16"]) == 2
    assert "过长的数字" in capsys.readouterr().err


def test_the_example_is_read_without_leftovers() -> None:
    assert read_history(case(SUBMITTED, DECIDED)).unread == ()
