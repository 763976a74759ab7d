"""Text and JSON: huge, repetitive, or lying about what it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from gongkai.report.codec import dump
from gongkai.samples import make_report

_LABEL = "一、本年新收政府信息公开申请数量"
_ROWS = "一、本年新收\n二、上年结转\n（一）予以公开\n（二）部分公开\n（七）总计\n四、结转下年度\n"
_TITLE = "霁川县人民政府2023年政府信息公开工作年度报告"
_REMEDIES = "结果维持 结果纠正 其他结果 尚未审结 总计 "
# Pieces that a pattern of ours may look at again and again, and how often they stand in a file.
_REPEATED: Mapping[str, tuple[str, int]] = {
    "spaces": (" ", 3_000_000),
    "spaces and a digit": (" " * 50 + "1", 50_000),
    "tabs": ("\t", 2_000_000),
    "tabs and line ends": ("\t\n", 1_000_000),
    "line ends": ("一\n", 1_000_000),
    "digits": ("1", 3_000_000),
    "digits and commas": ("1,", 1_000_000),
    "digits and points": ("1.", 1_000_000),
    "digits and spaces": ("1 ", 1_000_000),
    "zeros": ("0", 1_000_000),
    "dashes": ("-", 1_000_000),
    "dashes and pipes": ("-|", 1_000_000),
    "pipes": ("|", 1_000_000),
    "pipe rows": ("|1|2|\n", 200_000),
    "rules of pipe tables": ("|---|\n", 200_000),
    "brackets": ("（", 1_000_000),
    "ordinals": ("（一）", 100_000),
    "ordinals of sections": ("一、", 300_000),
    "ordinals with spaces": ("一 、 ", 200_000),
    "headings": ("一、总体情况\n", 50_000),
    "loose headings": ("三、收到政府信息情况\n", 30_000),
    "headings on one line": ("一、总体情况", 50_000),
    "titles": (_TITLE + "\n", 20_000),
    "titles on one line": (_TITLE, 20_000),
    "half a title": ("信息公开2023年", 60_000),
    "years": ("2023年", 300_000),
    "periods": ("2023年1月1日", 100_000),
    "days of publication": ("发布日期：20", 200_000),
    "false days of publication": ("发布日期：2023-99-99\n", 50_000),
    "labels without values": (_LABEL, 60_000),
    "labels with one value": (_LABEL + " 1\n", 50_000),
    "first characters of labels": ("本年上年予以公开（", 100_000),
    "all rows again and again": (_ROWS, 10_000),
    "all rows with too many numbers": (_ROWS.replace("\n", " 1 2 3 4 5 6 7 8 9\n"), 3_000),
    "all rows with fused numbers": (_ROWS.replace("\n", "123456789012345678901234567890\n"), 500),
    "heads of the fourth table": (_REMEDIES, 30_000),
    "heads of the fourth table and numbers": (_REMEDIES * 3 + "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n", 3_000),
    "increases and decreases": ("增1减1 ", 200_000),
    "half amounts": ("1(其中", 200_000),
    "page numbers": ("- 1 -\n", 200_000),
    "form feeds": ("\f", 500_000),
    "form feeds and numbers": ("12\f", 200_000),
    "bookmarks never closed": ("[bookmark:", 200_000),
    "escapes": ("\\*", 500_000),
    "entities": ("&amp;|", 200_000),
    "tables never closed": ("<table><tr><td>1", 50_000),
    "ends of tables": ("</table>", 50_000),
    "tables in text": ("<table><tr><td>1</td></tr></table>\n一\n", 5_000),
    "list items": ("1.一\n", 100_000),
    "contacts": ("与", 500_000),
    "contacts never given": ("向一二三四", 200_000),
    "navigation": ("当前位置", 200_000),
    "attachments": ("附件：一\n", 100_000),
    "mixed line ends": ("一\r\n\r\r\n", 300_000),
    "radicals": ("⼈⼀", 300_000),
    "zero-width marks": ("\u200b", 500_000),
    "right-to-left marks": ("\u202e1\u202c", 200_000),
    "astral characters": ("😀", 300_000),
    "combining marks": ("e\u0301" * 10, 50_000),
    "wide digits": ("１２　", 200_000),
    "Chinese numbers": ("万亿", 200_000),
}


def _repeated(piece: str, times: int) -> bytes:
    return (_TITLE + "\n" + piece * times).encode()


def _fused(digits: int) -> bytes:
    return (_TITLE + "\n" + "\n".join(row + "7" * digits for row in _ROWS.splitlines())).encode()


TEXTS: Mapping[str, Callable[[], bytes]] = {
    **{what: partial(_repeated, *parts) for what, parts in _REPEATED.items()},
    "a line of 50 MB": lambda: "申请".encode() * 8_700_000,
    "50 MB of digits": lambda: b"1234567890" * 5_000_000,
    "60 MB and more": lambda: b"a" * (64 * 2**20 + 1),
    "numbers of 10,000 digits": partial(_fused, 10_000),
    "numbers of 200 digits": partial(_fused, 200),
    "numbers of 30 digits": partial(_fused, 30),
    "a number on each of 500,000 lines": lambda: (_ROWS + "\n1" * 500_000).encode(),
    "NULs": lambda: bytes(1_000_000),
    "NULs between characters": lambda: "申请".encode("utf-16-le") * 100_000 + b"\0",
    "every byte": lambda: bytes(range(256)) * 4_000,
    "UTF-8 cut within characters": lambda: "申请".encode()[:-1] * 100_000,
    "too long forms of UTF-8": lambda: b"\xc0\xaf\xe0\x80\xaf" * 100_000,
    "three marks of byte order": lambda: b"\xff\xfe\xfe\xff\xef\xbb\xbf" * 3 + _LABEL.encode(),
    "UTF-32": lambda: (_TITLE + _ROWS).encode("utf-32"),
    "a mail's head for ever": lambda: b"A: b\n" * 500_000,
}


def _told(**lies: Any) -> bytes:
    shown = dump(make_report(1, "霁川县人民政府", 2023), provenance=True)
    return json.dumps(shown | lies).encode()


def _cells(value: Any) -> bytes:
    """One of our own files, all cells of Table 3 a value that is none."""
    shown = dump(make_report(1, "霁川县人民政府", 2023))
    return _told(
        cells=None, table3={row: dict.fromkeys(cells, value) for row, cells in shown["table3"].items()}
    )


_SEVERAL = {
    "list": [1],
    "text": "1",
    "truth": True,
    "object": {},
    "raw only": {"raw": "1"},
    "a huge one": 10**400,
}
_SEVERAL |= {
    "endless": float("inf"),
    "no number": float("nan"),
    "negative": -5,
    "tiny": 1e-300,
    "large": 1e300,
}
_SEVERAL |= {
    "odd candidates": {"raw": 1, "candidates": [None, "x"]},
    "many": {"raw": "1", "candidates": [1] * 500},
}
_LIES: Mapping[str, Any] = {
    "edition": 2020,
    "year": "2023",
    "agency": 5,
    "title": ["x"],
    "published_on": "2023-99-99",
    "sections": "abc",
    "labels": [1, 2],
    "notes": "abc",
    "cells": [],
    "table2": None,
    "table4": {},
    "table3": [],
}

JSONS: Mapping[str, Callable[[], bytes]] = {
    **{f"cells that are {what}": partial(_cells, value) for what, value in _SEVERAL.items()},
    **{
        f"{key} that is {str(value)[:12] or 'nothing'}": partial(_told, **{key: value})
        for key, value in _LIES.items()
    },
    "sections of odd kinds": partial(
        _told, sections=[{"code": "x"}, 5, {"code": "overview", "heading": 1, "text": []}]
    ),
    "cells of odd places": partial(
        _told, cells={"3.new.natural": {"raw": 5, "how": "x", "place": [1]}, "x": 1}
    ),
    "notes of odd kinds": partial(_told, notes=[1, None, {"a": "b"}, "x" * 100_000]),
    "notes without end": partial(_told, notes=["好。"] * 300_000),
    "a section of 20 MB": partial(
        _told, sections=[{"code": "overview", "heading": "", "text": "字" * 7_000_000}]
    ),
    "deep lists": lambda: b'{"edition":' + b"[" * 100_000,
    "deep objects": lambda: b'{"edition":' * 100_000,
    "deep and closed": lambda: b'{"edition":' + b"[" * 900 + b"]" * 900 + b"}",
    "a number of a million digits": lambda: b'{"edition":' + b"9" * 1_000_000 + b"}",
    "NaN": lambda: b'{"edition":NaN,"table3":Infinity}',
    "one key 100,000 times": lambda: b'{"edition":2021' + b',"edition":2019' * 100_000 + b"}",
    "a list": lambda: b'[{"edition":2021}]',
    "lone surrogates": lambda: _told(agency="\ud800\udfff\udcff", title="\ud800"),
    "NULs in text": lambda: _told(agency="\0" * 1_000, title="a\0b"),
    "another's": lambda: b'{"edition":2021,"table2":{},"table3":{},"table4":{}}',
    "cut short": lambda: _told()[:-40],
    "two": lambda: _told() * 2,
}
