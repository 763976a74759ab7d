"""Settling cells at the supervisor's desk: the pages, the picture of the place, and who is let in."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from county import County
from django.test import Client
from django.urls import reverse
from filing import NOW, file_of, send, send_file
from PIL import Image
from selectolax.lexbor import LexborHTMLParser
from settling import GRANTED, NATURAL, NEW, decide, standing_in

from gongkai.report.reading import guarded
from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import AnnualReport, CellDecision
from gongkai.web.oversight.services.reports import pictures, publishing
from gongkai.web.oversight.services.reports.doubts import doubts_of

LogIn = Callable[..., Client]


def at(name: str, *args: object) -> str:
    return reverse(f"annual_reports:{name}", args=args)


@pytest.fixture
def desk(supervisor: User) -> Client:
    """The supervisor's browser."""
    client = Client()
    client.force_login(supervisor)
    return client


def page_of(client: Client, report: AnnualReport, query: str = "") -> LexborHTMLParser:
    return LexborHTMLParser(client.get(at("report", report.pk) + query).content.decode())


def text_of(page: LexborHTMLParser, selector: str) -> str:
    return " ".join(" ".join(each.text().split()) for each in page.css(selector))


def item(cell: str) -> str:
    return f'[id="c-{cell}"]'


def test_open_cells_are_listed_with_their_text_their_row_and_their_candidates(
    desk: Client, unclear: AnnualReport
) -> None:
    page = page_of(desk, unclear)
    assert text_of(page, "#doubts-title") == "待确认单元格 3 格"
    assert text_of(page, f"{item(GRANTED)} code") == "5;"
    assert text_of(page, f"{item(GRANTED)} .is-asked dd") == "5;"
    buttons = page.css(f"{item(GRANTED)} .gk-choices button")
    assert [button.attributes["value"] for button in buttons] == ["5", "空白"]
    assert "与合计相符" in buttons[0].text()


def test_one_click_settles_a_cell_and_the_sums_follow(desk: Client, unclear: AnnualReport) -> None:
    before = text_of(page_of(desk, unclear), ".gk-tally")
    answer = desk.post(at("cell", unclear.pk, GRANTED), {"value": "5", "show": "open"})
    assert answer.url == f"{at('report', unclear.pk)}?show=open#doubts"
    page = page_of(desk, unclear)
    assert text_of(page, "#doubts-title") == "待确认单元格 2 格"
    assert text_of(page, ".gk-tally") != before
    shaded = page.css_first(f'[id="{GRANTED}"]').attributes
    assert "gk-how-settled" in shaded["class"]
    assert "人工确认，测试人员 " in shaded["title"] and "确认为 5，原文‘5;’" in shaded["title"]
    assert "人工确认 1 格" in text_of(page, ".gk-legend")
    assert "确认单元格 表三“（一）予以公开”总计为 5" in text_of(page, ".gk-events")


def test_another_number_or_blank_is_written(desk: Client, unclear: AnnualReport) -> None:
    desk.post(at("cell", unclear.pk, NEW), {"other": "１０"})
    desk.post(at("cell", unclear.pk, NATURAL), {"value": "空白"})
    assert standing_in(unclear, NEW).value == 10
    assert unclear.cell_decisions.get(cell=NATURAL).value is None
    page = desk.post(at("cell", unclear.pk, GRANTED), {"other": "<b>"}, follow=True).content.decode()
    assert "&lt;b&gt;”不是数" in page and unclear.cell_decisions.count() == 2


@pytest.fixture
def fused(county: County, supervisor: User) -> AnnualReport:
    """A report whose rows are runs of digits with numbers left out, so that hardly a row can be cut."""
    return send_file(file_of(county.bureau, layout="gaps_fused"), county.bureau, supervisor)


