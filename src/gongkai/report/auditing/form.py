"""Whether tables and headings keep the words of the form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from rapidfuzz.distance import Indel

from gongkai.law.sources import FORM2021
from gongkai.report.auditing.passages import flat, letters
from gongkai.report.auditing.registry import Dossier, Hit, Outcome, Skip, rule
from gongkai.report.findings import Level
from gongkai.report.schema import SECTION_TITLES, Edition, Report, SectionCode, form

_NOISE = re.compile(r"\[bookmark:[^\]]*\]")
# Ways of naming a row or column that everybody understands, by their Chinese characters only.
_REWORDED = frozenset(
    {
        "规范性文件",
        "逾期不补正",
        "逾期不缴费",
        "其它",
        "二部分公开区分处理的只计这一情况不计其他情形",
        "二部分公开区分处理的只计这一情况不计其他情况",
        "本年制作数量",
        "本年制发数量",
        "本年制发数",
        "现行有效数",
        "本年废止数",
        "本年收费金额万元",
        "本机关不掌握相关信息",
        "要求行政机关确认或重新出具已获取的信息",
        "其他情形",
        "四结转下年度继续办理数量",
        "本年废止数量",
        "现行有效数量",
        "现行有效件数历史累计",
        "本年新制发件数",
        "一新收申请",
        "本年新收申请",
    }
)
_PAIRS = (("(", ")"), ("（", "）"), ("“", "”"))
_DAMAGED_AT_LEAST, _REWORDED_AT_LEAST = 0.72, 0.4


@cache
def _statutory(edition: Edition) -> Mapping[str, str]:
    """Return the form's words for each key of `Report.labels`."""
    labels = {}
    for table in form(edition).tables:
        for row in table.rows:
            labels[f"row.{table.number}.{row.code}"] = row.label
            for column in row.columns:
                labels.setdefault(f"column.{table.number}.{column.code}", column.label)
    return labels


def _departures(report: Report) -> Iterator[tuple[str, str, str]]:
    """Yield key, label as found and the form's words where their characters differ."""
    statutory = _statutory(report.edition)
    for key, text in report.labels.items():
        if (right := statutory.get(key)) is None or text == right:
            continue
        found = _NOISE.sub("", flat(text))
        if letters(found) != letters(right):
            yield key, found, right


