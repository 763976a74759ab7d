"""Web pages of unreasonable depth, width and spelling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

_LABEL = "一、本年新收政府信息公开申请数量"


def _page(inside: str, *, codec: str = "utf-8") -> bytes:
    return f"<html><body>{inside}</body></html>".encode(codec, "replace")


def _times(piece: str, times: int, before: str = "", after: str = "") -> bytes:
    return _page(before + piece * times + after)


def _doubling(levels: int, size: int) -> bytes:
    """Tables in tables, each with as many cells of its own as all those inside it."""
    inner, cells = "字" * size, 2
    for _ in range(levels):
        own = "<td>1</td>" * cells
        inner = f"<table><tr><td>{inner}</td>{own}</tr><tr>{own}<td>2</td></tr></table>"
        cells *= 2
    return _page(inner)


def _table(rows: str) -> bytes:
    return _page(f"<table>{rows}</table>")


def _stairs(count: int) -> bytes:
    """Cells that each reach further right and down than the one before."""
    return _table(
        "".join(f'<tr><td colspan="{i % 64 + 1}" rowspan="{i % 500 + 1}">{i}' * 3 for i in range(count))
    )


FILES: Mapping[str, Callable[[], bytes]] = {
    **{
        f"100,000 {tag} deep": partial(_times, f"<{tag}>", 100_000)
        for tag in (
            "div",
            "table",
            "b",
            "a",
            "ul",
            "font",
            "template",
            "svg",
            "select",
            "frameset",
            "h1",
            "ruby",
        )
    },
    **{
        f"3,900 {tag} deep": partial(_times, f"<{tag}>", 3_900)
        for tag in ("div", "li", "table><tr><td", "object")
    },
    "formatting never closed": partial(_times, "<b><i><u><p>", 4_000),
    "formatting closed in the wrong order": partial(_times, "<b><i></b></i><p>", 4_000),
    "only opening brackets": partial(_times, "<", 3_000_000),
    "only ends of tags": partial(_times, "</p>", 290_000),
    "290,000 empty paragraphs": partial(_times, "<p>", 290_000),
    "an attribute of 9 MB": partial(_times, "x", 9_000_000, '<p class="', '">1</p>'),
    "20,000 attributes": lambda: _page("<p " + " ".join(f"a{i}=1" for i in range(20_000)) + ">1</p>"),
    "an attribute never closed": partial(_times, "<td>1", 50_000, '<p class="'),
    "a comment never closed": partial(_times, "<td>1", 50_000, "<!--"),
    "many comments": partial(_times, "<!-- -->", 100_000),
    "a script never closed": partial(_times, "<td>1", 50_000, "<script>"),
    "a title of 5 MB": partial(_times, "题", 1_600_000, "</body><title>", "</title>"),
    "an opening comment 100,000 times": lambda: b"<!--" * 100_000 + b"<html>",
    "10,000 columns": lambda: _table("<tr>" + "<td>1" * 10_000),
    "100,000 columns in spans": lambda: _table(("<tr>" + '<td colspan="1000">1' * 100) * 20),
    "spans of a thousand million": lambda: _table(
        '<tr><td colspan="999999999" rowspan="999999999">1<td>2' * 5_000
    ),
    "spans that are no numbers": lambda: _table(
        '<tr><td colspan="-1" rowspan="∞">1<td colspan="0x10">2' * 5_000
    ),
    "spans like stairs": partial(_stairs, 3_000),
    "50,000 rows": lambda: _table("<tr><td>1<td>2" * 50_000),
    "50,000 rows of labels": lambda: _table(f"<tr><td>{_LABEL}<td>2" * 50_000),
    "20,000 tables": partial(_times, "<table><tr><td>1<td>2</table>", 20_000),
    "cells outside tables": partial(_times, "<td>1<tr>", 100_000),
    "captions in captions": partial(_times, "<table><caption>", 1_900),
    "tables in tables, each as large as all inside": partial(_doubling, 10, 1_000_000),
    "many tables in tables": partial(_doubling, 13, 10),
    "malformed entities": partial(_times, "&#xFFFFFFFFFF;&#0;&;&amp&notit;&#55296;&#-1;", 50_000),
    "nothing but entities": partial(_times, "&lt;", 500_000),
    "NULs between all characters": lambda: _page("<table><tr><td>1</table>" * 1_000).replace(b"t", b"t\0"),
    "sup in sup": partial(_times, "<sup>", 3_900),
    "a line of 6 MB": partial(_times, "一", 2_000_000),
    "6 MB of spaces": partial(_times, " ", 6_000_000, "<pre>"),
    "6 MB of line ends": partial(_times, "\n", 6_000_000, "<p>一"),
    "alternating blanks and characters": partial(_times, "一 \n ", 500_000, "<p>"),
    "6 MB of no-break spaces": partial(_times, "&nbsp;", 1_000_000, "<p>"),
    "a false charset": lambda: b'<html><meta charset="utf-7">' + "+ADw-script+AD4-<p>正文".encode() * 100,
    "another false charset": lambda: b'<html><meta charset="idna">' + bytes(range(256)) * 100,
    "100 html tags": partial(_times, "<html><body><head>", 100),
    "plaintext": partial(_times, "<plaintext>", 50_000),
    "foreign and own tags mixed": partial(_times, "<svg><p><math><table><mi>", 800),
    "a style that hides at length": lambda: _page(f'<p style="{"display:" * 200_000}none">1'),
    "half a style many times": partial(_times, "<p style='display : '>1", 40_000, "<p style='display:none'>"),
    "a base of data": lambda: _page('<base href="data:,x"><iframe src="file:///etc/passwd">' * 1_000),
    "a meta title of 5 MB": lambda: (
        f'<html><meta name="ArticleTitle" content="{"题" * 1_600_000}"><p>1'.encode()
    ),
}
