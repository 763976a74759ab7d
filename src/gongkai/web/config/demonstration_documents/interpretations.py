"""What explains the documents, and by which form."""

from __future__ import annotations

from datetime import date

from gongkai.web.config.demonstration_documents.forms import (
    EDUCATION,
    FINANCE,
    GOVERNMENT,
    LAND,
    MARKET,
    OFFICE,
    PLANNING,
    POLICE,
    SampleInterpretation,
    blocks,
)
from gongkai.web.publishing.choices import InterpretationForm


def _explained(
    document: str, form: InterpretationForm, agency: str, published: str, title: str, text: str
) -> SampleInterpretation:
    return SampleInterpretation(
        key=f"jiedu-{document}-{form.name.lower()}",
        document=document,
        form=form,
        agency=agency,
        title=title,
        published_on=date.fromisoformat(published),
        body=blocks(text),
    )


INTERPRETATIONS = (
    _explained(
        "dibao-2023",
        InterpretationForm.QUESTIONS,
        OFFICE,
        "2023-03-21",
        "低保怎么申请？《霁川县最低生活保障实施办法》简明问答",
        """
## 问：在外地打工，户口在霁川，能申请吗？
答：能。可以在户籍地或者经常居住地申请，也可以委托村（居）民委员会代办。
## 问：家里有一辆旧车，会不会一票否决？
答：用于谋生的小型货车、残疾人代步车不作为否决条件，具体由乡镇入户调查后判断。
## 问：找到工作后低保会马上停吗？
答：不会。人均收入超过标准但不足两倍的，有六个月渐退期。
""",
    ),
    _explained(
        "gaoling-xiugai-2024",
        InterpretationForm.TEXT_AND_PICTURE,
        OFFICE,
        "2024-09-04",
        "一图读懂：高龄津贴涨了，还不用跑",
        """
|年龄|原标准|新标准|
|80至89周岁|60元|100元|
|90至99周岁|150元|220元|
|100周岁以上|500元|500元|
图中第二部分说明流程：系统提示满八十周岁，街道上门核对账户，当月发放。
""",
    ),
    _explained(
        "canji-xiugai-2025",
        InterpretationForm.TEXT_AND_PICTURE,
        OFFICE,
        "2025-02-25",
        "一图读懂：残疾人两项补贴提高了多少",
        """
每档提高二十四元，从2025年4月起执行，在册人员不用重新申请。
三级听力残疾儿童是新纳入的对象，由监护人带残疾人证到任一窗口登记。
""",
    ),
    _explained(
        "linshi-2025",
        InterpretationForm.HEAD,
        GOVERNMENT,
        "2025-06-25",
        "主要负责人解读《霁川县临时救助实施办法》",
        """
县政府分管负责人介绍，新办法最大的变化有三点：不看户籍，在哪里遇到困难就向哪里申请；乡镇审批额度提高，多数急难二十四小时内给钱；把教育、医疗支出过大的家庭也纳入进来。
谈到监督时，负责人强调，先行给付不等于不核实，资金发放后十个工作日内完成补充调查。
""",
    ),
    _explained(
        "gongzufang-2024",
        InterpretationForm.QUESTIONS,
        OFFICE,
        "2024-06-05",
        "公租房申请二十问（节选）",
        """
## 问：原来住廉租房，要不要重新签合同？
答：不用。原合同到期前继续有效，到期后按新办法续租。
## 问：刚参加工作的大学生能申请吗？
答：毕业不满五年、在县城没有自有住房的新就业职工可以申请，不受收入限制。
## 问：轮候期间怎么办？
答：可以领取租赁补贴，按家庭类型每平方米每月四元至九元。
""",
    ),
    _explained(
        "zhengdi-2023",
        InterpretationForm.EXPERT,
        LAND,
        "2023-05-31",
        "专家解读：征地补偿看懂这四步",
        """
土地政策研究人员从预公告、现状调查、补偿登记和社会保障四步，解释征地补偿怎样算、钱给谁。
专家提醒，补偿登记是关键，登记材料遗失的可以请村集体证明；对面积有异议，应当在公示期内提出复核。
""",
    ),
    _explained(
        "zhengdi-xiugai-2025",
        InterpretationForm.MEDIA,
        GOVERNMENT,
        "2025-05-22",
        "记者观察：综合地价上调，农民关心什么",
        """
记者走访栖桐镇两个村，村民最关心的是新旧标准怎样衔接。答案是：7月1日以前已经公告补偿安置方案的项目仍按原标准，其余按新标准。
过渡期由二十四个月缩短到十八个月，逾期加倍支付临时安置费，被村民认为最实在。
""",
    ),
    _explained(
        "zhaijidi-2024",
        InterpretationForm.VIDEO,
        LAND,
        "2024-06-26",
        "视频：三分钟看懂宅基地审批",
        """
视频脚本：镜头一，小明一家要分户建房，先到村民小组提出；镜头二，公示五个工作日；镜头三，镇干部带皮尺到场放样；镜头四，二十个工作日拿到批准书。
字幕提示：一户只能有一处宅基地，卖了房再申请的不予批准。视频配有手语翻译。
""",
    ),
    _explained(
        "gongjiao-2024",
        InterpretationForm.PRESS,
        GOVERNMENT,
        "2024-07-24",
        "城乡公交运营服务与补贴管理办法新闻发布会实录",
        """
发布人介绍，全县公交线路二十四条，日均客流一万三千人次。新办法把补贴与服务质量挂钩。
记者问：客流少的线路会不会取消？答：不会直接取消，可以改为预约响应式公交，建制村通公交的承诺不变。
记者问：学生半价怎么用？答：刷学生卡自动抵扣，没有卡的出示学生证购半票。
""",
    ),
    _explained(
        "tingche-2024",
        InterpretationForm.TEXT_AND_PICTURE,
        PLANNING,
        "2024-04-10",
        "图解停车收费新标准",
        """
一类区首小时四元，二类区两元，乡镇免费；三十分钟以内免费，医院、学校周边减半，夜间免费。
图上标出一类区范围：溪畔路自城北路口至霁川大桥。电子收费必须保留现金通道。
""",
    ),
    _explained(
        "ruyuan-2025",
        InterpretationForm.QUESTIONS,
        EDUCATION,
        "2025-03-19",
        "孩子入园家长最关心的八个问题",
        """
## 问：房子是租的，孩子能上公办园吗？
答：能，属于第二批招收对象，凭居住证明报名。
## 问：电脑派位没派上怎么办？
答：由教育局就近统筹到有空余学位的公办园或者普惠园。
## 问：九月一日出生差一天行不行？
答：年龄截止日全县统一，差一天也要等下一年，但可以报托班。
""",
    ),
    _explained(
        "xuequ-2026",
        InterpretationForm.HEAD,
        EDUCATION,
        "2026-02-24",
        "教育局负责人解读学区划分新规",
        """
教育局负责人说，学区划分不是一成不变，但调整必须讲程序：先评估学位，再征求意见，再听证，四月底前公布，还有两年过渡期。
负责人回应热点：不会因为某个楼盘新建就随意改划；房企拿学区做广告的，可以举报。
""",
    ),
    _explained(
        "zhusuo-2024",
        InterpretationForm.VIDEO,
        MARKET,
        "2024-10-23",
        "视频：一个地址怎样办出营业执照",
        """
视频跟拍一位返乡青年：手机填写住所承诺，一小时后在大厅自助机打印营业执照。
片尾说明哪些行业可以用住宅登记，哪些区域列入负面清单。
""",
    ),
    _explained(
        "diandongche-2023",
        InterpretationForm.EXPERT,
        POLICE,
        "2023-09-13",
        "专家解读：电动自行车为什么不能进电梯",
        """
消防工程人员介绍，蓄电池热失控后数十秒内充满烟气，轿厢内无处可逃，因此规定禁止携带蓄电池进入载人电梯。
专家建议，小区集中充电棚的收费应当把电费和服务费分开标示。
""",
    ),
    _explained(
        "danbao-daikuan-2024",
        InterpretationForm.MEDIA,
        FINANCE,
        "2024-05-22",
        "记者算账：创业担保贷款能省多少钱",
        """
记者以返乡创业农民老周为例：借款二十万元，年利率百分之三点八，财政贴一半，三年省下一万一千四百元利息。
小微企业最高可贷四百万元，条件是吸纳重点人群达到职工总数的一成。
""",
    ),
    _explained(
        "biyesheng-2026",
        InterpretationForm.QUESTIONS,
        GOVERNMENT,
        "2026-04-01",
        "高校毕业生就业创业九项支持简明问答",
        """
## 问：租房补贴什么时候能领？
答：签订劳动合同并缴纳社会保险满三个月后申请，从批准次月起按月发放。
## 问：见习期间算工龄吗？
答：不签劳动合同的见习不计算，但见习单位应当办理人身意外保险。
## 问：创业补贴和创业担保贷款能同时享受吗？
答：能，两项互不影响。
""",
    ),
    _explained(
        "zhongliang-2026",
        InterpretationForm.PRESS,
        GOVERNMENT,
        "2026-01-28",
        "扶持种粮农户和粮食生产办法新闻发布会实录",
        """
发布人介绍，新办法把补贴下限定在十亩，让更多小规模种粮农户受益，同时鼓励恢复撂荒地。
记者问：地是租来的，补贴给谁？答：给实际种粮的人，谁种粮补给谁，凭流转合同申报。
""",
    ),
)
