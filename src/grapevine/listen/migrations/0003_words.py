"""The full-text index; a mark on each block of folds."""

from django.db import migrations, models

_POSTGRESQL = """
CREATE TABLE listen_words (post_id bigint PRIMARY KEY, words tsvector NOT NULL);
ALTER TABLE listen_words ALTER COLUMN words SET STATISTICS 1000;
ALTER TABLE listen_foldblock ALTER COLUMN data SET STORAGE EXTERNAL;
CREATE INDEX listen_words_gin ON listen_words USING gin (words) WITH (fastupdate = on, gin_pending_list_limit = 16384);
"""
_SQLITE = (
    "CREATE VIRTUAL TABLE listen_words USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii')",
    # Merge less often than FTS5 does by itself: the nightly job tidies up, and writing is a fifth faster.
    "INSERT INTO listen_words (listen_words, rank) VALUES ('automerge', 16)",
    "INSERT INTO listen_words (listen_words, rank) VALUES ('crisismerge', 64)",
)


def _make(apps, editor):
    for statement in (_POSTGRESQL,) if editor.connection.vendor == "postgresql" else _SQLITE:
        editor.execute(statement)


def _unmake(apps, editor):
    editor.execute("DROP TABLE listen_words")


class Migration(migrations.Migration):
    dependencies = [("listen", "0002_brand_description")]

    operations = [
        migrations.AddField("foldblock", "mark", models.BigIntegerField(default=0)),
        migrations.RunPython(_make, _unmake),
    ]
