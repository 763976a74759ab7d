"""What single documents give: to whom, on what condition, how much, until when, how and where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.web.config.demonstration_documents.forms import SampleBenefit
from gongkai.web.publishing.choices import Audience

_TOWNSHIP = "居住地乡镇、街道便民服务中心"
_VILLAGE = "村民委员会"
_GRADUATES_UNTIL = date(2028, 4, 30)


def _benefit(
    document: str,
    title: str,
    audiences: tuple[Audience, ...],
    condition: str,
    amount: str,
    deadline: date | None,
    how: str,
    where: str,
) -> Iterator[SampleBenefit]:
    """Yield the benefit once for each of those it is for."""
    for audience in audiences:
        yield SampleBenefit(
            key=f"{document}/{title}/{audience}",
            document=document,
            title=title,
            audience=audience,
            condition=condition,
            amount=amount,
            deadline=deadline,
            how=how,
            where=where,
        )


BENEFITS = (
    *_benefit(
        "danbao-daikuan-2024",
        "个人创业担保贷款",
        (
            Audience.RETURNEE,
            Audience.VETERAN,
            Audience.JOBLESS,
            Audience.GRADUATE,
        ),
        "自主创业，无逾期贷款",
        "最高30万元，贴息不超过百分之五十",
        None,
        "资格审核、担保调查、银行放款各五个工作日",
        "创业所在地乡镇、街道便民服务中心",
    ),
    *_benefit(
        "danbao-daikuan-2024",
        "小微企业创业担保贷款",
        (Audience.SMALL_FIRM,),
        "吸纳重点人群达到职工总数一成",
        "最高400万元，贴息不超过百分之五十",
        None,
        "提交职工名册和参保记录",
        "县政务服务大厅",
    ),
    *_benefit(
        "biyesheng-2026",
        "毕业生租房补贴",
        (Audience.GRADUATE,),
        "毕业五年内在县城就业、没有自有住房",
        "每月300元至1200元，最长24个月",
        _GRADUATES_UNTIL,
        "网上申请，比对社会保险和不动产登记",
        "县政务服务大厅",
    ),
    *_benefit(
        "biyesheng-2026",
        "一次性创业补贴",
        (Audience.GRADUATE,),
        "毕业五年内首次创业并正常经营一年",
        "8000元",
        _GRADUATES_UNTIL,
        "凭营业执照和纳税记录申请",
        _TOWNSHIP,
    ),
    *_benefit(
        "biyesheng-2026",
        "吸纳就业补助",
        (Audience.SMALL_FIRM,),
        "招用毕业年度毕业生并缴纳社会保险一年以上",
        "每招一人1500元",
        _GRADUATES_UNTIL,
        "系统比对后主动告知，确认即发",
        "县政务服务大厅",
    ),
    *_benefit(
        "biyesheng-2026",
        "毕业生求职补贴",
        (
            Audience.GRADUATE,
            Audience.LOW_INCOME,
        ),
        "低保家庭、残疾人家庭的毕业生",
        "每人1500元",
        _GRADUATES_UNTIL,
        "由学校集中申报",
        "就读学校或者居住地便民服务中心",
    ),
    *_benefit(
        "zhongliang-2026",
        "种粮面积补贴",
        (Audience.FARMER,),
        "种植水稻、小麦、玉米、大豆十亩以上",
        "每亩每季60元至110元",
        None,
        "每年4月30日前申报，遥感核验、公示，通过一卡通发放",
        _VILLAGE,
    ),
    *_benefit(
        "zhongliang-2026",
        "开垦撂荒地补助",
        (Audience.FARMER,),
        "恢复撂荒地种粮",
        "第一年每亩300元，第二年150元",
        None,
        "每年4月30日前与面积补贴一并申报",
        _VILLAGE,
    ),
    *_benefit(
        "dibao-2023",
        "最低生活保障金",
        (Audience.LOW_INCOME,),
        "家庭人均收入低于保障标准并且财产符合规定",
        "2025年7月起每人每月765元，按差额发放",
        None,
        "授权核对、入户调查、公示后确认",
        _TOWNSHIP,
    ),
    *_benefit(
        "linshi-2025",
        "急难型临时救助",
        (Audience.RESIDENT,),
        "火灾、交通事故、突发重病等急难，不论户籍",
        "每人600元至3000元",
        None,
        "二十四小时内先行给付",
        "困难发生地乡镇人民政府、街道办事处",
    ),
    *_benefit(
        "canji-2023",
        "困难残疾人生活补贴",
        (Audience.DISABLED,),
        "低保和低保边缘家庭中的持证残疾人",
        "每人每月120元",
        None,
        "全国任一窗口或者网上申请",
        "任一乡镇、街道窗口",
    ),
    *_benefit(
        "canji-2023",
        "重度残疾人护理补贴",
        (Audience.DISABLED,),
        "残疾等级一级、二级，或者三级智力、精神残疾",
        "每人每月120元至144元",
        None,
        "全国任一窗口或者网上申请",
        "任一乡镇、街道窗口",
    ),
    *_benefit(
        "gaoling-2022",
        "高龄津贴",
        (Audience.ELDERLY,),
        "本县户籍、年满八十周岁",
        "每人每月100元、220元或者500元",
        None,
        "自年满当月起，街道、乡镇主动联系发放",
        "户籍地乡镇、街道",
    ),
    *_benefit(
        "gongzufang-2024",
        "公租房租赁补贴",
        (Audience.TENANT,),
        "住房困难并在轮候期间",
        "每平方米每月4元至9元",
        None,
        "提交身份证明和承诺书",
        "居住地街道办事处、乡镇人民政府",
    ),
    *_benefit(
        "dianti-2024",
        "加装电梯补助",
        (Audience.RESIDENT,),
        "四层以上未设电梯的合法住宅，表决通过",
        "每台15万元",
        None,
        "联合审查后建设，竣工验收后一个月内拨付",
        "县政务服务大厅综合窗口",
    ),
    *_benefit(
        "zizhu-2023",
        "寄宿生生活补助",
        (
            Audience.STUDENT,
            Audience.LOW_INCOME,
        ),
        "义务教育阶段家庭经济困难寄宿生",
        "小学每年1250元，初中每年1500元",
        None,
        "每年9月认定，系统比对直接认定，其他学生由家长承诺",
        "就读学校",
    ),
    *_benefit(
        "qt-xiangcun-2025",
        "农业社会化服务补助",
        (Audience.FARMER,),
        "购买机耕、机插、统防统治、机收服务",
        "不超过价格三成，每亩合计不超过100元",
        date(2025, 4, 30),
        "服务组织申报，八成直接抵减农户费用",
        "栖桐镇农业服务中心",
    ),
)
