"""Columns, items and states of what is disclosed."""

from django.db import models


class ColumnKind(models.TextChoices):
    """A section's columns: the five every body has, of one name (国办公开办函〔2019〕61号), then others."""

    GUIDE = "guide", "政府信息公开指南"
    RULES = "rules", "政府信息公开制度"
    CONTENT = "content", "法定主动公开内容"
    ANNUAL_REPORTS = "annual_reports", "政府信息公开年报"
    ON_REQUEST = "on_request", "依申请公开"
    POLICIES = "policies", "政策文件"
    INTERPRETATIONS = "interpretations", "政策解读"
    MEETINGS = "meetings", "会议公开"
    GAZETTE = "gazette", "政府公报"


STATUTORY_COLUMNS = (
    ColumnKind.GUIDE,
    ColumnKind.RULES,
    ColumnKind.CONTENT,
    ColumnKind.ANNUAL_REPORTS,
    ColumnKind.ON_REQUEST,
)
# What a body has beside them: a government all, another body the first two.
GOVERNMENT_COLUMNS = (
    ColumnKind.POLICIES,
    ColumnKind.INTERPRETATIONS,
    ColumnKind.MEETINGS,
    ColumnKind.GAZETTE,
)
OTHER_COLUMNS = GOVERNMENT_COLUMNS[:2]
COLUMN_SLUGS = {
    ColumnKind.GUIDE: "zhinan",
    ColumnKind.RULES: "zhidu",
    ColumnKind.CONTENT: "neirong",
    ColumnKind.ANNUAL_REPORTS: "nianbao",
    ColumnKind.ON_REQUEST: "yishenqing",
    ColumnKind.POLICIES: "zhengce",
    ColumnKind.INTERPRETATIONS: "jiedu",
    ColumnKind.MEETINGS: "huiyi",
    ColumnKind.GAZETTE: "gongbao",
}
SHOWS_CONTACT = frozenset({ColumnKind.GUIDE, ColumnKind.ON_REQUEST})
HOLDS_DOCUMENTS = frozenset({ColumnKind.RULES, ColumnKind.CONTENT, ColumnKind.POLICIES})


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
    PARTLY_REPEALED = "partly_repealed", "部分废止"
    LAPSED = "lapsed", "失效"
    REPEALED = "repealed", "废止"
    NOT_APPLICABLE = "not_applicable", "不适用"


NO_LONGER_IN_FORCE = frozenset({Effectiveness.LAPSED, Effectiveness.REPEALED})


class NormativeKind(models.TextChoices):
    """What of a body's documents Table 2 of the annual report counts (R711 art. 20(1))."""

    RULES = "rules", "规章"
    NORMATIVE = "normative", "行政规范性文件"


class Topic(models.TextChoices):
    """主题分类 of official documents."""

    ORGANISATION = "organisation", "机构编制"
    GENERAL = "general", "综合政务"
    ECONOMY = "economy", "国民经济管理、国有资产监管"
    FINANCE = "finance", "财政、金融、审计"
    LAND = "land", "国土资源、能源"
    AGRICULTURE = "agriculture", "农业、林业、水利"
    INDUSTRY = "industry", "工业、交通"
    COMMERCE = "commerce", "商贸、海关、旅游"
    MARKET = "market", "市场监管、安全生产监管"
    CONSTRUCTION = "construction", "城乡建设、环境保护"
    EDUCATION = "education", "科技、教育"
    CULTURE = "culture", "文化、广电、新闻出版"
    HEALTH = "health", "卫生、体育"
    POPULATION = "population", "人口与妇女儿童工作"
    LABOUR = "labour", "劳动、人事"
    SECURITY = "security", "公安、安全、司法"
    CIVIL = "civil", "民政、救灾、社会救助"
    NATIONALITIES = "nationalities", "民族、宗教"
    OTHER = "other", "其他"


