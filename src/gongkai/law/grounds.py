"""The grounds for not disclosing, each with its article, its force and the outcome it leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.sources import R711, Citation, chinese_ordinal


class Force(StrEnum):
    """How strongly a ground binds the body."""

    MUST = "不得公开"
    MUST_UNLESS = "不得公开，但第三方同意或者不公开会对公共利益造成重大影响的，予以公开"
    MAY = "可以不予公开"
    MAY_UNLESS = "可以不予公开，但法律、法规、规章规定应当公开的从其规定"
    OTHER_PROCEDURE = "依照有关法律、行政法规的规定办理"


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A ground for not disclosing: code, name, article, its force, and the outcome it leads to."""

    code: str
    name: str
    source: Citation
    force: Force
    outcome: str


def _grounds(
    source: Citation, force: Force, outcome: str, named: tuple[tuple[str, str], ...]
) -> tuple[Ground, ...]:
    return tuple(
        Ground(code=code, name=name, source=source, force=force, outcome=outcome) for code, name in named
    )


GROUNDS: Mapping[str, Ground] = {
    ground.code: ground
    for ground in (
        *_grounds(R711.art(14), Force.MUST, "denied.state_secret", (("state_secret", "国家秘密"),)),
        *_grounds(
            R711.art(14),
            Force.MUST,
            "denied.law_prohibited",
            (("law_prohibited", "法律、行政法规禁止公开"),),
        ),
        *_grounds(
            R711.art(14),
            Force.MUST,
            "denied.security_stability",
            (
                ("national_security", "可能危及国家安全"),
                ("public_security", "可能危及公共安全"),
                ("economic_security", "可能危及经济安全"),
                ("social_stability", "可能危及社会稳定"),
            ),
        ),
        *_grounds(
            R711.art(15),
            Force.MUST_UNLESS,
            "denied.third_party",
            (
                ("trade_secret", "商业秘密"),
                ("personal_privacy", "个人隐私"),
                ("third_party_interest", "第三方的其他合法权益"),
            ),
        ),
        *_grounds(
            R711.art(16, 1),
            Force.MAY,
            "denied.internal_affairs",
            (("personnel", "人事管理"), ("logistics", "后勤管理"), ("workflow", "内部工作流程")),
        ),
        *_grounds(
            R711.art(16, 2),
            Force.MAY_UNLESS,
            "denied.process_info",
            (
                ("discussion_record", "讨论记录"),
                ("draft", "过程稿"),
                ("negotiation_letter", "磋商信函"),
                ("request_for_instructions", "请示报告"),
            ),
        ),
        *_grounds(
            R711.art(16, 2),
            Force.MAY_UNLESS,
            "denied.enforcement_file",
            (("enforcement_file", "行政执法案卷"),),
        ),
        *_grounds(
            R711.art(36, item=7),
            Force.OTHER_PROCEDURE,
            "denied.admin_inquiry",
            (("admin_inquiry", "行政查询事项（工商、不动产登记资料等）"),),
        ),
    )
}

_NUMBERS = {chinese_ordinal(number): number for number in range(1, 100)}
_BY_DIGITS = re.compile(
    r"(?:R(?:711)?|art(?:icle)?\.?|[\s:.第])*(\d{1,2})条?\s*(?:[第(（.]{1,2}(\d)[)）]?[款项]?)?",
    re.IGNORECASE,
)
_BY_WORDS = re.compile(r"第([一二三四五六七八九十]{1,3})条(?:第[（(]?([一二三四五六七八九十])[)）]?[款项])?")


def cited_article(text: str) -> tuple[int, int | None] | None:
    """Return the article, and its paragraph or item if any, that a text names: 16(2), 第十六条第二款."""
    if found := _BY_DIGITS.fullmatch(text.strip()):
        return int(found[1]), int(found[2]) if found[2] else None
    if found := _BY_WORDS.search(text):
        return _NUMBERS[found[1]], _NUMBERS[found[2]] if found[2] else None
    return None


def is_within(source: Citation, cited: tuple[int, int | None]) -> bool:
    """Whether a citation of the Regulation lies within an article, or the paragraph or item of it, cited."""
    article, part = cited
    return source.article == article and part in (None, source.paragraph or source.item)


def grounds_named(name: str) -> tuple[Ground, ...]:
    """Return the ground of that code, or those of the row of Table 3 (`denied.third_party`) or the article
    (`15`, `16(2)`) named where a record says no more; none if there is none."""
    if name in GROUNDS:
        return (GROUNDS[name],)
    if of_row := tuple(ground for ground in GROUNDS.values() if ground.outcome == name):
        return of_row
    cited = cited_article(name)
    return tuple(g for g in GROUNDS.values() if is_within(g.source, cited)) if cited else ()
