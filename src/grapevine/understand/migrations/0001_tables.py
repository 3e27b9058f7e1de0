"""The tables of this room. One migration in the place of those it was grown by; see docs/decisions/one-migration-per-room.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from grapevine.core import tables


class Migration(migrations.Migration):

    replaces = [
        ('understand', '0001_initial'),
        ('understand', '0002_vectors'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
    ]

    operations = [
        tables.Together(
            [
                migrations.CreateModel(
                    name='Adapter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scope', models.CharField(max_length=60, unique=True)),
                        ('mark', models.BigIntegerField()),
                        ('data', models.BinaryField()),
                        ('made_at', models.DateTimeField()),
                        ('corrections', models.PositiveIntegerField()),
                        ('fingerprint', models.CharField(max_length=32)),
                        ('scores', models.JSONField(default=dict)),
                    ],
                ),
                migrations.CreateModel(
                    name='Wish',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scope', models.CharField(max_length=60, unique=True)),
                        ('share', models.FloatField()),
                        ('threshold', models.FloatField(null=True)),
                        ('right', models.PositiveIntegerField(default=0)),
                        ('count', models.PositiveIntegerField(default=0)),
                        ('lower', models.FloatField(default=0)),
                        ('is_reached', models.BooleanField(default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name='LearntVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('value', models.BigIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='Correction',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject', models.CharField(max_length=20)),
                        ('subject_id', models.BigIntegerField()),
                        ('scope', models.CharField(max_length=60)),
                        ('text', models.TextField()),
                        ('lang', models.CharField(blank=True, max_length=8)),
                        ('source_id', models.BigIntegerField(null=True)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('author', models.TextField(blank=True)),
                        ('published_at', models.DateTimeField()),
                        ('before', models.JSONField()),
                        ('tier', models.CharField(max_length=8)),
                        ('mood', models.CharField(blank=True, max_length=8)),
                        ('intents', models.JSONField(null=True)),
                        ('spam', models.BooleanField(null=True)),
                        ('is_current', models.BooleanField(default=True)),
                        ('is_lesson', models.BooleanField(default=True)),
                        ('is_drawn', models.BooleanField(default=False)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['subject', 'subject_id'], name='correction_subject'), models.Index(fields=['scope', 'is_current', 'id'], name='correction_scope'), models.Index(fields=['source_id', 'author'], name='correction_author')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('subject', 'subject_id', 'scope'), name='correction_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Draw',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scope', models.CharField(max_length=60)),
                        ('subject', models.CharField(max_length=20)),
                        ('made_at', models.DateTimeField()),
                        ('population', models.PositiveIntegerField()),
                        ('since', models.DateTimeField()),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-id'],
                        'indexes': [models.Index(fields=['scope', 'id'], name='draw_scope')],
                    },
                ),
                migrations.CreateModel(
                    name='Label',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('draw', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='labels', to='understand.draw')),
                        ('place', models.PositiveSmallIntegerField()),
                        ('subject_id', models.BigIntegerField()),
                        ('source_id', models.BigIntegerField(null=True)),
                        ('source', models.CharField(blank=True, max_length=200)),
                        ('author', models.TextField(blank=True)),
                        ('lang', models.CharField(blank=True, max_length=8)),
                        ('published_at', models.DateTimeField()),
                        ('stratum', models.CharField(max_length=40)),
                        ('weight', models.FloatField()),
                        ('shares', models.JSONField()),
                        ('sure', models.BooleanField()),
                        ('spam', models.BooleanField()),
                        ('tier', models.CharField(max_length=8)),
                        ('said', models.CharField(blank=True, max_length=8)),
                        ('said_spam', models.BooleanField(default=False)),
                        ('is_skipped', models.BooleanField(default=False)),
                        ('correction_id', models.BigIntegerField(null=True)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['source_id', 'author'], name='label_author')],
                        'constraints': [models.UniqueConstraint(fields=('draw', 'place'), name='label_once')],
                    },
                ),
                migrations.CreateModel(
                    name='TextVector',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subject', models.CharField(max_length=20)),
                        ('subject_id', models.BigIntegerField()),
                        ('source_id', models.BigIntegerField(null=True)),
                        ('author', models.CharField(blank=True, max_length=300)),
                        ('model', models.CharField(max_length=60)),
                        ('scale', models.FloatField()),
                        ('numbers', models.BinaryField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['source_id', 'author'], name='vector_author')],
                        'constraints': [models.UniqueConstraint(fields=('subject', 'subject_id'), name='vector_once')],
                    },
                ),
                migrations.CreateModel(
                    name='VectorVersion',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('value', models.BigIntegerField(default=0)),
                    ],
                ),
            ]
        ),
    ]
