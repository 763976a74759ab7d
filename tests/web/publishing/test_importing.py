"""Taking over an older site: what pages say of themselves, where they go, what is done a second time."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from county import County
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image as Picturing
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import PageLogEntry

from gongkai.web.agencies.models import User
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.choices import (
    Article20Item,
    ColumnKind,
    Effectiveness,
    InterpretationForm,
    MeetingKind,
    NormativeKind,
    Topic,
)
from gongkai.web.publishing.importing import markup, pages
from gongkai.web.publishing.models import DocumentPage, InterpretationPage, MeetingPage
from gongkai.web.publishing.services import importing
from gongkai.web.publishing.services.importing import Line, Outcome

WORDS = "为方便群众办事，现将有关安排通知如下，请各学校、各单位遵照执行，并做好宣传解释工作。"
PDF = b"%PDF-1.4\n%%EOF\n"
META = (
    '<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{published}">'
    '<meta name="ContentSource" content="{source}"><meta name="ColumnName" content="{column}">'
)


def page(title: str = "入学通知", body: str = f"<p>{WORDS}</p>", **given: str) -> str:
    """A page as a content management system saves it."""
    values = {"published": "2024-03-08 09:30", "source": "测溪县教育局", "column": "通知公告"} | given
    head, table = META.format(title=title, **values), given.get("table", "")
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}_测溪县</title>{head}</head><body>"
        f"<div class='nav'><a href='/'>首页</a><a href='/list.html'>通知公告</a></div>{table}"
        f"<div class='main'><h1>{title}</h1><div class='TRS_Editor'>{body}</div></div>"
        "<div class='footer'>测溪县教育局主办，地址：测溪县河东路1号，邮政编码：000000</div></body></html>"
    )


def facts_table(**facts: str) -> str:
    """A table of metadata, two facts a row."""
    cells = [f"<td>{label}：</td><td>{value}</td>" for label, value in facts.items()]
    rows = "".join(f"<tr>{''.join(cells[n : n + 2])}</tr>" for n in range(0, len(cells), 2))
    return f"<table class='xxgk'>{rows}</table>"


def picture() -> bytes:
    """A small picture."""
    kept = io.BytesIO()
    Picturing.new("RGB", (30, 20), "white").save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for a saved site."""
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


@pytest.fixture
def clerk(county: County) -> User:
    """Who imports."""
    return county.person(Role.CLERK, county.bureau)


@pytest.fixture
def run(county: County, clerk: User, folder: Path) -> Callable[..., dict[str, Line]]:
    """Import the folder into the bureau's section and return the lines by source."""

    def run(**options: bool) -> dict[str, Line]:
        lines = importing.import_site(folder=folder, agency=county.bureau, by=clerk, **options)
        return {line.source: line for line in lines}

    return run


def only() -> DocumentPage:
    return DocumentPage.objects.get()


@pytest.mark.parametrize(("declared", "written"), [("gb2312", "gbk"), ("gbk", "gb18030"), ("utf-8", "utf-8")])
def test_a_page_is_read_in_the_encoding_it_declares(declared: str, written: str) -> None:
    text = page("关于镕基小学招生的通知").replace("utf-8", declared)
    assert pages.read(text.encode(written)).fact("title") == "关于镕基小学招生的通知"


@pytest.mark.parametrize(("declared", "written"), [("gb2312", "utf-8"), ("utf-8", "gbk"), ("", "gbk")])
def test_a_page_that_declares_the_wrong_encoding_is_read_all_the_same(declared: str, written: str) -> None:
    text = page("招生通知").replace("charset='utf-8'", f"charset='{declared}'")
    assert pages.read(text.encode(written)).fact("title") == "招生通知"


@pytest.mark.parametrize(
    "table",
    [
        facts_table(索引号="CX01-2024-7", 发文字号="测教〔2024〕7号", 成文日期="2024年3月5日", 有效性="有效"),
        "<ul><li><b>索 引 号：</b>CX01-2024-7</li><li>发文字号：测教〔2024〕7号</li>"
        "<li>成文日期：2024-3-5</li><li>有 效 性：有效</li></ul>",
        "<dl><dt>索引号</dt><dd>CX01-2024-7</dd><dt>文号</dt><dd>测教〔2024〕7号</dd>"
        "<dt>生成日期</dt><dd>2024/03/05</dd><dt>效力状态</dt><dd>有效</dd></dl>",
    ],
)
def test_the_table_of_metadata_is_read_in_every_layout(table: str) -> None:
    old = pages.read(page(table=table).encode())
    assert old.fact("index_number") == "CX01-2024-7"
    assert old.fact("document_number") == "测教〔2024〕7号"
    assert old.day("made_on") == date(2024, 3, 5)
    assert old.fact("validity") == "有效"


