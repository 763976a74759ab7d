from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["due", *words]) == 0
    return capsys.readouterr().out.splitlines()


def as_json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads("\n".join(run(capsys, *words, "--json")))
    return found


def test_the_date_comes_first_then_every_day_then_the_articles(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "--channel", "互联网", "--received", "2025-10-04")
    assert lines[0] == "2025-11-04（星期二）  答复期限的最后一日"
    days = [line for line in lines if line.startswith("  2025-")]
    assert len(days) == 31
    assert days[0].split() == ["2025-10-05", "日", "不计", "国庆节、中秋节放假"]
    assert days[6].split() == ["2025-10-11", "六", "第3日", "调休上班（国庆节、中秋节）"]
    assert days[7].split() == ["2025-10-12", "日", "不计", "周末"]
    assert days[-1].split() == ["2025-11-04", "二", "第20日", "工作日"]
    sources = "\n".join(lines[lines.index("依据：") :])
    assert "第三十三条第二款" in sources
    assert "第三十一条第（三）项" in sources
    assert "国办发明电〔2024〕12号" in sources


@pytest.mark.parametrize(
    "channel", ["互联网", "internet", "INTERNET", "网站", "邮箱", "当面", "in-person", "ems", "挂号"]
)
def test_a_channel_is_known_by_its_names(channel: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "--channel", channel, "--received", "2025-09-15")["due"] == "2025-10-17"


@pytest.mark.parametrize("text", ["2025-09-15", "2025/9/15", "2025.9.15", "20250915", "2025年9月15日"])
def test_a_date_may_be_written_in_any_usual_way(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "--channel", "当面", "--received", text)["due"] == "2025-10-17"


@pytest.mark.parametrize(
    ("kind", "end"),
    [("reply", "2024-03-06"), ("答复", "2024-03-06"), ("correction", "2024-02-18"), ("补正", "2024-02-18")],
)
def test_each_kind_has_its_period(kind: str, end: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert as_json(capsys, "--channel", "当面", "--received", "2024-02-02", "--kind", kind)["due"] == end


def test_publication_needs_no_channel(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "--kind", "公开", "--received", "2024-09-25")
    assert lines[0].startswith("2024-10-28（星期一）  主动公开期限")
    assert "形成或者变更之日" in lines[2]


def test_plain_mail_without_confirmation_gives_the_prudent_date(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "--channel", "平信", "--received", "2025-04-25")
    assert lines[0].startswith("2025-05-27")
    assert "申请人尚未确认" in lines[1]
    found = as_json(capsys, "--channel", "平信", "--received", "2025-04-25", "--confirmed", "2025-04-28")
    assert (found["due"], found["received"]) == ("2025-05-29", "2025-04-28")


def test_consultation_and_extension_are_added_where_they_belong(capsys: pytest.CaptureFixture[str]) -> None:
    base = ("--channel", "当面", "--received", "2025-03-03")
    assert as_json(capsys, *base, "--paused", "12")["due"] == "2025-04-17"
    lines = run(capsys, "--channel", "当面", "--received", "2025-09-15", "--extension", "20")
    assert lines[0].startswith("2025-11-14")
    assert any(line.startswith("延长 20 个工作日，自原期限届满之日 2025-10-17") for line in lines)


def test_a_body_that_has_announced_it_counts_online_requests_from_confirmation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("--channel", "互联网", "--received", "2025-10-04", "--confirmed", "2025-10-10")
    assert as_json(capsys, *words)["due"] == "2025-11-04"
    assert as_json(capsys, *words, "--own-rule")["due"] == "2025-11-06"


def test_days_no_notice_settles_make_the_date_provisional(capsys: pytest.CaptureFixture[str]) -> None:
    lines = run(capsys, "--channel", "当面", "--received", "2031-07-01")
    assert "（暂定）" in lines[0]
    assert "尚未载入" in lines[1]
    assert "推算" in lines[4]
    assert as_json(capsys, "--channel", "当面", "--received", "2031-07-01")["provisional"] is True


def test_an_offices_own_year_settles_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "2031.toml"
    own.write_text(
        'year = 2031\n[[notices]]\nnumber = "试〔2030〕1号"\ntitle = "2031年安排"\ndate = 2030-11-01\n'
        '[[holidays]]\nname = "劳动节"\nfirst = 2031-07-02\nlast = 2031-07-03\nmakeup = [2031-07-05]\n',
        encoding="utf-8",
    )
    lines = run(capsys, "--channel", "当面", "--received", "2031-07-01", "--calendar", str(own))
    assert "暂定" not in lines[0]
    assert "试〔2030〕1号" in lines[-1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--received", "2025-09-15"], "缺少 --channel"),
        (["--channel", "信鸽", "--received", "2025-09-15"], "没有“信鸽”这个渠道"),
        (["--channel", "当面", "--received", "2025-02-30"], "没有 2025-02-30 这一天"),
        (["--channel", "当面", "--received", "昨天"], "不是日期"),
        (["--channel", "当面", "--received", "9999-12-31"], "不晚于 2099 年"),
        (["--channel", "当面", "--received", "2019-05-14"], "适用原条例"),
        (["--channel", "当面", "--received", "2025-09-15", "--kind", "别的"], "没有“别的”这种期限"),
        (["--channel", "当面", "--received", "2025-09-15", "--extension", "21"], "1 至 20 的整数"),
        (["--channel", "当面", "--received", "2025-09-15", "--paused", "-1"], "--paused"),
        (["--kind", "公开", "--received", "2025-09-15", "--paused", "3"], "只用于答复期限"),
        (["--channel", "平信", "--received", "2025-09-15", "--confirmed", "2025-09-12"], "早于到达之日"),
        (
            ["--channel", "当面", "--received", "2025-09-15", "--calendar", "/no/such.toml"],
            "找不到放假安排文件",
        ),
    ],
)
def test_bad_words_are_refused_in_chinese(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["due", *words]) == 2
    shown = capsys.readouterr()
    assert says in shown.err
    assert not shown.out


def test_the_count_may_be_seen_as_a_calendar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--channel", "互联网", "--received", "2025-10-04", "--picture")
    picture = tmp_path / "日历.svg"
    lines = run(capsys, *words, "--svg", str(picture))
    assert lines[0] == "2025-11-04（星期二）  答复期限的最后一日"
    assert "2025年10月" in lines and "2025年11月" in lines
    assert any("11 3班" in line for line in lines)
    assert picture.read_text(encoding="utf-8").startswith("<svg ")
    assert main(["due", *words, "--svg", str(tmp_path / "no" / "folder.svg")]) == 2
    assert "写入权限" in capsys.readouterr().err
