"""Monthly figures: typed or imported, every earlier value kept, unknown never read as zero."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from county import County
from django.core.exceptions import PermissionDenied
from django.test import Client

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.oversight.models import FigureFile, MonthlyFigure
from gongkai.web.oversight.services.acting import Refused
from gongkai.web.oversight.services.figures import importing, monthly
from gongkai.web.oversight.services.figures.access import last_row
from gongkai.web.oversight.services.figures.numbers import plain_text

NOW = datetime(2026, 2, 3, 2, 0, tzinfo=UTC)
HEADER = ("月份", "行政许可（件）", "行政处罚（件）", "行政强制（件）", "行政事业性收费（万元）")
ClientOf = Callable[..., Client]


@pytest.fixture
def clerk(county: County) -> User:
    """A clerk of the bureau."""
    return county.person(Role.CLERK, county.bureau)


def whole_year(value: int = 1) -> dict[tuple[str, int], Decimal]:
    return {(item, month): Decimal(value) for item in monthly.ITEMS for month in monthly.MONTHS}


def save(county: County, by: User, values: Mapping[tuple[str, int], Decimal | None], **more: object) -> int:
    given = {"year": 2025, "now": NOW, "seen": last_row(MonthlyFigure, county.bureau, 2025), **more}
    return monthly.save_figures(agency=county.bureau, values=values, by=by, **given)


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def preview(county: County, by: User, data: bytes, name: str = "数据.xlsx") -> importing.Preview:
    return importing.preview(agency=county.bureau, year=2025, data=data, name=name, by=by, now=NOW)


def changed(shown: importing.Preview) -> dict[tuple[str, int], str]:
    return {(each.item.code, each.month): plain_text(each.new) for each in shown.changes}


def test_twelve_months_make_a_year(county: County, clerk: User) -> None:
    assert save(county, clerk, whole_year(3)) == 48
    found = monthly.figures_of([county.bureau], 2025)
    assert {code: each.total for code, each in found.items()} == dict.fromkeys(monthly.ITEMS, Decimal(36))
    assert all(each.missing == () for each in found.values())


def test_a_month_without_a_figure_leaves_the_year_unknown(county: County, clerk: User) -> None:
    values = whole_year()
    del values["permits", 5]
    save(county, clerk, values)
    found = monthly.figures_of([county.bureau], 2025)
    assert found["permits"].total is None
    assert found["permits"].months[4] is None
    assert [(each.agency, each.months) for each in found["permits"].missing] == [(county.bureau, (5,))]
    assert found["penalties"].total == 12


def test_a_zero_is_known(county: County, clerk: User) -> None:
    save(county, clerk, whole_year(0))
    assert monthly.figures_of([county.bureau], 2025)["permits"].total == 0


def test_over_several_bodies_one_that_is_silent_leaves_the_sum_unknown(county: County, clerk: User) -> None:
    save(county, clerk, whole_year())
    both = [county.bureau, county.township]
    found = monthly.figures_of(both, 2025)["permits"]
    assert found.total is None
    assert [each.agency for each in found.missing] == [county.township]
    other = county.person(Role.CLERK, county.township)
    monthly.save_figures(agency=county.township, year=2025, values=whole_year(2), by=other, now=NOW, seen=0)
    assert monthly.figures_of(both, 2025)["permits"].total == 36


def test_many_bodies_cost_one_query(county: County, django_assert_num_queries: Callable[..., object]) -> None:
    with django_assert_num_queries(1):
        monthly.figures_of([county.bureau, county.township, county.office], 2025)


def test_every_earlier_value_is_kept_and_only_changes_are_written(county: County, clerk: User) -> None:
    save(county, clerk, {("permits", 1): Decimal(5), ("permits", 2): Decimal(6)}, source="台账")
    assert save(county, clerk, {("permits", 1): Decimal(7), ("permits", 2): Decimal(6)}) == 1
    kept = monthly.history(county.bureau, 2025, "permits", 1)
    assert [(row.value, row.source, row.by) for row in kept] == [
        (Decimal(7), "", clerk),
        (Decimal(5), "台账", clerk),
    ]


def test_a_figure_can_be_taken_back_to_not_known(county: County, clerk: User) -> None:
    save(county, clerk, {("permits", 1): Decimal(5)})
    save(county, clerk, {("permits", 1): None})
    assert monthly.figures_of([county.bureau], 2025)["permits"].months[0] is None


def test_saving_over_what_one_has_not_seen_is_refused(county: County, clerk: User) -> None:
    save(county, clerk, {("permits", 1): Decimal(5)})
    with pytest.raises(Refused, match="有人修改了"):
        save(county, clerk, {("permits", 1): Decimal(9)}, seen=0)
    assert MonthlyFigure.objects.count() == 1


def test_a_month_still_to_come_is_refused(county: County, clerk: User) -> None:
    with pytest.raises(Refused, match="3 月还没有到"):
        save(county, clerk, {("permits", 3): Decimal(1)}, year=2026, seen=0)


@pytest.mark.parametrize("value", ["-1", "1.5"])
def test_decisions_are_whole_and_not_negative(county: County, clerk: User, value: str) -> None:
    with pytest.raises(Refused, match="应当是非负整数"):
        save(county, clerk, {("permits", 3): Decimal(value)})


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.SECRECY_REVIEWER, Role.ADMINISTRATOR])
def test_only_the_bodys_own_office_enters(county: County, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        save(county, county.person(role, county.bureau), whole_year())


@pytest.mark.parametrize("role", [Role.CLERK, Role.REVIEWER, Role.APPROVER])
def test_the_office_of_the_body_enters(county: County, role: Role) -> None:
    assert save(county, county.person(role, county.bureau), whole_year()) == 48


def test_a_clerk_of_another_body_does_not_enter(county: County) -> None:
    with pytest.raises(PermissionDenied):
        save(county, county.person(Role.CLERK, county.township), whole_year())


def test_a_workbook_is_previewed_and_nothing_kept_before_it_is_confirmed(county: County, clerk: User) -> None:
    save(county, clerk, {("permits", 1): Decimal(5), ("penalties", 1): Decimal(2)})
    data = xlsx(HEADER, ("1月", 6, 2, 0, 1.25), ("２月", "１，２３４", None, None, None))
    shown = preview(county, clerk, data)
    assert changed(shown) == {
        ("permits", 1): "6",
        ("coercion", 1): "0",
        ("fees_10k_yuan", 1): "1.25",
        ("permits", 2): "1234",
    }
    assert shown.same == 1
    assert shown.changes[0].old == 5
    assert MonthlyFigure.objects.count() == 2
    assert not FigureFile.objects.exists()

    done = importing.import_figures(agency=county.bureau, year=2025, token=shown.token, by=clerk, now=NOW)
    assert done == 4
    row = monthly.values_of(county.bureau, 2025)["permits", 1]
    assert (row.value, row.file.name, row.by) == (6, "数据.xlsx", clerk)
    assert row.file.file.read() == data
    assert monthly.figures_of([county.bureau], 2025)["permits"].sources == ("数据.xlsx",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_the_encodings_of_offices(county: County, clerk: User, encoding: str) -> None:
    text = "月份,行政处罚（件）,行政许可（件）\r\n1月,4,3\r\n2月,,\r\n"
    assert changed(preview(county, clerk, text.encode(encoding), "数据.csv")) == {
        ("permits", 1): "3",
        ("penalties", 1): "4",
    }


def test_a_table_lying_on_its_side_is_read(county: County, clerk: User) -> None:
    data = xlsx(("项目", "1月", "2月", "全年"), ("行政许可", 3, 4, 7), ("行政处罚", 1, 0, 1))
    shown = preview(county, clerk, data)
    assert changed(shown) == {
        ("permits", 1): "3", ("penalties", 1): "1", ("permits", 2): "4", ("penalties", 2): "0",
    }  # fmt: skip
    assert shown.doubts == ()


@pytest.mark.parametrize(
    ("heading", "text", "value"),
    [
        ("行政事业性收费（元）", "12,345.67", "1.234567"),
        ("行政事业性收费（千元）", "12", "1.2"),
        ("行政事业性收费（万元）", "1.5", "1.5"),
        ("行政事业性收费（万元）", "15000元", "1.5"),
    ],
)
def test_amounts_are_converted_exactly(
    county: County, clerk: User, heading: str, text: str, value: str
) -> None:
    shown = preview(county, clerk, xlsx(("月份", heading), ("1月", text)))
    assert [each.new for each in shown.changes] == [Decimal(value)]


def test_the_unit_may_stand_above_the_table(county: County, clerk: User) -> None:
    data = xlsx(("单位：件、元", None), ("月份", "收费金额"), ("1月", 20000))
    shown = preview(county, clerk, data)
    assert [each.new for each in shown.changes] == [Decimal(2)]
    assert shown.doubts == ()


def test_without_a_unit_the_person_is_asked_to_look(county: County, clerk: User) -> None:
    shown = preview(county, clerk, xlsx(("月份", "收费"), ("1月", 2)))
    assert shown.doubts == ("文件没有写明收费金额的单位，按万元读取，请核对。",)


def test_cells_that_are_no_numbers_are_named_and_left(county: County, clerk: User) -> None:
    rows = (("1月", "约5件"), ("2月", 1.5), ("3月", -2), ("4月", "#REF!"), ("5月", "—"), ("6月", 8))
    shown = preview(county, clerk, xlsx(("月份", "行政许可"), *rows))
    assert changed(shown) == {("permits", 6): "8"}
    assert shown.unclear == (
        "1 月的行政许可“约5件”不是一个数，没有读取。",
        "2 月的行政许可“1.5”应当是整数，没有读取。",
        "3 月的行政许可“-2”不能是负数，没有读取。",
        "4 月的行政许可“#REF!”不是一个数，没有读取。",
    )


def test_a_total_that_does_not_add_up_is_told(county: County, clerk: User) -> None:
    shown = preview(county, clerk, xlsx(("月份", "行政许可"), ("1月", 3), ("2月", 4), ("合计", 8)))
    assert shown.doubts == ("行政许可：文件中的合计 8 件，与读出的各月之和 7 件不符，请核对。",)
    assert changed(shown) == {("permits", 1): "3", ("permits", 2): "4"}


def test_a_file_of_another_year_is_told(county: County, clerk: User) -> None:
    shown = preview(county, clerk, xlsx(("2024年数据表", None), ("月份", "行政许可"), ("1月", 3)))
    assert shown.doubts == ("文件里写的是 2024 年，您选的是 2025 年，请核对。",)


def test_months_that_name_another_year_are_passed_over(county: County, clerk: User) -> None:
    data = xlsx(("月份", "行政许可"), ("2024年12月", 9), ("2025年1月", 3), ("2025-02", 4))
    assert changed(preview(county, clerk, data)) == {("permits", 1): "3", ("permits", 2): "4"}


def test_of_several_columns_the_one_of_decisions_is_taken(county: County, clerk: User) -> None:
    data = xlsx(("月份", "行政许可受理数", "行政许可决定数"), ("1月", 9, 7))
    shown = preview(county, clerk, data)
    assert changed(shown) == {("permits", 1): "7"}
    assert shown.doubts == ()


def test_the_column_of_decisions_is_found_under_a_merged_heading(county: County, clerk: User) -> None:
    book = openpyxl.Workbook()
    for row in (("月份", "行政许可"), (None, "受理数", "办结数"), ("1月", 100, 90)):
        book.active.append(row)
    for place in ("A1:A2", "B1:C1"):
        book.active.merge_cells(place)
    stream = io.BytesIO()
    book.save(stream)
    shown = preview(county, clerk, stream.getvalue())
    assert changed(shown) == {("permits", 1): "90"} and shown.doubts == ()


def test_running_totals_and_last_years_numbers_are_passed_over(county: County, clerk: User) -> None:
    head = ("月份", "行政许可本月数", "行政许可累计数", "行政许可上年同期", "行政许可同比增减")
    shown = preview(county, clerk, xlsx(head, ("1月", 4, 4, 3, 1), ("2月", 5, 9, 3, 2)))
    assert changed(shown) == {("permits", 1): "4", ("permits", 2): "5"} and shown.doubts == ()


def test_running_totals_alone_are_no_figures_of_months(county: County, clerk: User) -> None:
    with pytest.raises(Refused, match="没有在文件中找到"):
        preview(county, clerk, xlsx(("月份", "行政许可累计"), ("1月", 4), ("2月", 9)))


def test_a_column_that_counts_something_else_is_told(county: County, clerk: User) -> None:
    shown = preview(county, clerk, xlsx(("月份", "行政许可受理数"), ("1月", 9)))
    assert shown.doubts == ("行政许可取自“行政许可受理数”一栏，请核对是不是处理决定的数量。",)


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.xlsx", "空的"),
        (b"PK\x03\x04 broken", "a.xlsx", "损坏"),
        ("只有一句话。".encode(), "a.txt", "没有在文件中找到月份和项目"),
        (b"%PDF-1.4", "a.pdf", "不是电子表格"),
        (b"x" * (importing.MAX_BYTES + 1), "a.csv", "超过 2 MB"),
    ],
)
def test_what_is_no_table_of_figures_is_refused(
    county: County, clerk: User, data: bytes, name: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        preview(county, clerk, data, name)


def test_two_sheets_of_figures_are_refused(county: County, clerk: User) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(HEADER, ("1月", 1))))
    book.copy_worksheet(book.active)
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(Refused, match="几个工作表"):
        preview(county, clerk, stream.getvalue())


def test_a_preview_does_not_outlive_a_change(county: County, clerk: User) -> None:
    shown = preview(county, clerk, xlsx(HEADER, ("1月", 1)))
    save(county, clerk, {("permits", 2): Decimal(5)})
    with pytest.raises(Refused, match="有人修改了"):
        importing.import_figures(agency=county.bureau, year=2025, token=shown.token, by=clerk, now=NOW)
    assert not FigureFile.objects.exists()


def test_a_preview_is_good_for_its_own_year_and_person_only(county: County, clerk: User) -> None:
    token = preview(county, clerk, xlsx(HEADER, ("1月", 1))).token
    other = county.person(Role.CLERK, county.bureau)
    for year, by, given in ((2024, clerk, token), (2025, other, token), (2025, clerk, token[:-1])):
        with pytest.raises(Refused, match="重新上传"):
            importing.import_figures(agency=county.bureau, year=year, token=given, by=by, now=NOW)


def test_the_template_is_read_back_as_it_was_filled(county: County, clerk: User) -> None:
    save(county, clerk, whole_year(4))
    book = openpyxl.load_workbook(io.BytesIO(importing.template(county.bureau, 2025)))
    book.active["B2"] = 9
    stream = io.BytesIO()
    book.save(stream)
    shown = preview(county, clerk, stream.getvalue())
    assert changed(shown) == {("permits", 1): "9"}
    assert (shown.same, shown.unclear, shown.doubts) == (47, (), ())


ROOT = "/admin/nianbao/shuju/"


def page_of(county: County) -> str:
    return f"{ROOT}?jiguan={county.bureau.slug}&nian=2025"


def test_the_page_takes_figures_and_shows_the_year(county: County, client_of: ClientOf) -> None:
    client = client_of(Role.CLERK, county.bureau)
    given = {f"{item}-{month}": "1" for item in monthly.ITEMS for month in monthly.MONTHS}
    response = client.post(
        page_of(county), given | {"seen": "0", "source": "年报台账", "fees_10k_yuan-1": "１.５"}
    )
    assert response.status_code == 302
    page = client.get(page_of(county)).content.decode()
    assert "<b>12.5</b>" in page
    assert "缺" not in page
    past = client.get(f"{ROOT}lishi/?jiguan={county.bureau.slug}&nian=2025&xiang=permits&yue=1")
    assert "年报台账" in past.content.decode()


def test_the_page_names_what_is_no_number_and_saves_nothing(county: County, client_of: ClientOf) -> None:
    response = client_of(Role.CLERK, county.bureau).post(
        page_of(county), {"seen": "0", "permits-1": "五六件", "permits-2": "3"}
    )
    assert response.status_code == 422
    assert "“五六件”不是一个数" in response.content.decode()
    assert not MonthlyFigure.objects.exists()


def test_a_field_that_was_not_sent_is_not_a_blank(county: County, clerk: User, client_of: ClientOf) -> None:
    save(county, clerk, whole_year(3))
    seen = last_row(MonthlyFigure, county.bureau, 2025)
    client = client_of(Role.CLERK, county.bureau)
    client.post(f"{ROOT}?jiguan={county.bureau.slug}&nian=2025", {"seen": seen, "permits-1": ""})
    found = monthly.values_of(county.bureau, 2025)
    assert found["permits", 1].value is None
    assert [row.value for place, row in found.items() if place != ("permits", 1)] == [3] * 47


def test_a_form_without_what_was_seen_asks_to_open_the_page_again(
    county: County, client_of: ClientOf
) -> None:
    client = client_of(Role.CLERK, county.bureau)
    for address in (ROOT, f"{ROOT}shishi/"):
        page = client.post(f"{address}?jiguan={county.bureau.slug}&nian=2025", {"permits-1": "5"})
        assert page.status_code == 422 and "请重新打开页面" in page.content.decode()
    assert not MonthlyFigure.objects.exists()


def test_a_file_goes_through_preview_to_the_grid(county: County, client_of: ClientOf) -> None:
    client = client_of(Role.CLERK, county.bureau)
    address = f"{ROOT}daoru/?jiguan={county.bureau.slug}&nian=2025"
    file = io.BytesIO(xlsx(HEADER, ("1月", 6)))
    file.name = "许可.xlsx"
    shown = client.post(address, {"file": file})
    assert "现在还没有保存" in shown.content.decode()
    assert client.post(address, {"token": shown.context["preview"].token}).status_code == 302
    kept = FigureFile.objects.get()
    assert "许可.xlsx" in client.get(page_of(county)).content.decode()
    download = client.get(f"{ROOT}wenjian/{kept.pk}/")
    assert download["Content-Disposition"].startswith("attachment")
    assert client_of(Role.CLERK, county.township).get(f"{ROOT}wenjian/{kept.pk}/").status_code == 404


def test_the_supervisor_sees_and_does_not_type(county: County, client_of: ClientOf) -> None:
    client = client_of(Role.SUPERVISOR, county.office)
    page = client.get(page_of(county))
    assert page.status_code == 200
    assert 'class="gk-number"' not in page.content.decode()
    # Wagtail answers a refused page of the back office by sending the person to its front page.
    assert client.post(page_of(county), {"seen": "0", "permits-1": "1"}).status_code in (302, 403)
    assert not MonthlyFigure.objects.exists()
    progress = client.get(f"{ROOT}gejiguan/?nian=2025")
    assert "0 / 48" in progress.content.decode()


def test_a_stranger_finds_nothing(county: County, client_of: ClientOf) -> None:
    client = client_of(Role.CLERK, county.township)
    for room in ("", "shishi/", "moban.xlsx", "daoru/"):
        assert client.get(f"{ROOT}{room}?jiguan={county.bureau.slug}&nian=2025").status_code == 404


@pytest.mark.parametrize("year", ["2018", "2999", "abc", "２０２５"])
def test_a_year_without_reports_is_not_found(county: County, client_of: ClientOf, year: str) -> None:
    response = client_of(Role.CLERK, county.bureau).get(f"{ROOT}?jiguan={county.bureau.slug}&nian={year}")
    assert response.status_code == 404


def test_a_sum_of_figures_opens_what_each_body_adds(county: County, clerk: User, client_of: ClientOf) -> None:
    save(county, clerk, whole_year(3))
    both = [county.bureau, county.township]
    client = client_of(Role.SUPERVISOR, county.office)
    shown = client.get(monthly.page(both, 2025, "permits")).context["sum"]
    assert [(each.agency, each.value) for each in shown.addends] == [(both[0], 36), (both[1], None)]
    assert shown.addends[1].months == tuple(monthly.MONTHS)
    assert shown.total is None
    assert client.get(monthly.page(both[:1], 2025, "permits")).status_code == 200
    missing = client.get(f"{ROOT}xiangjia/?jiguan={county.bureau.slug}&nian=2025&xiang=nothing")
    assert missing.status_code == 404
