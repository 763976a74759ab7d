"""`gongkai letter`: a letter from a file of facts, or what it lacks."""

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from gongkai.cli import main

FACTS: dict[str, Any] = {
    "body": {"name": "青禾县教育局", "kind": "local_department", "government": "青禾县人民政府"},
    "contact": {"office": "政府信息公开办公室", "phone": "0999-5550120"},
    "number": "青教公开延〔2025〕3号",
    "made_on": "2025-10-13",
    "applicant": "王小禾",
    "request_number": "2025-031",
    "wanted": "学校食堂采购合同",
    "channel": "internet",
    "received_on": "2025-09-15",
    "details": {"reasons": "需要检索三年的合同台账", "extended_to": "2025-11-14", "extension_days": 20},
}


def run(
    folder: Path, facts: object, *more: str, kind: str = "extension_notice", out: str = "letter.docx"
) -> int:
    case = folder / "case.json"
    case.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return main(["letter", str(case), "--kind", kind, "--out", str(folder / out), *more])


def test_a_letter_is_written(tmp_path: Path) -> None:
    assert run(tmp_path, FACTS) == 0
    text = "".join(p.text for p in docx.Document(str(tmp_path / "letter.docx")).paragraphs)
    assert "最迟于2025年11月14日答复你" in text and "延长答复期限20个工作日" in text
    assert run(tmp_path, FACTS, out="letter.pdf") == 0
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")


def test_what_is_missing_is_said_and_nothing_written_but_a_draft(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = {**FACTS, "details": {}}
    assert run(tmp_path, facts) == 1
    assert capsys.readouterr().err == "还缺：理由；延长后的期限\n"
    assert not (tmp_path / "letter.docx").exists()
    assert run(tmp_path, facts, "--draft") == 0
    assert "【待填：理由】" in "".join(
        p.text for p in docx.Document(str(tmp_path / "letter.docx")).paragraphs
    )


def test_an_own_template_is_taken_or_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.txt"
    own.write_text("延期\n{申请人}：\n再等等。", encoding="utf-8")
    assert run(tmp_path, FACTS, "--template", str(own)) == 2
    assert "必须写明经工作机构负责人同意" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"body": {"name": "青禾县教育局", "kind": "局"}}, "body.kind 应为下列之一：local_department"),
        ({"body": {"kind": "local_department"}}, "body 缺少 name"),
        ({"made_on": "昨天"}, "made_on 应为日期，写作 2025-10-16"),
        ({"details": {"reason": "x"}}, "details中有不认识的项：reason"),
        ({"details": {"extension_days": "20"}}, "details.extension_days 应为 0 至 100000 的整数"),
        ({"details": {"given": "合同"}}, "details.given 应为列表"),
        ({"annexes": [1]}, "annexes 应为文字"),
        ({"served_online": "是"}, "served_online 应为 true 或 false"),
        ({"contact": []}, "contact应为 JSON 对象"),
        ({"fee": {"tariff": "per_page", "units": 40, "before": 3}}, "按量计收的，不同申请的页数不累加"),
        ({"fee": {"tariff": "per_page"}}, "fee 须有 tariff、units，并给出 made_on"),
        ({"fee": {"tariff": "per_page", "units": 40}, "made_on": "2020-01-01"}, "还没有信息处理费的收费标准"),
        ({"applicants": "王小禾"}, "文件中有不认识的项：applicants"),
    ],
)
def test_facts_that_are_none_are_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: dict[str, Any], complaint: str
) -> None:
    assert run(tmp_path, {**FACTS, **change}) == 2
    said = capsys.readouterr().err
    assert said.startswith("gongkai letter：") and complaint in said and said.count("\n") == 1


def test_a_file_that_is_none_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, []) == 2 and "文件应为 JSON 对象" in capsys.readouterr().err
    assert run(tmp_path, {}) == 2 and "缺少 body" in capsys.readouterr().err
    assert run(tmp_path, FACTS, out="letter.txt") == 2 and ".docx" in capsys.readouterr().err
    assert run(tmp_path, FACTS, out="no/letter.docx") == 2 and "不能写入" in capsys.readouterr().err
    assert run(tmp_path, FACTS, kind="granted") == 2 and "没有“granted”这种文书" in capsys.readouterr().err
    out = str(tmp_path / "a.docx")
    assert main(["letter", str(tmp_path / "none.json"), "--kind", "receipt", "--out", out]) == 2
    assert "打不开" in capsys.readouterr().err
    (tmp_path / "case.json").write_bytes(b"{")
    assert main(["letter", str(tmp_path / "case.json"), "--kind", "receipt", "--out", out]) == 2
    assert "不是 JSON" in capsys.readouterr().err
    (tmp_path / "case.json").write_bytes(b"\xff\xfe")
    assert main(["letter", str(tmp_path / "case.json"), "--kind", "receipt", "--out", out]) == 2
    assert "不是 UTF-8" in capsys.readouterr().err


def test_the_fee_of_a_notice_is_reckoned_from_its_units(tmp_path: Path) -> None:
    facts = {
        **FACTS,
        "fee": {"tariff": "per_request", "units": 34},
        "details": {"scale": "你本月提出申请34件", "payment": "银行缴款码"},
    }
    assert run(tmp_path, facts, kind="fee_notice") == 0
    text = "".join(p.text for p in docx.Document(str(tmp_path / "letter.docx")).paragraphs)
    assert "2800元" in text
