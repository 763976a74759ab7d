"""Public pages whose titles are like a longer text: what a request asks for may be published already.

A text of whole sentences finds nothing as a query, where every word must stand together. Here pairs of
characters count, the rarer among the titles the more, and a document number in the text settles it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import log

from django.db.models.expressions import RawSQL

from gongkai.web.publishing.models.searching import EntryKind, SearchEntry
from gongkai.web.publishing.searching.backends import backend
from gongkai.web.publishing.searching.words import fold, is_chinese, key_of, runs
from gongkai.web.publishing.services.searching import Hit, hits_of

_READ, _MOST_PAIRS, _COMPARED = 600, 80, 2000
# So many pairs of characters in common make a title worth showing, if they are this much of the shorter text.
_ENOUGH, _SHARE = 3, 0.45
# What every request says, whatever it asks for.
_SAID_ALWAYS = re.compile(
    r"申请|公开|获取|提供|请求|希望|贵局|贵单位|贵机关|本人|我们|我村|我县|有关|相关|关于|以及|政府信息|信息"
    r"|文件|材料|资料|内容|情况|复印件|明细|年度|全部|所有|具体|[的了和与及对在是]"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[(（【]?[12][0-9]{3}[〕\])）】年]?第?[0-9]{1,4}号")
_KINDS = (EntryKind.DOCUMENT, EntryKind.INTERPRETATION, EntryKind.MEETING)


def like(text: str, *, most: int = 5) -> list[Hit]:
    """Return the public pages whose titles are most like a text, or that bear a number it names."""
    plain = fold(text[:_READ])
    named = _numbered(plain)
    pairs = _pairs(_SAID_ALWAYS.sub(" ", plain))[:_MOST_PAIRS]
    found = list(dict.fromkeys((*named, *_titled(pairs))))
    return hits_of(found[:most], ())


def _numbered(text: str) -> list[int]:
    numbers = [re.sub("[年第]", "", found) for found in _NUMBER.findall(text)]
    keys = {key_of(number[at:]) for number in numbers for at in range(min(len(number), 10))}
    keys.discard("")
    entries = SearchEntry.objects.filter(number_key__in=keys) if keys else SearchEntry.objects.none()
    return list(entries.values_list("pk", flat=True)[:5])


def _pairs(text: str) -> list[str]:
    found = (run[at : at + 2] for run in runs(text) if is_chinese(run) for at in range(len(run) - 1))
    return list(dict.fromkeys(found))


def _titled(pairs: list[str]) -> list[int]:
    if len(pairs) < _ENOUGH:
        return []
    # Text of our own; the pairs are its parameter.
    holding = RawSQL(*backend().match(pairs, "title"))  # nosec B611
    entries = SearchEntry.objects.filter(pk__in=holding, kind__in=_KINDS).order_by("-published_on", "-pk")
    titles = dict(entries.values_list("pk", "title")[:_COMPARED])
    return _ranked(set(pairs), titles.items())


def _ranked(wanted: set[str], titles: Iterable[tuple[int, str]]) -> list[int]:
    held = {number: set(_pairs(_SAID_ALWAYS.sub(" ", fold(title)))) for number, title in titles}
    common = Counter(pair for pairs in held.values() for pair in pairs)
    worth = {pair: log(1 + len(held) / count) for pair, count in common.items()}
    whole = sum(worth.get(pair, 0) for pair in wanted)
    scores = {}
    for number, pairs in held.items():
        shared = sum(worth[pair] for pair in pairs & wanted)
        share = shared / (min(whole, sum(worth[pair] for pair in pairs)) or 1)
        if len(pairs & wanted) >= _ENOUGH and share >= _SHARE:
            scores[number] = share * shared
    return sorted(scores, key=lambda number: -scores[number])
