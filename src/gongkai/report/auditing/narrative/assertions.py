"""What the prose denies, and what it says of all cases: 无行政复议, 未收到申请, 均获维持, 均已结案, 无败诉.

Each assertion names the accounts that must then be zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import takewhile

from gongkai.report.auditing.narrative.accounts import (
    RECONSIDERATION,
    SUITS,
    WHOLE,
    act_accounts,
    carried_accounts,
    remedy_account,
    table2_account,
)
from gongkai.report.auditing.narrative.accounts import Act as _Act
from gongkai.report.auditing.narrative.claims import Claim, Concern, claims
from gongkai.report.auditing.narrative.ledger import Account
from gongkai.report.auditing.narrative.prose import Passage, Sentence, Topic, passages
from gongkai.report.auditing.narrative.scope import Body, body, other_time, other_year, speaks_of_whole
from gongkai.report.schema import CARRIED_IN, CARRIED_OUT, Edition, Section


class Tone(Enum):
    """What sort of thing is asserted."""

    DENIED = "denied"
    UPHELD = "upheld"
    CLOSED = "closed"
    UNBEATEN = "unbeaten"
    OVERTURNED = "overturned"
    PENDING = "pending"
    FINISHED = "finished"


@dataclass(frozen=True, eq=False)
class Assertion:
    """Words that make `accounts` zero; `soft` are accounts that only a wide reading of the words makes zero.

    `claim` is the number the words speak of, where they speak of one.
    """

    passage: Passage
    start: int
    end: int
    mark: tuple[int, int]
    tone: Tone
    accounts: tuple[Account, ...]
    soft: tuple[Account, ...] = ()
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class _Stand:
    passage: Passage
    sentence: Sentence
    text: str
    who: Body
    year: int | None
    edition: Edition
    claims: tuple[Claim, ...]

    def clause(self, at: int) -> int:
        """Return where the clause begins that holds offset `at` of the sentence."""
        return max((self.text.rfind(stop, 0, at) for stop in "，,;:。()"), default=-1) + 1

    def subject(self, at: int) -> str:
        """Return the words of the clause before `at`, with those before a bracket that interrupts it."""
        start = self.clause(at)
        words = self.text[start:at]
        if start and self.text[start - 1] == ")" and (opened := self.text.rfind("(", 0, start)) >= 0:
            return self.text[self.clause(opened) : opened] + words
        return words

    def holds(self, at: int) -> bool:
        """Whether what is said at `at` is said of this body and this year, and not as a goal."""
        prefix = _COURTS.sub("", self.subject(at))
        if _AIM.search(prefix) or _PLAN.search(self.text, 0, at) or not speaks_of_whole(prefix, self.who):
            return False
        start = self.sentence.start
        if other_time(self.passage.text, start, start + at, start + at, self.year):
            return False
        return not other_year(self.passage.text, start, start + at, self.year)

    def assertion(
        self,
        start: int,
        end: int,
        tone: Tone,
        accounts: tuple[Account, ...],
        *,
        soft: tuple[Account, ...] = (),
        claim: Claim | None = None,
    ) -> Assertion:
        base = self.sentence.start
        first = base + self.clause(start)
        return Assertion(
            self.passage, first, base + end, (base + start, base + end), tone, accounts, soft, claim
        )


_AIM = re.compile(r"力争|争取|确保|努力|目标|防止|避免|杜绝|将")
_COURTS = re.compile(r"(?:人民)?法院|复议机[关构]")
_PLAN = re.compile(r"力争|目标|下一步|今后")
_SIGNS = re.compile(r"[无未没零均都]|全部|一律|不存在|[审办]结率|结案率")
_CASE = r"(?:行政)?(?:复议|诉讼)(?!后)(?:案件|申请|情况|事项)?"
_AND = r"(?:(?:、|和|及|与|或者?|以及|,|，|也|无|未|零|没有|发生|被|提起|引发|引起|产生)*)"
_NONE = re.compile(
    r"(?P<neg>未曾?(?:发生|产生|出现|收到|接到|引发|引起|涉及|受理|存在|有|因|被)|没有|无(?![正法关故现论需须])|不存在|(?P<zero>零))"
    rf"(?P<mid>[^，,。;:\d]{{0,40}}?)(?P<what>{_CASE}(?:{_AND}{_CASE})?)(?P<rest>[^，,。;]{{0,14}})"
)
_NIL = re.compile(
    rf"(?P<what>{_CASE}(?:{_AND}{_CASE})?)(?:数量|数|案件)*(?:均|都|全部|皆)?(?:(?:为|是)(?:零|无)|:?无(?=[，,。;\n)]|$)|“?零发生|(?:均|都|皆)(?:无|零|未发生|没有发生))"
)
_CORRECTED = re.compile(
    r"^(?:案件|的|及其|而|中)*(?:被)?(?:被)?(?:依法)?(?:纠错|纠正|败诉|撤销|确认违法|责令)"
)
_STILL_PENDING = re.compile(r"(?:尚未|未)(?:审结|办结|结案|了结)的$")
_COUNTED = re.compile(r"(?:共|有|为|发生)?\d")
_LAST_CASE = re.compile(rf"(?:{_AND})(?:行政)?(?:复议|诉讼)(?:案件|申请|情况|事项)?$")
_BESIDE = re.compile(r"^(?:工作|渠道|机构|机关|委员会|权|期限|制度|能力|意见|决定|结果|前|法|答复|后)")
_CLASH = re.compile(
    r"败诉|纠错|纠正|超期|逾期|未经|超时|投诉率|异议率|渠道|未按|未及时|不当|不及时|不规范|违法|违规|失误|错误|"
    r"不力|不到位|群体|集体|恶性|重大|新的$|新$"
)
_LOST = re.compile(
    r"(?:未曾?(?:发生|出现|产生|有)|没有|无|零|不存在)[^，,。;:\d]{0,20}?败诉(?!率|风险|原因|分析)|败诉(?:案件)?(?:率)?(?:为|:)?(?:零|0(?![.\d])(?:件|起|例|%)?)"
)
_TELLS_CORRECTED = re.compile(
    r"(?:纠正|纠错)[^，,。;]{0,6}\d|\d[件起][^，,。;]{0,6}(?:纠正|纠错|撤销|确认违法)"
)
_UNCORRECTED = re.compile(
    r"(?:未曾?(?:发生|出现|产生|有|被)?|没有|无|零|不存在)[^，,。;:\d]{0,20}?(?:纠错(?!机制|工作|制度)|被[^，,。;:\d]{0,8}?纠正)"
)
_UPHELD = re.compile(
    r"(?:均|全部|都|皆|一律)(?:已|获|被|予以|为|是|得到|判决|裁定|依法|由|上级机关|复议机关|复议机构|法院|结果|作出)*(?:得到|予以)?维持"
)
_CLOSED = re.compile(
    r"(?:均|全部|都|皆)(?:已经?|依法|按时|按期|如期|[于在][^，,。;:\d]{0,6}[前内])*"
    r"(?:审结|结案|办结|[审办]理完毕|终结|审理终结)|(?:审结|结案)率(?:达到?|为|:)*100%"
)
_FOUND = r"(?:已|获|被|予以|为|得到|判决|裁定|依法|由|上级机关|复议机关|复议机构|法院|结果|作出|责令)*"
_OVERTURNED = re.compile(
    rf"(?:均|全部|都|皆){_FOUND}(?:纠正|纠错|改正|撤销|确认违法|败诉)(?!率|的?决定|的?通知|复议|申请|诉|起诉|案件)"
)
_WON = re.compile(rf"(?:均|全部|都|皆){_FOUND}(?:胜诉|驳回)")
_ALL_PENDING = re.compile(r"(?:均|全部|都|皆)(?:仍|尚|还|处于|正)*(?:未(?:审结|办结|结案)|在审理)")
_OF_ALL: tuple[tuple[re.Pattern[str], Tone, tuple[str, ...]], ...] = (
    (_UPHELD, Tone.UPHELD, ("corrected", "other", "pending")),
    (_WON, Tone.UPHELD, ("corrected", "pending")),
    (_CLOSED, Tone.CLOSED, ("pending",)),
    (_OVERTURNED, Tone.OVERTURNED, ("upheld", "other", "pending")),
    (_ALL_PENDING, Tone.PENDING, ("upheld", "corrected", "other")),
)
_FINISHED = re.compile(
    r"办结率(?:达到?了?|为|均为|均达|:)?100%|(?:均|全部|全都)已?(?:依法|依规|按时|按期|如期|及时|规范|在(?:法定|规定)?(?:期限|时限)(?:之)?内|、)*(?:予以)?(?:办结(?!件)|办理完[毕结])"
)
_ASKED = (
    r"(?:依申请公开|(?:政府|政务)?信息公开(?:的)?申请|依申请(?:政府)?信息公开|申请公开|公开申请|依申请|"
    r"公开(?:政府)?信息的?申请|政府信息(?:的)?申请)"
)
_DIGIT = re.compile(r"\d")
_OTHER_CASES = re.compile("执法|处罚|许可|征收|办案")
_CLOSED_ONLY = re.compile("审结|办结|结案")
_CLOSED_COUNTED = re.compile(r"(?:审结|结案|办结)[^，,。;]{0,4}\d|\d件(?:已)?(?:审结|结案)")
_NOT_ALL = re.compile(
    r"\d|应|网上|线上|信函|当面|邮寄|现场|自然人|企业|到期|建议|提案|信箱|咨询|投诉|复议|诉讼|当年"
)
_STILL_OPEN = re.compile(r"未到期|尚在|正在办理|在办|未办结|待答复|结转(?!上年)|除[^，,。;]{2,24}外")
_LETTERS = re.compile("建议|提案|信箱|咨询|来信|留言|热线")
_NOBODY = r"(?:任何|过|公民|个人|群众|社会|公众|单位|的|提出|有关|关于|各类|相关|一[件例份起])*"
_ANYBODY = r"(?:(?!因|复议|诉|异议|费|不|超|违|许可|建议|提案)[^，,。;:\d]){0,36}?"
_NO_REQUEST = re.compile(
    rf"(?:(?:未曾?|没有|从未)(?:收到|接到|接收到|受理|产生|发生|有|办理){_ANYBODY}|(?:没有|无|零){_NOBODY})(?:政府|政务)?"
    rf"{_ASKED}(?P<rest>[^，,。;]{{0,12}})"
    r"|(?<!复议)(?<!诉讼)零申请|(?:依申请公开|公开申请)(?:数量|件数|申请)*(?:为零|:无(?=[，,。;\n]|$))"
)
_OTHER_OBJECT = re.compile(
    r"复议|诉讼|投诉|举报|费|超期|逾期|引发|引起|导致|被|答复|不当|渠道|人|条件|工作|不规范|问题|败诉|纠错|结转|目录|指南|栏目"
)
_NO_CARRY_IN = re.compile(r"(?:无|没有)(?:上(?:一)?年度?(?:结转|遗留)|(?:结转|遗留)上年)")
_NO_CARRY_OUT = re.compile(r"(?:无|没有)(?:结转|转|延续|顺延)(?:至|到|入)?下(?:一)?年")
_NO_DOCUMENT = re.compile(
    r"(?:(?:未|没有|无)(?:新|再)?(?:制发|制定|出台|印发)|无新增)(?:过)?(?:任何|新的|的|政府|本级|部门)*(?P<what>规章|(?:行政)?规范性文件)(?!权|的?职|的?资格|规划|清单|目录|征)"
)


@lru_cache(maxsize=16)
def assertions(
    sections: tuple[Section, ...], agency: str | None, year: int | None, edition: Edition
) -> tuple[Assertion, ...]:
    """Return what the prose of a report denies or says of all cases, in order."""
    made = claims(sections, agency, year, edition)
    who = body(agency)
    found: list[Assertion] = []
    for passage in passages(sections):
        here = tuple(c for c in made if c.passage is passage)
        for sentence in passage.sentences:
            text = passage.text[sentence.start : sentence.end]
            if _SIGNS.search(text):
                inside = tuple(c for c in here if sentence.start <= c.mention.start < sentence.end)
                found += _asserted(_Stand(passage, sentence, text, who, year, edition, inside))
    return tuple(found)


def _asserted(stand: _Stand) -> Iterator[Assertion]:
    text = stand.text
    if "复议" in text or "诉" in text:
        yield from _remedies(stand)
    yield from _requests(stand)
    if "文件" in text or "规章" in text:
        yield from _documents(stand)


def _remedies(stand: _Stand) -> Iterator[Assertion]:
    text = stand.text
    told = stand.sentence.topic is not Topic.NONE or "公开" in text or "依申请" in text
    if not told and _OTHER_CASES.search(text):
        return
    taken: list[tuple[int, int]] = []
    for match in _NONE.finditer(text):
        made = _denial(stand, match)
        if made is not None:
            taken.append(match.span())
            yield made
    for match in _NIL.finditer(text):
        if not _inside(match.start(), taken) and stand.holds(match.start()):
            taken.append(match.span())
            yield stand.assertion(*match.span(), Tone.DENIED, _totals(match["what"]))
    yield from _unbeaten(stand, taken)
    yield from _all_cases(stand)


def _denial(stand: _Stand, match: re.Match[str]) -> Assertion | None:
    if match["zero"] and match["mid"]:
        return None
    if _CLASH.search(match["mid"]) or _BESIDE.match(match["rest"]) or not stand.holds(match.start()):
        return None
    what, end = match["what"], match.end("what")
    if _STILL_PENDING.search(match["mid"]):
        accounts = tuple(remedy_account((row,), "pending") for row in _rows(what))
        return stand.assertion(match.start(), end, Tone.DENIED, accounts)
    if said := _CORRECTED.match(match["rest"]):
        accounts = tuple(remedy_account((row,), "corrected") for row in _rows(what + match["rest"]))
        return stand.assertion(match.start(), end + said.end(), Tone.DENIED, accounts)
    if _COUNTED.match(
        match["rest"]
    ):  # 未发生行政诉讼，行政复议3件: only what stands before the comma is denied
        what = _LAST_CASE.sub("", what)
        end = match.start("what") + len(what)
    if not what:
        return None
    return stand.assertion(match.start(), end, Tone.DENIED, _totals(what))


def _inside(at: int, taken: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in taken)


def _rows(words: str) -> tuple[str, ...]:
    """Return the rows of Table 4 that words about remedies name, each by itself."""
    return (*(RECONSIDERATION if "复议" in words else ()), *(SUITS if "诉" in words else ()))


def _totals(words: str) -> tuple[Account, ...]:
    return tuple(remedy_account((row,)) for row in _rows(words))


def _unbeaten(stand: _Stand, taken: list[tuple[int, int]]) -> Iterator[Assertion]:
    text = stand.text
    for match in _LOST.finditer(text):
        if not _inside(match.start(), taken) and stand.holds(match.start()):
            lost = tuple(remedy_account((row,), "corrected") for row in SUITS)
            untold = "复议" in text and not _TELLS_CORRECTED.search(text)
            soft = (remedy_account(RECONSIDERATION, "corrected"),) if untold else ()
            yield stand.assertion(*match.span(), Tone.UNBEATEN, lost, soft=soft)
    for match in _UNCORRECTED.finditer(text):
        clause = text[stand.clause(match.start()) : match.end()]
        rows = _rows(clause) if "复议" in clause else _spoken_of(stand, 0, match.start())
        if rows and not _inside(match.start(), taken) and stand.holds(match.start()):
            accounts = tuple(remedy_account((row,), "corrected") for row in rows)
            yield stand.assertion(*match.span(), Tone.DENIED, accounts)


def _all_cases(stand: _Stand) -> Iterator[Assertion]:
    for pattern, tone, columns in _OF_ALL:
        floor = 0
        for match in pattern.finditer(stand.text):
            rows = _spoken_of(stand, floor, match.start())
            floor = match.end()
            if not rows or not stand.holds(match.start()):
                continue
            closed_only = _CLOSED_ONLY.search(
                stand.text[stand.clause(match.start()) : match.start()]
            ) or _CLOSED_COUNTED.search(stand.text[: match.start()].rpartition(";")[2])
            accounts = tuple(
                remedy_account((row,), column)
                for row in rows
                for column in columns
                if not (closed_only and column == "pending")
            )
            yield stand.assertion(*match.span(), tone, accounts)


def _spoken_of(stand: _Stand, floor: int, end: int) -> tuple[str, ...]:
    """Return the rows of Table 4 that a word about all cases speaks of."""
    clause = stand.text[stand.clause(end) : end]
    if "其中" in clause and _DIGIT.search(clause):
        return ()
    named = _COURTS.sub("", clause)
    if "复议" in named or "诉讼" in named:
        return _rows(named)
    if "申请" in clause:
        return ()
    start = stand.sentence.start
    before = [c for c in stand.claims if start + floor <= c.mention.start < start + end]
    last = tuple(takewhile(lambda c: c.topic == "remedy" and not _parted(stand, c, end), reversed(before)))
    rows = dict.fromkeys(cell.row for c in reversed(last) for cell in c.accounts[0].cells)
    return tuple(row for row in rows if "复议机" not in clause or row in RECONSIDERATION)


def _parted(stand: _Stand, claim: Claim, end: int) -> bool:
    """Whether a semicolon parts a number from the words that might speak of it."""
    return ";" in stand.text[claim.mention.end - stand.sentence.start : end]


def _requests(stand: _Stand) -> Iterator[Assertion]:
    text = stand.text
    if "申请" in text:
        yield from _no_requests(stand)
    for pattern, row in ((_NO_CARRY_IN, CARRIED_IN), (_NO_CARRY_OUT, CARRIED_OUT)):
        for match in pattern.finditer(text):
            if stand.sentence.topic is Topic.REQUESTS and stand.holds(match.start()):
                yield stand.assertion(*match.span(), Tone.DENIED, carried_accounts(row))
    for match in _FINISHED.finditer(text):
        claim = _finished(stand, match)
        if claim is not None:
            yield stand.assertion(*match.span(), Tone.FINISHED, carried_accounts(CARRIED_OUT), claim=claim)


def _no_requests(stand: _Stand) -> Iterator[Assertion]:
    for match in _NO_REQUEST.finditer(stand.text):
        rest = match["rest"] or ""
        if not _OTHER_OBJECT.search(rest) and stand.holds(match.start()):
            end = match.end() - len(rest)
            yield stand.assertion(
                match.start(), end, Tone.DENIED, act_accounts(_Act.NEW, stand.edition, WHOLE)
            )


def _finished(stand: _Stand, match: re.Match[str]) -> Claim | None:
    """Return the number of requests that the words say are all finished."""
    start = stand.sentence.start
    before = [c for c in stand.claims if c.mention.start < start + match.start()]
    clause = stand.text[stand.clause(match.start()) : match.start()]
    if not before or before[-1].concern not in (Concern.INTAKE, Concern.APPLICANT):
        return None
    if _NOT_ALL.search(clause):
        return None
    if any(c.accounts[0].key == CARRIED_OUT for c in stand.claims) or _STILL_OPEN.search(stand.text):
        return None
    between = stand.text[before[-1].mention.end - start : match.start()]
    if "。" in between or _LETTERS.search(between):
        return None
    return next((c for c in reversed(before) if c.concern is Concern.INTAKE), None)


def _documents(stand: _Stand) -> Iterator[Assertion]:
    column = "made" if stand.edition is Edition.FORM_2021 else "newly_made"
    for match in _NO_DOCUMENT.finditer(stand.text):
        if stand.holds(match.start()):
            row = "government_rules" if match["what"] == "规章" else "normative_documents"
            account = table2_account(row, column, stand.edition)
            yield stand.assertion(*match.span(), Tone.DENIED, (account,))