def test_an_empty_cell_of_the_table_does_not_take_its_neighbours_label() -> None:
    table = "<table><tr><td>文号：</td><td></td><td>成文日期：</td><td>2024-03-05</td></tr></table>"
    old = pages.read(page(table=table).encode())
    assert old.fact("document_number") == ""
    assert old.day("made_on") == date(2024, 3, 5)


def test_a_name_in_the_text_is_not_the_title() -> None:
    text = page(body=f"<p>{WORDS}</p><p>名称：测溪县实验小学</p>").replace("ArticleTitle", "Other")
    assert pages.read(text.encode()).fact("title") == "入学通知"


@pytest.mark.parametrize(
    "container", ["class='article-content'", "id='zoom'", "id='UCAP-CONTENT'", "class='x9'", "class='con1'"]
)
def test_the_body_is_found_by_name_or_by_its_density(container: str) -> None:
    text = page(body=f"<p>{WORDS}</p><p>{WORDS}</p>").replace("class='TRS_Editor'", container)
    html = "".join(piece.html for piece in pages.read(text.encode()).pieces)
    assert html.count(WORDS) == 2
    assert "主办" not in html
    assert "首页" not in html


def test_scripts_styles_and_dangerous_links_do_not_come_along() -> None:
    body = (
        f"<style>p{{color:red}}</style><p onclick='steal()' style='color:red'>{WORDS}</p>"
        "<script>steal()</script><iframe src='http://x.example'></iframe>"
        "<p><a href='javascript:steal()'>点此</a><a href='https://x.example/?a=1&quot;onx'>参见</a></p>"
    )
    html = "".join(piece.html for piece in pages.read(page(body=body).encode()).pieces)
    assert html == (f'<p>{WORDS}</p><p>点此<a href="https://x.example/?a=1&quot;onx">参见</a></p>')


def test_a_page_wrapped_in_one_form_keeps_its_text() -> None:
    text = page().replace("<body>", "<body><form>").replace("</body>", "</form></body>")
    assert WORDS in pages.read(text.encode()).pieces[0].html


def test_very_deep_nesting_is_read() -> None:
    text = page(body="<div>" * 5000 + f"<p>{WORDS}</p>" + "</div>" * 5000)
    assert WORDS in pages.read(text.encode()).pieces[0].html


def test_left_open_cells_and_paragraphs_are_closed() -> None:
    root = markup.parsed("<table><tr><td>一<td>二<tr><td>三</table><p>四<p>五")
    assert [
        [node.text() for node in row.walk() if node.tag == "td"] for row in root.walk() if row.tag == "tr"
    ] == [
        ["一", "二"],
        ["三"],
    ]
    assert [node.text() for node in root.walk() if node.tag == "p"] == ["四", "五"]


def test_tables_keep_their_cells_and_what_spans_stands_first() -> None:
    rows = "<tr><th>学校<th colspan=2>范围</tr><tr><td rowspan=2>小学<td>甲<td>乙</tr><tr><td>丙<td>丁</tr>"
    pieces = pages.read(page(body=f"<p>{WORDS}</p><table>{rows}</table>").encode()).pieces
    assert pieces[1].rows == (("学校", "范围", ""), ("小学", "甲", "乙"), ("", "丙", "丁"))


def test_a_page_becomes_a_draft_with_its_number_and_dates(
    folder: Path, run: Callable[..., dict[str, Line]]
) -> None:
    table = facts_table(
        索引号="CX01-2024-7",
        发文字号="测教〔2024〕7号",
        成文日期="2024-03-05",
        有效性="有效",
        主题分类="科技、教育",
    )
    (folder / "a.html").write_text(page(column="规范性文件", table=table), encoding="utf-8")
    line = run()["a.html"]
    made = only()
    assert line.outcome == Outcome.PLACED
    assert line.page == made.pk
    assert made.get_parent().specific.kind == ColumnKind.POLICIES
    assert (made.index_number, made.document_number) == ("CX01-2024-7", "测教〔2024〕7号")
    assert (made.made_on, made.published_on) == (date(2024, 3, 5), date(2024, 3, 8))
    assert (made.effectiveness, made.normative_kind) == (Effectiveness.IN_FORCE, NormativeKind.NORMATIVE)
    assert (made.topic, made.article20_item) == (Topic.EDUCATION, Article20Item.RULES)
    assert WORDS in made.plain_text
    assert not made.live


