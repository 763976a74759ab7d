"""The lines of the yearly fact sheet: what annual reports tell and no register holds.

A line's code and name are never changed: reports of past years are bound to them.
Source: R711 arts. 25, 46–48, 50 and 55; 国办发〔2018〕123号 for new-media accounts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.web.agencies.fact_sources import Fact

_COUNTS = "gongkai.web.oversight.services.figures.sheet_counts"
PLATFORM, DIALOGUE = "平台和新媒体", "政民互动"
SUPERVISION, PROPOSALS, ENTERPRISES = "监督保障", "建议提案", "公共企事业单位"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the sheet; `help` says what counts, `is_summed` whether bodies add up: scores do not."""

    code: str
    name: str
    unit: str
    group: str
    help: str
    is_whole: bool = True
    is_summed: bool = True


def _lines(group: str, *rows: tuple[str, str, str, str]) -> tuple[Line, ...]:
    return tuple(
        Line(code=code, name=name, unit=unit, group=group, help=help) for code, name, unit, help in rows
    )


LINES: Mapping[str, Line] = {
    line.code: line
    for line in (
        *_lines(
            PLATFORM,
            ("sites", "政府网站数", "个", "年末在用的门户网站、部门网站，不含栏目和专题。"),
            ("accounts", "政务新媒体账号数", "个", "年末在用的微博、微信、短视频等账号，各平台分别计。"),
            ("accounts_opened", "新开设政务新媒体账号数", "个", "当年经批准开设的。"),
            ("accounts_closed", "注销政务新媒体账号数", "个", "当年注销或者整合的。"),
            ("site_checks", "网站和新媒体检查次数", "次", "本机关组织的检查，每轮计一次。"),
            ("reading_places", "政府信息查阅场所数", "个", "年末设在档案馆、图书馆、政务服务场所等处的。"),
        ),
        *_lines(
            DIALOGUE,
            ("mail_received", "领导信箱来信", "件", "当年收到的有效来信，含网上留言；依申请公开不计入。"),
            ("mail_done", "领导信箱办结", "件", "当年办结并答复的，含上年收到的。"),
            ("mail_in_time", "领导信箱按时办结", "件", "其中在规定时限内答复的。"),
            ("calls", "信息公开咨询电话", "次", "当年接听的咨询电话，有登记的计入。"),
            ("interviews", "在线访谈", "期", "当年在网站上进行的访谈。"),
            ("press_conferences", "新闻发布会", "场", "当年举行或者参加的发布会、吹风会。"),
            ("concerns_answered", "回应社会关切", "次", "当年就热点、舆情公开作出的回应。"),
            ("open_days", "政府开放日活动", "场", "当年举办的开放日活动。"),
        ),
        *_lines(
            SUPERVISION,
            ("trainings", "政府信息公开培训", "期", "当年本机关举办的培训班、培训会。"),
            ("trainees", "政府信息公开培训人次", "人次", "参加上述培训的人次。"),
            ("inspections", "业务指导和检查", "次", "当年对下级机关、所属单位的指导和检查。"),
            ("bulletins", "公开工作通报", "期", "当年印发的检查、考核通报。"),
            ("public_reviews", "社会评议", "次", "当年组织的社会评议。"),
            ("accountable", "责任追究", "人次", "当年因政府信息公开工作被追究责任的人次。"),
        ),
        Line(
            code="score", name="政务公开考核得分", unit="分", group=SUPERVISION,
            is_whole=False, is_summed=False,
            help="当年公布的考核得分，可以有小数；没有参加考核的留空。",
        ),
        *_lines(
            PROPOSALS,
            ("congress_a", "人大建议办理A类", "件", "所提问题已经解决或者基本解决的。"),
            ("congress_b", "人大建议办理B类", "件", "正在解决或者列入计划的。"),
            ("congress_c", "人大建议办理C类", "件", "因条件所限等留作参考的。"),
            ("cppcc_a", "政协提案办理A类", "件", "所提问题已经解决或者基本解决的。"),
            ("cppcc_b", "政协提案办理B类", "件", "正在解决或者列入计划的。"),
            ("cppcc_c", "政协提案办理C类", "件", "因条件所限等留作参考的。"),
            ("proposals_public", "建议提案答复公开", "件", "当年公开答复全文或者摘要的，人大、政协合计。"),
        ),
        *_lines(
            ENTERPRISES,
            ("enterprises", "公共企事业单位数", "家", "年末由本机关监督信息公开的学校、医院、供水等单位。"),
            ("enterprise_items", "公共企事业单位公开信息", "条", "上述单位当年公开的信息。"),
        ),
    )
}  # fmt: skip


def groups() -> Sequence[tuple[str, Sequence[Line]]]:
    """Return the lines under their headings, in order."""
    return [(name, list(lines)) for name, lines in groupby(LINES.values(), key=lambda line: line.group)]


def facts() -> Sequence[Fact]:
    """Return the lines for the registry of facts."""
    return [
        Fact(
            code=f"sheet.{line.code}",
            name=line.name,
            unit=line.unit,
            group=line.group,
            count=f"{_COUNTS}.{line.code}",
            opens=f"{_COUNTS}.{line.code}_page",
        )
        for line in LINES.values()
    ]
