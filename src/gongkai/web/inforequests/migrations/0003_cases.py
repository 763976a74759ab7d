"""Cases: who asks, what was done, and what belongs to it."""

import django.core.validators
import django.db.models.deletion
import gongkai.web.agencies.sealing
import gongkai.web.inforequests.models.files
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('agencies', '0002_limits_and_notifications'),
        ('inforequests', '0002_old_register_replaced'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InfoRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, verbose_name='登记编号')),
                ('kind', models.CharField(choices=[('request', '政府信息公开申请'), ('records', '更正本人信息')], default='request', max_length=10, verbose_name='类别')),
                ('wanted', models.TextField(verbose_name='所需政府信息的名称、文号或者其他特征性描述')),
                ('medium', models.CharField(blank=True, choices=[('paper', '纸质'), ('electronic', '电子数据'), ('disc', '光盘等存储介质'), ('inspection', '现场查阅、抄录')], max_length=12, verbose_name='提供载体')),
                ('delivery', models.CharField(blank=True, choices=[('online', '网上查询下载'), ('email', '电子邮件'), ('post', '邮寄'), ('pick_up', '自行领取'), ('fax', '传真')], max_length=10, verbose_name='获取方式')),
                ('needs_help', models.BooleanField(default=False, help_text='阅读、书写、视听有困难（第四十三条）', verbose_name='需要协助')),
                ('topic', models.CharField(blank=True, max_length=40, verbose_name='主题')),
                ('query_salt', models.CharField(editable=False, max_length=32)),
                ('submission_key', models.CharField(editable=False, max_length=64, null=True, unique=True)),
                ('unit', models.CharField(blank=True, max_length=80, verbose_name='承办机构')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('retention', models.CharField(choices=[('standard', '10年'), ('long', '30年'), ('permanent', '永久')], default='standard', max_length=10, verbose_name='保管期限')),
                ('purged_on', models.DateField(blank=True, null=True, verbose_name='个人信息清除日期')),
                ('version', models.PositiveIntegerField(default=0, verbose_name='记录数')),
                ('state', models.CharField(choices=[('registered', '已登记，待确认收到'), ('in_hand', '办理中'), ('awaiting_correction', '待申请人补正'), ('awaiting_payment', '待申请人缴费'), ('decided', '已决定，待送达'), ('closed', '已办结')], max_length=20, verbose_name='状态')),
                ('channel', models.CharField(choices=[('in_person', '当面'), ('ems', 'EMS'), ('registered', '挂号信'), ('plain_mail', '平信'), ('internet', '互联网'), ('fax', '传真'), ('email', '邮箱'), ('oral', '口头')], max_length=12, verbose_name='提交方式')),
                ('applicant_kind', models.CharField(choices=[('natural_person', '自然人'), ('business', '商业企业'), ('research_institute', '科研机构'), ('public_benefit_org', '社会公益组织'), ('legal_service_org', '法律服务机构'), ('other', '其他')], max_length=20, verbose_name='申请人类别')),
                ('registered_on', models.DateField(verbose_name='登记日期')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='收到日期')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='答复期限')),
                ('due_provisional', models.BooleanField(default=False, verbose_name='期限暂定')),
                ('next_due_on', models.DateField(blank=True, null=True, verbose_name='最近到期')),
                ('is_paused', models.BooleanField(default=False, verbose_name='期限中止')),
                ('outcome', models.CharField(blank=True, choices=[('granted', '（一）予以公开'), ('partial', '（二）部分公开（区分处理的，只计这一情形，不计其他情形）'), ('denied.state_secret', '1.属于国家秘密'), ('denied.law_prohibited', '2.其他法律行政法规禁止公开'), ('denied.security_stability', '3.危及“三安全一稳定”'), ('denied.third_party', '4.保护第三方合法权益'), ('denied.internal_affairs', '5.属于三类内部事务信息'), ('denied.process_info', '6.属于四类过程性信息'), ('denied.enforcement_file', '7.属于行政执法案卷'), ('denied.admin_inquiry', '8.属于行政查询事项'), ('unable.not_held', '1.本机关不掌握相关政府信息'), ('unable.needs_creation', '2.没有现成信息需要另行制作'), ('unable.still_unclear', '3.补正后申请内容仍不明确'), ('declined.petition', '1.信访举报投诉类申请'), ('declined.duplicate', '2.重复申请'), ('declined.publication', '3.要求提供公开出版物'), ('declined.excessive', '4.无正当理由大量反复申请'), ('declined.confirm_reissue', '5.要求行政机关确认或重新出具已获取信息'), ('other.no_correction', '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请'), ('other.fee_unpaid', '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请'), ('other.misc', '3.其他'), ('records.corrected', '予以更正'), ('records.refused', '不予更正'), ('records.forwarded', '无权更正，转送有权更正的机关'), ('records.redirected', '无权更正，告知向有权更正的机关提出')], max_length=30, verbose_name='处理结果')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='决定日期')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='答复日期')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='办结日期')),
                ('defects', models.PositiveSmallIntegerField(default=0, verbose_name='瑕疵')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inforequests', to='agencies.agency', verbose_name='受理机关')),
                ('handler', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
            ],
            options={
                'verbose_name': '公开申请',
                'verbose_name_plural': '公开申请',
                'ordering': ['-registered_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='CaseRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external', models.CharField(blank=True, max_length=120, verbose_name='其他机关的案件')),
                ('kind', models.CharField(choices=[('split_from', '拆分自'), ('merged_into', '并入'), ('transferred_to', '移送至'), ('follows', '后续于'), ('duplicates', '内容相同于')], max_length=16, verbose_name='关系')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relations', to='inforequests.inforequest')),
                ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='related_from', to='inforequests.inforequest')),
            ],
            options={
                'verbose_name': '案件关联',
                'verbose_name_plural': '案件关联',
            },
        ),
        migrations.CreateModel(
            name='CaseFileItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('identity', '身份证明'), ('authorisation', '授权委托书'), ('request', '申请材料'), ('correction', '补正材料'), ('opinion', '征求意见材料'), ('service', '送达凭证'), ('annex', '答复附件'), ('letter', '文书'), ('working', '办理材料')], max_length=16, verbose_name='类别')),
                ('name', models.CharField(max_length=160, verbose_name='文件名')),
                ('content_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('sha256', models.CharField(max_length=64)),
                ('file', models.FileField(max_length=255, storage=gongkai.web.inforequests.models.files.sealed_storage, upload_to='')),
                ('for_applicant', models.BooleanField(default=False, verbose_name='随答复提供')),
                ('at', models.DateTimeField(verbose_name='附卷时间')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='移出时间')),
                ('scanned_clean', models.BooleanField(null=True, verbose_name='已查毒')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='inforequests.inforequest')),
            ],
            options={
                'verbose_name': '案卷文件',
                'verbose_name_plural': '案卷文件',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Applicant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', gongkai.web.agencies.sealing.SealedTextField(verbose_name='姓名或者名称')),
                ('identity_kind', models.CharField(blank=True, choices=[('id_card', '居民身份证'), ('passport', '护照'), ('permit', '港澳台居民通行证、居住证'), ('unified_code', '统一社会信用代码'), ('other', '其他有效证件')], max_length=12, verbose_name='证件类型')),
                ('identity_number', gongkai.web.agencies.sealing.SealedTextField(blank=True, verbose_name='证件号码')),
                ('contact_person', gongkai.web.agencies.sealing.SealedTextField(blank=True, verbose_name='联系人')),
                ('phone', gongkai.web.agencies.sealing.SealedTextField(blank=True, verbose_name='联系电话')),
                ('email', gongkai.web.agencies.sealing.SealedTextField(blank=True, verbose_name='电子邮箱')),
                ('address', gongkai.web.agencies.sealing.SealedTextField(blank=True, verbose_name='通信地址')),
                ('agent_name', gongkai.web.agencies.sealing.SealedTextField(blank=True, verbose_name='代理人姓名')),
                ('agent_identity_number', gongkai.web.agencies.sealing.SealedTextField(blank=True, verbose_name='代理人证件号码')),
                ('fingerprint', models.CharField(blank=True, db_index=True, editable=False, max_length=64)),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='applicant', to='inforequests.inforequest')),
            ],
            options={
                'verbose_name': '申请人',
                'verbose_name_plural': '申请人',
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=30, verbose_name='事项')),
                ('on', models.DateField(verbose_name='日期')),
                ('facts', models.JSONField(default=dict, verbose_name='内容')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('state', models.CharField(choices=[('open', '待确认'), ('confirmed', '已确认'), ('refused', '未同意')], default='open', max_length=10, verbose_name='状态')),
                ('proposed_at', models.DateTimeField()),
                ('settled_at', models.DateTimeField(null=True)),
                ('remarks', models.CharField(blank=True, max_length=300, verbose_name='意见')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='inforequests.inforequest')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '待确认的补录',
                'verbose_name_plural': '待确认的补录',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='满意度')),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('at', models.DateTimeField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rating', to='inforequests.inforequest')),
            ],
            options={
                'verbose_name': '申请人评价',
                'verbose_name_plural': '申请人评价',
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(verbose_name='序号')),
                ('act', models.CharField(max_length=30, verbose_name='事项')),
                ('on', models.DateField(verbose_name='日期')),
                ('facts', models.JSONField(default=dict, verbose_name='内容')),
                ('at', models.DateTimeField(verbose_name='记录时间')),
                ('by_name', models.CharField(max_length=60, verbose_name='记录人姓名')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='补录理由')),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='inforequests.inforequest')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
            ],
            options={
                'verbose_name': '办理记录',
                'verbose_name_plural': '办理记录',
                'ordering': ['case', 'sequence'],
            },
        ),
        migrations.AddIndex(
            model_name='inforequest',
            index=models.Index(condition=models.Q(('closed_on__isnull', True), ('next_due_on__isnull', False), _connector='OR'), fields=['agency', 'next_due_on', 'id'], name='inforequest_work_list'),
        ),
        migrations.AddIndex(
            model_name='inforequest',
            index=models.Index(fields=['agency', 'kind', 'received_on', 'closed_on', 'applicant_kind', 'outcome'], name='inforequest_counted'),
        ),
        migrations.AddIndex(
            model_name='inforequest',
            index=models.Index(fields=['agency', '-registered_on', '-id'], name='inforequest_newest'),
        ),
        migrations.AddIndex(
            model_name='inforequest',
            index=models.Index(fields=['-registered_on', '-id'], name='inforequest_newest_overall'),
        ),
        migrations.AddConstraint(
            model_name='inforequest',
            constraint=models.UniqueConstraint(fields=('agency', 'number'), name='inforequest_number_once_per_agency', violation_error_message='该机关已有此登记编号。'),
        ),
        migrations.AddConstraint(
            model_name='inforequest',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('registered_on')), _connector='OR'), name='inforequest_closed_after_registration'),
        ),
        migrations.AddConstraint(
            model_name='caserelation',
            constraint=models.UniqueConstraint(fields=('case', 'other', 'kind'), name='relation_once'),
        ),
        migrations.AddConstraint(
            model_name='caserelation',
            constraint=models.CheckConstraint(condition=models.Q(('case', models.F('other')), _negated=True), name='relation_not_to_itself'),
        ),
        migrations.AddConstraint(
            model_name='record',
            constraint=models.UniqueConstraint(fields=('case', 'sequence'), name='record_sequence_once'),
        ),
    ]
