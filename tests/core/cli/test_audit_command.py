from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.core.needs import NEEDS_REPORTS, REPORTS

from gongkai.cli import audit as command
from gongkai.cli import audit_text, main
from gongkai.cli.audit_html import as_html
from gongkai.cli.audit_sarif import as_sarif
from gongkai.cli.audit_text import as_text
from gongkai.cli.checked import Checked
from gongkai.cli.inputs import Failure
from gongkai.report.auditing import RULES
from gongkai.report.findings import Audit, Finding, Level, NotAssessed, Quote
from gongkai.report.numerals import Illegible
from gongkai.report.schema import CellId, Report, SectionCode

Put = Callable[..., Path]
Give = Callable[..., None]
CODE = min(RULES)
OVERVIEW = "2024年，本局收到政府信息公开申请5件。\n全年办结4件，<b>无</b>行政复议案件。"


def finding(level: Level = Level.ERROR, **more: Any) -> Finding:
    return Finding(**({"code": CODE, "level": level, "message": "新收数与正文不符"} | more))


def said(words: str, *marks: tuple[int, int]) -> Quote:
    start = OVERVIEW.index(words)
    return Quote(section=SectionCode.OVERVIEW, start=start, end=start + len(words), text=words, marks=marks)


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    """Let every audit find just these."""

    def given(*findings: Finding, skipped: tuple[NotAssessed, ...] = ()) -> None:
        monkeypatch.setattr(command, "audit", lambda *_, **__: Audit(findings=findings, not_assessed=skipped))

    return given


@pytest.fixture
def checked(put: Put) -> Callable[..., Checked]:
    """Audit results over an invented report, to be rendered."""

    def make(*findings: Finding, name: str = "报告.json", **changed: object) -> Checked:
        found = command.read_file(put(**changed))
        assert not isinstance(found, Failure)
        return Checked(name=name, reading=found.reading, audit=Audit(findings=findings))

    return make


@pytest.mark.parametrize(
    ("levels", "strict", "code"),
    [
        ((), False, 0),
        ((Level.INFO,), False, 0),
        ((Level.INFO,), True, 1),
        ((), True, 0),
        ((Level.WARNING,), False, 1),
        ((Level.ERROR, Level.INFO), False, 1),
    ],
)
def test_the_exit_code_tells_errors_and_warnings_from_none(
    levels: tuple[Level, ...], strict: bool, code: int, give: Give, put: Put
) -> None:
    give(*(finding(level) for level in levels))
    assert main(["audit", str(put()), *(["--strict"] if strict else [])]) == code


