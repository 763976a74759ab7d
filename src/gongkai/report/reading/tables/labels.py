"""Where the statutory labels stand in a text: a short, distinctive part of each, ordinal included.

The part is short because labels are wrapped, cut by page breaks and misspelt at their ends; the ordinal is
included because in text without separators its digit would run into the number before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from gongkai.report.schema import Edition


class Label(NamedTuple):
    """A label found: its code, from where to where."""

    code: str
    start: int
    end: int


def _spaced(pattern: str) -> str:
    """Allow white space after every literal character of a pattern written without any."""
    out, in_class, escaped = [], False, False
    for c in pattern:
        out.append(c)
        if escaped:
            escaped = False
            out.append("" if in_class else r"\s*")
            continue
        if c == "\\":
            escaped = True
        elif c == "[":
            in_class = True
        elif c == "]":
            in_class = False
            out.append(r"\s*")
        elif not in_class and c not in "(?:|)*+!<=":
            out.append(r"\s*")
    return re.sub(r"(?:\\s\*)+(?=[?*+])", "", "".join(out))


def _ordinal(n: int) -> str:
    return rf"(?:{n}[.、,])?"


TABLE3: Mapping[str, str] = {
    "new": r"(?:(?:一[、.])?本年(?:度)?(?:新收|收到)|一[、.](?:年度)?新收)",
    "carried_in": r"(?:二[、.])?上(?:一)?年(?:度)?结转",
    "granted": r"(?:\(一\))?予以公开",
    "partial": r"(?:\(二\))?部分公开",
    "denied.state_secret": _ordinal(1) + "(?:属于)?国家秘密",
    "denied.law_prohibited": _ordinal(2) + "其(?:他|它)(?:法律|行政法规)",
    "denied.security_stability": _ordinal(3) + "危及",
    "denied.third_party": _ordinal(4) + "保护第三",
    "denied.internal_affairs": _ordinal(5) + "(?:属于)?三类内",
    "denied.process_info": _ordinal(6) + "(?:属于)?四类过",
    "denied.enforcement_file": _ordinal(7) + "(?:属于)?(?:行政)?执法案卷",
    "denied.admin_inquiry": _ordinal(8) + "(?:属于)?行政查询",
    "unable.not_held": _ordinal(1) + "(?:本机关)?不掌握",
    "unable.needs_creation": _ordinal(2) + "(?:没有)?现成信息",
    "unable.still_unclear": _ordinal(3) + "补正后",
    "declined.petition": _ordinal(1) + "信访",
    "declined.duplicate": _ordinal(2) + "重复申请",
    "declined.publication": _ordinal(3) + "(?:要求)?(?:提供)?公开出版",
    "declined.excessive": _ordinal(4) + "(?:无正当理由)?大量反复",
    "declined.confirm_reissue": _ordinal(5) + "(?:(?:要求)?行政机关确认|确认或重新|要求行政机关重新)",
    "other.no_correction": _ordinal(1) + "(?:申请人)?(?:无正当理由)?逾期不补",
    "other.fee_unpaid": _ordinal(2) + "(?:(?:申请人)?逾期(?:未按|不缴)|(?:要求)?缴纳费用)",
    "other.misc": r"3(?:[.、,])?其他(?!法律|结果)",
    "other": r"\(六\)(?:其他处理|(?:、)?其他)",
    "total_done": r"(?:\(七\)|七、)(?:总计|合计)",
    "carried_out": r"(?:四[、.])?结转(?:至|到)?下(?:一)?年",
}
TABLE2: Mapping[str, str] = {
    "government_rules": "规章(?!制度|库)",
    "normative_documents": r"(?:行政)?规范性文件",
    "permits": "行政许可",
    "other_services": "其他对外管理服务",
    "penalties": "行政处罚",
    "coercion": "行政强制",
    "fees": "行政事业性收费",
    "procurement": "政府集中采购",
}
ORDER = {code: i for i, code in enumerate(TABLE3)}
ONLY_2021 = frozenset({"other.no_correction", "other.fee_unpaid", "other.misc"})


# Characters a label may open with, and those that may come next: a look at two spares trying every label.
_OPENING = {
    2: ("规行其政", "章范政他府"),
    3: (
        "(一二三四七12345678本上予部属国其危保行执不没现补信重要提公无大确申逾缴结",
        ",.、一二六七上年机分以于家他它及护三四类政法开求供认量请期纳转成掌有正访复其",
    ),
}


_MAY_LEAD = re.compile(r"\(\?:((?:\\.|[^()|\\])*)\)\?(.+)")


def _ways(pattern: str) -> list[str]:
    """Write a pattern with and without what may lead it, so that each way opens with one character: `re`
    looks at that before it tries a way."""
    lead = _MAY_LEAD.fullmatch(pattern)
    return [lead[1] + lead[2], *_ways(lead[2])] if lead else [pattern]


def _compile(labels: Mapping[str, str], table: int) -> tuple[re.Pattern[str], Sequence[str]]:
    """Return a pattern of all labels, and their codes by the number of the empty group that ends each way."""
    first, second = _OPENING[table]
    ways = [(code, _spaced(way)) for code, pattern in labels.items() for way in _ways(pattern)]
    written = "|".join(f"{way}()" for _, way in ways)
    return re.compile(rf"(?=[{first}]\s*[{second}])(?:{written})"), ["", *(code for code, _ in ways)]


FIRST_ROW = re.compile(_spaced(TABLE3["new"]))
_LABELS = {2: _compile(TABLE2, 2), 3: _compile(TABLE3, 3)}


def find(text: str, start: int, end: int, table: int) -> list[Label]:
    """Return every place between two offsets where a label of table 2 or 3 may stand, in order."""
    pattern, codes = _LABELS[table]
    return [
        Label(codes[match.lastindex], match.start(), match.start() + len(match[0].rstrip()))
        for match in pattern.finditer(text, start, end)
        if match.lastindex
    ]


def chain(labels: Sequence[Label], order: Mapping[str, int], weights: Sequence[int]) -> list[Label]:
    """Return the heaviest run of labels that stand in the form's order, each once.

    Labels out of order (a heading in prose, labels set beside their rows by a converter) fall out.
    """
    best: list[tuple[int, int]] = []  # weight of the run that ends here, index of the label before
    ranks = [order[label.code] for label in labels]
    for i, rank in enumerate(ranks):
        weight, before = 0, -1
        for j in range(max(0, i - 60), i):
            if ranks[j] < rank and best[j][0] > weight:
                weight, before = best[j][0], j
        best.append((weight + weights[i], before))
    index = max(range(len(best)), key=lambda i: (best[i][0], -i)) if best else -1
    found = []
    while index >= 0:
        found.append(labels[index])
        index = best[index][1]
    return found[::-1]


def edition_of(codes: Iterable[str]) -> Edition:
    """Return the edition whose rows these are; the year on the title decides nothing."""
    return Edition.FORM_2021 if ONLY_2021 & set(codes) else Edition.FORM_2019
