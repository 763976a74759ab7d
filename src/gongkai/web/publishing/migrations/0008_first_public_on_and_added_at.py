"""The day a document was first public, as the site saw it; the moment a benefit was entered."""

from datetime import datetime, time

import django.utils.timezone
from django.db import migrations, models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import TruncDate


def fill(apps, _):
    """Take both from what the site noted: publication, log entries; what was imported keeps its own date."""
    Document, Page = apps.get_model("publishing", "DocumentPage"), apps.get_model("wagtailcore", "Page")
    Entry, Benefit = apps.get_model("wagtailcore", "PageLogEntry"), apps.get_model("publishing", "Benefit")
    Log = apps.get_model("wagtailcore", "ModelLogEntry")
    zone = django.utils.timezone.get_default_timezone()
    imported = Entry.objects.filter(action="publishing.import").values("page_id")
    day = Page.objects.filter(pk=OuterRef("pk")).values(
        day=TruncDate("first_published_at", tzinfo=zone)
    )
    Document.objects.exclude(pk__in=imported).update(first_public_on=Subquery(day))
    for benefit in Benefit.objects.select_related("document").defer("document__body"):
        log = Log.objects.filter(
            content_type__app_label="publishing",
            content_type__model="benefit",
            action="wagtail.create",
            object_id=str(benefit.pk),
        )
        entered = log.order_by("-timestamp").values_list("timestamp", flat=True).first()
        midnight = datetime.combine(benefit.document.published_on, time.min, zone)
        benefit.added_at = entered or benefit.document.first_published_at or midnight
        benefit.save(update_fields=["added_at"])


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0007_links_only"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="documentpage",
            name="first_public_on",
            field=models.DateField(editable=False, null=True, verbose_name="首次公开日期"),
        ),
        migrations.AddField(
            model_name="benefit",
            name="added_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="录入时间"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
