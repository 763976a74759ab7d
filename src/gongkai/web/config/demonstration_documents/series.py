"""What the real world says again every year: duties, budgets, accounts, penalties, inspections, figures."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.config.demonstration_documents.forms import (
    EDUCATION,
    HEALTH,
    LAND,
    MARKET,
    PLANNING,
    POLICE,
    SampleDocument,
    document,
)
from gongkai.web.config.demonstration_documents.offices import OFFICES, Office
from gongkai.web.publishing.choices import Article20Item, Genre, Topic

BUDGET_DAYS = {2023: "2023-02-13 2023-02-20", 2025: "2025-02-10 2025-02-17", 2026: "2026-02-02 2026-02-09"}
ACCOUNTS_DAYS = {2023: "2024-09-02 2024-09-10", 2024: "2025-09-01 2025-09-09"}


def _duties(office: Office, place: int) -> SampleDocument:
    return document(
        f"zhineng-{office.slug}",
        office.agency,
        f"{office.agency}机关职能和机构设置",
        days="2024-03-18 2024-03-27",
        item20=Article20Item.ORGANISATION,
        topic=Topic.GENERAL,
        genre=Genre.OTHER,
        abstract="机关职能、内设机构、办公地址、办公时间、联系方式和负责人姓名。",
        keywords="机关职能 内设机构 办公地址 负责人",
        text=f"""
