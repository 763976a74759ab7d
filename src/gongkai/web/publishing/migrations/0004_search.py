"""The search's entries, and the table of their tokens, which either database makes in its own way."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = (
    "CREATE VIRTUAL TABLE publishing_searchwords USING fts5"
    "(title, number, keywords, text, content='', tokenize='ascii')",
)
# Without fastupdate: a long list of pending rows makes the planner read the whole table instead.
POSTGRESQL = (
    "CREATE TABLE publishing_searchwords ("
    "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry bigint NOT NULL, "
    "heads tsvector NOT NULL, words tsvector NOT NULL)",
    "CREATE INDEX publishing_searchwords_entry ON publishing_searchwords (entry)",
    "CREATE INDEX publishing_searchwords_heads ON publishing_searchwords USING gin (heads) WITH (fastupdate = off)",
    "CREATE INDEX publishing_searchwords_words ON publishing_searchwords USING gin (words) WITH (fastupdate = off)",
)


def make_table(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE
    for statement in statements:
        schema_editor.execute(statement)


def drop_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE publishing_searchwords")


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('publishing', '0003_disclosure'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('wagtaildocs', '0014_alter_document_file_size'),
    ]

    operations = [
        migrations.CreateModel(
            name='AttachmentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtaildocs.document')),
                ('digest', models.CharField(max_length=40)),
                ('text', models.TextField(blank=True)),
                ('note', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name': '附件文字',
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.page')),
                ('url', models.CharField(max_length=600)),
                ('kind', models.CharField(choices=[('document', '公开信息'), ('interpretation', '政策解读'), ('meeting', '会议公开'), ('gazette', '政府公报'), ('report', '年度报告'), ('column', '栏目'), ('body', '机关')], max_length=20)),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='agencies.agency')),
                ('column', models.CharField(blank=True, choices=[('guide', '政府信息公开指南'), ('rules', '政府信息公开制度'), ('content', '法定主动公开内容'), ('annual_reports', '政府信息公开年报'), ('on_request', '依申请公开'), ('policies', '政策文件'), ('interpretations', '政策解读'), ('meetings', '会议公开'), ('gazette', '政府公报')], max_length=20)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('topic', models.CharField(blank=True, choices=[('organisation', '机构编制'), ('general', '综合政务'), ('economy', '国民经济管理、国有资产监管'), ('finance', '财政、金融、审计'), ('land', '国土资源、能源'), ('agriculture', '农业、林业、水利'), ('industry', '工业、交通'), ('commerce', '商贸、海关、旅游'), ('market', '市场监管、安全生产监管'), ('construction', '城乡建设、环境保护'), ('education', '科技、教育'), ('culture', '文化、广电、新闻出版'), ('health', '卫生、体育'), ('population', '人口与妇女儿童工作'), ('labour', '劳动、人事'), ('security', '公安、安全、司法'), ('civil', '民政、救灾、社会救助'), ('nationalities', '民族、宗教'), ('other', '其他')], max_length=20)),
                ('published_on', models.DateField(null=True)),
                ('effectiveness', models.CharField(choices=[('in_force', '有效'), ('amended', '已修改'), ('partly_repealed', '部分废止'), ('lapsed', '失效'), ('repealed', '废止'), ('not_applicable', '不适用')], default='not_applicable', max_length=20)),
                ('valid_until', models.DateField(null=True)),
                ('title', models.CharField(max_length=255)),
                ('number', models.CharField(blank=True, max_length=400)),
                ('number_key', models.CharField(blank=True, max_length=80)),
                ('keywords', models.CharField(blank=True, max_length=400)),
                ('text', models.TextField(blank=True)),
                ('attached', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': '检索条目',
            },
        ),
        migrations.RunPython(make_table, drop_table, elidable=False),
    ]
