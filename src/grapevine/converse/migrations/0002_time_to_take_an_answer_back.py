"""How long somebody's answers wait, so that they can be taken back."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("converse", "0001_tables")]
    operations = [
        migrations.AddField("colleague", "hold_seconds", models.PositiveSmallIntegerField(default=10)),
    ]
