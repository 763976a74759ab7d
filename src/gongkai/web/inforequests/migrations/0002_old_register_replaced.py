"""The first register held a request without its applicant and without its acts: it makes room for the desk."""

from typing import Any

from django.db import migrations


def refuse_to_lose(apps: Any, _: Any) -> None:
    """Stop where the old register holds requests: what kind of applicant asked cannot be made up."""
    number = apps.get_model("inforequests", "InfoRequest").objects.count()
    if number:
        raise RuntimeError(
            f"旧登记簿里有 {number} 件申请，没有申请人类别和办理记录，不能自动转换。"
            "请先从旧版本导出登记簿，清空之后再升级，然后按原收到日期补登。"
        )


class Migration(migrations.Migration):
    dependencies = [
        ('inforequests', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(refuse_to_lose, migrations.RunPython.noop),
        migrations.DeleteModel('InfoRequest'),
    ]
