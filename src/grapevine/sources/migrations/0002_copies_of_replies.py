"""Replies may go to others, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoing",
            name="copies",
            field=models.JSONField(default=list),
        ),
    ]
