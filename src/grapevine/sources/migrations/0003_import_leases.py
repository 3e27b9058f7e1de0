"""Imports without a job are leased to the process that reads them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_numbers_and_erasure")]

    operations = [
        migrations.AddField("import", "lease", models.CharField(blank=True, default="", max_length=160), preserve_default=False),
        migrations.AddField("import", "leased_until", models.DateTimeField(null=True)),
    ]