def test_what_was_public_stays_public_when_asked_for(
    client: Client, folder: Path, run: Callable[..., dict[str, Line]]
) -> None:
    (folder / "a.html").write_text(page(), encoding="utf-8")
    run(public=True)
    made = only()
    assert WORDS in client.get(made.url).content.decode()
    assert made.first_published_at.date() == date(2024, 3, 7)  # Midnight in China, in UTC.


def test_a_second_run_changes_nothing(folder: Path, run: Callable[..., dict[str, Line]]) -> None:
    (folder / "a.html").write_text(page(), encoding="utf-8")
    run()
    line = run()["a.html"]
    assert (line.outcome, line.reason) == (Outcome.SKIPPED, "没有变化")
    assert only().revisions.count() == 1
    assert PageLogEntry.objects.filter(action=importing.ACTION).count() == 1


def test_a_changed_page_becomes_a_new_draft_version(
    client: Client, folder: Path, run: Callable[..., dict[str, Line]]
) -> None:
    (folder / "a.html").write_text(page(), encoding="utf-8")
    run(public=True)
    (folder / "a.html").write_text(page("入学通知（更正）"), encoding="utf-8")
    line = run(public=True)["a.html"]
    made = only()
    assert line.outcome == Outcome.UPDATED
    assert (made.title, made.revisions.count()) == ("入学通知", 2)
    assert made.get_latest_revision_as_object().title == "入学通知（更正）"
    assert "更正" not in client.get(made.url).content.decode()
    assert run()["a.html"].outcome == Outcome.SKIPPED


def test_a_changed_attachment_is_a_change(folder: Path, run: Callable[..., dict[str, Line]]) -> None:
    (folder / "a.html").write_text(page(body=f"<p>{WORDS}</p><a href='b.pdf'>附表</a>"), encoding="utf-8")
    (folder / "b.pdf").write_bytes(PDF)
    run()
    (folder / "b.pdf").write_bytes(PDF + b"%")
    assert run()["a.html"].outcome == Outcome.UPDATED
    assert Document.objects.count() == 2


def test_what_staff_have_edited_since_is_not_overwritten(
    folder: Path, clerk: User, run: Callable[..., dict[str, Line]]
) -> None:
    (folder / "a.html").write_text(page(), encoding="utf-8")
    run()
    only().save_revision(user=clerk)
    (folder / "a.html").write_text(page("别的标题"), encoding="utf-8")
    assert run()["a.html"].reason == "导入后在本站修改过，不覆盖"
    assert only().revisions.count() == 2


def test_what_was_deleted_here_does_not_come_back(folder: Path, run: Callable[..., dict[str, Line]]) -> None:
    (folder / "a.html").write_text(page(), encoding="utf-8")
    run()
    only().delete()
    assert run()["a.html"].reason == "导入后在本站删除，不再导入"
    assert not DocumentPage.objects.exists()


def test_a_trial_run_keeps_nothing(folder: Path, run: Callable[..., dict[str, Line]]) -> None:
    (folder / "a.html").write_text(page(body=f"<p>{WORDS}</p><a href='b.pdf'>附表</a>"), encoding="utf-8")
    (folder / "b.pdf").write_bytes(PDF)
    assert run(dry_run=True)["a.html"].outcome == Outcome.PLACED
    assert not DocumentPage.objects.exists()
    assert not Document.objects.exists()
    assert run()["a.html"].outcome == Outcome.PLACED


def test_attachments_and_pictures_are_taken_in_once(
    folder: Path, clerk: User, run: Callable[..., dict[str, Line]]
) -> None:
    (folder / "files").mkdir()
    (folder / "files" / "学区 表.pdf").write_bytes(PDF)
    (folder / "files" / "map.png").write_bytes(picture())
    body = (
        f"<p>{WORDS}</p><img src='/files/map.png' alt='学区图'>"
        "<p>附件：<a href='files/%E5%AD%A6%E5%8C%BA%20%E8%A1%A8.pdf?v=2'>学区表</a></p>"
    )
    (folder / "a.html").write_text(page(body=body), encoding="utf-8")
    (folder / "b.html").write_text(page("另一件", body=body), encoding="utf-8")
    lines = run()
    assert [line.notes[1:] for line in lines.values()] == [[], []]
    first, second = DocumentPage.objects.all()
    assert [one.document.title for one in first.attachments.all()] == ["学区表"]
    assert first.attachments.get().document == second.attachments.get().document
    assert Document.objects.get().uploaded_by_user == clerk
    assert [child.block_type for child in first.body] == ["text", "picture", "text"]
    assert first.body[1].value.pk == Image.objects.get().pk
    assert first.body[1].value.contextual_alt_text == "学区图"