def test_a_row_whose_digits_stand_together_is_written_in_at_once(desk: Client, fused: AnnualReport) -> None:
    page = page_of(desk, fused)
    row = page.css_first(".gk-row-form")
    fields = [field.attributes["name"] for field in row.css("input:not([type=hidden])")]
    assert len(fields) > 1 and len({name.rsplit(".", 1)[0] for name in fields}) == 1
    written = {fields[0]: "1", fields[1]: "空白", "t2.permits.decisions": "999", "show": "all"}
    answer = desk.post(at("cells", fused.pk), written)
    assert answer.url == f"{at('report', fused.pk)}#doubts"
    assert {row.cell: row.value for row in fused.cell_decisions.all()} == {fields[0]: 1, fields[1]: None}
    assert fused.audits.count() == 2
    assert fields[0] not in {name for group in doubts_of(fused).groups for name in (c.id for c in group)}


@pytest.mark.parametrize("second", ["x", "-1", ""])
def test_a_row_with_one_wrong_number_is_not_settled_at_all(
    desk: Client, fused: AnnualReport, second: str
) -> None:
    cells = [cell.id for cell in doubts_of(fused).open[:2]]
    written = dict(zip(cells, ["1", second] if second else ["", ""], strict=True))
    page = desk.post(at("cells", fused.pk), written, follow=True).content.decode()
    assert ("至少填写一格" if not second else "不") in page
    assert not fused.cell_decisions.exists()


def test_a_decision_is_taken_back_on_the_page(desk: Client, unclear: AnnualReport) -> None:
    desk.post(at("cell", unclear.pk, NEW), {"value": "10"})
    desk.post(at("cell", unclear.pk, NEW), {"act": "undo"})
    assert text_of(page_of(desk, unclear), "#doubts-title") == "待确认单元格 3 格"


def test_a_cell_that_was_read_is_corrected_with_a_reason(desk: Client, unclear: AnnualReport) -> None:
    cell = "t3.granted.natural_person"
    page = page_of(desk, unclear, f"?cell={cell}")
    assert "required" in page.css_first(f"{item(cell)} input[name=reason]").attributes
    told = desk.post(at("cell", unclear.pk, cell), {"other": "9"}, follow=True).content.decode()
    assert "请写明理由" in told and not CellDecision.objects.exists()
    desk.post(at("cell", unclear.pk, cell), {"other": "9", "reason": "<i>原件为 9</i>"})
    page = desk.get(at("report", unclear.pk)).content.decode()
    assert "&lt;i&gt;原件为 9&lt;/i&gt;" in page and "更正为 9" in page


@pytest.mark.parametrize("cell", ["t3.nonsense.total", "x", GRANTED])
def test_only_a_cell_that_was_read_is_shown_for_correction(
    desk: Client, unclear: AnnualReport, cell: str
) -> None:
    assert not page_of(desk, unclear, f"?cell={cell}").css("#correct .gk-cell")


def test_a_report_without_doubts_says_so(desk: Client, county: County, supervisor: User) -> None:
    page = page_of(desk, send(county.bureau, supervisor))
    assert text_of(page, "#doubts-title") == "没有待确认的单元格"
    assert "相符" in text_of(page, ".gk-tally")


def test_an_older_reader_is_told_of_and_the_original_read_again(desk: Client, unclear: AnnualReport) -> None:
    assert "识读程序有了更新" not in desk.get(at("report", unclear.pk)).content.decode()
    AnnualReport.objects.update(reader="")
    assert "识读程序有了更新" in desk.get(at("report", unclear.pk)).content.decode()
    page = desk.post(at("reread", unclear.pk), follow=True).content.decode()
    assert "已重新识读，结果没有变化；人工确认全部保留。" in page and "识读程序有了更新" not in page


