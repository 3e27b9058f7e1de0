"""What a process remembers of texts, to fold what repeats them."""

from __future__ import annotations

import pytest

from grapevine.listen import testing
from grapevine.listen.actions import folds
from grapevine.listen.models import FoldBlock, Mention
from grapevine.sources import testing as sources

pytestmark = pytest.mark.django_db
STORY = "The roaster of Elsinore on the corner of our street has opened a second shop by the harbour"


def test_fold_memory_is_shared_by_blocks() -> None:
    testing.make_watch(query="elsinore")
    source = sources.make_source()
    sources.store(source, sources.heard(STORY))
    assert FoldBlock.objects.count() == 1
    folds.memory.clear()
    sources.store(source, sources.heard(STORY, author="horatio"))
    assert Mention.objects.filter(lead_id__gt=0).count() == 1
    folds.memory.clear()