@pytest.mark.parametrize(
    ("address", "name", "content", "why"),
    [
        ("没有.pdf", "", b"", "文件夹中没有"),
        ("../secret.pdf", "../secret.pdf", PDF, "文件夹中没有"),
        ("/../secret.pdf", "../secret.pdf", PDF, "文件夹中没有"),
        ("a.pdf", "a.pdf", b"MZ\x90\0 program", "内容与扩展名不符"),
        ("a.docx", "a.docx", PDF, "内容与扩展名不符"),
        ("a.txt", "a.txt", b"MZ\x90\0 program", "内容与扩展名不符"),
        ("big.pdf", "big.pdf", PDF + b" " * 2048, "超过 0 MB"),
    ],
)
def test_an_unfit_attachment_is_reported_and_left_out(
    folder: Path,
    run: Callable[..., dict[str, Line]],
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    name: str,
    content: bytes,
    why: str,
) -> None:
    monkeypatch.setattr("gongkai.web.publishing.importing.files.LARGEST_FILE", 1024)
    if name:
        (folder / name).write_bytes(content)
    (folder / "a.html").write_text(page(body=f"<p>{WORDS}</p><a href='{address}'>附件</a>"), encoding="utf-8")
    line = run()["a.html"]
    assert line.outcome == Outcome.PLACED
    assert line.notes[0] == f"附件 {address} 没有收入：{why}"
    assert not Document.objects.exists()


def test_a_picture_that_is_none_is_left_out(folder: Path, run: Callable[..., dict[str, Line]]) -> None:
    (folder / "a.png").write_text("<svg onload='steal()'/>", encoding="utf-8")
    (folder / "a.html").write_text(page(body=f"<p>{WORDS}</p><img src='a.png'>"), encoding="utf-8")
    assert run()["a.html"].notes[0] == "图片 a.png 没有收入：不是图片，或者已损坏"
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"body": "<p>短</p>"}, "没有找到正文。"),
        ({"published": ""}, "没有发布日期，也没有成文日期。"),
        ({"title": ""}, "没有标题。"),
        ({"column": "政府公报"}, "该栏目的内容请在本站录入"),
        ({"column": "县政府会议"}, "该机关没有“会议公开”栏目。"),
        ({"table": facts_table(有效性="废止", 索引号="x", 文号="y")}, "已废止或者失效的，应当填写日期。"),
        ({"table": facts_table(索引号="9" * 41, 文号="y")}, "索引号超过40个字符。"),
    ],
)
def test_a_page_that_cannot_be_placed_is_reported_with_the_reason(
    folder: Path, run: Callable[..., dict[str, Line]], given: dict[str, str], why: str
) -> None:
    text = page(**given)
    if given.get("title") == "":
        text = text.replace("_测溪县", "")
    (folder / "a.html").write_text(text, encoding="utf-8")
    line = run()["a.html"]
    assert line.outcome == Outcome.UNPLACED
    assert why in line.reason
    assert not DocumentPage.objects.exists()


def test_an_index_number_in_use_is_not_given_twice(folder: Path, run: Callable[..., dict[str, Line]]) -> None:
    table = facts_table(索引号="CX-1", 文号="测教〔2024〕7号", 有效性="有效")
    (folder / "a.html").write_text(page(table=table), encoding="utf-8")
    (folder / "b.html").write_text(page("另一件", table=table), encoding="utf-8")
    assert run()["b.html"].reason == "索引号 CX-1 已经用于另一件信息。"
    assert only().title == "入学通知"


