"""What goes with documents: interpretations both ways and their duty, meetings, the gazette, files."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import docx
import pypdfium2
import pytest
from county import County
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from lxml import html
from wagtail.documents.models import Document
from wagtail.rich_text import RichText

from gongkai.papers.paper import PaperError
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.roles import Role
from gongkai.web.publishing.blocks import body_of
from gongkai.web.publishing.choices import (
    ColumnKind,
    DisclosureAttribute,
    Effectiveness,
    InterpretationForm,
    MeetingKind,
    NormativeKind,
)
from gongkai.web.publishing.models import (
    AgendaItem,
    DocumentPage,
    GazetteEntry,
    GazettePage,
    InterpretationPage,
    MeetingPage,
)
from gongkai.web.publishing.services import interpreting, typesetting

TABLE = {
    "columns": [{"type": "text", "heading": "学校"}, {"type": "text", "heading": "学区"}],
    "rows": [{"values": ["实验小学", "河东"]}],
    "caption": "学区表",
}


@pytest.fixture
def rules(county: County) -> DocumentPage:
    """A normative document of the bureau, published on Thursday 2025-03-06."""
    return county.document(
        county.bureau,
        "学区划分办法",
        slug="xuequ",
        document_number="测教规〔2025〕1号",
        normative_kind=NormativeKind.NORMATIVE,
        effectiveness=Effectiveness.IN_FORCE,
        published_on=date(2025, 3, 6),
        topic="education",
        keywords="学区 入学",
        body=[
            ("text", RichText("<h2>总则</h2><p>按学区<b>就近</b>入学。</p>")),
            ("table", TABLE),
        ],
    )


def _add(county: County, agency: Agency, kind: ColumnKind, page: Any) -> Any:
    county.column(agency, kind).add_child(instance=page)
    return page


def _explained(county: County, *documents: DocumentPage, on: date, **fields: Any) -> InterpretationPage:
    values = {"title": "学区办法解读", "form": InterpretationForm.QUESTIONS, "published_on": on}
    page = InterpretationPage(**(values | fields), body=body_of("<p>问与答</p>"))
    _add(county, county.bureau, ColumnKind.INTERPRETATIONS, page)
    page.documents.set(documents)
    page.save()
    return page


def _met(county: County, *documents: DocumentPage, **fields: Any) -> MeetingPage:
    values = {
        "title": "县政府第42次常务会议",
        "kind": MeetingKind.EXECUTIVE,
        "held_on": date(2025, 2, 20),
        "published_on": date(2025, 2, 21),
        "body": body_of("<p>会议强调就近入学。</p>"),
    }
    page = _add(county, county.government, ColumnKind.MEETINGS, MeetingPage(**(values | fields)))
    page.documents.set(documents)
    page.agenda.add(AgendaItem(title="审议学区划分办法", decision="原则同意"))
    page.save()
    return page


def _issue(county: County, *entries: tuple[str, DocumentPage], **fields: Any) -> GazettePage:
    values = {"title": "2025年第1期", "year": 2025, "number": 1, "published_on": date(2025, 3, 31)}
    page = _add(county, county.government, ColumnKind.GAZETTE, GazettePage(**(values | fields)))
    for order, (heading, document) in enumerate(entries):
        page.entries.add(GazetteEntry(document=document, heading=heading, sort_order=order))
    page.save()
    return page


def _text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_document_and_interpretation_lead_to_each_other(
    client: Client, county: County, rules: DocumentPage
) -> None:
    page = _explained(county, rules, on=date(2025, 3, 6), interpreter="张敏")
    document = _text(client, rules.url)
    assert page.url in document
    assert "<h3>简明问答</h3>" in document
    explained = _text(client, page.url)
    assert rules.url in explained
    assert "张敏" in explained


def test_an_interpretation_shows_no_document_that_is_not_public(
    client: Client, county: County, rules: DocumentPage
) -> None:
    closed = county.document(
        county.bureau, "内部方案", attribute=DisclosureAttribute.WITHHELD, withhold_reason="内部事务"
    )
    page = _explained(county, rules, closed, on=date(2025, 3, 6))
    for address in (page.url, "/jiedu/", "/cexi-jiaoyuju/jiedu/"):
        assert "内部方案" not in _text(client, address)


def test_the_document_of_an_interpretation_carries_its_mark(
    client: Client, county: County, rules: DocumentPage
) -> None:
    page = _explained(county, rules, on=date(2025, 3, 6))
    rules.effectiveness, rules.repealed_on = Effectiveness.REPEALED, date(2025, 6, 1)
    rules.save()
    for address in (page.url, "/jiedu/"):
        assert '<span class="tag tag-void">废止</span>' in _text(client, address)


def test_an_interpretation_not_live_is_nowhere(client: Client, county: County, rules: DocumentPage) -> None:
    _explained(county, rules, on=date(2025, 3, 6), live=False)
    for address in (rules.url, "/jiedu/", "/cexi-jiaoyuju/jiedu/"):
        assert "学区办法解读" not in _text(client, address)


@pytest.mark.parametrize(
    ("done_on", "standing"),
    [
        (date(2025, 3, 5), "同步解读"),
        (date(2025, 3, 6), "同步解读"),
        (date(2025, 3, 7), "按期解读"),
        (date(2025, 3, 11), "按期解读"),
        (date(2025, 3, 12), "逾期解读"),
        (None, "逾期未解读"),
    ],
)
def test_the_third_working_day_is_the_last(
    county: County, rules: DocumentPage, done_on: date | None, standing: str
) -> None:
    if done_on:
        _explained(county, rules, on=done_on)
    duty = interpreting.duties(Agency.objects.filter(pk=county.bureau.pk), 2025)[0]
    assert (duty.document.pk, duty.due, duty.standing) == (rules.pk, date(2025, 3, 11), standing)


def test_only_policy_documents_are_due(county: County, rules: DocumentPage) -> None:
    county.document(county.bureau, "预算", article20_item=7)
    duties = interpreting.duties(Agency.objects.all(), 2025)
    assert [duty.document.pk for duty in duties] == [rules.pk]
    assert interpreting.duties(Agency.objects.all(), 2024) == []


def test_staff_see_their_own_bodies_duties(
    client_of: Callable[..., Client], county: County, rules: DocumentPage
) -> None:
    address = "/admin/xiaoli/jiedu/?niandu=2025"
    clerk = _text(client_of(Role.CLERK, county.bureau), address)
    assert rules.title in clerk
    assert "国办发〔2016〕19号" in clerk or "2016年政务公开工作要点" in clerk
    assert rules.title not in _text(client_of(Role.CLERK, county.township), address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/jiedu/", {"学区办法解读", "视频说学区"}),
        ("/jiedu/?xingshi=video", {"视频说学区"}),
        ("/jiedu/?xingshi=expert", set()),
        ("/jiedu/?jiguan=cexi-jiaoyuju", {"学区办法解读", "视频说学区"}),
        ("/jiedu/?xingshi=x&jiguan=x", {"学区办法解读", "视频说学区"}),
        ("/huiyi/", {"县政府第42次常务会议", "全体会议"}),
        ("/huiyi/?leixing=plenary", {"全体会议"}),
        ("/huiyi/?niandu=2025", {"县政府第42次常务会议"}),
        ("/huiyi/?niandu=99999", {"县政府第42次常务会议", "全体会议"}),
        ("/gongbao/?niandu=2024", {"2024年第6期"}),
        ("/gongbao/", {"2024年第6期", "2025年第1期"}),
    ],
)
def test_lists_are_filtered(
    client: Client, county: County, rules: DocumentPage, address: str, expected: set[str]
) -> None:
    _explained(county, rules, on=date(2025, 3, 6))
    _explained(county, rules, on=date(2025, 3, 7), title="视频说学区", form=InterpretationForm.VIDEO)
    _met(county, rules)
    _met(county, title="全体会议", kind=MeetingKind.PLENARY, held_on=date(2024, 1, 9))
    _issue(county, ("", rules))
    _issue(county, title="2024年第6期", year=2024, number=6, published_on=date(2024, 12, 31))
    assert {page.title for page in client.get(address).context["results"]} == expected


@pytest.mark.parametrize("address", ["/zhengce/", "/zhengce/tongji/", "/jiedu/", "/huiyi/", "/gongbao/"])
def test_empty_lists_say_so(client: Client, county: County, address: str) -> None:
    assert county.portal.live
    assert 'class="empty"' in _text(client, address)


def test_a_meeting_shows_agenda_decisions_brief_documents_and_replay(
    client: Client, county: County, rules: DocumentPage
) -> None:
    video = Document(title="会议视频")
    video.file.save("huiyi.mp4", ContentFile(b"0" * 2048), save=False)
    video._set_document_file_metadata()
    video.save()
    page = _met(county, rules, replay=video, number="第十八届第42次")
    text = _text(client, page.url)
    for words in ("第十八届第42次", "审议学区划分办法", "议定事项：原则同意", "会议强调就近入学", rules.url):
        assert words in text
    assert f'src="{video.url}"' in text
    assert client.get(video.url).status_code == 200
    assert page.url in _text(client, rules.url)


def test_a_gazette_lists_its_documents_by_heading(
    client: Client, county: County, rules: DocumentPage
) -> None:
    closed = county.document(county.bureau, "内部方案")
    page = _issue(
        county,
        ("县政府文件", county.document(county.government, "供水规定")),
        ("部门文件", rules),
        ("部门文件", closed),
    )
    closed.unpublish()
    text = _text(client, page.url)
    assert "内部方案" not in text
    text = text[text.index("<h2>目录") :]
    assert (
        text.index("县政府文件") < text.index("供水规定") < text.index("部门文件") < text.index(rules.title)
    )
    assert page.url in _text(client, rules.url)
    assert "第1期" in _text(client, "/cexi/gongbao/")


def _words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_gazette_is_typeset(client: Client, county: County, rules: DocumentPage) -> None:
    pytest.importorskip("typst")
    _issue(county, ("部门文件", rules), serial=31)
    response = client.get("/gongbao/2025/1.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert "测溪县人民政府公报2025年第1期.pdf" in unquote(response.headers["Content-Disposition"])
    words = _words(response.content)
    assert "总第31期" in words
    assert "部门文件" in words
    assert "就近" in words
    assert client.get("/gongbao/2025/2.pdf").status_code == 404
    assert client.get("/gongbao/2025/1.pdf?jiguan=cexi-shiqiao").status_code == 404


def test_a_document_is_downloaded_as_word_file(client: Client, rules: DocumentPage) -> None:
    response = client.get(f"/xiazai/{rules.pk}.docx")
    assert "学区划分办法.docx" in unquote(response.headers["Content-Disposition"])
    document = docx.Document(io.BytesIO(response.content))
    assert {"总则", "按学区就近入学。"} <= {paragraph.text for paragraph in document.paragraphs}
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"实验小学", "河东", rules.index_number} <= set(cells)


def test_a_document_is_downloaded_as_pdf_with_its_mark(client: Client, rules: DocumentPage) -> None:
    pytest.importorskip("typst")
    rules.effectiveness, rules.repealed_on = Effectiveness.REPEALED, date(2025, 6, 1)
    rules.save()
    response = client.get(f"/xiazai/{rules.pk}.pdf")
    assert "学区划分办法（已废止）.pdf" in unquote(response.headers["Content-Disposition"])
    assert "已废止" in _words(response.content)


def test_names_of_files_hold_nothing_a_system_cannot_keep(client: Client, county: County) -> None:
    page = county.document(county.bureau, 'a/b:"c"\r\n' + "长" * 200)
    name = unquote(client.get(f"/xiazai/{page.pk}.docx").headers["Content-Disposition"])
    assert name.startswith("attachment; filename*=utf-8''a b c 长")
    assert len(name) < 140


def test_a_file_is_written_once_for_each_version(
    rules: DocumentPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def write(paper: Any) -> bytes:
        written.append(paper.title)
        return paper.title.encode()

    monkeypatch.setitem(typesetting.WRITERS, "docx", write)
    first = typesetting.document_file(rules, "docx")
    assert typesetting.document_file(rules, "docx") == first
    rules.title = "学区办法（修订）"
    assert typesetting.document_file(rules, "docx") != first
    assert written == ["学区划分办法", "学区办法（修订）"]
    kept = storages["private"].listdir(f"papers/document-{rules.pk}")[1]
    assert len([name for name in kept if name.endswith(".docx")]) == 1


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_no_file_of_what_is_not_public(
    client: Client, county: County, rules: DocumentPage, suffix: str
) -> None:
    closed = county.document(
        county.bureau, "名单", attribute=DisclosureAttribute.ON_REQUEST, withhold_reason="涉及个人"
    )
    rules.unpublish()
    for page in (closed, rules):
        assert client.get(f"/xiazai/{page.pk}.{suffix}").status_code == 404


def test_a_file_that_cannot_be_set_is_a_plain_sentence(
    client: Client, rules: DocumentPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_paper: Any) -> bytes:
        raise PaperError("没有安装 typst，不能生成 PDF。")

    monkeypatch.setitem(typesetting.WRITERS, "pdf", fail)
    response = client.get(f"/xiazai/{rules.pk}.pdf")
    assert response.status_code == 503
    assert "没有安装 typst" in response.content.decode()


def test_the_page_tells_the_whole_catalogue_record(client: Client, rules: DocumentPage) -> None:
    text = _text(client, rules.url)
    for name, value in (
        ("索引号", rules.index_number),
        ("文号", "测教规〔2025〕1号"),
        ("成文日期", "2025-03-03"),
        ("主题分类", "科技、教育"),
        ("公开类别", "行政规范性文件"),
        ("公开方式", "主动公开"),
        ("公开时限", "长期公开"),
        ("关键词", "学区 入学"),
    ):
        assert f"<dt>{name}</dt><dd>{value}</dd>" in text


def test_a_shared_page_says_its_name_address_and_picture(client: Client, rules: DocumentPage) -> None:
    text = _text(client, f"{rules.url}?from=weixin")
    for meta in (
        '<meta property="og:title" content="学区划分办法">',
        f'<meta property="og:url" content="http://testserver{rules.url}">',
        f'<link rel="canonical" href="http://testserver{rules.url}">',
    ):
        assert text.count(meta) == 1
    picture = html.document_fromstring(text).xpath("string(//meta[@property='og:image']/@content)")
    assert picture.startswith("http://testserver/static/gongkai/share")
    assert finders.find("gongkai/share.png")
    rules.effectiveness, rules.repealed_on = Effectiveness.REPEALED, date(2025, 6, 1)
    rules.save()
    assert '<meta property="og:title" content="（已废止）学区划分办法">' in _text(client, rules.url)


def test_a_part_of_a_list_is_not_the_list(client: Client, rules: DocumentPage) -> None:
    column = rules.get_parent().url
    assert f'<link rel="canonical" href="http://testserver{column}">' in _text(client, column)
    assert 'rel="canonical"' not in _text(client, f"{column}?shixiang=1")


def test_related_documents_come_nearest_first(client: Client, county: County, rules: DocumentPage) -> None:
    far = county.document(county.township, "镇里的入学通知", topic="education", article20_item=11)
    near = county.document(county.bureau, "招生方案", topic="education", article20_item=11)
    county.document(county.township, "无关的", topic="health", article20_item=11)
    text = _text(client, rules.url)
    related = text[text.index('id="related"') :]
    assert related.index(near.title) < related.index(far.title)
    assert "无关的" not in related


def test_every_page_is_sound_and_in_order(client: Client, county: County, rules: DocumentPage) -> None:
    pages = (_explained(county, rules, on=date(2025, 3, 6)), _met(county, rules), _issue(county, ("", rules)))
    lists = ("/zhengce/", "/zhengce/tongji/", "/jiedu/", "/huiyi/", "/gongbao/")
    columns = (page.get_parent().url for page in pages)
    for address in (rules.url, *(page.url for page in pages), *lists, *columns):
        text = _text(client, address)
        page = html.document_fromstring(text)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), address
        assert page.xpath("//style | //script | //@style") == [], address
        assert "https://" not in text, address
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]
        assert levels.count(1) == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels)), address
        named = page.xpath("//label/@for")
        fields = page.xpath("//input[not(@type='hidden')]/@id | //select/@id")
        assert set(fields) <= set(named), address
        assert page.xpath("//table[not(caption)]") == [], address
