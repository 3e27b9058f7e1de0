"""Whether the migrations say what the models say. Exit 1, naming the rooms, when a migration is missing."""

from __future__ import annotations

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
