"""The tables of this room. One migration in the place of those it was grown by; see docs/decisions/one-migration-per-room.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from grapevine.core import tables


class Migration(migrations.Migration):

    replaces = [
        ('core', '0001_initial'),
        ('core', '0002_heartbeats_and_longer_leases'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        tables.Together(
            [
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(max_length=60)),
                        ('key', models.CharField(blank=True, max_length=120)),
                        ('payload', models.JSONField(default=dict)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                        ('run_at', models.DateTimeField()),
                        ('lease', models.CharField(blank=True, max_length=80)),
                        ('leased_until', models.DateTimeField(null=True)),
                        ('attempts', models.PositiveIntegerField(default=0)),
                        ('max_attempts', models.PositiveIntegerField(default=8)),
                        ('done', models.BigIntegerField(default=0)),
                        ('total', models.BigIntegerField(null=True)),
                        ('note', models.CharField(blank=True, max_length=200)),
                        ('error', models.TextField(blank=True)),
                        ('created_at', models.DateTimeField()),
                        ('started_at', models.DateTimeField(null=True)),
                        ('finished_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'ordering': ['id'],
                        'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['run_at', 'id'], name='job_due'), models.Index(fields=['kind', '-id'], name='job_kind')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running']), models.Q(('key', ''), _negated=True)), fields=('key',), name='job_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Heartbeat',
                    fields=[
                        ('name', models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ('part', models.CharField(max_length=10)),
                        ('host', models.CharField(max_length=120)),
                        ('pid', models.IntegerField()),
                        ('version', models.CharField(max_length=40)),
                        ('started_at', models.DateTimeField()),
                        ('seen_at', models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='LiveEvent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('channel', models.CharField(max_length=60)),
                        ('data', models.JSONField(default=dict)),
                        ('at', models.DateTimeField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Setting',
                    fields=[
                        ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                        ('value', models.JSONField()),
                    ],
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('role', models.CharField(choices=[('administrator', 'Administrator'), ('lead', 'Lead'), ('member', 'Member'), ('reader', 'Reader')], default='reader', max_length=20, verbose_name='role')),
                        ('language', models.CharField(blank=True, max_length=5, verbose_name='language')),
                        ('appearance', models.CharField(blank=True, max_length=5)),
                        ('time_zone', models.CharField(blank=True, max_length=60, verbose_name='time zone')),
                        ('is_active', models.BooleanField(default=True)),
                        ('joined_at', models.DateTimeField(auto_now_add=True)),
                        ('previous_visit_at', models.DateTimeField(blank=True, null=True)),
                        ('last_seen_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['name'],
                    },
                ),
                migrations.CreateModel(
                    name='AuditEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_index=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('by_name', models.CharField(max_length=120)),
                        ('action', models.CharField(max_length=80)),
                        ('subject_type', models.CharField(blank=True, max_length=60)),
                        ('subject_id', models.CharField(blank=True, max_length=40)),
                        ('subject_name', models.CharField(blank=True, max_length=200)),
                        ('detail', models.JSONField(default=dict)),
                    ],
                    options={
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='core_audite_subject_817cab_idx'), models.Index(fields=['action', 'at'], name='core_audite_action_70a3be_idx')],
                    },
                ),
                migrations.CreateModel(
                    name='ApiToken',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                        ('name', models.CharField(max_length=80)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('hint', models.CharField(max_length=8)),
                        ('created_at', models.DateTimeField()),
                        ('last_used_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'ordering': ['-created_at'],
                    },
                ),
                migrations.CreateModel(
                    name='SignInAttempt',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=64)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['key', 'at'], name='core_signin_key_9c4879_idx')],
                    },
                ),
            ]
        ),
    ]