def test_a_whole_site_is_placed_and_reported(
    county: County, clerk: User, folder: Path, tmp_path: Path
) -> None:
    encodings = ("utf-8", "gbk", "gb18030")
    columns = ("通知公告", "规范性文件", "财政预算决算", "管理制度", "行政处罚")
    for number in range(30):
        place = folder / f"art{number % 4}"
        place.mkdir(exist_ok=True)
        text = page(f"第{number}号通知", column=columns[number % 5]).replace("utf-8", encodings[number % 3])
        (place / f"{number}.html").write_bytes(text.encode(encodings[number % 3]))
    (folder / "index.html").write_text("<ul><li><a href='a.html'>第0号通知</a></ul>", encoding="utf-8")
    (folder / "zhinan.htm").write_text(page(column="公开指南"), encoding="utf-8")
    kept = tmp_path / "report.json"
    said = io.StringIO()
    call_command(
        "import_site", str(folder), body=county.bureau.slug, by=clerk.username, json=kept, stdout=said
    )
    assert said.getvalue().splitlines()[0] == "新增 31　更新 0　跳过 0　未能放置 1"
    assert "[未能放置] index.html" in said.getvalue()
    report = json.loads(kept.read_text(encoding="utf-8"))
    assert report["counts"]["新增"] == 31
    assert len(report["pages"]) == 32
    for kind, count in ((ColumnKind.CONTENT, 18), (ColumnKind.POLICIES, 6), (ColumnKind.RULES, 6)):
        assert county.column(county.bureau, kind).get_children().count() == count
    assert DocumentPage.objects.filter(article20_item=Article20Item.BUDGET).count() == 6


def explained(body: str, title: str = "入学通知解读", **given: str) -> str:
    """A page of the old column of interpretations."""
    return page(title, body=f"<p>{WORDS}</p>{body}", column="政策解读", **given)


@pytest.mark.parametrize(
    "body",
    [
        "<p>原文：<a href='wenjian/a.html'>入学通知</a></p>",
        "<p>原文：<a href='/wenjian/a.html'>入学通知</a></p>",
        "<p>原文：<a href='http://jyj.cexi.example/wenjian/a.html#1'>入学通知</a></p>",
        "<p>本文解读测教〔2024〕7号。</p>",
    ],
)
def test_an_interpretation_is_placed_with_its_document(
    client: Client, folder: Path, run: Callable[..., dict[str, Line]], body: str
) -> None:
    (folder / "wenjian").mkdir()
    table = facts_table(文号="测教〔2024〕7号", 成文日期="2024-03-05", 有效性="有效")
    (folder / "wenjian" / "a.html").write_text(page(table=table), encoding="utf-8")
    (folder / "0.html").write_text(explained(body, title="一图读懂入学通知"), encoding="utf-8")
    line = run(public=True)["0.html"]
    made = InterpretationPage.objects.get()
    assert (line.outcome, line.column, line.notes) == (Outcome.PLACED, "政策解读", [])
    assert (made.form, made.published_on) == (InterpretationForm.TEXT_AND_PICTURE, date(2024, 3, 8))
    assert [one.pk for one in made.documents.all()] == [only().pk]
    assert made.url in client.get(only().url).content.decode()
    assert {line.outcome for line in run(public=True).values()} == {Outcome.SKIPPED}
    assert InterpretationPage.objects.count() == 1


def test_an_interpretation_finds_its_document_by_a_title_that_only_one_has(
    county: County, folder: Path, run: Callable[..., dict[str, Line]]
) -> None:
    wanted = county.document(county.bureau, "关于印发《测溪县学区划分办法》的通知")
    for title in ("校车安全规定", "校车安全规定"):
        county.document(county.bureau, title)
    (folder / "a.html").write_text(explained("", title="《测溪县学区划分办法》解读"), encoding="utf-8")
    (folder / "b.html").write_text(explained("", title="《校车安全规定》专家解读"), encoding="utf-8")
    lines = run()
    first, second = InterpretationPage.objects.order_by("pk")
    assert [one.pk for one in first.documents.all()] == [wanted.pk]
    assert second.form == InterpretationForm.EXPERT
    assert lines["b.html"].notes == ["没有认出所解读的文件，存为草稿，请在编辑页面选择"]


def test_an_interpretation_of_nothing_known_stays_a_draft(
    folder: Path, run: Callable[..., dict[str, Line]]
) -> None:
    (folder / "a.html").write_text(explained("<a href='../../b.html'>原文</a>"), encoding="utf-8")
    run(public=True)
    made = InterpretationPage.objects.get()
    assert (made.live, made.documents.count()) == (False, 0)