def test_a_contradicted_decision_is_shown_and_kept_or_dropped(
    desk: Client, unclear: AnnualReport, supervisor: User
) -> None:
    decide(unclear, NEW, 12, supervisor)
    decide(unclear, NATURAL, 12, supervisor)
    unclear.reading["table3"]["new"] |= {"total": 10, "natural_person": 6}
    unclear.save()
    page = page_of(desk, unclear)
    assert "重新识读的结果与人工确认不一致（2 格）" in text_of(page, ".gk-contradicted")
    assert "现在识读为 10" in text_of(page, ".gk-contradicted")
    desk.post(at("cell", unclear.pk, NEW), {"act": "keep", "value": "12"})
    desk.post(at("cell", unclear.pk, NATURAL), {"act": "undo", "value": "12"})
    assert not page_of(desk, unclear).css(".gk-contradicted")
    assert standing_in(unclear, NEW).value == 12 and standing_in(unclear, NATURAL).value == 6


def test_publishing_asks_about_open_cells(desk: Client, unclear: AnnualReport) -> None:
    assert "还有 3 格没有确认" in desk.get(at("publish", unclear.pk)).content.decode()
    assert desk.post(at("publish", unclear.pk), {"despite_errors": "on"}).status_code == 422
    meant = {"despite_errors": "on", "despite_illegible": "on"}
    assert desk.post(at("publish", unclear.pk), meant).status_code == 302


def test_the_public_sees_what_is_not_read_and_what_was_settled_but_not_by_whom(
    client: Client, desk: Client, unclear: AnnualReport, supervisor: User
) -> None:
    User.objects.filter(pk=supervisor.pk).update(display_name="欧阳不外传")
    publishing.publish_report(
        report=unclear, by=supervisor, now=NOW, despite_errors=True, despite_illegible=True
    )
    address = reverse("oversight:report", args=[unclear.agency.slug, 2024])
    first = client.get(address)
    assert first.content.decode().count("未能识读") == 3 and "6l" not in first.content.decode()
    desk.post(at("cell", unclear.pk, NEW), {"value": "10"})
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    page = again.content.decode()
    assert again.status_code == 200 and page.count("未能识读") == 2
    assert 'title="人工确认">※' in page and "标有 ※ 的 1 格" in page
    for kind in ("json", "csv", "docx"):
        data = client.get(reverse("oversight:download", args=[unclear.agency.slug, 2024, kind])).content
        assert "欧阳不外传".encode() not in data
    assert "欧阳不外传" not in page


def test_the_printout_names_open_and_settled_cells(
    desk: Client, unclear: AnnualReport, supervisor: User
) -> None:
    decide(unclear, NEW, 10, supervisor)
    page = desk.get(at("printout", unclear.pk)).content.decode()
    assert "人工确认的单元格" in page and "确认为 10" in page and "还有 2 格待确认" in page
    assert "<form" not in page and "<script" not in page


def test_a_decision_on_last_years_cell_asks_for_another_audit(
    desk: Client, county: County, supervisor: User, unclear: AnnualReport
) -> None:
    after = send_file(file_of(county.bureau, 2025, years=3), county.bureau, supervisor, 2025)
    assert "建议重新核查" not in desk.get(at("report", after.pk)).content.decode()
    decide(unclear, NEW, 10, supervisor)
    assert "建议重新核查" in desk.get(at("report", after.pk)).content.decode()


@pytest.mark.parametrize("name", ["cell", "cells", "reread"])
def test_a_strangers_act_is_not_found_a_colleagues_refused_and_reading_is_no_act(
    county: County, client_of: LogIn, desk: Client, unclear: AnnualReport, name: str
) -> None:
    address = at(name, unclear.pk, NEW) if name == "cell" else at(name, unclear.pk)
    sent = {"value": "10", NEW: "10"}
    assert client_of(Role.SUPERVISOR, county.stranger).post(address, sent).status_code == 404
    assert client_of(Role.CLERK, county.bureau).post(address, sent).status_code in (302, 403)
    assert Client().post(address, sent).status_code == 302
    assert desk.get(address).status_code == 405
    assert not CellDecision.objects.exists() and unclear.events.count() == 2


