"""The PDF shows what was given, runs none of it, and can be found one's way in."""

import ctypes
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest

from core.papers.samples import CONTROLS, HOSTILE, NOTICE, png, row
from gongkai.papers import pdf
from gongkai.papers.paper import (
    Cell,
    Gazette,
    GazetteSection,
    Heading,
    ListBlock,
    PageBreak,
    Paper,
    PaperError,
    Paragraph,
    Picture,
    Table,
    plain,
)
from gongkai.papers.pdf import write_gazette_pdf, write_pdf


def can_set() -> bool:
    try:
        write_pdf(Paper(title="试"))
    except PaperError:
        return False
    return True


pytestmark = pytest.mark.skipif(
    not can_set(), reason="sets PDFs with typst and a Chinese face, such as fonts-noto-cjk"
)

DECISION = Paper(title="青禾县人民政府关于废止部分文件的决定", blocks=(Heading(1, "一、废止"), PageBreak()))
GAZETTE = Gazette(
    title="青禾县人民政府公报",
    year=2025,
    number=3,
    issued_on=date(2025, 3, 31),
    publisher="青禾县人民政府办公室",
    sections=(
        GazetteSection(title="县政府文件", papers=(replace(DECISION, blocks=DECISION.blocks * 2),)),
        GazetteSection(title="办公室文件", papers=(NOTICE, DECISION)),
    ),
)


def opened(data: bytes) -> Any:
    return pypdfium2.PdfDocument(data)


def pages(data: bytes) -> list[list[str]]:
    """The lines of each page."""
    return [page.get_textpage().get_text_range().split("\r\n") for page in opened(data)]


def texts(data: bytes) -> list[str]:
    return [line for lines in pages(data) for line in lines]


def bookmarks(data: bytes) -> Iterator[tuple[int, str, int]]:
    for mark in opened(data).get_toc():
        yield mark.level, mark.get_title(), mark.get_dest().get_index()


def language(data: bytes) -> str:
    document = opened(data)
    raw = pypdfium2.raw
    length = raw.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def test_the_same_paper_and_gazette_give_the_same_bytes() -> None:
    assert write_pdf(NOTICE) == write_pdf(replace(NOTICE))
    assert write_gazette_pdf(GAZETTE) == write_gazette_pdf(replace(GAZETTE))


def test_all_that_was_given_is_on_the_pages() -> None:
    shown = "".join("".join(texts(write_pdf(NOTICE))).split())
    for text in (
        *("QH-2025-0012", "综合政务", NOTICE.title, NOTICE.number, "现将工作要点印发给你们。"),
        *("一、总体要求", "（一）基本原则", "1.依法", "○及时", "2.准确", "1.另起"),
        *("图1流程", "青禾县人民政府办公室2025年3月7日", NOTICE.source),
    ):
        assert text in shown


def test_title_issuer_day_and_language_are_told_to_programs() -> None:
    data = write_pdf(NOTICE)
    told = opened(data).get_metadata_dict()
    assert (told["Title"], told["Author"]) == (NOTICE.title, NOTICE.issuer)
    assert told["CreationDate"].startswith("D:20250307")
    assert language(data) == "zh-CN"


def test_readers_for_the_blind_are_promised_what_the_document_can_keep() -> None:
    jumping = replace(NOTICE, blocks=(Heading(3, "1."), *NOTICE.blocks))
    promised = b"pdfuaid:part"
    assert promised in write_pdf(NOTICE) and promised in write_gazette_pdf(GAZETTE)
    assert promised not in write_pdf(jumping)
    assert "1." in texts(write_pdf(jumping))


def test_the_mark_and_the_page_number_are_on_every_page() -> None:
    long = replace(NOTICE, blocks=(PageBreak(), *NOTICE.blocks, PageBreak(), *NOTICE.blocks))
    found = pages(write_pdf(long))
    assert len(found) > 2
    assert [lines[0] for lines in found] == ["已废止"] * len(found)
    assert [lines[-1] for lines in found] == [f"— {number} —" for number in range(1, len(found) + 1)]


