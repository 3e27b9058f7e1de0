"""Posts can be erased; where their running numbers come from; two indexes that cost more than they gave."""

from django.db import migrations, models


def _make(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE SEQUENCE sources_post_number INCREMENT BY 64 MINVALUE 0 START 0")
        # It is compressed already: trying once more only costs time.
        editor.execute("ALTER TABLE sources_rawblock ALTER COLUMN data SET STORAGE EXTERNAL")
    else:
        apps.get_model("sources", "Counter").objects.create(name="post", value=0)


def _unmake(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP SEQUENCE sources_post_number")


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]

    operations = [
        migrations.AddField("post", "erased_at", models.DateTimeField(null=True)),
        migrations.RemoveIndex("post", "post_of_source"),
        migrations.RemoveIndex("post", "post_author"),
        migrations.AlterField(
            "source",
            "state",
            models.CharField(
                choices=[("active", "Active"), ("paused", "Paused"), ("held", "Held"), ("leaving", "Being removed")],
                default="active",
                max_length=10,
            ),
        ),
        migrations.RunPython(_make, _unmake),
    ]
