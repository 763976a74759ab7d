"""Levels and kinds of bodies; kinds of notifications and their ways."""

from django.db import models


class Level(models.TextChoices):
    """The level of government a body belongs to."""

    PROVINCE = "province", "省级"
    PREFECTURE = "prefecture", "市级"
    COUNTY = "county", "县级"
    TOWNSHIP = "township", "乡级"


class Kind(models.TextChoices):
    """What a body is; governments report for their whole area, all others for themselves."""

    GOVERNMENT = "government", "人民政府"
    OFFICE = "office", "政府办公厅（室）"
    DEPARTMENT = "department", "工作部门"
    TOWNSHIP_GOVERNMENT = "township_government", "乡镇人民政府"
    SUBDISTRICT_OFFICE = "subdistrict_office", "街道办事处"
    DEVELOPMENT_ZONE = "development_zone", "开发区管理机构"
    AUTHORISED_ORGANISATION = "authorised_organisation", "法律法规授权的组织"


class NotificationKind(models.TextChoices):
    """What a notification is for; a messaging gateway chooses its wording by it."""

    ARRIVED = "arrived", "待办"
    DUE = "due", "临期"
    LATE = "late", "逾期"
    RETURNED = "returned", "退回"
    DONE = "done", "办结"


class Channel(models.TextChoices):
    """A way out of the back office."""

    EMAIL = "email", "电子邮件"
    WEBHOOK = "webhook", "消息网关"


class DeliveryState(models.TextChoices):
    """How far a delivery has come."""

    WAITING = "waiting", "待发送"
    DONE = "done", "已发送"
    FAILED = "failed", "未送达"


# First parts of addresses that the site itself uses; a body's section stands beside them. So do, below
# /shenqing/, chaxun, huizhi, jieshu and jindu, and below /nianbao/, bijiao.
RESERVED_SLUGS = frozenset(
    {
        "admin",
        "api",
        "atom.xml",
        "bijiao",
        "chaxun",
        "gongbao",
        "huiyi",
        "huizhi",
        "jiedu",
        "jieshu",
        "jindu",
        "jiucuo",
        "media",
        "mulu",
        "nianbao",
        "rili",
        "robots.txt",
        "rss.xml",
        "shenqing",
        "sitemap.xml",
        "sousuo",
        "static",
        "wenjian",
        "xiazai",
        "zhengce",
        "zhengcepipei",
        "zihao",
        "zizhu",
    }
)
GOVERNMENTS = frozenset({Kind.GOVERNMENT, Kind.TOWNSHIP_GOVERNMENT})
