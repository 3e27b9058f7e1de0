"""The full-text index of messages."""

from django.db import migrations

_POSTGRESQL = """
CREATE TABLE converse_words (message_id bigint PRIMARY KEY, words tsvector NOT NULL);
ALTER TABLE converse_words ALTER COLUMN words SET STATISTICS 1000;
CREATE INDEX converse_words_gin ON converse_words USING gin (words) WITH (fastupdate = on, gin_pending_list_limit = 4096);
"""
_SQLITE = (
    "CREATE VIRTUAL TABLE converse_words USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii')",
    "INSERT INTO converse_words (converse_words, rank) VALUES ('automerge', 8)",
)


def _make(apps, editor):
    for statement in (_POSTGRESQL,) if editor.connection.vendor == "postgresql" else _SQLITE:
        editor.execute(statement)


def _unmake(apps, editor):
    editor.execute("DROP TABLE converse_words")


class Migration(migrations.Migration):
    dependencies = [("converse", "0001_initial")]

    operations = [migrations.RunPython(_make, _unmake)]
