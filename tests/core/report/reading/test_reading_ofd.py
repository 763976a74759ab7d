"""OFD packages: what their pages draw, how their parts are found."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from ofd_papers import FILLER, SPACE, packed, page, parts, path, read, text

from gongkai.report.numerals import Illegible
from gongkai.report.reading import read_bytes
from gongkai.report.reading.blocks import Document, Grid, Paragraph
from gongkai.report.reading.errors import Unreadable
from gongkai.report.reading.formats.sniff import Format, sniff
from gongkai.report.reading.ofd.pages import read_ofd
from gongkai.report.schema import APPLICANTS, CellId
from gongkai.samples import BODIES, make_report, render


def lines(document: Document) -> list[str]:
    return [b.text for b in document.blocks if isinstance(b, Paragraph) and b.text != FILLER]


def grids(document: Document) -> list[list[list[str]]]:
    return [block.rows for block in document.blocks if isinstance(block, Grid)]


def words(rows: list[list[str]], left: float = 20.0, top: float = 30.0) -> list[str]:
    return [
        text(cell, left + 30 * c + 4, top + 10 * r + 2)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    ]


ROWS = [["事项", "自然人", "总计"], ["新收", "12", "12"], ["结转", "3", "3"]]
RULED = "".join(f"M 20 {30 + 10 * n} L 110 {30 + 10 * n} " for n in range(4)) + "".join(
    f"M {20 + 30 * n} 30 L {20 + 30 * n} 60 " for n in range(4)
)


# Text


@pytest.mark.parametrize(
    ("words", "code", "shown"),
    [
        ("政府信息", 'DeltaX="g 3 4"', "政府信息"),
        ("政府信息", 'DeltaX="4 4 4"', "政府信息"),
        ("政府信息", 'DeltaX="4"', "政府信息"),
        ("政府信息", "", "政府信息"),
        ("甲乙", 'DeltaX="40"', "甲\t乙"),
        ("1204", 'DeltaX="g 2 2 2"', "1204"),
        ("共12件", 'DeltaX="4 g 2 2"', "共12件"),
        ("政府", 'DeltaX="g 99999999 4"', "政府"),
        ("政府", 'DeltaX="四"', "政府"),
    ],
)
def test_steps_place_the_characters_of_a_text_code(words: str, code: str, shown: str) -> None:
    assert lines(read(text(words, 20, 30, code=code))) == [shown]


def test_several_codes_of_an_object_go_on_where_they_say() -> None:
    codes = '<ofd:TextCode X="0" Y="4">收到申请</ofd:TextCode><ofd:TextCode X="16">12件</ofd:TextCode>'
    document = read(f'<ofd:TextObject ID="2" Boundary="20 30 60 6" Size="4">{codes}</ofd:TextObject>')
    assert lines(document) == ["收到申请12件"]


def test_matrix_scales_and_moves_the_text_inside_its_boundary() -> None:
    """A converter's objects: type in points, brought to millimetres by the matrix of each object."""
    objects = [
        text("收到申请", 20, 30, 12, 'CTM="0.3528 0 0 0.3528 0 -1"'),
        text("12件", 20 + 12 * 4 * 0.3528, 30, 12, 'CTM="0.3528 0 0 0.3528 0 -1"'),
    ]
    assert lines(read(*objects)) == ["收到申请12件"]


def test_characters_set_down_the_page_stay_in_order() -> None:
    document = read(text("办理结果", 20, 30, code='DeltaY="g 3 5"'))
    assert lines(document) == ["办", "理", "结", "果"]


@pytest.mark.parametrize("attributes", ['Visible="false"', 'Alpha="0"', 'Fill="false"', 'Size="0"'])
def test_text_that_is_not_drawn_is_not_read(attributes: str) -> None:
    if "Size" in attributes:
        assert lines(read(text("看不见", 20, 30, 0))) == []
    else:
        assert lines(read(text("看不见", 20, 30, 4, attributes))) == []


def test_watermark_at_a_slant_is_left_out() -> None:
    watermark = text("内部资料请勿外传", 60, 100, 12, 'CTM="0.7071 -0.7071 0.7071 0.7071 0 0"')
    assert lines(read(text("正文一行。", 20, 30), watermark)) == ["正文一行。"]


# Tables


