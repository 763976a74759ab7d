"""Levels and kinds of bodies."""

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


# First parts of addresses that the site itself uses; a body's section stands beside them.
RESERVED_SLUGS = frozenset(
    {
        "admin",
        "api",
        "atom.xml",
        "gongbao",
        "huiyi",
        "jiedu",
        "jiucuo",
        "media",
        "mulu",
        "nianbao",
        "robots.txt",
        "rss.xml",
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