def test_those_addressed_stand_at_the_margin_and_the_text_is_indented_by_two_characters() -> None:
    page = opened(write_pdf(NOTICE))[0].get_textpage()
    text = page.get_text_range()
    addressed, indented = (page.get_charbox(text.index(word))[0] for word in ("各乡镇", "现将"))
    assert indented - addressed == pytest.approx(32, abs=1.5)


def test_bookmarks_lead_to_the_title_and_the_headings() -> None:
    assert list(bookmarks(write_pdf(NOTICE))) == [
        (0, NOTICE.title, 0),
        (1, "一、总体要求", 0),
        (2, "（一）基本原则", 0),
    ]


def test_a_gazette_has_a_cover_and_contents_whose_page_numbers_are_right() -> None:
    cover, contents, *found = pages(write_gazette_pdf(GAZETTE))
    assert cover == ["青禾县人民政府公报", "2025年第3期", "青禾县人民政府办公室", "2025年3月31日"]
    assert contents[0].split() == ["目", "录"]
    listed = {line.split(" .")[0]: int(line.rsplit(maxsplit=1)[-1]) for line in contents if " ." in line}
    for title in ("县政府文件", "青禾县人民政府关于废止部分文件的决定", "办公室文件"):
        assert title in "".join(found[listed[title] - 1])
    numbers = [lines[-1] for lines in found]
    assert numbers == [f"— {number} —" for number in range(1, len(found) + 1)]


def test_the_cover_of_a_gazette_counts_its_issues_from_the_first_on() -> None:
    cover = pages(write_gazette_pdf(replace(GAZETTE, serial=31)))[0]
    assert cover[1:3] == ["2025年第3期", "（总第31期）"]


def test_a_gazette_says_its_issue_on_each_page_and_marks_only_what_is_repealed() -> None:
    found = pages(write_gazette_pdf(GAZETTE))[2:]
    heads = [lines[0] for lines in found]
    assert all(head.startswith("青禾县人民政府公报 2025年第3期") for head in heads)
    marked = [number for number, head in enumerate(heads) if head.endswith("已废止")]
    titled = next(number for number, lines in enumerate(found) if NOTICE.number in lines)
    assert marked and marked[0] == titled and len(marked) < len(found)


def test_the_bookmarks_of_a_gazette_follow_its_sections() -> None:
    found = [(level, title) for level, title, _ in bookmarks(write_gazette_pdf(GAZETTE)) if level < 2]
    assert found == [
        (0, "县政府文件"),
        (1, DECISION.title),
        (0, "办公室文件"),
        (1, NOTICE.title),
        (1, DECISION.title),
    ]


def test_a_gazette_without_sections_lists_its_papers() -> None:
    flat = replace(GAZETTE, papers=(DECISION, NOTICE), sections=())
    assert [title for level, title, _ in bookmarks(write_gazette_pdf(flat)) if level == 0] == [
        DECISION.title,
        NOTICE.title,
    ]


def test_hostile_text_is_shown_as_it_was_given() -> None:
    table = Table((row(*HOSTILE[:3]), row(*HOSTILE[3:6])))
    paper = Paper(title="试", blocks=(*(Paragraph(plain(text)) for text in HOSTILE), table))
    shown = texts(write_pdf(paper))
    assert shown[1 : 1 + len(HOSTILE)] == list(HOSTILE)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_field_of_a_paper_or_gazette_is_run(text: str) -> None:
    paper = Paper(
        title=text,
        issuer=text,
        number=text,
        facts=((text, text),),
        mark=text,
        source=text,
        blocks=(
            Heading(1, text),
            ListBlock(True, ((Paragraph(((text, True),)),),)),
            Picture(png(9, 9), text, text),
            Picture(b"", text),
        ),
    )
    issue = replace(
        GAZETTE, title=text, publisher=text, sections=(GazetteSection(title=text, papers=(paper,)),)
    )
    assert "".join(texts(write_pdf(paper))).count(text) >= 10
    assert "".join(pages(write_gazette_pdf(issue))[0]).startswith(text)


