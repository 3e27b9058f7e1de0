"""The hourly counts find the mentions of a source and of a language: two indexes that cost more than they gave."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("listen", "0005_brand_readers")]

    operations = [
        migrations.RemoveIndex("mention", "mention_source"),
        migrations.RemoveIndex("mention", "mention_lang"),
    ]
