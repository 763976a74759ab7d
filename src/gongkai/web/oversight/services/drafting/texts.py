"""The words a report usually opens with, our own: facts as fields, and cues where the body must write.

A sentence whose facts nobody can name on this site is left out; one whose facts are nothing falls away by
itself. Section 五 has no words of ours at all: reports that read alike are called to account.

Source: R711 art. 50; 《政府信息公开工作年度报告格式》 for what section 一 covers; 国办函〔2020〕109号 for the
statement on fees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gongkai.report.schema import SectionCode
from gongkai.web.agencies.choices import Kind
from gongkai.web.agencies.models import Agency
from gongkai.web.oversight.models import Draft
from gongkai.web.oversight.services.drafting.fields import is_field
from gongkai.web.oversight.services.drafting.narrative import names_in

_Lines = tuple[tuple[str, ...], ...]
"""Paragraphs, each of sentences."""

_PREAMBLE: _Lines = (
    (
        "根据《中华人民共和国政府信息公开条例》（以下简称《条例》）第四十九条、第五十条，按照《中华人民共和国"
        "政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号），{机关}编制{年度}年政府信息公开工作年度报告。",
        "报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议和行政诉讼情况、"
        "存在的主要问题及改进情况、其他需要报告的事项六个部分组成，数据的统计期限为{年度}年1月1日至{年度}年12月31日。",
        "[?统计范围]报告的数据包括{统计范围}。[/]",
    ),
    ("[?机关电话]对报告内容有疑问的，可以与{机关}联系，电话：{机关电话}。[/]",),
)
_DISCLOSED: _Lines = (
    (
        "（一）主动公开情况。",
        "{年度}年，{本机关}主动公开政府信息{主动公开信息}条。",
        "[?规范性文件制发]制发行政规范性文件{规范性文件制发}件。[/]",
        "[?政策解读]围绕出台的政策发布解读{政策解读}篇，形式为{政策解读按形式}。[/]",
        "[?公开政府会议]公开政府会议{公开政府会议}次。[/]",
        "[?政府公报]出版政府公报{政府公报}期，刊登文件{政府公报刊登文件}件。[/]",
        "[?意见征集]就重大决策草案公开征求意见{意见征集}次。[/]",
        "[?新闻发布会]举行或者参加新闻发布会{新闻发布会}场。[/]",
        "[?回应社会关切]回应社会关切{回应社会关切}次。[/]",
    ),
)
_ASKED: _Lines = (
    (
        "（二）依申请公开情况。",
        "[?新收申请]全年新收政府信息公开申请{新收申请}件。[/]",
        "[?新收申请·同比]新收申请{新收申请·同比}。[/]",
        "[!新收申请]全年没有新收政府信息公开申请。[/]",
        "[?上年结转]上年结转{上年结转}件。[/]",
        "[?办结总数]办结{办结总数}件，其中{办结构成}。[/]",
        "[?结转下年]结转下年度继续办理{结转下年}件。[/]",
        "[?告知补正申请]办理中告知补正{告知补正申请}件。[/]",
        "[?依申请转主动公开]把依申请公开的信息转为主动公开{依申请转主动公开}件。[/]",
    ),
)
_KEPT: _Lines = (("（三）政府信息管理情况。", "{请写明本机关政府信息管理的做法}"),)
_PLATFORM: _Lines = (
    (
        "（四）公开平台建设情况。",
        "[?政府网站数]年末在用政府网站{政府网站数}个。[/]",
        "[?政务新媒体账号数]年末在用政务新媒体账号{政务新媒体账号数}个。[/]",
        "[?政府信息查阅场所数]设有政府信息查阅场所{政府信息查阅场所数}个。[/]",
        "[?领导信箱来信]领导信箱收到来信{领导信箱来信}件。[/]",
        "[?领导信箱办结]办结来信{领导信箱办结}件，"
        "其中按时办结{领导信箱按时办结}件，占{领导信箱按时办结·占比·领导信箱办结}。[/]",
        "{请写明平台建设和维护的做法}",
    ),
)
_ASSURED: _Lines = (
    (
        "（五）监督保障情况。",
        "[?政府信息公开培训]举办政府信息公开培训{政府信息公开培训}期，{政府信息公开培训人次}人次参加。[/]",
        "[?业务指导和检查]开展业务指导和检查{业务指导和检查}次。[/]",
        "[?公开工作通报]印发工作通报{公开工作通报}期。[/]",
        "[?政务公开考核得分]政务公开考核得分{政务公开考核得分}分。[/]",
    ),
)
# What a government must tell of its supervision (R711 art. 50(4)); others tell what there was.
_SUPERVISED = (
    "工作考核：{请写明本年度工作考核的组织和结果}。",
    "社会评议：本年度组织社会评议{社会评议}次。",
    "责任追究：本年度因政府信息公开工作被追究责任{责任追究}人次。",
)
_REVIEWED = (
    "[?社会评议]组织社会评议{社会评议}次。[/]",
    "[!责任追究]本年度没有因政府信息公开工作追究责任的情形。[/]",
    "[?责任追究]本年度因政府信息公开工作被追究责任{责任追究}人次。[/]",
)
_TABLE2: _Lines = (
    (
        "[?规范性文件有效]现行有效的行政规范性文件{规范性文件有效}件。[/]",
        "[?行政许可]办理行政许可{行政许可}件。[/]",
        "[?行政处罚]作出行政处罚决定{行政处罚}件。[/]",
        "[?行政强制]作出行政强制决定{行政强制}件。[/]",
    ),
)
_TABLE3: _Lines = (
    (
        "[?新收申请]新收的申请按申请人分：{申请人构成}。[/]",
        "[?不予公开]不予公开的{不予公开}件中，{不予公开构成}。[/]",
    ),
)
_TABLE4: _Lines = (
    (
        "[?行政复议总数]涉及政府信息公开的行政复议{行政复议总数}件，其中{行政复议构成}。[/]",
        "[!行政复议总数]本年度没有涉及政府信息公开的行政复议。[/]",
        "[?行政诉讼总数]行政诉讼{行政诉讼总数}件，其中{行政诉讼构成}。[/]",
        "[!行政诉讼总数]本年度没有涉及政府信息公开的行政诉讼。[/]",
    ),
)
_PROBLEMS: _Lines = (
    ("（一）存在的主要问题。", "{请写明本年度查找出的主要问题}"),
    ("（二）改进情况。", "{请写明上年问题的改进情况和下一步措施}"),
)
_FEES: _Lines = (
    (
        "（一）信息处理费收取情况。",
        "{年度}年度收取信息处理费{收取信息处理费}元。",
        "[?收取信息处理费申请]收费的申请{收取信息处理费申请}件。[/]",
        "[?逾期不缴费不再处理]发出收费通知后申请人逾期不缴费、不再处理的申请{逾期不缴费不再处理}件。[/]",
    ),
)
_PROPOSALS: _Lines = (
    (
        "（二）建议提案办理情况。",
        "[?人大建议办理A类]人大代表建议办理结果为A类的{人大建议办理A类}件。[/]",
        "[?人大建议办理B类]人大代表建议办理结果为B类的{人大建议办理B类}件。[/]",
        "[?人大建议办理C类]人大代表建议办理结果为C类的{人大建议办理C类}件。[/]",
        "[?政协提案办理A类]政协提案办理结果为A类的{政协提案办理A类}件。[/]",
        "[?政协提案办理B类]政协提案办理结果为B类的{政协提案办理B类}件。[/]",
        "[?政协提案办理C类]政协提案办理结果为C类的{政协提案办理C类}件。[/]",
        "公开建议提案答复{建议提案答复公开}件。",
    ),
    ("（三）其他事项。", "{请写明其他需要报告的事项，没有的写“无”}"),
)


def default_texts(draft: Draft) -> Mapping[SectionCode, str]:
    """Return the words of each section to begin with: a government's, or another body's."""
    assured = ((*_ASSURED[0], *(_SUPERVISED if _tells_of_supervision(draft.agency) else _REVIEWED)),)
    lines = {
        SectionCode.PREAMBLE: _PREAMBLE,
        SectionCode.OVERVIEW: (*_DISCLOSED, *_ASKED, *_KEPT, *_PLATFORM, *assured),
        SectionCode.PROACTIVE: _TABLE2,
        SectionCode.REQUESTS: _TABLE3,
        SectionCode.REMEDIES: _TABLE4,
        SectionCode.PROBLEMS: _PROBLEMS,
        SectionCode.OTHER_MATTERS: (*_FEES, *_PROPOSALS),
    }
    return {code: _written(paragraphs) for code, paragraphs in lines.items()}


def _tells_of_supervision(agency: Agency) -> bool:
    """Whether it must: governments of every level, whatever they count; who acts for one is asked to."""
    return agency.is_government or agency.kind == Kind.DEVELOPMENT_ZONE


def _written(paragraphs: Iterable[Iterable[str]]) -> str:
    return "\n".join("".join(filter(_can_be_said, sentences)) for sentences in paragraphs)


def _can_be_said(sentence: str) -> bool:
    return all(map(is_field, names_in(sentence)))
