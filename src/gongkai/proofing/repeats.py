"""Words and sentences written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.proofing.registry import Hit, Level, Reading, at, checks

_NEVER_DOUBLED = (
    "审核|加强|推进|完善|落实|主动|明确|定期|群众|进一步|及时|积极|严格|开展|"
    "健全|提升|强化|推动|深化|认真|不断|持续|切实|按照|根据|坚持|通过|其中|"
    "确保|负责|提高|有关|相关|实施|以及|或者|应当|由于|为了|因此|但是|我市|"
    "我县|我局|全市|全县"
)
_DOUBLED = re.compile(
    r"的的(?![确士喀])|了了(?![解结断然却事悟])|是是(?![非否])|将将(?![来军领士近])|被被(?![告申征])|"
    rf"({_NEVER_DOUBLED})\1|([\u4e00-\u9fff]{{3,12}})\2"
)
_IDIOM = re.compile(r"(?:不甚|小时)了了|哈{3,}|(.)\1{5,}")


@checks("RP01", "词语重复", "“{words}”重复，请核对是否多写了一遍。", level=Level.WARN)
def words_are_not_doubled(reading: Reading) -> Iterator[Hit]:
    """词语不连写两遍；“的的确确”“为了了解”等不在此列。"""
    for passage in reading.draft.prose:
        text = passage.text
        for match in _DOUBLED.finditer(text):
            start, end = match.span()
            if not _IDIOM.search(text[max(0, start - 2) : end]):
                yield at(passage, start, end, suggestion=match[0][: len(match[0]) // 2])


_SENTENCE_END = re.compile(r"[。！？；]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LEAST_NEXT, _LEAST_APART = 10, 30


@checks("RP02", "句子重复", "“{short}”{what}，应当删去多余的一处。", level=Level.BLOCK)
def sentences_are_not_doubled(reading: Reading) -> Iterator[Hit]:
    """同一句话不连写两遍；相隔较远而完全相同的长句仅作提示。"""
    last, seen = "", set[str]()
    for passage in reading.draft.paragraphs:
        start = 0
        for stop in _SENTENCE_END.finditer(passage.text):
            span, start = (start, stop.end()), stop.end()
            sentence = passage.text[slice(*span)].strip()
            length = len(_CHINESE.findall(sentence))
            short = sentence if len(sentence) <= 20 else f"{sentence[:18]}……"
            if sentence == last and length >= _LEAST_NEXT:
                yield at(passage, *span, short=short, what="连写了两遍")
            elif sentence in seen and length >= _LEAST_APART:
                yield at(passage, *span, level=Level.WARN, short=short, what="在前文出现过")
            last = sentence
            seen.add(sentence)