def _in_order(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(c in rest for c in part)


def _laid_out(mine: str, theirs: str, beside: str) -> bool:
    """Whether a page's layout explains the difference: a label cut, out of order, or run into its neighbours.

    `beside` are the merged labels to the left; narrow columns of them often fall between a label's lines.
    """
    if not mine or mine in theirs or theirs in mine:
        return True
    lost, added = Counter(theirs) - Counter(mine), Counter(mine) - Counter(theirs)
    if not added:
        return not _in_order(mine, theirs)
    return set(added) <= set(beside) or (not lost and added.total() > 2)


@cache
def _beside(edition: Edition, key: str) -> str:
    if not key.startswith("row.3."):
        return ""
    group = form(edition).table(3).row(key.removeprefix("row.3.")).group
    return letters(group) + "三本年度办理结果"


def _likeness(found: str, right: str, beside: str) -> float:
    """Return how like the form's words a label is, 0 to 1; 1 where only the page's layout sets them apart."""
    mine, theirs = letters(found), letters(right)
    return 1.0 if _laid_out(mine, theirs, beside) else Indel.normalized_similarity(mine, theirs)


def _is_damaged(found: str, right: str, beside: str) -> bool:
    return letters(found) not in _REWORDED and _DAMAGED_AT_LEAST <= _likeness(found, right, beside) < 1


def _is_reworded(found: str, right: str, beside: str) -> bool:
    if letters(found) in _REWORDED:
        return True
    has_words_of_its_own = Counter(letters(found)) - Counter(letters(right))
    return bool(has_words_of_its_own) and (
        _REWORDED_AT_LEAST <= _likeness(found, right, beside) < _DAMAGED_AT_LEAST
    )


@rule(
    "FM01",
    "行列标签有误",
    "“{found}”应为“{right}”",
    source=FORM2021.part("表格行列名称"),
    level=Level.INFO,
)
def labels_are_undamaged(dossier: Dossier) -> Iterator[Outcome]:
    """表格的行名、列名不得有错字、漏字、缺括号。

    Right: 本年废止件数；2.其他法律行政法规禁止公开。
    Wrong: 本年度止件数；2.其他法律行政止公开；（二）部分公开（区分处理的，只计这一情形，不计其他情形。
    """
    for key, found, right in _departures(dossier.report):
        if _is_damaged(found, right, _beside(dossier.report.edition, key)):
            yield Hit(found=found, right=right)
    statutory = _statutory(dossier.report.edition)
    for key, text in dossier.report.labels.items():
        if key in statutory and any(text.count(a) != text.count(b) for a, b in _PAIRS):
            found = _NOISE.sub("", flat(text))
            if letters(found) == letters(statutory[key]) and _lacks_a_bracket(found):
                yield Hit(found=found, right=statutory[key])


def _lacks_a_bracket(text: str) -> bool:
    opened = sum(text.count(c) for c in "(（")
    return opened != sum(text.count(c) for c in ")）") or text.count("“") != text.count("”")


@rule(
    "FM02",
    "行列标签改写",
    "行列名称与格式不同：{labels}",
    source=FORM2021.part("表格行列名称"),
    level=Level.INFO,
)
def labels_keep_the_words(dossier: Dossier) -> Iterator[Outcome]:
    """表格的行名、列名沿用格式原文，不简写、不改写。

    Right: 行政规范性文件；1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请。
    Wrong: 规范性文件；1.逾期不补正。
    """
    report = dossier.report
    reworded = {
        found: right
        for key, found, right in _departures(report)
        if _is_reworded(found, right, _beside(report.edition, key))
    }
    if reworded:
        yield Hit(labels="；".join(f"“{found}”应为“{right}”" for found, right in reworded.items()))


# One character of each leaf header that stands nowhere else in the header.
_LEAVES = {"维": "结果维持", "纠": "结果纠正", "他": "其他结果", "审": "尚未审结", "总": "总计"}
_GROUPS = 3


@rule(
    "FM03",
    "表四表头",
    "表四表头应有15格，缺“{missing}”",
    source=FORM2021.part("表四表头"),
    level=Level.INFO,
)
def header_of_table4_is_whole(dossier: Dossier) -> Iterator[Outcome]:
    """表四三组各有五个末级表头，共十五格，与十五个数一一对应。

    Right: 每组均为结果维持、结果纠正、其他结果、尚未审结、总计。
    Wrong: 行政复议一组缺“总计”，只有十四格。
    """
    header = dossier.report.labels.get("header.4")
    if header is None:
        return
    counts = {leaf: header.count(mark) for mark, leaf in _LEAVES.items()}
    missing = [leaf for leaf, count in counts.items() for _ in range(_GROUPS - count)]
    if len(missing) > 2:
        yield Skip("没有读到完整的表四表头")
    elif missing and max(counts.values()) <= _GROUPS:
        yield Hit(missing="”“".join(missing))


_OLD_HEADINGS = {
    SectionCode.OVERVIEW: ("总体情况",),
    SectionCode.PROACTIVE: ("行政机关主动公开政府信息情况",),
    SectionCode.REQUESTS: (
        "行政机关收到和处理政府信息公开申请情况",
        "收到和处理政府信息公开申请的情况",
    ),
    SectionCode.REMEDIES: (
        "因政府信息公开工作被申请行政复议提起行政诉讼情况",
        "因政府信息公开工作被申请行政复议提起行政诉讼的情况",
        "因政府信息公开申请行政复议提起行政诉讼的情况",
        "因政府信息公开工作被申请行政复议和提起行政诉讼情况",
        "政府信息公开行政复议行政诉讼情况",
    ),
    SectionCode.PROBLEMS: ("政府信息公开工作存在的主要问题及改进情况",),
    SectionCode.OTHER_MATTERS: ("其他需要报告的事项",),
}
_ORDINAL = re.compile(r"^(?P<mark>[（(])?第?([一二三四五六七八九十]|\d)(?:部分)?[）)]?[、.．,，:：]?")
_HEADING_AT_MOST = 40


def _title_of(heading: str) -> str:
    """Return the characters of a heading without its ordinal."""
    return letters(_ORDINAL.sub("", _NOISE.sub("", flat(heading)), count=1))


_FILLERS = str.maketrans("", "", "和与及的")


def _core(title: str) -> str:
    """Return a title without the small words that headings are free to exchange."""
    return title.translate(_FILLERS)


@rule(
    "FM04",
    "章节标题",
    "{what}",
    source=FORM2021.part("各部分标题"),
    level=Level.INFO,
)
def headings_keep_the_words(dossier: Dossier) -> Iterator[Outcome]:
    """各部分标题沿用格式原文。

    Right: 四、政府信息公开行政复议、行政诉讼情况。
    Wrong: 四、政府信息公开行政法复议、行政诉讼情况；2021年格式的报告沿用条例第五十条的旧标题。
    """
    report = dossier.report
    old: list[str] = []
    for section in report.sections:
        right = SECTION_TITLES.get(section.code)
        found = _title_of(section.heading)
        if right is None or not found or len(found) > _HEADING_AT_MOST:
            continue
        if _core(found).startswith(_core(letters(right)[1:])):
            continue
        if _core(found) in map(_core, _OLD_HEADINGS[section.code]):
            old.append(flat(section.heading))
        else:
            yield Hit(what=f"标题“{flat(section.heading)}”应为“{right}”")
    if old and report.edition == Edition.FORM_2021:
        yield Hit(what="沿用了旧的章节标题：" + "；".join(f"“{heading}”" for heading in old))


@rule(
    "FM05",
    "章节序号",
    "标题“{heading}”的序号应为“{right}、”",
    source=FORM2021.part("各部分标题"),
    level=Level.INFO,
)
def headings_keep_their_ordinals(dossier: Dossier) -> Iterator[Outcome]:
    """六个部分依次编为一、至六、，不用阿拉伯数字。

    Right: 五、存在的主要问题及改进情况。
    Wrong: 5、存在的主要问题及改进情况。
    """
    for section in dossier.report.sections:
        right = SECTION_TITLES.get(section.code, "")[:1]
        ordinal = _ORDINAL.match(_NOISE.sub("", flat(section.heading)))
        if right and ordinal and (ordinal["mark"] or ordinal[2] != right):
            yield Hit(heading=flat(section.heading), right=right)
