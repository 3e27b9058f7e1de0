"""The indexes of the outbox are whole, so that SQLite takes them for a list of states too."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sources', '0004_outbox'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='outgoing',
            name='outgoing_lane',
        ),
        migrations.RemoveIndex(
            model_name='outgoing',
            name='outgoing_unsent',
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(fields=['source', 'lane', 'wanted_at', 'id'], name='outgoing_lane'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(fields=['state', '-id'], name='outgoing_state'),
        ),
        migrations.AddIndex(
            model_name='outgoing',
            index=models.Index(fields=['source', 'state', '-id'], name='outgoing_unsent'),
        ),
    ]