def test_a_file_that_cannot_be_read_outweighs_findings(
    give: Give, put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give(finding())
    assert main(["audit", str(tmp_path / "absent.txt"), str(put())]) == 2
    shown = capsys.readouterr()
    assert "新收数与正文不符" in shown.out
    assert "另有 1 份未能读取" in shown.out
    assert "absent.txt：找不到这个文件" in shown.err


def test_a_broken_sum_is_found_by_the_rules_themselves(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--select", "RQ", str(put())]) == 0
    assert "没有发现问题" in capsys.readouterr().out
    assert main(["audit", "--select", "RQ", str(put(**{"t3.new.total": 6}))]) == 1
    shown = capsys.readouterr().out
    assert "【6】" in shown and "错误 RQ" in shown


def test_select_and_ignore_reach_the_rules(
    monkeypatch: pytest.MonkeyPatch, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    given: list[dict[str, Any]] = []

    def spy(_: Report, **options: Any) -> Audit:
        given.append(options)
        return Audit(findings=())

    monkeypatch.setattr(command, "audit", spy)
    assert main(["audit", str(put()), "--select", f"{CODE.lower()}，{CODE[:2]}", "--ignore", CODE]) == 0
    assert given == [{"last": None, "select": (CODE, CODE[:2]), "ignore": (CODE,)}]
    assert main(["audit", str(put()), "--select", "ZZ"]) == 2
    assert "没有代号为 ZZ 的规则" in capsys.readouterr().err


@pytest.fixture
def lasts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int | None, int | None]]:
    """The years of each report and of the one it was compared with."""
    seen: list[tuple[int | None, int | None]] = []

    def spy(report: Report, *, last: Report | None = None, **_: object) -> Audit:
        seen.append((report.year, last.year if last else None))
        return Audit(findings=())

    monkeypatch.setattr(command, "audit", spy)
    return seen


def test_last_years_report_is_compared(
    put: Put, lasts: list[tuple[int | None, int | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    last = put("last.json", year=2023)
    assert main(["audit", str(put()), "--last", str(last)]) == 0
    assert lasts == [(2024, 2023)]
    assert f"与上年报告核对：{last}" in capsys.readouterr().out


def test_a_report_of_another_year_is_no_last_years_report(
    put: Put, lasts: list[tuple[int | None, int | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(put()), "--last", str(put("last.json", year=2021))]) == 2
    assert lasts == [(2024, None)]
    assert "是 2021 年的报告，不是 2024 年的上年" in capsys.readouterr().err


def test_a_last_report_that_cannot_be_read_is_said(
    put: Put, lasts: list[tuple[int | None, int | None]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(put()), "--last", str(tmp_path / "absent.json")]) == 2
    assert lasts == [(2024, None)]
    assert "absent.json：找不到" in capsys.readouterr().err


def test_last_goes_with_one_file(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(put("a.json")), str(put("b.json")), "--last", str(put("c.json"))]) == 2
    assert "--last 只能与一个文件同用" in capsys.readouterr().err


def test_consecutive_years_of_one_body_are_paired(
    put: Put, lasts: list[tuple[int | None, int | None]]
) -> None:
    paths = [
        put("a.json", year=2024),
        put("b.json", year=2023),
        put("c.json", year=2024, agency="云岭县石桥镇人民政府"),
        put("d.json", year=2021),
    ]
    assert main(["audit", *map(str, paths)]) == 0
    assert lasts == [(2024, 2023), (2023, None), (2024, None), (2021, None)]


def test_two_different_reports_for_one_year_pair_with_none(
    put: Put, lasts: list[tuple[int | None, int | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    other = put("c.json", year=2023, **{"t3.carried_out.total": 2})
    assert main(["audit", str(put("a.json")), str(put("b.json", year=2023)), str(other)]) == 0
    assert lasts[0] == (2024, None)
    assert "a.json 未与上年核对：上年报告有 2 份，数字不同" in capsys.readouterr().err


def test_the_same_report_in_two_files_serves_as_last_years(
    put: Put, lasts: list[tuple[int | None, int | None]], capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [put("a.json", year=2024), put("b.json", year=2023), put("c.json", year=2023)]
    assert main(["audit", *map(str, paths)]) == 0
    assert lasts[0] == (2024, 2023)
    assert not capsys.readouterr().err


def test_text_shows_level_sentence_row_quotation_and_source(
    give: Give, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    give(
        finding(Level.INFO, message="一条提示"),
        finding(
            where=(CellId(3, "new", "total"), CellId(3, "granted", "total")),
            quote=said("申请5件", (2, 3)),
        ),
        skipped=(NotAssessed(code=CODE, why="单元格空白"), NotAssessed(code=CODE, why="单元格空白")),
    )
    path = put()
    assert main(["audit", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"云岭县林泉局  2024年  2021年版格式  读得数字 200/200 格  {path}"
    assert "1 处错误，0 处警告，1 处提示" in "\n".join(lines)
    at = next(i for i, line in enumerate(lines) if CODE in line)
    assert lines[at] == f"  错误 {CODE}  新收数与正文不符"
    assert lines[at + 1].split() == [
        "表三",
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
        "总计",
    ]
    assert lines[at + 2].split()[1:] == ["5", "0", "0", "0", "0", "0", "【5】"]
    assert lines[at + 3].split()[1:] == ["4", "0", "0", "0", "0", "0", "【4】"]
    assert lines[at + 4].strip() == "原文（一、总体情况）：“2024年，本局收到政府信息公开申请【5】件。”"
    assert lines[at + 5].strip() == f"依据：{RULES[CODE].source}"
    assert "  未能核对 2 项：" in lines
    assert f"    {CODE}  单元格空白（2 处）" in lines
    assert any("一条提示" in line for line in lines[at + 6 :])


def test_on_a_terminal_marks_are_bold_and_underlined(checked: Callable[..., Checked]) -> None:
    shown = as_text([checked(finding(where=(CellId(3, "new", "total"),)))], [], colours=True)
    assert "\x1b[1;4m5\x1b[0m" in shown and "【" not in shown
    assert "\x1b[1;31m错误\x1b[0m" in shown


def test_a_strangers_words_cannot_steer_the_terminal(checked: Callable[..., Checked]) -> None:
    one = checked(
        finding(message="坏\x1b[2J话"),
        agency="\x1b]0;x\x07某局",
        **{"t2.permits.decisions": Illegible("1\x1b[0m2")},
    )
    assert "\x1b" not in as_text([one], [], colours=False)


def test_a_quotation_not_found_in_its_section_is_shown_as_it_is(checked: Callable[..., Checked]) -> None:
    quote = Quote(section=SectionCode.PROBLEMS, start=3, end=9, text="另有一句12件", marks=())
    assert "“【另有一句12件】”" in as_text([checked(finding(quote=quote))], [], colours=False)


def test_a_long_sentence_is_cut_on_both_sides(
    checked: Callable[..., Checked], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_text, "_CONTEXT", 4)
    shown = as_text([checked(finding(quote=said("申请5件", (2, 3))))], [], colours=False)
    assert "原文（一、总体情况）：“……公开申请【5】件。”" in shown


def test_many_rows_are_cut(checked: Callable[..., Checked]) -> None:
    rows = ("new", "carried_in", "granted", "partial", "denied.third_party", "unable.not_held")
    rows += ("declined.petition", "declined.duplicate", "other.misc", "total_done")
    where = tuple(CellId(3, row, "total") for row in rows)
    assert "……另有 2 行" in as_text([checked(finding(where=where))], [], colours=False)


def test_json_names_cells_quotation_facts_and_source(
    give: Give, put: Put, capsys: pytest.CaptureFixture[str]
) -> None:
    one = finding(where=(CellId(3, "new", "total"),), quote=said("申请5件", (2, 3)), facts={"said": 6})
    give(one, skipped=(NotAssessed(code=CODE, why="空白"),))
    assert main(["audit", str(put()), "--format", "json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert (shown["agency"], shown["year"], shown["cells"]) == (
        "云岭县林泉局",
        2024,
        {"read": 200, "total": 200},
    )
    (found,) = shown["findings"]
    assert found["key"] == one.key
    assert found["where"] == [{"cell": "t3.new.total", "name": "表三“一、本年新收政府信息公开申请数量”总计"}]
    assert found["quote"]["marks"] == [[2, 3]]
    assert found["facts"] == {"said": 6}
    assert found["source"] == str(RULES[CODE].source)
    assert shown["not_assessed"][0]["why"] == "空白"
    assert main(["audit", str(put("a.json")), str(put("b.json")), "--format", "json"]) == 1
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_sarif_is_one_run_with_rules_results_and_failures(checked: Callable[..., Checked]) -> None:
    one = finding(where=(CellId(3, "new", "total"),), quote=said("申请5件", (2, 3)))
    log = as_sarif(
        [checked(one, finding(Level.INFO), name="报告 一.json")],
        [Failure(name="/tmp/坏.pdf", why="文件是空的。")],
    )
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == sorted(RULES)
    assert "Wrong:" not in json.dumps(run["tool"])
    error, note = run["results"]
    assert (error["level"], note["level"]) == ("error", "note")
    assert rules[error["ruleIndex"]] == error["ruleId"] == CODE
    assert error["partialFingerprints"] == {"gongkai/v1": one.key}
    (place,) = error["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "%E6%8A%A5%E5%91%8A%20%E4%B8%80.json"
    assert [each["fullyQualifiedName"] for each in place["logicalLocations"]] == ["t3.new.total", "overview"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["message"]["text"] == "文件是空的。"
    json.dumps(log)


class Page(HTMLParser):
    """What a page holds: ids, links, tags, resources it would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in ("meta", "br", "link", "img"):
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
            if name in ("src", "srcset", "data", "action"):
                self.fetched.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_fetches_nothing(checked: Callable[..., Checked]) -> None:
    one = finding(where=(CellId(3, "new", "total"),), quote=said("申请5件", (2, 3)))
    text = as_html([checked(one), checked(one, name="另一份.json")], [Failure(name="坏.pdf", why="空的")])
    page = Page(text)
    assert page.open == []
    assert page.fetched == [] and "script" not in page.tags and "link" not in page.tags
    assert "url(" not in text and "@import" not in text
    assert len(page.ids) == len(set(page.ids))
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)
    assert "坏.pdf：空的" in text


def test_the_page_marks_the_quotation_and_the_cell(checked: Callable[..., Checked]) -> None:
    one = finding(where=(CellId(3, "new", "total"),), quote=said("申请5件", (2, 3)))
    text = as_html([checked(one)], [])
    assert (
        '<mark class="error">申请</mark><mark class="error"><b>5</b></mark><mark class="error">件</mark>'
        '<a class="ref" href="#f1-n1">1</a>'
    ) in text
    cell = re.search(r'<td id="f1-t3-new-total"[^>]*>', text)
    assert cell and "flagged error" in cell[0] and 'data-found="1"' in cell[0]
    part = text[text.index("一、总体情况") : text.index("二、主动公开")]
    assert 'id="f1-n1"' in part


def test_findings_stand_beside_what_they_concern(checked: Callable[..., Checked]) -> None:
    text = as_html(
        [
            checked(
                finding(message="关于表四", where=(CellId(4, "direct_suit", "total"),)),
                finding(message="关于全篇"),
            )
        ],
        [],
    )
    assert text.index("关于全篇") < text.index("<h3>一、总体情况") < text.index("关于表四")
    assert text.index("四、政府信息公开行政复议") < text.index("关于表四") < text.index("五、存在的主要问题")


def test_overlapping_quotations_each_keep_their_link(checked: Callable[..., Checked]) -> None:
    text = as_html(
        [checked(finding(quote=said("申请5件", (2, 3))), finding(quote=said("公开申请5件。")))], []
    )
    overview = text[text.index("<h3>一、总体情况") : text.index("<aside", text.index("<h3>一、总体情况"))]
    assert 'href="#f1-n1"' in overview and 'href="#f1-n2"' in overview
    assert re.sub(r'<a class="ref".*?</a>|<[^>]+>', "", overview).startswith("一、总体情况2024年，本局收到")


def test_a_strangers_words_are_escaped(checked: Callable[..., Checked]) -> None:
    text = as_html(
        [
            checked(
                finding(message="<script>alert(1)</script>", quote=said("<b>无</b>")),
                name='"><img src=x>.json',
                agency="<i>某局</i>",
                **{"t2.permits.decisions": Illegible('"><script>2</script>')},
            )
        ],
        [Failure(name="<u>", why="<s>")],
    )
    page = Page(text)
    assert not {"script", "img", "i", "u", "s"} & set(page.tags)
    assert "&lt;b&gt;无&lt;/b&gt;" in text


def test_cells_are_shaded_by_how_they_were_read(checked: Callable[..., Checked]) -> None:
    text = as_html([checked(**{"t2.permits.decisions": Illegible("3960181", (39, 396))})], [])
    cell = re.search(r'<td id="f1-t2-permits-decisions"[^>]*>', text)
    assert cell and 'class="illegible"' in cell[0] and "可能是 39、396" in cell[0]
    assert "读不准 1 格" in text and "从表格中读出 199 格" in text


def test_what_could_not_be_assessed_is_on_the_page_and_in_the_log(put: Put) -> None:
    found = command.read_file(put())
    assert not isinstance(found, Failure)
    skipped = (NotAssessed(code=CODE, why="单元格<空>白"),) * 2
    reading = replace(found.reading, notes=("文件分成两栏。",))
    one = Checked(
        name="a.json", reading=reading, audit=Audit(findings=(), not_assessed=skipped), last="b.json"
    )
    page = as_html([one], [])
    assert "未能核对 2 项" in page and "单元格&lt;空&gt;白（2 处）" in page
    assert "注：文件分成两栏。" in page and "与上年报告核对：b.json" in page
    (run,) = as_sarif([one], [])["runs"]
    assert run["invocations"][0]["executionSuccessful"] is True
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == [f"{CODE} 未能核对：单元格<空>白"] * 2
    assert "注：文件分成两栏。" in as_text([one], [], colours=False)


def test_a_table_that_was_not_found_is_said(put: Put) -> None:
    found = command.read_file(put())
    assert not isinstance(found, Failure)
    report = replace(
        found.reading.report,
        cells={name: cell for name, cell in found.reading.report.cells.items() if name.table != 4},
        sections=(),
        agency=None,
        year=None,
    )
    finding_there = finding(where=(CellId(4, "direct_suit", "total"),), quote=said("申请5件", (2, 3)))
    one = Checked(
        name="a.json", reading=replace(found.reading, report=report), audit=Audit(findings=(finding_there,))
    )
    page = as_html([one], [])
    assert "文件中没有找到表四。" in page and "（未写明年度）" in page
    assert page.index("文件中没有找到表四。") < page.index("新收数与正文不符")
    assert "（未写明机关）  （未写明年度）" in as_text([one], [], colours=False)


def test_a_code_without_a_rule_is_still_shown(checked: Callable[..., Checked]) -> None:
    one = checked(finding(code="XX01"))
    assert "XX01" in as_text([one], [], colours=False)
    assert {"id": "XX01"} in as_sarif([one], [])["runs"][0]["tool"]["driver"]["rules"]
    assert "XX01" in as_html([one], [])


def test_output_goes_to_a_file(
    give: Give, put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give(finding())
    out = tmp_path / "out.html"
    assert main(["audit", str(put()), "--format", "html", "-o", str(out)]) == 1
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert capsys.readouterr().out == ""


def test_a_file_that_cannot_be_written_is_said(
    give: Give, put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    give()
    assert main(["audit", str(put()), "-o", str(tmp_path / "no" / "out.txt")]) == 2
    assert "（没有这个文件或者文件夹）" in capsys.readouterr().err


def test_a_file_to_be_checked_is_not_written_over(put: Put, capsys: pytest.CaptureFixture[str]) -> None:
    path = put()
    before = path.read_bytes()
    assert main(["audit", str(path), "-o", str(path)]) == 2
    assert main(["audit", str(put("b.json", year=2025)), "--last", str(path), "-o", str(path)]) == 2
    assert path.read_bytes() == before
    assert "会覆盖要审核的文件" in capsys.readouterr().err


@NEEDS_REPORTS
@pytest.mark.parametrize("shape", ["text", "json", "sarif", "html"])
def test_real_reports_give_every_format(shape: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(REPORTS / "suizhong-2024.txt"), "--format", shape]) == 1
    shown = capsys.readouterr()
    assert "行政复议" in shown.out and not shown.err


def test_the_years_in_an_archive_are_compared_and_its_faults_decide(
    put: Put, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    last, this = put("2023.json", year=2023), put("2024.json", **{"t3.new.total": 9})
    path = tmp_path / "全县.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2023.json", last.read_bytes())
        archive.writestr("2024.json", this.read_bytes())
    assert main(["audit", "--format", "json", str(path)]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert [each["file"] for each in shown] == [f"{path}/2023.json", f"{path}/2024.json"]
    assert shown[1]["last"] == f"{path}/2023.json"