@pytest.mark.parametrize("how", ["strokes", "boxes", "closed", "bare"])
def test_every_way_of_ruling_gives_the_grid(how: str) -> None:
    drawn = {
        "strokes": [path(RULED)],
        "boxes": [
            *(
                path("M 0 0 L 90 0 90 .2 0 .2 C", 20, 30 + 10 * n, 'Fill="true" Stroke="false"')
                for n in range(4)
            ),
            *(
                path("M 0 0 L .2 0 .2 30 0 30 C", 20 + 30 * n, 30, 'Fill="true" Stroke="false"')
                for n in range(4)
            ),
        ],
        "closed": [
            path("M 0 0 L 30 0 L 30 10 L 0 10 C", 20 + 30 * c, 30 + 10 * r)
            for r in range(3)
            for c in range(3)
        ],
        "bare": [path(RULED.replace("M", "S"), attributes='LineWidth="0.3"')],
    }[how]
    assert grids(read(*drawn, *words(ROWS))) == [ROWS]


def test_missing_rule_merges_cells_and_curves_are_no_rules() -> None:
    merged = RULED.replace("M 50 30 L 50 60", "M 50 40 L 50 60")
    curves = "M 20 32 Q 60 32 110 32 M 20 44 B 40 44 60 44 110 44 M 22 30 A 5 5 0 0 1 22 60"
    rows = [["事项", "", "总计"], *ROWS[1:]]
    (grid,) = [b for b in read(path(merged), path(curves), *words(rows)).blocks if isinstance(b, Grid)]
    assert grid.rows[0] == ["事项", "事项", "总计"]
    assert grid.origin[0][1] == (0, 0)


def test_white_and_invisible_rules_are_none() -> None:
    white = path(RULED).replace("<ofd:Abb", '<ofd:StrokeColor Value="255 255 255"/><ofd:Abb')
    for drawn in (white, path(RULED, attributes='Visible="false"'), path(RULED, attributes='Stroke="false"')):
        assert all(grid != ROWS for grid in grids(read(drawn, *words(ROWS))))


def test_turned_page_is_read_upright() -> None:
    """A broad table on a high page: each object turned by a quarter, clockwise or against it."""
    for matrix, at in (
        ("0 1 -1 0 0 0", lambda x, y: (210 - y, x)),
        ("0 -1 1 0 0 0", lambda x, y: (y, 297 - x)),
    ):
        objects = []
        for r, row in enumerate(ROWS):
            for c, cell in enumerate(row):
                x, y = at(24 + 30 * c, 36 + 10 * r)
                objects.append(
                    f'<ofd:TextObject Boundary="{x} {y} 6 30" Size="4" CTM="{matrix}">'
                    f'<ofd:TextCode X="0" Y="0">{cell}</ofd:TextCode></ofd:TextObject>'
                )
        for n in range(4):
            (ax, ay), (bx, by) = at(20, 30 + 10 * n), at(110, 30 + 10 * n)
            (cx, cy), (dx, dy) = at(20 + 30 * n, 30), at(20 + 30 * n, 60)
            objects.append(path(f"M {ax} {ay} L {bx} {by} M {cx} {cy} L {dx} {dy}"))
        document = read_ofd(packed(parts(page(*objects), page(text(FILLER, 20, 30)))))
        assert grids(document) == [ROWS]


def test_cells_know_where_they_stand_on_the_page() -> None:
    (found,) = [block for block in read(path(RULED), *words(ROWS)).blocks if isinstance(block, Grid)]
    box = found.boxes[1][2]
    assert found.page == 1
    assert [box.left * 210, box.top * 297, box.right * 210, box.bottom * 297] == pytest.approx(
        [80, 40, 110, 50], abs=0.5
    )


# Pages and their parts


def test_template_and_composite_objects_belong_to_the_page() -> None:
    common = '<ofd:TemplatePage ID="50" BaseLoc="Tpl.xml"/><ofd:DocumentRes>Res.xml</ofd:DocumentRes>'
    held = f"<ofd:Content>{''.join(words(ROWS, 0, 0))}</ofd:Content>"
    unit = f'<ofd:CompositeGraphicUnit ID="7">{held}</ofd:CompositeGraphicUnit>'
    drawn = page(
        '<ofd:PageBlock><ofd:CompositeObject Boundary="20 30 90 30" ResourceID="7"/></ofd:PageBlock>',
        text(FILLER, 20, 260),
        before='<ofd:Template TemplateID="50"/>',
    )
    whole = parts(drawn, common=common)
    whole["Doc_0/Tpl.xml"] = page(path(RULED))
    whole["Doc_0/Res.xml"] = f"<ofd:Res {SPACE}>{unit}</ofd:Res>"
    assert grids(read_ofd(packed(whole))) == [ROWS]


def test_page_of_its_own_size_and_corner() -> None:
    area = "<ofd:Area><ofd:PhysicalBox>100 50 297 210</ofd:PhysicalBox></ofd:Area>"
    moved = [path(RULED, 100, 50), *words(ROWS, 120, 80), text(FILLER, 120, 200)]
    document = read_ofd(packed(parts(page(*moved, before=area))))
    assert grids(document) == [ROWS]
    assert lines(read_ofd(packed(parts(page(*moved))))) != []


