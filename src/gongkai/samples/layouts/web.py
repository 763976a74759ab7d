"""Web pages: clean, as a portal dresses them, cut in two, laid out by tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from random import Random

from gongkai.report.writing.boxes import Box, BoxTable
from gongkai.samples.cutting import Rest, cut
from gongkai.samples.sheets import Line, Sheet

Dress = Callable[[str], str]


def _page(sheet: Sheet, body: str, charset: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}">'
        f"<title>{escape(sheet.title)}</title></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _rows(rows: Sequence[Sequence[Box]], dress: Dress) -> str:
    shown = []
    for row in rows:
        cells = []
        for box in row:
            span = f' colspan="{box.across}"' if box.across > 1 else ""
            span += f' rowspan="{box.down}"' if box.down > 1 else ""
            cells.append(f'<td{span} style="width:40px;">{dress(box.text)}</td>')
        shown.append(f"<tr>{''.join(cells)}</tr>")
    return "\n".join(shown)


def _table(table: BoxTable, dress: Dress) -> str:
    return f'<table border="1" cellspacing="0"><tbody>\n{_rows(table.rows, dress)}\n</tbody></table>'


def clean(sheet: Sheet) -> str:
    """A plain page: paragraphs and tables with their spans, non-breaking spaces for blanks."""

    def dress(text: str) -> str:
        return f'<p align="center">{escape(text) or "&nbsp;"}</p>'

    parts = [
        f"<p style='text-align: center;'>{escape(sheet.title)}</p>",
        f"<p>发布日期：{sheet.published}</p>",
    ]
    parts += [
        f"<p>{escape(block.text)}</p>" if isinstance(block, Line) else _table(block, dress)
        for block in sheet.blocks
    ]
    return _page(sheet, "\n".join(parts), "utf-8")


def portal(sheet: Sheet) -> bytes:
    """A portal's page in GBK: menus, a table of metadata, text split over spans, Word's blanks."""
    rng = sheet.rng

    def dress(text: str) -> str:
        shown = _spans(text, rng) if text else ""
        return f'<p class="MsoNormal"><span>{shown}</span><span><o:p>&nbsp;</o:p></span></p>'

    parts = [_CHROME_TOP, _metadata(sheet), f'<h1 class="article-title">{escape(sheet.title)}</h1>', "<div>"]
    for block in sheet.blocks:
        if isinstance(block, Line):
            parts.append(f'<p style="text-indent:2em">{_spans(block.text, rng)}<span><o:p></o:p></span></p>')
        else:
            parts.append(f"<div>{_table(block, dress)}</div>")
    page = _page(sheet, "\n".join([*parts, "</div>", _CHROME_END]), "gbk")
    return page.encode("gb18030")


_CHROME_TOP = """<script>var site = {"columns": ["首页", "公开", "服务"], "total": 3};</script>
<div class="nav"><ul><li><a href="#">首页</a></li><li><a href="#">政府信息公开年报</a></li>
<li><a href="#">依申请公开</a></li></ul></div>
<div class="crumb">当前位置：首页 &gt; 政府信息公开 &gt; 年报 &gt; 正文</div>"""
_CHROME_END = """<div class="share">打印 关闭 分享到</div>
<ul class="more"><li>2021年政府信息公开工作年度报告</li><li>2020年政府信息公开工作年度报告</li></ul>
<div class="foot">主办单位 网站标识码 0000000000 访问量 123456</div>"""


def _metadata(sheet: Sheet) -> str:
    rows = (
        ("名称", sheet.title, "索引号", "000014349/2024-00021"),
        ("发布机构", sheet.report.agency or "", "公开日期", sheet.published),
        ("文号", "", "关键词", "年度报告"),
    )
    cells = ("".join(f'<td class="c">{escape(text)}</td>' for text in row) for row in rows)
    return (
        f'<table class="table_content"><tbody>{"".join(f"<tr>{row}</tr>" for row in cells)}</tbody></table>'
    )


def _spans(text: str, rng: Random) -> str:
    """Return text cut into spans at any place, numbers included, as Word's HTML is."""
    cuts = (
        sorted(rng.sample(range(1, len(text)), min(len(text) - 1, max(1, len(text) // 12))))
        if len(text) > 3
        else []
    )
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return "".join(f'<span><font face="方正仿宋_GBK">{escape(piece)}</font></span>' for piece in pieces)


def out_of_word(sheet: Sheet) -> bytes:
    """A page saved from Word in GB2312: spans doubled, a last row that only holds widths, &nbsp; blanks."""

    def dress(text: str) -> str:
        return f"<p class=MsoNormal><span lang=EN-US>{escape(text) or '&nbsp;'}<o:p></o:p></span></p>"

    parts = [f"<p class=MsoTitle><b>{escape(sheet.title)}</b></p>", f"<p>发布日期：{sheet.published}</p>"]
    for block in sheet.blocks:
        if isinstance(block, Line):
            parts.append(f"<p class=MsoNormal><span style='font-size:16.0pt'>{escape(block.text)}</span></p>")
            continue
        doubled = [[replace(box, across=box.across * 2) for box in row] for row in block.rows]
        widths = "".join("<td width=30 style='border:none'></td>" for _ in range(2 * len(block.widths)))
        hidden = f"<![if !supportMisalignedColumns]><tr height=0>{widths}</tr><![endif]>"
        parts.append(f"<table class=MsoNormalTable border=1>{_rows(doubled, dress)}{hidden}</table>")
    return _page(sheet, "\n".join(parts), "gb2312").encode("gb18030")


def cut_in_two(sheet: Sheet) -> str:
    """A page whose tables stand in a layout table, Table 3 cut in two where the paper ended."""
    parts = [f"<p>{escape(sheet.title)}</p><p>发布日期：{sheet.published}</p>"]
    for block in sheet.blocks:
        if isinstance(block, Line):
            parts.append(f"<p>{escape(block.text)}</p>")
        elif block.number == 3:
            parts.append(_halves(block, sheet.rng))
        else:
            parts.append(_table(block, _plain))
    body = "\n".join(parts)
    side = '<td width="180">公开目录<br>公开指南</td>'
    layout = f'<table width="100%"><tr>{side}<td><div>{body}</div></td></tr></table>'
    return _page(sheet, layout, "utf-8")


def _plain(text: str) -> str:
    return escape(text)


def _halves(table: BoxTable, rng: Random) -> str:
    """Return the table as two tables, the merged labels cut where it is cut."""
    at, rest, head = rng.randint(8, 22), rng.choice(tuple(Rest)), rng.choice((0, 3))
    return "\n<p>— 3 —</p>\n".join(
        _table(half, _plain) for half in cut(table, at, rest=rest, repeat_head=head)
    )
