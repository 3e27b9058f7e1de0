"""The addresses of the listen room; each module of views keeps its own."""

from __future__ import annotations

from grapevine.listen.views import exports, mention, saved, stream

app_name = "listen"
urlpatterns = [
    *stream.urlpatterns,
    *saved.urlpatterns,
    *exports.urlpatterns,
    *mention.urlpatterns,
]