def test_what_cannot_be_printed_is_left_out() -> None:
    paper = Paper(title=CONTROLS, mark=CONTROLS, blocks=(Paragraph(plain(CONTROLS)),))
    assert texts(write_pdf(paper)) == ["前后", "前后", "前后", "— 1 —"]


def test_long_words_break_and_copy_as_they_are() -> None:
    number = "1234567890" * 30
    paper = Paper(title="试", blocks=(Paragraph(plain(number)), Table((row(number, "一"),))))
    shown = texts(write_pdf(paper))
    assert "".join(shown).count(number) == 2
    assert max(map(len, shown)) < 100


def test_words_too_long_for_their_column_break_in_it() -> None:
    table = Table((row(*["1234567890" * 3] * 6),))
    page = opened(write_pdf(Paper(title="试", blocks=(table,))))[0].get_textpage()
    edges = [page.get_charbox(index)[2] for index in range(page.count_chars())]
    margin = (210 - 26) / 25.4 * 72
    assert max(edges) < margin


def test_an_empty_paper_is_a_page_with_its_title() -> None:
    empty = (Table(()), Table(((),)), ListBlock(False, ()), ListBlock(True, ((),)))
    assert texts(write_pdf(Paper(title="空文件", blocks=empty)))[0] == "空文件"


def test_a_very_long_title_is_whole() -> None:
    shown = "".join(texts(write_pdf(Paper(title="关于某事的通知" * 60))))
    assert shown == "关于某事的通知" * 60 + "— 1 —"


def test_a_table_over_many_pages_says_its_head_on_each() -> None:
    rows = tuple(row(str(number), f"事项{number}") for number in range(2000))
    found = pages(write_pdf(Paper(title="登记簿", blocks=(Table((row("序号", "名称"), *rows), 1),))))
    assert all("序号 名称" in lines for lines in found)
    shown = [word for lines in found for word in " ".join(lines).split() if word.startswith("事项")]
    assert shown == [f"事项{number}" for number in range(2000)]


def test_spans_may_reach_beyond_the_table_and_lists_hold_tables() -> None:
    wide = Table(((Cell(plain("甲"), 63, 65_534), Cell(plain("乙"))), row("丙")), 1)
    nested = ListBlock(True, ((Paragraph(plain("丁")), wide),))
    shown = "".join(texts(write_pdf(Paper(title="试", blocks=(wide, nested)))))
    assert [shown.count(text) for text in "甲乙丙丁"] == [2, 2, 2, 1]


def test_a_damaged_picture_gives_way_to_its_text_and_the_others_stay() -> None:
    damaged = Picture(png(300, 200)[:60], "坏图说明")
    sound = Picture(png(300, 200), "好图说明", "图2")
    document = opened(write_pdf(Paper(title="图", blocks=(damaged, sound))))
    assert "坏图说明" in document[0].get_textpage().get_text_range()
    drawn = [item for item in document[0].get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert len(drawn) == 1


def test_the_disk_cannot_be_read() -> None:
    sources = {"main.typ": b'#read("/etc/hostname")'}
    with pytest.raises(PaperError, match="无法排成 PDF"):
        pdf._compiled(sources, {})


def test_without_a_chinese_face_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_FACES", {"text": ("No Such Face",)})
    pdf._fonts.cache_clear()
    with pytest.raises(PaperError, match="中文字体"):
        write_pdf(NOTICE)
    monkeypatch.undo()
    assert write_pdf(NOTICE)


def test_without_typst_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    pdf._fonts.cache_clear()
    with pytest.raises(PaperError, match="没有安装 typst"):
        write_pdf(NOTICE)
