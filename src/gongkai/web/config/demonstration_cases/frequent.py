"""One who asks the finance bureau over ten times in a month: fees by number, reasons, a delay, a refusal."""

from __future__ import annotations

from gongkai.law.procedure.states import Action
from gongkai.web.config.demonstration_cases.acts import After, act, letter
from gongkai.web.config.demonstration_cases.dealings import handed_in
from gongkai.web.config.demonstration_cases.people import BUILDER, TANG
from gongkai.web.config.demonstration_cases.telling import AS_TEXT, BY_MAIL, Do, Story
from gongkai.web.config.demonstration_documents.forms import FINANCE, MARKET

_MONTH = 7
_OFTEN = "本月内向本机关提出政府信息公开申请已超过十件"
_ASKED = (
    "农村公路养护", "老旧小区改造", "乡镇卫生院设备更新", "中小学食堂改造", "高标准农田建设",
    "公共停车场建设",
    "城区绿化管护", "村级文化活动室", "河道清淤", "公益性岗位补贴",
)  # fmt: skip


def _story(at: int, wanted: str, *steps: tuple[int, Do]) -> Story:
    return Story(
        key=f"pinfan-{at}", body=FINANCE, ago=1 + at // 4, month=_MONTH, is_settled=True, who=TANG,
        wanted=wanted, steps=steps,
    )  # fmt: skip


def _evaluation(at: int, project: str) -> Story:
    name = f"2024年度{project}项目绩效评价报告"
    given = letter("granted.given", given=(name,), delivery=AS_TEXT)
    return _story(at, f"{name}。", (3 + at % 5, given))


STORIES = (
    *(_evaluation(at, project) for at, project in enumerate(_ASKED)),
    _story(
        10, "2024年度全部部门预算绩效目标申报表。",
        (5, letter("fee_notice", tariff="per_request", scale=_OFTEN)),
        (6, act(Action.PAY)),
        (8, letter("granted.given", given=("2024年度部门预算绩效目标申报表",), delivery=AS_TEXT)),
    ),
    _story(
        11, "2023年度全部部门预算绩效目标申报表。",
        (5, letter("fee_notice", tariff="per_request", scale=_OFTEN)),
        (23, letter("other.fee_unpaid", service_proof="网上送达记录")),
    ),
    _story(
        12, "2019年以来全部政府采购合同的履约验收书。",
        (4, letter("reasons_letter", scale=_OFTEN, answer_by=After(7))),
        (4, handed_in(Action.REASONS_GIVEN, "正在做政府采购履约的课题，需要逐年比较，提纲见附件。")),
        (4, letter("delay_notice", scale=_OFTEN, delayed_to=After(40),
                   reasons="所需验收书约六百份，须逐份区分处理")),
        (35, letter("partial", given=("2019年以来政府采购履约验收书目录及正文",),
                    delivery="电子文本，分三批提供，最后一批随本答复书提供",
                    withheld=(("验收书所附供应商的成本明细", "negotiation_letter",
                               "属于议价过程中形成的磋商材料"),))),
    ),
    _story(
        13, "请把前述十三件申请的答复书再各出具三份。",
        (4, letter("reasons_letter", scale=_OFTEN, answer_by=After(7))),
        (5, handed_in(Action.REASONS_GIVEN, "我就是想多要几份。")),
        (4, letter("declined.excessive", scale=_OFTEN, applicant_reasons="“就是想多要几份”",
                   reasons="答复书已经送达，没有再次索取的合理需要")),
    ),
    Story(
        key="an-ye-yijiao", body=MARKET, ago=84, who=BUILDER, **BY_MAIL,
        wanted="2024年建设工程材料监督抽查的全部检验报告。",
        steps=(
            (6, letter("fee_notice", tariff="per_page", units=126,
                       scale="本次申请的材料共126页，超过按量计收的起点")),
            (3, act(Action.FEE_NOTICE_RECEIVED)),
            (7, act(Action.PAY)),
            (6, letter("granted.given", given=("2024年建设工程材料监督抽查检验报告21份",),
                       delivery="纸质复印件一套，随本答复书一并寄送")),
            (3, act(Action.DELIVERED)),
        ),
    ),
)  # fmt: skip
