"""The tables of this room. One migration in the place of those it was grown by; see docs/decisions/one-migration-per-room.md."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import grapevine.core.beginnings
from grapevine.core import tables


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_initial'),
        ('people', '0002_the_grocers_memory'),
        ('people', '0003_deliveries'),
        ('people', '0004_files_looked_at_first'),
    ]

    initial = True

    dependencies = [
        ('core', '0001_tables'),
    ]

    operations = [
        tables.Together(
            [
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(blank=True, max_length=200)),
                        ('created_at', models.DateTimeField()),
                        ('known_at', models.DateTimeField(null=True)),
                        ('gone_at', models.DateTimeField(null=True)),
                        ('forgotten_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('forgotten_at', None), ('gone_at', None)), fields=['-known_at', '-id'], name='person_known'), models.Index(grapevine.core.beginnings.Pattern(grapevine.core.beginnings.Beginning('name'), name='text_pattern_ops'), condition=models.Q(('forgotten_at', None), ('gone_at', None)), name='person_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Identity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('platform', models.CharField(max_length=60)),
                        ('external_id', models.TextField()),
                        ('handle', models.TextField(blank=True)),
                        ('name', models.TextField(blank=True)),
                        ('url', models.TextField(blank=True)),
                        ('followers', models.BigIntegerField(null=True)),
                        ('first_seen_at', models.DateTimeField()),
                        ('last_seen_at', models.DateTimeField()),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='identities', to='people.person')),
                        ('is_demo', models.BooleanField(default=False)),
                    ],
                    options={
                        'verbose_name_plural': 'identities',
                        'indexes': [models.Index(grapevine.core.beginnings.Pattern(grapevine.core.beginnings.Beginning('handle'), name='text_pattern_ops'), name='identity_handle'), models.Index(grapevine.core.beginnings.Pattern(grapevine.core.beginnings.Beginning('name'), name='text_pattern_ops'), name='identity_name')],
                        'constraints': [models.UniqueConstraint(fields=('platform', 'external_id'), name='identity_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Consent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='people.identity')),
                        ('purpose', models.CharField(choices=[('memory', 'Remembering what they told us'), ('contact', 'Getting in touch with them'), ('publish', 'Showing their words or name'), ('research', 'Asking for their opinion')], max_length=12)),
                        ('way', models.CharField(choices=[('message', 'In a message'), ('form', 'On a form'), ('spoken', 'In person'), ('phone', 'On the telephone')], max_length=12)),
                        ('proof', models.CharField(blank=True, max_length=300)),
                        ('of', models.CharField(blank=True, max_length=60)),
                        ('of_id', models.BigIntegerField(null=True)),
                        ('given_on', models.DateField()),
                        ('noted_at', models.DateTimeField()),
                        ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_way', models.CharField(blank=True, choices=[('message', 'In a message'), ('form', 'On a form'), ('spoken', 'In person'), ('phone', 'On the telephone')], max_length=12)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                ),
                migrations.CreateModel(
                    name='DoNotContact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='people.identity')),
                        ('channel', models.CharField(blank=True, max_length=40)),
                        ('reason', models.CharField(choices=[('asked', 'They asked for it'), ('complaint', 'A complaint is being dealt with'), ('legal', 'A legal matter'), ('deceased', 'They have died'), ('hostile', 'Hostile to our people'), ('other', 'Another reason')], max_length=12)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('since', models.DateTimeField()),
                        ('until', models.DateField(null=True)),
                        ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('lifted_at', models.DateTimeField(null=True)),
                        ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('lifted_at', None)), fields=['identity'], name='refusal_of')],
                    },
                ),
                migrations.CreateModel(
                    name='Opening',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='people.identity')),
                        ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(choices=[('answer', 'To answer them'), ('note', 'To note something they told us'), ('asked', 'They asked what we know'), ('join', 'To see whether two are the same'), ('check', 'To check or correct something')], max_length=12)),
                        ('at', models.DateTimeField(db_index=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['opened_by', 'identity', '-at'], name='opening_of')],
                    },
                ),
                migrations.CreateModel(
                    name='Join',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('into', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joins', to='people.person')),
                        ('came_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='joins_away', to='people.person')),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.identity')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.identity')),
                        ('moved', models.JSONField(default=list)),
                        ('stayed', models.JSONField(default=list)),
                        ('way', models.CharField(choices=[('human', 'by a colleague'), ('email', 'by the same verified e-mail address'), ('customer', 'by the same verified customer number'), ('links', 'by links to each other')], max_length=10)),
                        ('key_id', models.BigIntegerField(null=True)),
                        ('joined_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('undone_at', None)), fields=['-at', '-id'], name='join_lately')],
                    },
                ),
                migrations.CreateModel(
                    name='Apart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('low', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='apart_above', to='people.identity')),
                        ('high', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='apart_below', to='people.identity')),
                        ('said_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('low', 'high'), name='apart_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Fact',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of', models.CharField(blank=True, max_length=60)),
                        ('of_id', models.BigIntegerField(null=True)),
                        ('said', models.CharField(blank=True, max_length=300)),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='people.identity')),
                        ('kind', models.CharField(choices=[('name', 'Name'), ('family', 'Family'), ('birthday', 'Birthday'), ('bought', 'Bought'), ('preference', 'Likes and dislikes'), ('event', 'Coming up'), ('met', 'How we met'), ('relation', 'Knows')], max_length=12)),
                        ('text', models.CharField(max_length=300)),
                        ('on', models.DateField(null=True)),
                        ('precision', models.CharField(blank=True, choices=[('day', 'the day'), ('week', 'the week'), ('month', 'the month'), ('year', 'the year')], max_length=5)),
                        ('yearly', models.PositiveSmallIntegerField(null=True)),
                        ('other', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='facts_naming', to='people.identity')),
                        ('how', models.CharField(blank=True, max_length=300)),
                        ('purpose', models.CharField(choices=[('answering', 'To answer them well'), ('service', 'To help with what they bought'), ('relation', 'To know our customers')], default='answering', max_length=12)),
                        ('basis', models.CharField(choices=[('interest', 'Legitimate interest'), ('contract', 'A contract with them'), ('consent', 'Their consent')], default='interest', max_length=12)),
                        ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='facts', to='people.consent')),
                        ('visibility', models.CharField(choices=[('team', 'Everybody who answers'), ('leads', 'Leads only'), ('own', 'Only me')], default='team', max_length=8)),
                        ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('noted_at', models.DateTimeField()),
                        ('expires_on', models.DateField()),
                        ('removed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['identity', 'kind'], name='fact_of'), models.Index(fields=['expires_on'], name='fact_expires'), models.Index(condition=models.Q(('removed_at__isnull', False)), fields=['removed_at'], name='fact_removed'), models.Index(condition=models.Q(('removed_at', None), ('yearly__isnull', False)), fields=['noted_by', 'yearly', '-id'], name='fact_yearly')],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of', models.CharField(blank=True, max_length=60)),
                        ('of_id', models.BigIntegerField(null=True)),
                        ('said', models.CharField(blank=True, max_length=300)),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='people.identity')),
                        ('kind', models.CharField(max_length=12)),
                        ('text', models.CharField(blank=True, max_length=300)),
                        ('on', models.DateField(null=True)),
                        ('precision', models.CharField(blank=True, choices=[('day', 'the day'), ('week', 'the week'), ('month', 'the month'), ('year', 'the year')], max_length=5)),
                        ('yearly', models.PositiveSmallIntegerField(null=True)),
                        ('mark', models.CharField(max_length=32)),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('kept', 'Kept'), ('declined', 'Declined')], default='waiting', max_length=8)),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('proposed_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['identity', '-id'], name='proposal_waits'), models.Index(fields=['proposed_at'], name='proposal_old')],
                        'constraints': [models.UniqueConstraint(fields=('identity', 'mark'), name='proposal_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Promise',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('of', models.CharField(blank=True, max_length=60)),
                        ('of_id', models.BigIntegerField(null=True)),
                        ('said', models.CharField(blank=True, max_length=300)),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='people.identity')),
                        ('kind', models.CharField(choices=[('promise', 'Promise'), ('follow_up', 'Follow-up')], default='promise', max_length=10)),
                        ('text', models.CharField(max_length=300)),
                        ('due_on', models.DateField()),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('state', models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped')], default='open', max_length=8)),
                        ('before', models.JSONField(default=dict)),
                        ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('made_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['owner', 'due_on', 'id'], name='promise_due'), models.Index(condition=models.Q(('state', 'open')), fields=['due_on', 'id'], name='promise_any_due'), models.Index(fields=['identity', 'state', 'due_on'], name='promise_of'), models.Index(fields=['of', 'of_id'], name='promise_source'), models.Index(condition=models.Q(('closed_at__isnull', False)), fields=['closed_at'], name='promise_closed')],
                    },
                ),
                migrations.CreateModel(
                    name='Key',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('email', 'E-mail address'), ('customer', 'Customer number')], max_length=10)),
                        ('value', models.CharField(max_length=254)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('kind', 'value'), name='key_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Holding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='people.key')),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holdings', to='people.identity')),
                        ('way', models.CharField(choices=[('message', 'They wrote from it, and their server vouched for it'), ('link', 'They opened a link we sent to it'), ('shop', 'The shop says so'), ('human', 'A colleague noted it')], max_length=10)),
                        ('is_verified', models.BooleanField(default=False)),
                        ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('identity', 'key'), name='holding_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ProfileLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('identity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='people.identity')),
                        ('address', models.CharField(max_length=500)),
                        ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['address'], name='profile_link')],
                        'constraints': [models.UniqueConstraint(fields=('identity', 'address'), name='profile_link_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Shop',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True)),
                        ('sealed_key', models.BinaryField(default=b'')),
                        ('hint', models.CharField(blank=True, max_length=8)),
                        ('key_made_at', models.DateTimeField(null=True)),
                        ('added_at', models.DateTimeField()),
                        ('heard_at', models.DateTimeField(null=True)),
                        ('refused_at', models.DateTimeField(null=True)),
                        ('refused_code', models.CharField(blank=True, max_length=40)),
                    ],
                ),
                migrations.CreateModel(
                    name='Purchase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='purchases', to='people.shop')),
                        ('order_id', models.CharField(max_length=120)),
                        ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='purchases', to='people.key')),
                        ('items', models.JSONField(default=list)),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                        ('currency', models.CharField(blank=True, max_length=3)),
                        ('bought_at', models.DateTimeField()),
                        ('mark', models.CharField(max_length=32)),
                        ('received_at', models.DateTimeField()),
                        ('signed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['key', '-bought_at'], name='purchase_of')],
                        'constraints': [models.UniqueConstraint(fields=('shop', 'order_id'), name='order_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Delivery',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.shop')),
                        ('signature', models.CharField(max_length=64)),
                        ('at', models.DateTimeField(db_index=True)),
                    ],
                    options={
                        'verbose_name_plural': 'deliveries',
                        'constraints': [models.UniqueConstraint(fields=('shop', 'signature'), name='delivery_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PurchaseFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='people.shop')),
                        ('file_name', models.CharField(max_length=255)),
                        ('path', models.TextField(blank=True)),
                        ('currency', models.CharField(blank=True, default='', max_length=3)),
                        ('state', models.CharField(choices=[('look', 'To be looked at'), ('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=10)),
                        ('error_code', models.CharField(blank=True, max_length=40)),
                        ('place', models.BigIntegerField(default=0)),
                        ('new', models.BigIntegerField(default=0)),
                        ('known', models.BigIntegerField(default=0)),
                        ('changed', models.BigIntegerField(default=0)),
                        ('refused', models.BigIntegerField(default=0)),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_at', models.DateTimeField()),
                        ('finished_at', models.DateTimeField(null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='RefusedRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refused_rows', to='people.purchasefile')),
                        ('line', models.BigIntegerField()),
                        ('reason', models.CharField(max_length=40)),
                        ('detail', models.CharField(blank=True, max_length=200)),
                        ('raw', models.CharField(blank=True, max_length=1000)),
                        ('at', models.DateTimeField()),
                    ],
                ),
            ]
        ),
    ]
