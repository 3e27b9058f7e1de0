"""The addresses of the listen room; each module of views keeps its own."""

from __future__ import annotations

from grapevine.listen.views import (
    brands,
    exports,
    how_it_reads,
    mention,
    saved,
    start,
    stream,
    watch_editor,
    watches,
)

app_name = "listen"
urlpatterns = [
    *stream.urlpatterns,
    *saved.urlpatterns,
    *exports.urlpatterns,
    *mention.urlpatterns,
    *how_it_reads.urlpatterns,
    *brands.urlpatterns,
    *watch_editor.urlpatterns,
    *watches.urlpatterns,
    *start.urlpatterns,
]