def test_a_clerk_sees_the_open_cells_and_no_buttons(
    county: County, client_of: LogIn, unclear: AnnualReport
) -> None:
    page = page_of(client_of(Role.CLERK, county.bureau), unclear)
    assert text_of(page, "#doubts-title") == "待确认单元格 3 格"
    assert page.css(".gk-doubts form, .gk-doubts button, .gk-doubts img") == []


PAGE = (620, 877)
BOX = (0.5, 0.4, 0.6, 0.42)


def place_on_page(report: AnnualReport, box: tuple[float, ...] = ()) -> None:
    """Say that the cell was read on the second page, as a reader of pages does."""
    report.reading["cells"][NEW]["place"] = [3, 4, 9, 2, *([list(box)] if box else [])]
    report.save()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let every original have pages of plain paper; gives the numbers of those that were drawn."""
    asked: list[int] = []

    def draw(_data: bytes, _name: str, page: int, _box: Any = None, *_: Any) -> bytes:
        asked.append(page)
        out = io.BytesIO()
        Image.new("RGB", PAGE, "white").save(out, "PNG")
        return out.getvalue()

    pictures._page.cache_clear()
    monkeypatch.setattr(guarded, "picture_guarded", draw, raising=False)
    return asked


def test_the_place_of_a_cell_is_shown_as_its_row_with_the_cell_marked(
    desk: Client, unclear: AnnualReport, drawn: list[int]
) -> None:
    place_on_page(unclear, BOX)
    page = page_of(desk, unclear)
    assert page.css(f"{item(NEW)} .gk-place img")
    answer = desk.get(at("cell_picture", unclear.pk, NEW))
    assert answer["Content-Type"] == "image/png" and "private" in answer["Cache-Control"]
    shown = Image.open(io.BytesIO(answer.content)).convert("RGB")
    assert drawn == [2]
    middle = shown.height // 2
    assert shown.height < PAGE[1] / 4
    # Nothing but the mark is printed on the page, so the picture is as wide as the mark.
    assert abs(shown.width - PAGE[0] * 0.1) < 12
    row = [shown.getpixel((x, middle)) == (255, 255, 255) for x in range(shown.width)]
    assert row[len(row) // 2] and not all(row)
    assert desk.get(answer.request["PATH_INFO"], headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_without_a_box_the_whole_page_is_shown(desk: Client, unclear: AnnualReport, drawn: list[int]) -> None:
    place_on_page(unclear)
    assert page_of(desk, unclear).css(f"{item(NEW)} .gk-page img")
    answer = desk.get(at("cell_picture", unclear.pk, NEW))
    assert Image.open(io.BytesIO(answer.content)).size == PAGE and drawn == [2]


@pytest.mark.parametrize("cell", [GRANTED, "t3.nonsense.total", "..%5C..%5Cetc"])
def test_a_cell_without_a_page_has_no_picture(
    desk: Client, unclear: AnnualReport, drawn: list[int], cell: str
) -> None:
    assert desk.get(f"/admin/nianbao/{unclear.pk}/danyuange/{cell}/yuanjian.png").status_code == 404
    assert drawn == []


def test_the_picture_is_for_those_who_oversee_the_body(
    county: County, client_of: LogIn, unclear: AnnualReport, drawn: list[int]
) -> None:
    place_on_page(unclear)
    address = at("cell_picture", unclear.pk, NEW)
    assert client_of(Role.SUPERVISOR, county.stranger).get(address).status_code == 404
    assert client_of(Role.CLERK, county.bureau).get(address).status_code in (302, 403)
    assert Client().get(address).status_code == 302
    assert drawn == []


def test_a_lost_original_has_no_picture(desk: Client, unclear: AnnualReport, drawn: list[int]) -> None:
    place_on_page(unclear)
    unclear.source_file.storage.delete(unclear.source_file.name)
    assert desk.get(at("cell_picture", unclear.pk, NEW)).status_code == 404
    assert drawn == []
