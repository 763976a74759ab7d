"""Facts with which every kind of letter is whole."""

from dataclasses import replace
from datetime import date

from gongkai.law.channels import Channel
from gongkai.law.fees import Tariff, fee
from gongkai.law.remedies import Body, BodyKind
from gongkai.letters import KINDS, Contact, Detail, Entry, LetterFacts, Withheld

DAY = date(2025, 10, 16)
BODY = Body(
    name="青禾县教育局", kind=BodyKind.LOCAL_DEPARTMENT, government="青禾县人民政府", court="青禾县人民法院"
)
DETAIL: dict[str, Detail] = {
    "findings": "2024年9月，县教育局组织了全县义务教育阶段学校食堂大宗食材招标",
    "reasons": "该件尚在内部讨论，没有形成最终意见，公开后不利于坦率讨论",
    "correction_items": "1.所需信息的年度和学校名称；\n2.所指“相关材料”的具体名称或者其他特征性描述",
    "summary": "2024年全县义务教育阶段学校食堂大宗食材采购合同",
    "concerned": "你方与青禾县第一小学签订的食材供应合同中的单价和配方",
    "questions": "1.《食堂食材采购工作方案》是否由贵单位印发；\n2.贵单位对公开该方案有无意见",
    "scale": "你于2025年9月1日至9月26日共向本机关提出政府信息公开申请34件，内容均为各学校食堂的逐日台账",
    "payment": "凭缴款码到任一代收银行或者通过网上银行缴纳，缴款码36110025000012345",
    "access": "青禾县人民政府门户网站“政府信息公开—法定主动公开内容—教育”栏目，网址 https://www.qinghe.example/jy/2024/0912.html",
    "delivery": "纸质复印件，随本答复书一并邮寄",
    "classified_basis": "《教育工作国家秘密范围的规定》的有关条款",
    "statute": "《不动产登记暂行条例》第二十七条",
    "weighing": "合同单价和配方是供应商的商业秘密，公开会使其在竞争中受到损害，不公开不损害公共利益",
    "reading": "凭身份证件和当事人身份证明，工作时间到县教育局政策法规股查阅",
    "procedure": "凭身份证件到青禾县不动产登记中心查询窗口提出查询申请，地址：青禾县人民路9号",
    "search": "以“食堂”“大宗食材”“采购合同”为关键词，检索了2023年至2025年的公文系统、合同台账和档案目录",
    "unclear": "“相关材料”没有名称、文号或者其他可以据以查找的特征",
    "channel_told": "国家信访局网上信访平台，或者青禾县信访局，电话 0999-5550133",
    "earlier_access": "2025年6月3日，你在本机关当面领取了该合同的复印件",
    "applicant_reasons": "需要逐日核对全县各学校的食堂支出",
    "disclosed": "食材供应合同的供应商名称、合同总价和履行期限",
    "record": "2025年3月7日登记的教师资格信息中的出生日期",
    "result": "已将出生日期更正为1990年1月3日",
    "proposal": "该信息涉及公众利益调整，三年内有多人申请，建议主动公开",
    "conclusion": "转为主动公开",
    "other_basis": "《中华人民共和国档案法》第十五条",
    "instructions": "请查找该合同，提出可否公开的意见，涉及第三方的注明联系方式",
    "recipient": "青禾县市场监督管理局",
    "third_party": "青禾县丰源食品有限公司",
    "information": "青禾县学校食堂大宗食材采购工作方案",
    "consulted": "第三方",
    "competent": "青禾县市场监督管理局",
    "competent_contact": "青禾县人民路18号，电话 0999-5550166",
    "file_title": "青教罚字〔2024〕3号行政处罚案卷",
    "earlier_number": "青教公开答〔2025〕6号",
    "service_proof": "邮政特快专递1234567890123",
    "document": "政府信息公开申请答复书（青教公开答〔2025〕12号）",
    "addressee": "王小禾",
    "service_place": "青禾县学府路3号",
    "service_way": "邮寄",
    "column": "政府信息公开—法定主动公开内容—教育",
    "ending": "部分公开，2025年10月16日以青教公开答〔2025〕12号答复",
    "handler": "李敏",
    "file_number": "0016-2025-031",
    "retention": "三十年",
    "kept_by": "李敏",
    "extended_to": date(2025, 11, 14),
    "reply_due": date(2025, 10, 17),
    "answer_by": date(2025, 10, 10),
    "delayed_to": date(2025, 12, 31),
    "earlier_on": date(2025, 6, 3),
    "delivered_on": date(2025, 6, 6),
    "lapsed_on": date(2025, 6, 27),
    "asked_on": date(2025, 9, 19),
    "reasons_asked_on": date(2025, 9, 24),
    "corrected_on": date(2025, 9, 26),
    "transferred_on": date(2025, 9, 28),
    "opened_on": date(2025, 9, 15),
    "closed_on": date(2025, 10, 17),
    "correction_days": 15,
    "extension_days": 20,
    "applicants": 12,
    "pages": 46,
    "pieces": 9,
    "given": ("青禾县第一小学2024年食材供应合同（青教合〔2024〕18号）", "青禾县第二小学2024年食材供应合同"),
}
FULL = LetterFacts(
    body=BODY,
    contact=Contact(
        office="县教育局政府信息公开办公室",
        person="李敏",
        phone="0999-5550120",
        address="青禾县学府路1号",
        postcode="336100",
    ),
    made_on=DAY,
    applicant="王小禾",
    applicant_address="青禾县学府路3号",
    applicant_phone="0999-5550188",
    request_number="QH-JY-2025-031",
    wanted="2024年全县义务教育阶段学校食堂大宗食材采购合同",
    wanted_form="纸质，邮寄",
    channel=Channel.INTERNET,
    received_on=date(2025, 9, 15),
    history=(
        "因所申请的信息涉及第三方，本机关于2025年9月19日书面征求第三方的意见，至2025年9月26日止，所需时间不计入答复期限。",
    ),
    withheld=(
        Withheld(
            part="合同附件二《单价明细表》",
            ground="trade_secret",
            reasons="第三方不同意公开，单价是其商业秘密",
        ),
        Withheld(part="评审记录第3页至第5页", ground="discussion_record", reasons="是评审过程中的讨论记录"),
    ),
    fee=fee(Tariff.PER_REQUEST, 34, DAY),
    annexes=("青禾县第一小学2024年食材供应合同", "青禾县第二小学2024年食材供应合同"),
    entries=(
        Entry(title="政府信息公开申请表", maker="王小禾", made_on=date(2025, 9, 15), pages="1—2"),
        Entry(
            title="政府信息公开申请答复书",
            number="青教公开答〔2025〕12号",
            maker="青禾县教育局",
            made_on=DAY,
            pages="3—5",
        ),
    ),
    details=DETAIL,
)
GROUND = {
    "denied.security_stability": "public_security",
    "denied.third_party": "trade_secret",
    "denied.internal_affairs": "personnel",
    "denied.process_info": "discussion_record",
}


def full(kind: str) -> LetterFacts:
    """Facts with which a letter of that kind lacks nothing."""
    chosen = KINDS[kind]
    number = f"青教{chosen.style}〔2025〕12号" if chosen.style else ""
    grounds = (GROUND[chosen.outcome],) if chosen.outcome in GROUND else ()
    annexes = FULL.annexes if chosen.outcome else ()
    return replace(FULL, number=number, grounds=grounds, annexes=annexes)