def test_a_trial_run_knows_the_documents_it_would_place(
    folder: Path, run: Callable[..., dict[str, Line]]
) -> None:
    (folder / "b.html").write_text(page(), encoding="utf-8")
    (folder / "a.html").write_text(explained("<a href='b.html'>原文</a>", title="视频解读"), encoding="utf-8")
    lines = run(dry_run=True)
    assert [line.outcome for line in lines.values()] == [Outcome.PLACED, Outcome.PLACED]
    assert (lines["a.html"].notes, lines["a.html"].page) == ([], None)
    assert not InterpretationPage.objects.exists()


def test_a_meeting_is_placed_with_its_day_and_number(county: County, folder: Path) -> None:
    clerk = county.person(Role.CLERK, county.government)
    words = f"<p>3月5日，县政府召开会议。{WORDS}</p><p><a href='b.html'>通知</a></p>"
    given = {"title": "县政府召开第十八届第42次常务会议", "column": "政府会议", "body": words}
    (folder / "a.html").write_text(page(**given), encoding="utf-8")
    (folder / "b.html").write_text(page(), encoding="utf-8")
    lines = importing.import_site(folder=folder, agency=county.government, by=clerk, public=True)
    made = MeetingPage.objects.get()
    assert (lines[0].column, lines[0].notes) == ("会议公开", [])
    assert (made.kind, made.number) == (MeetingKind.EXECUTIVE, "第十八届第42次")
    assert (made.held_on, made.published_on) == (date(2024, 3, 5), date(2024, 3, 8))
    assert [one.pk for one in made.documents.all()] == [only().pk]
    assert made.live


@pytest.mark.parametrize(
    ("words", "held_on", "is_noted"),
    [
        ("2023年12月29日召开", date(2023, 12, 29), False),
        ("12月29日召开", date(2023, 12, 29), False),
        ("2月30日、2月29日召开", date(2024, 2, 29), False),
        ("2025年1月1日起执行", date(2024, 3, 8), True),
    ],
)
def test_the_day_of_a_meeting_is_none_after_its_publication(
    county: County, folder: Path, words: str, held_on: date, is_noted: bool
) -> None:
    clerk = county.person(Role.CLERK, county.government)
    (folder / "a.html").write_text(
        page("全体会议", column="会议", body=f"<p>{WORDS}{words}</p>"), encoding="utf-8"
    )
    line = importing.import_site(folder=folder, agency=county.government, by=clerk)[0]
    assert MeetingPage.objects.get().held_on == held_on
    assert line.notes == (["没有写明召开日期，暂同发布日期，请核对"] if is_noted else [])


def test_the_old_guide_fills_the_empty_column_and_nothing_else(
    client: Client, county: County, folder: Path, run: Callable[..., dict[str, Line]]
) -> None:
    column = county.column(county.bureau, ColumnKind.GUIDE)
    (folder / "a.html").write_text(page("公开指南", column="公开指南"), encoding="utf-8")
    (folder / "b.html").write_text(page("指南二", column="公开指南"), encoding="utf-8")
    lines = run(public=True)
    assert (lines["a.html"].outcome, lines["a.html"].page) == (Outcome.PLACED, column.pk)
    assert lines["b.html"].reason == "本站的公开指南已有内容，不覆盖。"
    assert WORDS in client.get(column.url).content.decode()
    assert run(public=True)["a.html"].outcome == Outcome.SKIPPED
    (folder / "a.html").write_text(page("公开指南", column="公开指南", body=f"<p>{WORDS * 2}</p>"), "utf-8")
    assert run(public=True)["a.html"].outcome == Outcome.UPDATED
    column.refresh_from_db()
    assert WORDS * 2 not in column.body
    assert WORDS * 2 in column.get_latest_revision_as_object().body


def test_a_guide_waits_for_review_unless_it_was_public(
    county: County, folder: Path, run: Callable[..., dict[str, Line]]
) -> None:
    (folder / "a.html").write_text(page("公开指南", column="公开指南"), encoding="utf-8")
    run()
    column = county.column(county.bureau, ColumnKind.GUIDE)
    assert column.body == ""
    assert WORDS in column.get_latest_revision_as_object().body


@pytest.mark.parametrize("wrong", [{"body": "meiyou"}, {"by": "meiyou"}, {"folder": "meiyou"}])
def test_a_wrong_name_is_refused_in_plain_words(
    county: County, clerk: User, folder: Path, wrong: dict[str, str]
) -> None:
    asked = {"folder": str(folder), "body": county.bureau.slug, "by": clerk.username} | wrong
    with pytest.raises(CommandError, match="没有这个"):
        call_command("import_site", asked["folder"], body=asked["body"], by=asked["by"])
