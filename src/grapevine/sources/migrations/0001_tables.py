"""The tables of this room. One migration in the place of those it was grown by; see docs/decisions/one-migration-per-room.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import grapevine.sources.models.fields
from grapevine.core import tables


def _make_numbers(apps, editor):
    """Where the running numbers of posts come from."""
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE SEQUENCE sources_post_number INCREMENT BY 64 MINVALUE 0 START 0")
        # It is compressed already: trying once more only costs time.
        editor.execute("ALTER TABLE sources_rawblock ALTER COLUMN data SET STORAGE EXTERNAL")
    else:
        apps.get_model("sources", "Counter").objects.create(name="post", value=0)


def _unmake_numbers(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP SEQUENCE sources_post_number")


class Migration(migrations.Migration):

    replaces = [
        ('sources', '0001_initial'),
        ('sources', '0002_numbers_and_erasure'),
        ('sources', '0003_import_leases'),
        ('sources', '0004_outbox'),
        ('sources', '0005_outbox_indexes'),
        ('sources', '0006_follows'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
    ]

    operations = [
        tables.Together(
            [
                migrations.CreateModel(
                    name='Source',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('connector', models.CharField(max_length=40)),
                        ('settings', models.JSONField(default=dict)),
                        ('cursor', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('active', 'Active'), ('paused', 'Paused'), ('held', 'Held'), ('leaving', 'Being removed')], default='active', max_length=10)),
                        ('terms', models.TextField(blank=True)),
                        ('retention_days', models.PositiveIntegerField(default=0, verbose_name='keep posts for (days)')),
                        ('next_pull_at', models.DateTimeField(blank=True, null=True)),
                        ('last_success_at', models.DateTimeField(blank=True, null=True)),
                        ('last_error_code', models.CharField(blank=True, max_length=60)),
                        ('last_error_params', models.JSONField(default=dict)),
                        ('last_error_at', models.DateTimeField(blank=True, null=True)),
                        ('failures', models.PositiveIntegerField(default=0)),
                        ('credential_state', models.CharField(choices=[('none', 'Not needed'), ('untried', 'Not tried yet'), ('working', 'Working'), ('refused', 'Refused')], default='none', max_length=10)),
                        ('outbox_held_at', models.DateTimeField(blank=True, null=True)),
                        ('posts_count', models.BigIntegerField(default=0)),
                        ('rejected_count', models.BigIntegerField(default=0)),
                        ('latest_post_at', models.DateTimeField(blank=True, null=True)),
                        ('created_at', models.DateTimeField()),
                        ('is_demo', models.BooleanField(default=False)),
                    ],
                    options={
                        'ordering': ['name', 'id'],
                        'indexes': [models.Index(condition=models.Q(('state', 'active')), fields=['next_pull_at'], name='source_due')],
                    },
                ),
                migrations.CreateModel(
                    name='Credential',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='credential', to='sources.source')),
                        ('sealed', models.BinaryField()),
                        ('changed_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Follow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sources.source')),
                        ('follower_external_id', models.TextField()),
                        ('followed_external_id', models.TextField()),
                        ('since', models.DateTimeField(null=True)),
                        ('seen_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['source', 'followed_external_id'], name='follow_followed')],
                        'constraints': [models.UniqueConstraint(fields=('source', 'follower_external_id', 'followed_external_id'), name='follow_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Import',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to='sources.source')),
                        ('file_name', models.CharField(max_length=255)),
                        ('path', models.TextField()),
                        ('layout', models.CharField(blank=True, max_length=40)),
                        ('mapping', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                        ('cursor', models.JSONField(default=dict)),
                        ('bytes_total', models.BigIntegerField(default=0)),
                        ('bytes_done', models.BigIntegerField(default=0)),
                        ('read', models.BigIntegerField(default=0)),
                        ('new', models.BigIntegerField(default=0)),
                        ('known', models.BigIntegerField(default=0)),
                        ('rejected', models.BigIntegerField(default=0)),
                        ('rate', models.FloatField(default=0)),
                        ('error_code', models.CharField(blank=True, max_length=60)),
                        ('error_params', models.JSONField(default=dict)),
                        ('job_id', models.BigIntegerField(null=True)),
                        ('lease', models.CharField(blank=True, max_length=160)),
                        ('leased_until', models.DateTimeField(null=True)),
                        ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Rejected',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejected_rows', to='sources.source')),
                        ('of_import', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='rejected_rows', to='sources.import')),
                        ('file_name', models.CharField(blank=True, max_length=255)),
                        ('line', models.BigIntegerField(default=0)),
                        ('reason', models.CharField(max_length=60)),
                        ('detail', models.TextField(blank=True)),
                        ('raw', models.BinaryField(default=b'')),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['-id'],
                    },
                ),
                migrations.CreateModel(
                    name='Outgoing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sources.source')),
                        ('of', models.CharField(max_length=60)),
                        ('of_id', models.BigIntegerField()),
                        ('kind', models.CharField(choices=[('reply', 'Reply'), ('hide', 'Hide a post'), ('delete', 'Remove a post')], default='reply', max_length=6)),
                        ('key', models.CharField(max_length=120)),
                        ('to', models.TextField()),
                        ('thread_id', models.TextField(blank=True)),
                        ('lane', models.TextField()),
                        ('subject', models.TextField(blank=True)),
                        ('text', models.TextField(blank=True)),
                        ('recipient', models.TextField(blank=True)),
                        ('signed', models.CharField(blank=True, max_length=120)),
                        ('refers', models.JSONField(default=list)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('moderated', 'Held there for a moderator'), ('held', 'Held: the source needs new credentials'), ('failed', 'Not sent'), ('unclear', 'Perhaps sent'), ('stopped', 'Stopped before it was sent'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                        ('wanted_at', models.DateTimeField()),
                        ('next_try_at', models.DateTimeField()),
                        ('attempts', models.PositiveIntegerField(default=0)),
                        ('began_at', models.DateTimeField(null=True)),
                        ('trying_since', models.DateTimeField(null=True)),
                        ('tried_at', models.DateTimeField(null=True)),
                        ('in_doubt', models.BooleanField(default=False)),
                        ('lease', models.CharField(blank=True, max_length=40)),
                        ('leased_until', models.DateTimeField(null=True)),
                        ('error_code', models.CharField(blank=True, max_length=60)),
                        ('error_params', models.JSONField(default=dict)),
                        ('by_keeper', models.BooleanField(default=False)),
                        ('proof_id', models.TextField(blank=True)),
                        ('proof_url', models.TextField(blank=True)),
                        ('proof_found', models.BooleanField(default=False)),
                        ('proof_by_word', models.BooleanField(default=False)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('put_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(fields=['of', 'of_id', '-id'], name='outgoing_of'), models.Index(condition=models.Q(('state', 'waiting')), fields=['next_try_at', 'id'], name='outgoing_due'), models.Index(condition=models.Q(('state', 'sending')), fields=['leased_until'], name='outgoing_cut'), models.Index(fields=['source', 'lane', 'wanted_at', 'id'], name='outgoing_lane'), models.Index(fields=['state', '-id'], name='outgoing_state'), models.Index(fields=['source', 'state', '-id'], name='outgoing_unsent'), models.Index(condition=models.Q(('proof_id', ''), _negated=True), fields=['source', 'proof_id'], name='outgoing_proof'), models.Index(fields=['source', 'recipient'], name='outgoing_recipient')],
                        'constraints': [models.UniqueConstraint(fields=('source', 'key'), name='outgoing_once')],
                    },
                ),
                migrations.CreateModel(
                    name='OutgoingFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('outgoing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='sources.outgoing')),
                        ('name', models.CharField(max_length=255)),
                        ('media_type', models.CharField(max_length=120)),
                        ('content', models.BinaryField()),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='Post',
                    fields=[
                        ('id', grapevine.sources.models.fields.GivenId(primary_key=True, serialize=False)),
                        ('source', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sources.source')),
                        ('external_id', models.TextField()),
                        ('kind', models.CharField(max_length=10)),
                        ('title', models.TextField(blank=True)),
                        ('text', models.TextField(blank=True)),
                        ('url', models.TextField(blank=True)),
                        ('site', models.TextField(blank=True)),
                        ('lang', models.CharField(blank=True, max_length=20)),
                        ('country', models.CharField(blank=True, max_length=20)),
                        ('published_at', models.DateTimeField()),
                        ('edited_at', models.DateTimeField(null=True)),
                        ('received_at', models.DateTimeField()),
                        ('deleted_at', models.DateTimeField(null=True)),
                        ('erased_at', models.DateTimeField(null=True)),
                        ('parent_external_id', models.TextField(blank=True)),
                        ('thread_external_id', models.TextField(blank=True)),
                        ('repost_of_external_id', models.TextField(blank=True)),
                        ('author_external_id', models.TextField(blank=True)),
                        ('author_handle', models.TextField(blank=True)),
                        ('author_name', models.TextField(blank=True)),
                        ('author_url', models.TextField(blank=True)),
                        ('author_followers', models.BigIntegerField(null=True)),
                        ('links', grapevine.sources.models.fields.WrittenJSON(default=list)),
                        ('tags', grapevine.sources.models.fields.WrittenJSON(default=list)),
                        ('mentions', grapevine.sources.models.fields.WrittenJSON(default=list)),
                        ('media', grapevine.sources.models.fields.WrittenJSON(default=list)),
                        ('metrics', grapevine.sources.models.fields.WrittenJSON(default=dict)),
                        ('notes', grapevine.sources.models.fields.WrittenJSON(default=list)),
                        ('raw_block_id', models.BigIntegerField(null=True)),
                        ('raw_index', models.IntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('parent_external_id', ''), _negated=True), fields=['source', 'parent_external_id'], name='post_replies'), models.Index(condition=models.Q(('thread_external_id', ''), _negated=True), fields=['source', 'thread_external_id'], name='post_thread')],
                        'constraints': [models.UniqueConstraint(fields=('source', 'external_id'), name='post_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PostVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('post', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='versions', to='sources.post')),
                        ('title', models.TextField(blank=True)),
                        ('text', models.TextField(blank=True)),
                        ('edited_at', models.DateTimeField(null=True)),
                        ('replaced_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ['id'],
                    },
                ),
                migrations.CreateModel(
                    name='RawBlock',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='sources.source')),
                        ('data', models.BinaryField()),
                        ('items', models.PositiveIntegerField()),
                        ('stored_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Counter',
                    fields=[
                        ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                        ('value', models.BigIntegerField(default=0)),
                    ],
                ),
            ]
        ),
        migrations.RunPython(_make_numbers, _unmake_numbers),
    ]
