"""The tables of this room. One migration in the place of those it was grown by; see docs/decisions/one-migration-per-room.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from grapevine.core import tables


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


def _make_words(apps, editor):
    """The full-text index of posts."""
    for statement in (_POSTGRESQL,) if editor.connection.vendor == "postgresql" else _SQLITE:
        editor.execute(statement)


def _unmake_words(apps, editor):
    editor.execute("DROP TABLE listen_words")


class Migration(migrations.Migration):

    replaces = [
        ('listen', '0001_initial'),
        ('listen', '0002_brand_description'),
        ('listen', '0003_words'),
        ('listen', '0004_readings'),
        ('listen', '0005_brand_readers'),
        ('listen', '0006_fewer_indexes'),
        ('listen', '0007_deepening'),
        ('listen', '0008_topics'),
        ('listen', '0009_own_accounts'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('people', '0001_tables'),
        ('sources', '0001_tables'),
    ]

    operations = [
        tables.Together(
            [
                migrations.CreateModel(
                    name='Brand',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('slug', models.SlugField(max_length=140, unique=True)),
                        ('description', models.CharField(blank=True, max_length=300, verbose_name='description')),
                        ('ours', models.BooleanField(default=False, verbose_name='this is our own brand')),
                        ('position', models.PositiveIntegerField(default=0)),
                        ('accounts', models.JSONField(blank=True, default=list, verbose_name='its own accounts')),
                        ('created_at', models.DateTimeField()),
                        ('deleted_at', models.DateTimeField(blank=True, null=True)),
                        ('is_demo', models.BooleanField(default=False)),
                        ('read_by', models.CharField(blank=True, max_length=200)),
                        ('read_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-ours', 'position', 'name'],
                    },
                ),
                migrations.CreateModel(
                    name='HourlyRollup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('brand', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rollups', to='listen.brand')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sources.source')),
                        ('lang', models.CharField(blank=True, max_length=8)),
                        ('hour', models.DateTimeField()),
                        ('mentions', models.BigIntegerField(default=0)),
                        ('posts', models.BigIntegerField(default=0)),
                        ('leads', models.BigIntegerField(default=0)),
                        ('negative', models.BigIntegerField(default=0)),
                        ('neutral', models.BigIntegerField(default=0)),
                        ('positive', models.BigIntegerField(default=0)),
                        ('spam', models.BigIntegerField(default=0)),
                        ('by_brand', models.BigIntegerField(default=0)),
                        ('recommends', models.BigIntegerField(default=0)),
                        ('asks_help', models.BigIntegerField(default=0)),
                        ('asks_information', models.BigIntegerField(default=0)),
                        ('complains', models.BigIntegerField(default=0)),
                        ('praises', models.BigIntegerField(default=0)),
                        ('idea', models.BigIntegerField(default=0)),
                        ('compares', models.BigIntegerField(default=0)),
                        ('buys', models.BigIntegerField(default=0)),
                        ('leaves', models.BigIntegerField(default=0)),
                        ('thanks', models.BigIntegerField(default=0)),
                        ('job', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('brand', 'hour', 'source', 'lang'), name='rollup_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AuthorDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('brand', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='author_days', to='listen.brand')),
                        ('day', models.DateField()),
                        ('authors', models.BinaryField()),
                        ('repeats', models.BinaryField()),
                        ('size', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('brand', 'day'), name='author_day_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Deepening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('last_mention', models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='SavedFilter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_filters', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('params', models.JSONField(default=dict)),
                        ('created_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'constraints': [models.UniqueConstraint(fields=('user', 'name'), name='saved_filter_once')],
                    },
                ),
                migrations.CreateModel(
                    name='FoldBlock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mark', models.BigIntegerField(default=0)),
                        ('data', models.BinaryField()),
                        ('items', models.PositiveIntegerField()),
                        ('stored_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='WatchSetVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('value', models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='KeptTopic',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='listen.brand')),
                        ('lang', models.CharField(blank=True, max_length=8)),
                        ('terms', models.JSONField(default=list)),
                        ('label', models.JSONField(default=list)),
                        ('days', models.JSONField(default=dict)),
                        ('first_on', models.DateField()),
                        ('last_on', models.DateField()),
                    ],
                    options={
                        'ordering': ['brand', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Watch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to='listen.brand')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('query', models.TextField(verbose_name='query')),
                        ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused')], default='active', max_length=10)),
                        ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='listen.watchversion')),
                        ('rematch_state', models.CharField(blank=True, choices=[('', 'Up to date'), ('waiting', 'Waiting'), ('running', 'Running'), ('cancelled', 'Cancelled'), ('failed', 'Failed')], default='', max_length=10)),
                        ('rematch_done', models.BigIntegerField(default=0)),
                        ('rematch_total', models.BigIntegerField(default=0)),
                        ('rematch_job_id', models.BigIntegerField(blank=True, null=True)),
                        ('created_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('deleted_at', models.DateTimeField(blank=True, null=True)),
                        ('is_demo', models.BooleanField(default=False)),
                    ],
                    options={
                        'verbose_name_plural': 'watches',
                        'ordering': ['brand', 'name', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='WatchVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('watch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='listen.watch')),
                        ('number', models.PositiveIntegerField()),
                        ('query', models.TextField()),
                        ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('saved_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(fields=('watch', 'number'), name='watch_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Mention',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sources.post')),
                        ('watch', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='mentions', to='listen.watch')),
                        ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='listen.watchversion')),
                        ('brand', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='mentions', to='listen.brand')),
                        ('source', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sources.source')),
                        ('identity', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='people.identity')),
                        ('lang', models.CharField(blank=True, max_length=8)),
                        ('mood', models.PositiveSmallIntegerField(default=0)),
                        ('wants', models.PositiveIntegerField(default=0)),
                        ('spam', models.BooleanField(default=False)),
                        ('by_brand', models.BooleanField(default=False)),
                        ('published_at', models.DateTimeField()),
                        ('found_at', models.DateTimeField()),
                        ('nth', models.PositiveSmallIntegerField(default=0)),
                        ('lead_id', models.BigIntegerField(default=0)),
                        ('copies', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['brand', 'post'], name='mention_brand'), models.Index(fields=['watch', 'post'], name='mention_watch'), models.Index(fields=['identity', 'post'], name='mention_author'), models.Index(condition=models.Q(('lead_id__gt', 0)), fields=['lead_id', 'post'], name='mention_lead')],
                        'constraints': [models.UniqueConstraint(fields=('post', 'watch'), name='mention_once')],
                    },
                ),
            ]
        ),
        migrations.RunPython(_make_words, _unmake_words),
    ]