## 机关职能
{office.agency}{office.duties}。
## 机构设置
{office.divisions}。核定编制{office.staff}名。
## 办公地址和时间
霁川县溪畔路{18 + place * 6}号。工作日8:30至12:00，14:30至17:30；窗口单位中午不间断。
## 联系方式
值班电话0000-5550{300 + place}，法定节假日有人值守。来信请寄上述地址，信封写明科室名称。
## 负责人
主要负责人{office.head}，主持全面工作；其他负责人分工见本机关公告栏。对工作有意见的，可以预约接待，每月第一个工作日为接待日。
""",
    )


def _budget(office: Office, year: int) -> SampleDocument:
    total = round(office.spending * 1.03 ** (year - 2024))
    staff_cost, project = round(total * 0.62), round(total * 0.27)
    return document(
        f"yusuan-{office.slug}-{year}",
        office.agency,
        f"{office.agency}{year}年部门预算",
        days=BUDGET_DAYS[year],
        item20=Article20Item.BUDGET,
        topic=Topic.FINANCE,
        genre=Genre.OTHER,
        abstract=f"公开{year}年收支预算、三公经费预算和重点项目绩效目标。",
        keywords="部门预算 三公经费 预决算",
        text=f"""
{year}年，{office.agency}收入预算{total}万元，全部为一般公共预算拨款；支出预算{total}万元，收支平衡。
|支出|金额（万元）|
|人员经费|{staff_cost}|
|公用经费|{total - staff_cost - project}|
|项目支出|{project}|
“三公”经费预算{round(office.staff * 0.31, 1)}万元，其中公务接待费{round(office.staff * 0.11, 1)}万元、\
公务用车运行维护费{round(office.staff * 0.2, 1)}万元，没有因公出国（境）安排。
重点项目为{office.project}，绩效目标为年内完成并投入使用，群众满意度不低于九成。
政府采购预算{round(total * 0.04)}万元，其中面向中小企业预留四成以上。预算编制采用零基方法，上年结余一律收回。
""",
    )


def _accounts(office: Office, year: int) -> SampleDocument:
    planned = round(office.spending * 1.03 ** (year - 2024))
    spent = round(planned * 0.976)
    guests = round(office.staff * 0.086, 1)
    return document(
        f"juesuan-{office.slug}-{year}",
        office.agency,
        f"{office.agency}{year}年度部门决算",
        days=ACCOUNTS_DAYS[year],
        item20=Article20Item.BUDGET,
        topic=Topic.FINANCE,
        genre=Genre.OTHER,
        abstract=f"公开{year}年度收支决算、三公经费决算和绩效自评结果。",
        keywords="部门决算 三公经费 预决算 绩效自评",
        text=f"""
{year}年度，{office.agency}支出决算{spent}万元，为年初预算的百分之九十七点六，\
结余{planned - spent}万元全部交回财政。
“三公”经费决算{round(guests + office.staff * 0.17, 1)}万元，低于预算。\
其中公务接待{max(office.staff // 4, 6)}批次{guests}万元，\
公务用车运行维护费{round(office.staff * 0.17, 1)}万元，年末保有车辆{max(office.staff // 18, 2)}辆。
项目支出绩效自评覆盖全部项目。{office.project}自评得分九十二分，扣分原因为开工比计划晚一个季度，资金支付集中在年末。
政府采购支出{round(spent * 0.037)}万元，授予中小企业的合同占八成以上。
决算数据以财政部门批复为准，单位换算产生的尾数差异未作调整。
""",
    )


TOPICS = {
    EDUCATION: Topic.EDUCATION,
    HEALTH: Topic.HEALTH,
    LAND: Topic.LAND,
    MARKET: Topic.MARKET,
    POLICE: Topic.SECURITY,
}
PENALTIES = (
    (MARKET, "sjj", "2023-04-10 2023-04-14", "2023年第一季度", 118, 214.6, "销售超过保质期食品", "餐饮", 7),
    (
        MARKET,
        "sjj",
        "2024-10-14 2024-10-18",
        "2024年第三季度",
        127,
        186.3,
        "短斤少两、未明码标价",
        "农贸市场",
        3,
    ),
    (LAND, "zrzyj", "2024-07-08 2024-07-12", "2024年上半年", 13, 342.0, "未经批准占用耕地建厂房", "建材", 2),
    (HEALTH, "wjj", "2025-01-13 2025-01-17", "2024年下半年", 36, 28.4, "医疗废物未分类暂存", "诊所", 4),
    (
        POLICE,
        "gaj",
        "2025-10-13 2025-10-17",
        "2025年第三季度",
        5210,
        61.2,
        "酒后驾驶、无牌上路",
        "交通运输",
        11,
    ),
    (EDUCATION, "jyj", "2026-01-12 2026-01-16", "2025年度", 2, 4.0, "无证开展学科类培训", "校外培训", 1),
)


def _penalties() -> Iterator[SampleDocument]:
    for agency, slug, days, period, cases, fines, cause, trade, pleas in PENALTIES:
        yield document(
            f"chufa-{slug}-{days[:4]}",
            agency,
            f"{agency}{period}行政处罚情况",
            days=days,
            item20=Article20Item.PENALTIES,
            topic=TOPICS[agency],
            genre=Genre.BULLETIN,
            abstract=f"公布{period}行政处罚的数量、主要案由、听证和有社会影响的决定。",
            keywords="行政处罚 处罚决定 案由 听证",
            text=f"""
{period}，{agency}作出行政处罚决定{cases}件，罚没{fines}万元。案由以{cause}为主，{trade}领域较为集中。
## 依据和程序
处罚前均告知拟作出决定的事实、理由、依据和陈述申辩的权利。听取陈述申辩{pleas}件，\
其中{max(pleas // 3, 1)}件减轻或者不予处罚；法制审核覆盖全部普通程序案件。
## 具有一定社会影响的决定
依法公开{max(cases // 20, 1)}件，写明当事人名称、违法事实、依据和结果。当事人为自然人的，隐去住址、\
证件号码；涉及未成年人的不公开。
## 监督
决定被变更、撤销、确认违法或者无效的，三日内撤回公开信息并说明理由。本期撤回{pleas % 2}件。
""",
        )


INSPECTIONS = (
    (
        MARKET,
        "shipin",
        "2023-08-07 2023-08-14",
        "校园食堂和集体用餐配送单位",
        96,
        9,
        "留样不足、冷藏温度偏高",
    ),
    (MARKET, "chongdian", "2024-05-13 2024-05-20", "电动自行车充电器和头盔产品质量", 64, 11, "插脚绝缘不足"),
    (MARKET, "texi", "2025-11-17 2025-11-24", "住宅电梯维护保养", 132, 17, "维保记录不全、应急呼叫失灵"),
    (
        HEALTH,
        "yongchi",
        "2024-08-05 2024-08-12",
        "游泳场所和住宿场所公共卫生",
        78,
        12,
        "余氯偏低、公共用品消毒不到位",
    ),
    (HEALTH, "gongshui", "2025-07-14 2025-07-21", "农村集中式供水水质", 41, 3, "消毒剂余量不足"),
    (
        EDUCATION,
        "peixun",
        "2023-11-13 2023-11-20",
        "校外培训机构安全和收费",
        37,
        6,
        "消防通道堆物、预收费超限",
    ),
    (LAND, "kuangshan", "2025-05-19 2025-05-26", "露天矿山边坡和生态修复", 11, 2, "边坡监测中断、复绿滞后"),
)


def _inspections() -> Iterator[SampleDocument]:
    for agency, slug, days, subject, checked, faulty, fault in INSPECTIONS:
        yield document(
            f"choucha-{slug}-{days[:4]}",
            agency,
            f"{days[:4]}年{subject}“双随机、一公开”抽查结果",
            days=days,
            item20=Article20Item.SUPERVISION,
            topic=TOPICS[agency],
            genre=Genre.OTHER,
            abstract=f"随机抽查{checked}家（个），发现问题{faulty}家（个），公布处理情况。",
            keywords="双随机 监督检查 抽查结果",
            text=f"""
按照年度计划，本机关采用双随机方式，从检查对象名录库中抽取{checked}家（个）{subject}检查对象，从执法人员名录库中随机派出检查人员，两人一组。
|结果|数量|处理|
|未发现问题|{checked - faulty}|结果公示|
|发现问题|{faulty}|{faulty - faulty // 3}家责令改正，{faulty // 3}家立案|
主要问题是{fault}。责令改正的，十五日内复查；立案的，处理结果另行公布。
同一对象一年内已接受其他部门抽查的，合并检查，不再重复上门。检查人员出示证件，不收取任何费用，不接受宴请。
被检查对象对结果有异议的，自公示之日起五个工作日内可以申请复核。
""",
        )


QUARTERS = (
    ("2023-10-23 2023-10-30", "2023年前三季度", "5.7", "4.6", "8.8", "2.1"),
    ("2024-07-22 2024-07-29", "2024年上半年", "5.5", "3.0", "5.6", "2.4"),
    ("2025-07-21 2025-07-28", "2025年上半年", "5.2", "2.2", "4.9", "1.7"),
    ("2026-04-20 2026-04-27", "2026年第一季度", "5.3", "2.8", "5.4", "2.0"),
)


def _figures() -> Iterator[SampleDocument]:
    for days, period, product, investment, retail, prices in QUARTERS:
        yield document(
            f"tongji-{days[:7]}",
            PLANNING,
            f"霁川县{period}主要经济指标",
            days=days,
            item20=Article20Item.STATISTICS,
            topic=Topic.ECONOMY,
            genre=Genre.OTHER,
            abstract=f"公布{period}地区生产总值、投资、消费和规模以上工业增速。",
            keywords="统计信息 经济指标 增速",
            text=f"""
{period}，全县经济运行总体平稳，主要指标与上年同期相比：
|指标|增长（%）|
|地区生产总值|{product}|
|固定资产投资|{investment}|
|社会消费品零售总额|{retail}|
|规模以上工业增加值|{round(float(product) + 0.6, 1)}|
|居民消费价格|{round(float(prices) - 1.1, 1)}|
增速按可比价格计算。规模以上工业统计年主营业务收入二千万元以上的企业，本期在库企业一百零六家，比上年同期净增四家。
民间投资恢复仍不稳固，房屋新开工面积继续收窄。指标经核定后可能调整，使用时以最近一次公布的数字为准，查询口径说明可以联系统计科。
""",
        )


DOCUMENTS = (
    *(_duties(office, place) for place, office in enumerate(OFFICES)),
    *(_budget(office, 2025) for office in OFFICES),
    *(_budget(office, year) for office in OFFICES[3:6] for year in (2023, 2026)),
    *(_accounts(office, 2024) for office in OFFICES),
    *(_accounts(office, 2023) for office in OFFICES[7:10]),
    *_penalties(),
    *_inspections(),
    *_figures(),
)
