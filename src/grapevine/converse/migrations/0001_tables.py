"""The tables of this room. One migration in the place of those it was grown by; see docs/decisions/one-migration-per-room.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import grapevine.converse.models.desk
from grapevine.core import tables


_POSTGRESQL = """
CREATE TABLE converse_words (message_id bigint PRIMARY KEY, words tsvector NOT NULL);
ALTER TABLE converse_words ALTER COLUMN words SET STATISTICS 1000;
CREATE INDEX converse_words_gin ON converse_words USING gin (words) WITH (fastupdate = on, gin_pending_list_limit = 4096);
"""
_SQLITE = (
    "CREATE VIRTUAL TABLE converse_words USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii')",
    "INSERT INTO converse_words (converse_words, rank) VALUES ('automerge', 8)",
)


def _make_words(apps, editor):
    """The full-text index of messages."""
    for statement in (_POSTGRESQL,) if editor.connection.vendor == "postgresql" else _SQLITE:
        editor.execute(statement)


def _unmake_words(apps, editor):
    editor.execute("DROP TABLE converse_words")


class Migration(migrations.Migration):

    replaces = [
        ('converse', '0001_initial'),
        ('converse', '0002_words'),
        ('converse', '0003_answer_files'),
        ('converse', '0004_what_was_seen'),
        ('converse', '0005_letters_and_turns'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('listen', '0001_tables'),
        ('people', '0001_tables'),
        ('sources', '0001_tables'),
    ]

    operations = [
        tables.Together(
            [
                migrations.CreateModel(
                    name='Label',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                        ('colour', models.PositiveSmallIntegerField(default=0)),
                        ('created_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='Team',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('zone', models.CharField(blank=True, max_length=60)),
                        ('week', models.JSONField(default=grapevine.converse.models.desk.office_hours)),
                        ('country', models.CharField(blank=True, max_length=10)),
                        ('assigns', models.BooleanField(default=True)),
                        ('created_at', models.DateTimeField()),
                        ('dissolved_at', models.DateTimeField(null=True)),
                        ('members', models.ManyToManyField(related_name='+', through='converse.Seat', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['name'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('dissolved_at', None)), fields=('name',), name='team_name_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Thread',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('brand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='listen.brand')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sources.source')),
                        ('external_id', models.TextField(blank=True)),
                        ('identity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.identity')),
                        ('subject', models.CharField(blank=True, max_length=300)),
                        ('lang', models.CharField(blank=True, max_length=8)),
                        ('mood', models.PositiveSmallIntegerField(default=0)),
                        ('wants', models.PositiveIntegerField(default=0)),
                        ('status', models.CharField(choices=[('open', 'Open'), ('waiting', 'Waiting for them'), ('snoozed', 'Snoozed'), ('resolved', 'Resolved'), ('spam', 'Spam')], default='open', max_length=10)),
                        ('snoozed_until', models.DateTimeField(null=True)),
                        ('wakes_on_answer', models.BooleanField(default=True)),
                        ('priority', models.PositiveSmallIntegerField(choices=[(1, 'Urgent'), (2, 'High'), (3, 'Normal'), (4, 'Low')], default=3)),
                        ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='converse.team')),
                        ('opened_at', models.DateTimeField()),
                        ('last_at', models.DateTimeField()),
                        ('last_from_them_at', models.DateTimeField(null=True)),
                        ('last_from_us_at', models.DateTimeField(null=True)),
                        ('waiting_since', models.DateTimeField(null=True)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('first_answered_at', models.DateTimeField(null=True)),
                        ('resolved_at', models.DateTimeField(null=True)),
                        ('messages', models.PositiveIntegerField(default=0)),
                        ('latest_id', models.BigIntegerField(null=True)),
                        ('merged_into', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='converse.thread')),
                        ('is_demo', models.BooleanField(default=False)),
                        ('labels', models.ManyToManyField(related_name='threads', to='converse.label')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('merged_into', None), ('status', 'open')), fields=['status', 'due_at', 'id'], name='thread_due'), models.Index(condition=models.Q(('merged_into', None), ('status', 'open')), fields=['assignee', 'due_at', 'id'], name='thread_due_mine'), models.Index(condition=models.Q(('merged_into', None), ('status', 'open')), fields=['team', 'due_at', 'id'], name='thread_due_team'), models.Index(condition=models.Q(('assignee', None), ('merged_into', None), ('status', 'open'), ('team', None)), fields=['due_at', 'id'], name='thread_due_free'), models.Index(condition=models.Q(('merged_into', None)), fields=['-last_at', '-id'], name='thread_latest'), models.Index(condition=models.Q(('merged_into', None)), fields=['status', '-last_at', '-id'], name='thread_last'), models.Index(condition=models.Q(('merged_into', None)), fields=['assignee', 'status', '-last_at', '-id'], name='thread_last_mine'), models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='thread_merged'), models.Index(fields=['identity', '-last_at'], name='thread_identity'), models.Index(condition=models.Q(('status', 'snoozed')), fields=['snoozed_until'], name='thread_wakes')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('source', 'external_id'), name='thread_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='items', to='converse.thread')),
                        ('direction', models.CharField(choices=[('theirs', 'From them'), ('ours', 'From us'), ('note', 'Note'), ('event', 'Event')], max_length=6)),
                        ('at', models.DateTimeField()),
                        ('text', models.TextField(blank=True)),
                        ('lang', models.CharField(blank=True, max_length=8)),
                        ('post', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sources.post')),
                        ('source', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sources.source')),
                        ('external_id', models.TextField(blank=True)),
                        ('answers', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='converse.message')),
                        ('identity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.identity')),
                        ('url', models.TextField(blank=True)),
                        ('media', models.JSONField(default=list)),
                        ('has_html', models.BooleanField(default=False)),
                        ('notes', models.JSONField(default=list)),
                        ('copies', models.JSONField(default=list)),
                        ('reply_to', models.TextField(blank=True, default='')),
                        ('edited_at', models.DateTimeField(null=True)),
                        ('deleted_at', models.DateTimeField(null=True)),
                        ('user', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed', models.CharField(blank=True, max_length=120)),
                        ('state', models.CharField(blank=True, choices=[('', '-'), ('approval', 'Waiting for approval'), ('returned', 'Returned'), ('scheduled', 'Scheduled'), ('waiting', 'On its way'), ('sent', 'Sent'), ('moderated', 'Held there for a moderator'), ('held', 'Held: the source needs new credentials'), ('failed', 'Not sent'), ('unclear', 'Perhaps sent'), ('stopped', 'Stopped before it was sent'), ('cancelled', 'Cancelled')], default='', max_length=10)),
                        ('send_at', models.DateTimeField(null=True)),
                        ('resolves', models.BooleanField(default=False)),
                        ('seen_id', models.BigIntegerField(null=True)),
                        ('outgoing_id', models.BigIntegerField(null=True)),
                        ('mandate_id', models.BigIntegerField(null=True)),
                        ('event', models.JSONField(default=dict)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['thread', 'at', 'id'], name='message_thread'), models.Index(condition=models.Q(('post__isnull', False)), fields=['post'], name='message_post'), models.Index(condition=models.Q(('answers__isnull', False)), fields=['answers'], name='message_answers'), models.Index(condition=models.Q(('state__in', ['approval', 'returned', 'scheduled', 'waiting', 'held', 'failed', 'unclear', 'stopped'])), fields=['state', 'at'], name='message_pending')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('external_id', 'source'), name='message_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Naming',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='namings', to='converse.message')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('seen_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('seen_at', None)), fields=['user', '-id'], name='naming_unseen')],
                        'constraints': [models.UniqueConstraint(fields=('message', 'user'), name='naming_once')],
                    },
                ),
                migrations.CreateModel(
                    name='FollowUp',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('due_at', models.DateTimeField()),
                        ('created_at', models.DateTimeField()),
                        ('done_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['user', 'due_at', 'id'], name='follow_up_due')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('done_at', None)), fields=('thread',), name='follow_up_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Survey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('created_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('score', models.PositiveSmallIntegerField(choices=[(1, 'No'), (2, 'Partly'), (3, 'Yes')], null=True)),
                        ('message', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='converse.message')),
                        ('tally_id', models.BigIntegerField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Seat',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='seats', to='converse.team')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('team', 'user'), name='seat_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Colleague',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('languages', models.JSONField(default=list)),
                        ('max_load', models.PositiveSmallIntegerField(default=20)),
                        ('away_until', models.DateTimeField(null=True)),
                        ('follow_up_days', models.PositiveSmallIntegerField(default=7)),
                    ],
                ),
                migrations.CreateModel(
                    name='ClosedDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.team')),
                        ('day', models.DateField()),
                        ('name', models.CharField(blank=True, max_length=80)),
                        ('open_after_all', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['day'],
                        'indexes': [models.Index(fields=['day'], name='closed_day')],
                    },
                ),
                migrations.CreateModel(
                    name='Shift',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to='converse.team')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['starts_at', 'id'],
                        'indexes': [models.Index(fields=['team', 'ends_at'], name='shift_of_team')],
                    },
                ),
                migrations.CreateModel(
                    name='HandOver',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('team', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.team')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('from_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['team', 'id'], name='hand_over_open')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('thread',), name='hand_over_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Target',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(blank=True, max_length=40)),
                        ('priority', models.PositiveSmallIntegerField(choices=[(1, 'Urgent'), (2, 'High'), (3, 'Normal'), (4, 'Low')])),
                        ('minutes', models.PositiveIntegerField()),
                        ('by_clock', models.BooleanField(default=False)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('channel', 'priority'), name='target_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Edition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('guideline', 'Guideline'), ('check', 'Check'), ('triage', 'Triage'), ('signature', 'Signature')], max_length=10)),
                        ('key', models.SlugField(blank=True, max_length=60)),
                        ('number', models.PositiveIntegerField()),
                        ('content', models.JSONField()),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('renews', models.BooleanField(default=False)),
                        ('retired', models.BooleanField(default=False)),
                        ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('renews', True)), fields=['-at'], name='edition_renews')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'key', 'number'), name='edition_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CheckTaken',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('edition', models.PositiveIntegerField()),
                        ('right', models.PositiveSmallIntegerField()),
                        ('questions', models.PositiveSmallIntegerField()),
                        ('passed', models.BooleanField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['user', 'passed', '-at'], name='check_taken_user')],
                    },
                ),
                migrations.CreateModel(
                    name='Snippet',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('opener', 'Opener'), ('fact', 'Fact')], max_length=6, verbose_name='kind')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('text', models.CharField(max_length=400, verbose_name='text')),
                        ('lang', models.CharField(blank=True, max_length=8, verbose_name='language')),
                        ('brand', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='listen.brand')),
                        ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('checked_on', models.DateField(null=True)),
                        ('removed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('removed_at', None)), fields=['lang', 'kind', 'name'], name='snippet_lang')],
                    },
                ),
                migrations.CreateModel(
                    name='SaidBefore',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.message')),
                        ('words', models.BinaryField()),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['at'], name='said_before_at')],
                    },
                ),
                migrations.CreateModel(
                    name='SaidBand',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('said', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='converse.saidbefore')),
                        ('key', models.BigIntegerField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['key', '-said'], name='said_band_key'), models.Index(fields=['said'], name='said_band_said')],
                    },
                ),
                migrations.CreateModel(
                    name='Seen',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('thread', 'user'), name='seen_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Draft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text', models.TextField()),
                        ('is_note', models.BooleanField(default=False)),
                        ('saved_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('thread', 'user', 'is_note'), name='draft_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AnswerFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.message')),
                        ('name', models.CharField(max_length=255)),
                        ('media_type', models.CharField(max_length=120)),
                        ('content', models.BinaryField()),
                        ('size', models.PositiveIntegerField()),
                        ('added_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(fields=['thread', 'user', 'id'], name='answer_file_of')],
                    },
                ),
                migrations.CreateModel(
                    name='Presence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('typing_until', models.DateTimeField(null=True)),
                        ('until', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('thread', 'user'), name='presence_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Rearrangement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=5)),
                        ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('message_ids', models.JSONField()),
                        ('before', models.JSONField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('together', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.rearrangement')),
                    ],
                ),
                migrations.CreateModel(
                    name='Deed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=20)),
                        ('before', models.JSONField()),
                        ('after', models.JSONField()),
                        ('events', models.JSONField(default=list)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(db_index=True)),
                        ('undone_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='SavedView',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('params', models.JSONField(default=dict)),
                        ('position', models.PositiveIntegerField(default=0)),
                        ('created_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['position', 'name', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Mandate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('accepted_version', models.PositiveIntegerField(null=True)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('created_at', models.DateTimeField()),
                        ('reminded_on', models.DateField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['user', 'ends_on'], name='mandate_user'), models.Index(condition=models.Q(('withdrawn_at__isnull', True)), fields=['ends_on'], name='mandate_ends')],
                    },
                ),
                migrations.CreateModel(
                    name='MandateVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='converse.mandate')),
                        ('number', models.PositiveIntegerField()),
                        ('terms', models.JSONField()),
                        ('note', models.TextField(blank=True)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('accepted_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-number'],
                        'constraints': [models.UniqueConstraint(fields=('mandate', 'number'), name='mandate_version_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='converse.message')),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField()),
                        ('reasons', models.JSONField(default=list)),
                        ('state', models.CharField(choices=[('waiting', 'Waits'), ('approved', 'Approved'), ('changed', 'Changed and approved'), ('returned', 'Returned'), ('withdrawn', 'Taken back')], default='waiting', max_length=9)),
                        ('text_before', models.TextField(blank=True)),
                        ('note', models.TextField(blank=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('seen_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['asked_at', 'id'], name='approval_waiting'), models.Index(fields=['asked_by', '-id'], name='approval_told'), models.Index(fields=['-decided_at', '-id'], name='approval_decided')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('message',), name='approval_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Rule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('position', models.PositiveIntegerField(default=0)),
                        ('active', models.BooleanField(default=True)),
                        ('languages', models.JSONField(default=list)),
                        ('wants', models.JSONField(default=list)),
                        ('moods', models.JSONField(default=list)),
                        ('brands', models.JSONField(default=list)),
                        ('sources', models.JSONField(default=list)),
                        ('words', models.TextField(blank=True)),
                        ('needs_mandate', models.BooleanField(default=False)),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='converse.team')),
                        ('to_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('priority', models.PositiveSmallIntegerField(choices=[(1, 'Urgent'), (2, 'High'), (3, 'Normal'), (4, 'Low')], null=True)),
                        ('label', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='converse.label')),
                        ('created_at', models.DateTimeField()),
                        ('changed_at', models.DateTimeField()),
                        ('deleted_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['position', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='Turn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='converse.thread')),
                        ('began_at', models.DateTimeField()),
                        ('since', models.DateTimeField(null=True)),
                        ('spent_seconds', models.PositiveIntegerField(default=0)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('answered', models.BooleanField(default=False)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['thread', '-id'], name='turn_of_thread')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('thread',), name='turn_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Tally',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('o', 'Opened'), ('a', 'Answered'), ('r', 'Resolved'), ('s', 'Rated')], max_length=1)),
                        ('thread', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='converse.thread')),
                        ('day', models.DateField()),
                        ('team_id', models.BigIntegerField(default=0)),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sources.source')),
                        ('brand_id', models.BigIntegerField(default=0)),
                        ('lang', models.CharField(blank=True, max_length=8)),
                        ('seconds', models.PositiveBigIntegerField(default=0)),
                        ('in_time', models.BooleanField(default=False)),
                        ('score', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['thread', 'kind', '-id'], name='tally_of_thread')],
                    },
                ),
                migrations.CreateModel(
                    name='Rollup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('span', models.CharField(max_length=1)),
                        ('first', models.DateField()),
                        ('team_id', models.BigIntegerField(default=0)),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sources.source')),
                        ('brand_id', models.BigIntegerField(default=0)),
                        ('lang', models.CharField(blank=True, max_length=8)),
                        ('opened', models.BigIntegerField(default=0)),
                        ('answered', models.BigIntegerField(default=0)),
                        ('in_time', models.BigIntegerField(default=0)),
                        ('resolved', models.BigIntegerField(default=0)),
                        ('seconds', models.BigIntegerField(default=0)),
                        ('took_00', models.BigIntegerField(default=0)),
                        ('took_01', models.BigIntegerField(default=0)),
                        ('took_02', models.BigIntegerField(default=0)),
                        ('took_03', models.BigIntegerField(default=0)),
                        ('took_04', models.BigIntegerField(default=0)),
                        ('took_05', models.BigIntegerField(default=0)),
                        ('took_06', models.BigIntegerField(default=0)),
                        ('took_07', models.BigIntegerField(default=0)),
                        ('took_08', models.BigIntegerField(default=0)),
                        ('took_09', models.BigIntegerField(default=0)),
                        ('took_10', models.BigIntegerField(default=0)),
                        ('took_11', models.BigIntegerField(default=0)),
                        ('took_12', models.BigIntegerField(default=0)),
                        ('took_13', models.BigIntegerField(default=0)),
                        ('helped', models.BigIntegerField(default=0)),
                        ('helped_partly', models.BigIntegerField(default=0)),
                        ('helped_not', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('span', 'first', 'team_id', 'source', 'brand_id', 'lang'), name='desk_rollup_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Triage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('thread', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='triage', to='converse.thread')),
                        ('edition', models.PositiveIntegerField()),
                        ('path', models.JSONField(default=list)),
                        ('outcome', models.CharField(max_length=40)),
                        ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('counted_on', models.DateField()),
                        ('brand_key', models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='TriageDay',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('on', models.DateField()),
                        ('outcome', models.CharField(max_length=40)),
                        ('brand_key', models.BigIntegerField(default=0)),
                        ('threads', models.IntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('on', 'outcome', 'brand_key'), name='triage_day_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Removal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='removals', to='converse.message')),
                        ('how', models.CharField(choices=[('hide', 'Hide'), ('delete', 'Delete')], max_length=6)),
                        ('reason', models.TextField()),
                        ('measured', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('waiting', 'Asked for'), ('done', 'Confirmed by the platform'), ('held', 'Held: the source needs new credentials'), ('failed', 'Not done'), ('unclear', 'Perhaps done'), ('cancelled', 'Cancelled')], default='waiting', max_length=9)),
                        ('code', models.CharField(blank=True, max_length=60)),
                        ('params', models.JSONField(default=dict)),
                        ('outgoing_id', models.BigIntegerField(null=True)),
                        ('removed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('settled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-at', '-id'], name='removal_latest')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'held', 'done', 'unclear'])), fields=('message', 'how'), name='removal_once')],
                    },
                ),
            ]
        ),
        migrations.RunPython(_make_words, _unmake_words),
    ]