@pytest.mark.parametrize(
    ("root", "document", "base"),
    [
        ("/Doc_0/Document.xml", "Doc_0/Document.xml", "/Doc_0/Pages/P0.xml"),
        ("Doc_0\\Document.xml", "Doc_0/Document.xml", "Pages\\P0.xml"),
        ("doc_0/DOCUMENT.xml", "Doc_0/Document.xml", "pages/p0.XML"),
        ("./Doc_0/Document.xml", "Doc_0/Document.xml", "./Pages/P0.xml"),
        ("Doc_0/Document.xml", "Doc_0\\Document.xml", "Doc_0/Pages/P0.xml"),
        ("Document.xml", "Doc_0/Document.xml", "P0.xml"),
    ],
)
def test_parts_are_found_however_their_paths_are_written(root: str, document: str, base: str) -> None:
    whole = parts(page(text(FILLER, 20, 30)))
    entry = str(whole["OFD.xml"]).replace("Doc_0/Document.xml", root)
    main = str(whole.pop("Doc_0/Document.xml")).replace("Pages/P0.xml", base)
    found = read_ofd(packed(whole | {"OFD.xml": entry, document: main}))
    assert [b.text for b in found.blocks if isinstance(b, Paragraph)] == [FILLER]


def test_package_inside_a_folder_is_known_and_read() -> None:
    data = packed({f"报告/{name}": part for name, part in parts(page(text(FILLER, 20, 30))).items()})
    assert sniff(data) is Format.OFD
    assert [b.text for b in read_ofd(data).blocks if isinstance(b, Paragraph)] == [FILLER]


def test_documents_of_one_package_follow_each_other() -> None:
    whole = parts(page(text(FILLER, 20, 30)))
    second = parts(page(text("第二份文件的正文。", 60, 30)))
    whole |= {name.replace("Doc_0", "Doc_1"): part for name, part in second.items() if name != "OFD.xml"}
    body = "<ofd:DocBody><ofd:DocRoot>Doc_{}/Document.xml</ofd:DocRoot></ofd:DocBody>"
    whole["OFD.xml"] = f"<ofd:OFD {SPACE}>{body.format(0)}{body.format(1)}</ofd:OFD>"
    document = read_ofd(packed(whole))
    assert [(b.text, b.page) for b in document.blocks if isinstance(b, Paragraph)] == [
        (FILLER, 1),
        ("第二份文件的正文。", 2),
    ]


def test_missing_page_is_noted() -> None:
    whole = parts(page(text(FILLER, 20, 30)), page(text("第二页", 20, 30)))
    del whole["Doc_0/Pages/P1.xml"]
    assert read_ofd(packed(whole)).notes == ["第 2 页的内容在文件里缺失，没有读取。"]


def test_page_that_is_a_picture_is_noted_and_a_file_of_pictures_refused() -> None:
    picture = page('<ofd:ImageObject ID="9" CTM="210 0 0 297 0 0" Boundary="0 0 210 297" ResourceID="8"/>')
    document = read_ofd(packed(parts(page(text(FILLER, 20, 30)), picture)))
    assert document.notes == ["第 2 页是图片，其中的文字没有读取，请对照原文件。"]
    with pytest.raises(Unreadable, match="只有图片"):
        read_ofd(packed(parts(picture)))


# What cannot be read is said to be so


@pytest.mark.parametrize("sign", ["\ue012\ue013", "&#x01;2", "\ufffd\ufffd"])
def test_figures_that_only_their_font_knows_are_illegible(sign: str) -> None:
    rendered = render(make_report(3, BODIES[3].name, 2024), "ofd_ruled", 2)
    with zipfile.ZipFile(io.BytesIO(rendered.data)) as archive:
        whole = {name: archive.read(name).decode() for name in archive.namelist()}
    figure = re.compile(r"(本年新收.{,20}</ofd:TextCode>.*?>)[\d,０-９]+(</ofd:TextCode>)")
    spoiled = {name: figure.sub(rf"\g<1>{sign}\2", part, count=1) for name, part in whole.items()}
    assert spoiled != whole
    reading = read_bytes(packed(spoiled), "报告.ofd")
    assert isinstance(reading.report.value(CellId(3, "new", APPLICANTS[0].code)), Illegible)
    assert any("没有编码" in note for note in reading.notes)


def test_encrypted_package_is_refused_by_name() -> None:
    locked = parts(page(text(FILLER, 20, 30))) | {
        "Encryptions.xml": "<x/>",
        "Doc_0/Document.xml": b"\x8f\x01",
    }
    with pytest.raises(Unreadable, match="加密"):
        read_ofd(packed(locked))