class Genre(models.TextChoices):
    """体裁分类: the form of an official document."""

    ORDER = "order", "命令"
    DECISION = "decision", "决定"
    PROCLAMATION = "proclamation", "公告"
    CIRCULAR = "circular", "通告"
    NOTICE = "notice", "通知"
    BULLETIN = "bulletin", "通报"
    OPINION = "opinion", "意见"
    REPLY = "reply", "批复"
    LETTER = "letter", "函"
    MINUTES = "minutes", "纪要"
    REPORT = "report", "报告"
    PUBLICITY = "publicity", "公示"
    MEASURES = "measures", "办法、规定、细则"
    OTHER = "other", "其他"


class Term(models.TextChoices):
    """公开时限: how long the item stays public."""

    LASTING = "lasting", "长期公开"
    LIMITED = "limited", "限时公开"


class ValidityAct(models.TextChoices):
    """What happens to a normative document in its life."""

    MADE = "made", "制定"
    AMENDED = "amended", "修改"
    PARTLY_REPEALED = "partly_repealed", "部分废止"
    REPEALED = "repealed", "废止"
    LAPSED = "lapsed", "失效"
    KEPT = "kept", "继续有效"
    PROLONGED = "prolonged", "延长有效期"


class InterpretationForm(models.TextChoices):
    """How a policy is explained."""

    TEXT_AND_PICTURE = "text_and_picture", "图文解读"
    HEAD = "head", "负责人解读"
    VIDEO = "video", "视频解读"
    EXPERT = "expert", "专家解读"
    MEDIA = "media", "媒体解读"
    QUESTIONS = "questions", "简明问答"
    PRESS = "press", "新闻发布会"
    BRIEFING = "briefing", "吹风会"
    ANIMATION = "animation", "动漫解读"
    LIVE = "live", "在线访谈、直播"


class MeetingKind(models.TextChoices):
    """Which meeting of a government."""

    EXECUTIVE = "executive", "常务会议"
    PLENARY = "plenary", "全体会议"
    SPECIAL = "special", "专题会议"
    OTHER = "other", "其他会议"


class Audience(models.TextChoices):
    """Whom a benefit is for; a reader picks what they are."""

    RESIDENT = "resident", "城乡居民"
    SMALL_FIRM = "small_firm", "小微企业"
    FIRM = "firm", "企业"
    SELF_EMPLOYED = "self_employed", "个体工商户"
    GRADUATE = "graduate", "高校毕业生"
    JOBLESS = "jobless", "失业和就业困难人员"
    FARMER = "farmer", "种粮农户和新型农业经营主体"
    LOW_INCOME = "low_income", "低保和低收入家庭"
    DISABLED = "disabled", "残疾人"
    ELDERLY = "elderly", "老年人"
    STUDENT = "student", "在校学生"
    PARENT = "parent", "婴幼儿和学生家长"
    VETERAN = "veteran", "退役军人"
    TENANT = "tenant", "住房困难家庭和新市民"
    RETURNEE = "returnee", "返乡创业人员"


class ReviewStep(models.TextChoices):
    """The steps a document passes before it is public (R711 art. 17; 三审三校)."""

    SECRECY = "secrecy", "保密审查"
    INITIAL = "initial", "初审"
    SECOND = "second", "复审"
    FINAL = "final", "终审"


class ReviewDecision(models.TextChoices):
    """What a reviewer found."""

    PASSED = "passed", "通过"
    RETURNED = "returned", "退回修改"
    REFERRED = "referred", "提请主管部门或者保密部门确定"
    HELD_OPEN = "held_open", "确定可以公开"
    HELD_CLOSED = "held_closed", "确定不予公开"
    EMERGENCY = "emergency", "紧急发布，事后补审"
    PASSED_AFTERWARDS = "passed_afterwards", "事后补审通过"
    WITHDRAWN = "withdrawn", "撤回公开"


PASSES = frozenset({ReviewDecision.PASSED, ReviewDecision.PASSED_AFTERWARDS})
