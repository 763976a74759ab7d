"""Names of persons beside words that tell what must not be told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.sources import R711
from gongkai.proofing.drafts import Passage
from gongkai.proofing.masking import veiled
from gongkai.proofing.registry import Hit, Level, Reading, at, checks

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆"
    "范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯庄牛樊"
    "葛邢安齐伍庞颜倪温聂章鲁岳翟殷詹申关焦柳欧祝纪尚毕耿芦左季管宁涂冉阎谷童柴车蒙辜裴霍"
)
_NAME = rf"(?:欧阳|上官|司马|诸葛|司徒|东方|尉迟|[{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_NOT_A_NAME = re.compile(
    r"[某等先女同][\u4e00-\u9fff]?$|[区县市镇乡村局厅部委办院所站队校厂店社司会处科长任师员理人]$|某|先生|女士|同志|以及"
)
_IDENTIFIED = re.compile(
    rf"(?<![\u4e00-\u9fff])({_NAME})(?=[ ]?[,，、(（ ]{{0,2}}(?:[男女][,，、 ]{{1,2}})?"
    r"(?:[\u4e00-\u9fff]{1,3}族[,，、 ]{1,2})?(?:[0-9年月日出生]{4,13}[,，、 ]{1,2})?"
    r"(?:居民|公民)?身份(?:证|号码|证号))"
)
_ROLE = re.compile(
    r"(举报人|投诉人|信访人|检举人|患者|病人|确诊病例|被?监护人|未成年人|被害人|受害人|被收养人|吸毒人员|社区矫正对象"
    rf"|戒毒人员)(?:姓名)?[：:]\s?({_NAME})(?![\u4e00-\u9fff])"
)


@checks(
    "PI09",
    "身份信息旁的姓名",
    "“{suggestion}”与身份信息同时出现，应当隐去姓名或者身份信息。",
    level=Level.BLOCK,
    source=R711.art(15),
)
def no_name_stands_beside_identity_words(reading: Reading) -> Iterator[Hit]:
    """姓名不得与身份证号码同列，也不得写明谁是举报人、患者、被害人、未成年人等。"""
    for passage in reading.draft.passages:
        text = passage.text
        if "身份" in text:
            for match in _IDENTIFIED.finditer(text):
                yield from _name(passage, match, 1)
        for match in _ROLE.finditer(text):
            yield from _name(passage, match, 2)


def _name(passage: Passage, match: re.Match[str], group: int) -> Iterator[Hit]:
    if not _NOT_A_NAME.search(match[group]):
        yield at(passage, *match.span(group), suggestion=veiled(match[group], 1))
