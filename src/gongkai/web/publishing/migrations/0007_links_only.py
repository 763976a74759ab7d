"""The tables that chose documents before give way to the rows copied from them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0006_drafts_and_links")]

    operations = [
        migrations.RemoveField(model_name="interpretationpage", name="documents"),
        migrations.RemoveField(model_name="meetingpage", name="documents"),
        migrations.AddField(
            model_name="interpretationpage",
            name="documents",
            field=models.ManyToManyField(
                related_name="interpretations",
                through="publishing.InterpretedDocument",
                to="publishing.documentpage",
                verbose_name="所解读的文件",
            ),
        ),
        migrations.AddField(
            model_name="meetingpage",
            name="documents",
            field=models.ManyToManyField(
                related_name="meetings",
                through="publishing.MeetingDocument",
                to="publishing.documentpage",
                verbose_name="相关文件",
            ),
        ),
    ]
