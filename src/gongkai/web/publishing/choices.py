"""Columns, items and states of what is disclosed."""

from django.db import models


class ColumnKind(models.TextChoices):
    """The five columns every body's disclosure section has, uniformly named (国办公开办函〔2019〕61号)."""

    GUIDE = "guide", "政府信息公开指南"
    RULES = "rules", "政府信息公开制度"
    CONTENT = "content", "法定主动公开内容"
    ANNUAL_REPORTS = "annual_reports", "政府信息公开年报"
    ON_REQUEST = "on_request", "依申请公开"


COLUMN_SLUGS = {
    ColumnKind.GUIDE: "zhinan",
    ColumnKind.RULES: "zhidu",
    ColumnKind.CONTENT: "neirong",
    ColumnKind.ANNUAL_REPORTS: "nianbao",
    ColumnKind.ON_REQUEST: "yishenqing",
}
SHOWS_CONTACT = frozenset({ColumnKind.GUIDE, ColumnKind.ON_REQUEST})
HOLDS_DOCUMENTS = frozenset({ColumnKind.RULES, ColumnKind.CONTENT})


class Article20Item(models.IntegerChoices):
    """What R711 art. 20 lists for disclosure on a body's own motion, by its item number."""

    RULES = 1, "行政法规、规章和规范性文件"
    ORGANISATION = 2, "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名"
    PLANS = 3, "国民经济和社会发展规划、专项规划、区域规划及相关政策"
    STATISTICS = 4, "国民经济和社会发展统计信息"
    LICENSING = 5, "行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果"
    PENALTIES = 6, "行政处罚、行政强制的依据、条件、程序以及具有一定社会影响的行政处罚决定"
    BUDGET = 7, "财政预算、决算信息"
    CHARGES = 8, "行政事业性收费项目及其依据、标准"
    PROCUREMENT = 9, "政府集中采购项目的目录、标准及实施情况"
    PROJECTS = 10, "重大建设项目的批准和实施情况"
    LIVELIHOOD = 11, "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况"
    EMERGENCIES = 12, "突发公共事件的应急预案、预警信息及应对情况"
    SUPERVISION = 13, "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况"
    RECRUITMENT = 14, "公务员招考的职位、名额、报考条件等事项以及录用结果"
    OTHER = 15, "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息"


ITEM_NUMERALS = (*"一二三四五六七八九十", *(f"十{digit}" for digit in "一二三四五"))


ITEM_SHORT_LABELS = (
    "规范性文件",
    "机关职能",
    "规划计划",
    "统计信息",
    "许可和服务",
    "处罚和强制",
    "财政预决算",
    "收费项目",
    "政府采购",
    "重大项目",
    "民生政策",
    "应急管理",
    "监督检查",
    "招考录用",
    "其他法定事项",
)


class DisclosureAttribute(models.TextChoices):
    """公开属性, fixed when the document is drafted."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    WITHHELD = "withheld", "不予公开"


class Effectiveness(models.TextChoices):
    """Whether a document is in force."""

    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "已修改"
    LAPSED = "lapsed", "失效"
    REPEALED = "repealed", "废止"
    NOT_APPLICABLE = "not_applicable", "不适用"


NO_LONGER_IN_FORCE = frozenset({Effectiveness.LAPSED, Effectiveness.REPEALED})
