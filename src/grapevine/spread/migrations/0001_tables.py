"""The tables of this room. One migration in the place of those it was grown by; see docs/decisions/one-migration-per-room.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from grapevine.core import tables


class Migration(migrations.Migration):

    replaces = [
        ('spread', '0001_initial'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        tables.Together(
            [
                migrations.CreateModel(
                    name='Network',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                        ('asked', models.JSONField(default=dict)),
                        ('result', models.JSONField(default=dict)),
                        ('fault', models.CharField(blank=True, max_length=60)),
                        ('fault_params', models.JSONField(default=dict)),
                        ('version', models.CharField(blank=True, max_length=20)),
                        ('job_id', models.BigIntegerField(null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('removed_at', models.DateTimeField(null=True)),
                        ('is_demo', models.BooleanField(default=False)),
                        ('name', models.CharField(max_length=140)),
                        ('until', models.DateTimeField()),
                        ('people', models.PositiveIntegerField(default=0)),
                        ('ties', models.PositiveBigIntegerField(default=0)),
                        ('communities', models.PositiveIntegerField(default=0)),
                        ('series', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='later', to='spread.network')),
                        ('is_fresh', models.BooleanField(default=False)),
                        ('revision', models.PositiveIntegerField(default=1)),
                        ('stamp', models.CharField(blank=True, max_length=32)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['-until', '-id'], name='network_newest')],
                    },
                ),
                migrations.CreateModel(
                    name='NetworkPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='spread.network')),
                        ('name', models.CharField(max_length=40)),
                        ('number', models.PositiveIntegerField()),
                        ('data', models.BinaryField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('network', 'name', 'number'), name='network_part_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Audience',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                        ('asked', models.JSONField(default=dict)),
                        ('result', models.JSONField(default=dict)),
                        ('fault', models.CharField(blank=True, max_length=60)),
                        ('fault_params', models.JSONField(default=dict)),
                        ('version', models.CharField(blank=True, max_length=20)),
                        ('job_id', models.BigIntegerField(null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('removed_at', models.DateTimeField(null=True)),
                        ('is_demo', models.BooleanField(default=False)),
                        ('name', models.CharField(blank=True, max_length=140)),
                        ('network', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='audiences', to='spread.network')),
                        ('kept_at', models.DateTimeField(null=True)),
                        ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='AudienceMember',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audience', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='spread.audience')),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.identity')),
                        ('place', models.PositiveIntegerField()),
                        ('gain', models.FloatField(null=True)),
                        ('cost', models.FloatField(default=1.0)),
                        ('why', models.JSONField(default=dict)),
                        ('taken_out_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('audience', 'identity'), name='audience_member_once')],
                    },
                ),
                migrations.CreateModel(
                    name='AudienceCost',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('audience', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='costs', to='spread.audience')),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.identity')),
                        ('cost', models.FloatField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('audience', 'identity'), name='audience_cost_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Cascade',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                        ('asked', models.JSONField(default=dict)),
                        ('result', models.JSONField(default=dict)),
                        ('fault', models.CharField(blank=True, max_length=60)),
                        ('fault_params', models.JSONField(default=dict)),
                        ('version', models.CharField(blank=True, max_length=20)),
                        ('job_id', models.BigIntegerField(null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('removed_at', models.DateTimeField(null=True)),
                        ('is_demo', models.BooleanField(default=False)),
                        ('name', models.CharField(max_length=140)),
                        ('network', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cascades', to='spread.network')),
                        ('begins_at', models.DateTimeField(null=True)),
                        ('ends_at', models.DateTimeField(null=True)),
                        ('people', models.PositiveIntegerField(default=0)),
                        ('depth', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Joining',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cascade', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='spread.cascade')),
                        ('place', models.PositiveIntegerField()),
                        ('identity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.identity')),
                        ('post_id', models.BigIntegerField(null=True)),
                        ('at', models.DateTimeField()),
                        ('brought_by', models.PositiveIntegerField(null=True)),
                        ('how', models.CharField(choices=[('own', 'on their own'), ('repost', 'passed it on'), ('reply', 'answered it'), ('listens', 'listens to them')], max_length=8)),
                        ('depth', models.PositiveIntegerField(default=0)),
                        ('exposed', models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('cascade', 'place'), name='joining_once')],
                    },
                ),
                migrations.CreateModel(
                    name='TieFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=140)),
                        ('read', models.PositiveIntegerField(default=0)),
                        ('kept', models.PositiveIntegerField(default=0)),
                        ('refused', models.PositiveIntegerField(default=0)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='GivenTie',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='spread.tiefile')),
                        ('listener', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.identity')),
                        ('speaker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.identity')),
                        ('weight', models.FloatField(default=1.0)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('file', 'listener', 'speaker'), name='given_tie_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RefusedTie',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refused_rows', to='spread.tiefile')),
                        ('line', models.PositiveIntegerField()),
                        ('reason', models.CharField(max_length=40)),
                        ('raw', models.CharField(blank=True, max_length=500)),
                    ],
                ),
                migrations.CreateModel(
                    name='Simulation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                        ('asked', models.JSONField(default=dict)),
                        ('result', models.JSONField(default=dict)),
                        ('fault', models.CharField(blank=True, max_length=60)),
                        ('fault_params', models.JSONField(default=dict)),
                        ('version', models.CharField(blank=True, max_length=20)),
                        ('job_id', models.BigIntegerField(null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('removed_at', models.DateTimeField(null=True)),
                        ('is_demo', models.BooleanField(default=False)),
                        ('name', models.CharField(max_length=140)),
                        ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='simulations', to='spread.network')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Scenario',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('simulation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scenarios', to='spread.simulation')),
                        ('place', models.PositiveSmallIntegerField()),
                        ('name', models.CharField(max_length=80)),
                        ('rule', models.CharField(choices=[('nobody', 'Nobody'), ('hand', 'Chosen by hand'), ('audience', 'A kept audience'), ('advice', 'As advised'), ('degree', 'Those with most listeners'), ('discount', 'Most listeners, apart from each other'), ('core', 'Those in the middle'), ('pagerank', 'Those the listened-to listen to'), ('random', 'Drawn by lot')], max_length=10)),
                        ('asked', models.JSONField(default=dict)),
                        ('result', models.JSONField(default=dict)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('simulation', 'place'), name='scenario_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Seed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seeds', to='spread.scenario')),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.identity')),
                        ('place', models.PositiveIntegerField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('scenario', 'identity'), name='seed_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Forecast',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('scenario', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forecasts', to='spread.scenario')),
                        ('name', models.CharField(max_length=140)),
                        ('begins_at', models.DateTimeField()),
                        ('step_hours', models.FloatField()),
                        ('wish', models.JSONField(default=dict)),
                        ('outcome', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='forecasts', to='spread.cascade')),
                        ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('kept_at', models.DateTimeField()),
                        ('removed_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Experiment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                        ('asked', models.JSONField(default=dict)),
                        ('result', models.JSONField(default=dict)),
                        ('fault', models.CharField(blank=True, max_length=60)),
                        ('fault_params', models.JSONField(default=dict)),
                        ('version', models.CharField(blank=True, max_length=20)),
                        ('job_id', models.BigIntegerField(null=True)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('removed_at', models.DateTimeField(null=True)),
                        ('is_demo', models.BooleanField(default=False)),
                        ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='experiments', to='spread.network')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ]
        ),
    ]
