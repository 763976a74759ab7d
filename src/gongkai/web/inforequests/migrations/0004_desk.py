"""The desk: letters, tasks, disputes, settings, what was frozen and what was destroyed."""

import django.db.models.deletion
import gongkai.web.inforequests.models.files
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('agencies', '0002_limits_and_notifications'),
        ('inforequests', '0003_cases'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DeskSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('practice', models.JSONField(blank=True, default=dict, verbose_name='口径')),
                ('body_kind', models.CharField(blank=True, choices=[('local_department', '县级以上地方人民政府工作部门'), ('local_government', '县级以上地方人民政府、乡镇人民政府'), ('provincial_government', '省级人民政府'), ('state_council_department', '国务院部门'), ('vertical', '海关、金融、外汇、税务、国家安全等垂直领导机关'), ('justice', '司法行政部门')], max_length=30, verbose_name='机关性质（复议管辖）')),
                ('government', models.CharField(blank=True, max_length=120, verbose_name='本级人民政府')),
                ('upper', models.CharField(blank=True, max_length=120, verbose_name='上一级行政机关')),
                ('court', models.CharField(blank=True, max_length=120, verbose_name='有管辖权的人民法院')),
                ('reconsideration_url', models.CharField(blank=True, max_length=200, verbose_name='网上行政复议渠道')),
                ('mark', models.CharField(blank=True, help_text='用于文号，如“宁信公开告”的“宁”。', max_length=12, verbose_name='机关代字')),
                ('fee_account', models.CharField(blank=True, max_length=300, verbose_name='缴费方式')),
                ('correction_days', models.PositiveSmallIntegerField(default=15, verbose_name='补正期限（工作日）')),
                ('is_open', models.BooleanField(default=True, verbose_name='接受网上申请')),
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='desk_settings', to='agencies.agency')),
            ],
            options={
                'verbose_name': '依申请公开设置',
                'verbose_name_plural': '依申请公开设置',
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='文书')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '待签发'), ('returned', '已退回'), ('issued', '已签发'), ('void', '已作废')], default='draft', max_length=10, verbose_name='状态')),
                ('fields', models.JSONField(default=dict)),
                ('facts', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField(default=1)),
                ('drafted_at', models.DateTimeField()),
                ('remarks', models.CharField(blank=True, max_length=500, verbose_name='审批意见')),
                ('series', models.CharField(blank=True, max_length=40, verbose_name='字号')),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('serial', models.PositiveIntegerField(null=True)),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('issued_on', models.DateField(null=True, verbose_name='签发日期')),
                ('sent_on', models.DateField(null=True, verbose_name='发出日期')),
                ('told_at', models.DateTimeField(null=True, verbose_name='已通知申请人')),
                ('docx', models.FileField(blank=True, max_length=255, storage=gongkai.web.inforequests.models.files.sealed_storage, upload_to='')),
                ('pdf', models.FileField(blank=True, max_length=255, storage=gongkai.web.inforequests.models.files.sealed_storage, upload_to='')),
                ('docx_sha256', models.CharField(blank=True, max_length=64)),
                ('pdf_sha256', models.CharField(blank=True, max_length=64)),
                ('void_reason', models.CharField(blank=True, max_length=300, verbose_name='作废理由')),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='签发人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='inforequests.inforequest')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='送审人')),
            ],
            options={
                'verbose_name': '文书',
                'verbose_name_plural': '文书',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LetterTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='文书')),
                ('text', models.TextField(blank=True, help_text='留空即恢复通用模板。', verbose_name='模板正文')),
                ('at', models.DateTimeField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letter_templates', to='agencies.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '文书模板',
                'verbose_name_plural': '文书模板',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=40, verbose_name='字号')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='末号')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency')),
            ],
            options={
                'verbose_name': '编号序列',
                'verbose_name_plural': '编号序列',
            },
        ),
        migrations.CreateModel(
            name='Proceeding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=80, verbose_name='案号')),
                ('track', models.CharField(choices=[('reconsideration', '行政复议'), ('direct_suit', '未经复议直接起诉'), ('suit_after_reconsideration', '复议后起诉')], max_length=32, verbose_name='类别')),
                ('filed_on', models.DateField(verbose_name='提起日期')),
                ('answer_due_on', models.DateField(null=True, verbose_name='答复、答辩期限')),
                ('answered_on', models.DateField(null=True, verbose_name='提交答复、答辩日期')),
                ('turns', models.JSONField(default=list)),
                ('result', models.CharField(blank=True, max_length=12, verbose_name='结果')),
                ('ended_on', models.DateField(null=True, verbose_name='审结日期')),
                ('heard_by', models.CharField(blank=True, max_length=120, verbose_name='审理机关')),
                ('cause', models.CharField(blank=True, choices=[('', '未分析'), ('facts', '事实不清、证据不足'), ('law', '适用依据错误'), ('procedure', '违反法定程序'), ('late', '逾期答复'), ('search', '检索义务未尽'), ('reasons', '说理不足'), ('service', '送达不当'), ('other', '其他')], max_length=12, verbose_name='纠正、败诉原因')),
                ('lessons', models.TextField(blank=True, verbose_name='分析')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proceedings', to='inforequests.inforequest')),
            ],
            options={
                'verbose_name': '复议诉讼案件',
                'verbose_name_plural': '复议诉讼案件',
                'ordering': ['-filed_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='名称')),
                ('query', models.CharField(max_length=500)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='desk_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '常用筛选',
                'verbose_name_plural': '常用筛选',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SettingsChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='依据')),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='desk_settings_changes', to='agencies.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '设置变更记录',
                'verbose_name_plural': '设置变更记录',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Severance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('marks', models.JSONField(default=list)),
                ('version', models.PositiveIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='severance', to='inforequests.casefileitem')),
                ('made', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='made_from', to='inforequests.casefileitem')),
            ],
            options={
                'verbose_name': '区分处理',
                'verbose_name_plural': '区分处理',
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('transfer', '转办'), ('consult', '会商')], max_length=10, verbose_name='类别')),
                ('to_unit', models.CharField(blank=True, max_length=80, verbose_name='承办机构')),
                ('asked', models.TextField(verbose_name='交办内容')),
                ('due_on', models.DateField(verbose_name='反馈期限')),
                ('state', models.CharField(choices=[('open', '待办理'), ('answered', '已反馈'), ('recalled', '已撤回')], default='open', max_length=10, verbose_name='状态')),
                ('given_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, verbose_name='反馈意见')),
                ('opinion', models.CharField(blank=True, max_length=10, verbose_name='是否同意公开')),
                ('answered_at', models.DateTimeField(null=True)),
                ('urged', models.PositiveSmallIntegerField(default=0, verbose_name='催办次数')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='反馈人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='inforequests.inforequest')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='交办人')),
                ('to_agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='desk_tasks', to='agencies.agency', verbose_name='会商机关')),
                ('to_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='承办人')),
            ],
            options={
                'verbose_name': '交办事项',
                'verbose_name_plural': '交办事项',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='YearSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('table', models.PositiveSmallIntegerField(verbose_name='表')),
                ('cells', models.JSONField()),
                ('frozen_at', models.DateTimeField(verbose_name='冻结时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='agencies.agency')),
            ],
            options={
                'verbose_name': '年度冻结',
                'verbose_name_plural': '年度冻结',
            },
        ),
        migrations.CreateModel(
            name='Destruction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cases', models.JSONField(verbose_name='案件')),
                ('files', models.JSONField(default=list)),
                ('at', models.DateTimeField(verbose_name='提请时间')),
                ('done_at', models.DateTimeField(null=True, verbose_name='清除时间')),
                ('signature', models.CharField(blank=True, max_length=64)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='agencies.agency')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提请人')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
            ],
            options={
                'verbose_name': '销毁记录',
                'verbose_name_plural': '销毁记录',
                'ordering': ['-at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('by')), _negated=True), _connector='OR'), name='destruction_confirmed_by_another', violation_error_message='不能由提请的人自己确认。'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by__isnull', True), ('done_at__isnull', True), ('signature', '')), models.Q(('confirmed_by__isnull', False), ('done_at__isnull', False), models.Q(('signature', ''), _negated=True)), _connector='OR'), name='destruction_signed_when_done')],
            },
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), _negated=True), ('issued_on__isnull', False), _connector='OR'), name='letter_issued_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='letter_not_approved_by_its_drafter', violation_error_message='起草人不能签发自己起草的文书。'),
        ),
        migrations.AddIndex(
            model_name='lettertemplate',
            index=models.Index(fields=['agency', 'kind', '-id'], name='letter_template_latest'),
        ),
        migrations.AddConstraint(
            model_name='numberseries',
            constraint=models.UniqueConstraint(fields=('agency', 'series', 'year'), name='series_once'),
        ),
        migrations.AddIndex(
            model_name='proceeding',
            index=models.Index(fields=['filed_on', 'ended_on'], name='proceeding_counted'),
        ),
        migrations.AddConstraint(
            model_name='proceeding',
            constraint=models.UniqueConstraint(fields=('case', 'ref'), name='proceeding_once'),
        ),
        migrations.AddConstraint(
            model_name='savedview',
            constraint=models.UniqueConstraint(fields=('user', 'name'), name='desk_view_once'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('state', 'open')), fields=['due_on'], name='task_open_by_due'),
        ),
        migrations.AddConstraint(
            model_name='yearsnapshot',
            constraint=models.UniqueConstraint(fields=('agency', 'year', 'table'), name='snapshot_once'),
        ),
    ]
