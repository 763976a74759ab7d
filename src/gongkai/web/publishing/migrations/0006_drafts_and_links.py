"""Drafts may lack what only a public page needs; related documents and prolongations get rows."""

import re
from datetime import date

import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

_LINKS = (
    ("InterpretationPage", "InterpretedDocument", "interpreted"),
    ("MeetingPage", "MeetingDocument", "related_documents"),
)
_PROLONGED = re.compile(r"^有效期延长至(\d+)年(\d+)月(\d+)日(?:；|$)")


def link_documents(apps, _editor):
    """Copy the documents chosen so far, of the pages and of their versions."""
    revisions = apps.get_model("wagtailcore", "Revision").objects
    kinds = apps.get_model("contenttypes", "ContentType").objects
    for page_name, link_name, relation in _LINKS:
        page_model = apps.get_model("publishing", page_name)
        link_model = apps.get_model("publishing", link_name)
        own, places = f"{page_name.lower()}_id", {}
        links = []
        chosen = page_model.documents.through.objects.order_by(own, "pk")
        for page, document in chosen.values_list(own, "documentpage_id"):
            places[page] = places.get(page, -1) + 1
            links.append(link_model(page_id=page, document_id=document, sort_order=places[page]))
        link_model.objects.bulk_create(links, batch_size=500)
        kind = kinds.filter(app_label="publishing", model=page_name.lower()).first()
        for revision in revisions.filter(content_type=kind).iterator() if kind else ():
            numbers = revision.content.pop("documents", [])
            revision.content[relation] = [
                {"pk": None, "page": int(revision.object_id), "document": number, "sort_order": place}
                for place, number in enumerate(numbers)
            ]
            revision.save(update_fields=["content"])


def read_prolongations(apps, _editor):
    """Take the new last day out of the note that kept it."""
    changes = apps.get_model("publishing", "ValidityChange").objects.filter(act="prolonged")
    for change in changes:
        if found := _PROLONGED.match(change.note):
            change.until = date(*map(int, found.groups()))
            change.note = change.note[found.end() :]
            change.save(update_fields=["until", "note"])


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("publishing", "0005_reviewing"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="meetingpage",
            name="transcript",
            field=models.TextField(
                blank=True,
                help_text="供听障、视障人士阅读，也用于检索；空行分段。",
                verbose_name="视频文字稿",
            ),
        ),
        migrations.AddField(
            model_name="validitychange",
            name="until",
            field=models.DateField(blank=True, null=True, verbose_name="延长后的有效期至"),
        ),
        migrations.AlterField(
            model_name="documentpage",
            name="article20_item",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (1, "行政法规、规章和规范性文件"),
                    (2, "机关职能、机构设置、办公地址、办公时间、联系方式、负责人姓名"),
                    (3, "国民经济和社会发展规划、专项规划、区域规划及相关政策"),
                    (4, "国民经济和社会发展统计信息"),
                    (5, "行政许可和其他对外管理服务事项的依据、条件、程序以及办理结果"),
                    (6, "行政处罚、行政强制的依据、条件、程序以及具有一定社会影响的行政处罚决定"),
                    (7, "财政预算、决算信息"),
                    (8, "行政事业性收费项目及其依据、标准"),
                    (9, "政府集中采购项目的目录、标准及实施情况"),
                    (10, "重大建设项目的批准和实施情况"),
                    (11, "扶贫、教育、医疗、社会保障、促进就业等方面的政策、措施及其实施情况"),
                    (12, "突发公共事件的应急预案、预警信息及应对情况"),
                    (13, "环境保护、公共卫生、安全生产、食品药品、产品质量的监督检查情况"),
                    (14, "公务员招考的职位、名额、报考条件等事项以及录用结果"),
                    (15, "法律、法规、规章和国家有关规定规定应当主动公开的其他政府信息"),
                ],
                null=True,
                verbose_name="法定公开事项",
            ),
        ),
        migrations.AlterField(
            model_name="documentpage",
            name="index_number",
            field=models.CharField(
                blank=True, editable=False, max_length=40, null=True, unique=True, verbose_name="索引号"
            ),
        ),
        migrations.AlterField(
            model_name="documentpage",
            name="made_on",
            field=models.DateField(null=True, verbose_name="成文日期"),
        ),
        migrations.AlterField(
            model_name="gazettepage",
            name="number",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="期号"),
        ),
        migrations.AlterField(
            model_name="gazettepage",
            name="year",
            field=models.PositiveSmallIntegerField(null=True, verbose_name="年份"),
        ),
        migrations.AlterField(
            model_name="meetingpage",
            name="held_on",
            field=models.DateField(null=True, verbose_name="召开日期"),
        ),
        migrations.CreateModel(
            name="InterpretedDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="publishing.documentpage",
                        verbose_name="文件",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="interpreted",
                        to="publishing.interpretationpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "所解读的文件",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MeetingDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="publishing.documentpage",
                        verbose_name="文件",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="related_documents",
                        to="publishing.meetingpage",
                    ),
                ),
            ],
            options={
                "verbose_name": "相关文件",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.RunPython(link_documents, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(read_prolongations, migrations.RunPython.noop, elidable=True),
    ]
