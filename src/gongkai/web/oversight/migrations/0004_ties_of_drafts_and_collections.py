from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        ('oversight', '0003_drafts_and_collections'),
    ]

    operations = [
        migrations.AddField(
            model_name='drafttext',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人'),
        ),
        migrations.AddField(
            model_name='drafttext',
            name='draft',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='texts', to='oversight.draft'),
        ),
        migrations.AddField(
            model_name='explanation',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='explanations', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='explanation',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='说明人'),
        ),
        migrations.AddField(
            model_name='figurefile',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figure_files', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='figurefile',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='导入人'),
        ),
        migrations.AddField(
            model_name='filing',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='处理人'),
        ),
        migrations.AddField(
            model_name='filing',
            name='filed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='报送人'),
        ),
        migrations.AddField(
            model_name='filing',
            name='report',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='oversight.annualreport'),
        ),
        migrations.AddField(
            model_name='member',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agencies.agency', verbose_name='机关'),
        ),
        migrations.AddField(
            model_name='member',
            name='collection',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='oversight.collection'),
        ),
        migrations.AddField(
            model_name='member',
            name='latest',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='oversight.filing', verbose_name='最近报送'),
        ),
        migrations.AddField(
            model_name='filing',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='oversight.member'),
        ),
        migrations.AddField(
            model_name='monthlyfigure',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='monthly_figures', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='monthlyfigure',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填报人'),
        ),
        migrations.AddField(
            model_name='monthlyfigure',
            name='file',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='oversight.figurefile'),
        ),
        migrations.AddField(
            model_name='sheetfact',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheet_facts', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='sheetfact',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填报人'),
        ),
        migrations.AddIndex(
            model_name='batchfile',
            index=models.Index(fields=['batch', 'state'], name='batchfile_batch_state'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.UniqueConstraint(fields=('agency', 'year'), name='collection_one_per_year'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='collection_closed_by_with_closed_at'),
        ),
        migrations.AddConstraint(
            model_name='collection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='collection_settled_by_with_settled_at'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('agency', 'year'), name='draft_one_per_year'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'drafting'), ('frozen__isnull', False), _connector='OR'), name='draft_frozen_when_sent_up'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('report__isnull', False), _connector='OR'), name='draft_approved_has_report'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'live'), _negated=True), models.Q(('basis_reason', ''), _negated=True), _connector='OR'), name='draft_live_basis_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='draft_submitted_by_with_submitted_at'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='draft_reviewed_by_with_reviewed_at'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at__isnull', True), ('approved_by__isnull', True)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='draft_approved_by_with_approved_at'),
        ),
        migrations.AddConstraint(
            model_name='celloverride',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), ('is_restored', True), _connector='OR'), name='celloverride_has_reason'),
        ),
        migrations.AddIndex(
            model_name='explanation',
            index=models.Index(fields=['agency', 'code'], name='explanation_agency_code'),
        ),
        migrations.AddConstraint(
            model_name='explanation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), ('is_taken_back', True), _connector='OR'), name='explanation_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(fields=('collection', 'agency'), name='member_once'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.UniqueConstraint(fields=('member', 'report'), name='filing_once_per_version'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'filed')), models.Q(models.Q(('state', 'filed'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='filing_decided_has_moment'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='filing_returned_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='filing_decided_by_with_decided_at'),
        ),
        migrations.AddIndex(
            model_name='monthlyfigure',
            index=models.Index(fields=['agency', 'year'], name='monthlyfigure_agency_year'),
        ),
        migrations.AddConstraint(
            model_name='monthlyfigure',
            constraint=models.CheckConstraint(condition=models.Q(('month__range', (1, 12))), name='monthlyfigure_month'),
        ),
        migrations.AddConstraint(
            model_name='monthlyfigure',
            constraint=models.CheckConstraint(condition=models.Q(('value__isnull', True), ('value__gte', 0), _connector='OR'), name='monthlyfigure_not_negative'),
        ),
        migrations.AddIndex(
            model_name='sheetfact',
            index=models.Index(fields=['agency', 'year'], name='sheetfact_agency_year'),
        ),
    ]
