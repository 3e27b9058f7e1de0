"""Addresses of sources."""

from django.urls import path

from grapevine.sources.views import contact, imports, letters, outbox, sources

app_name = "sources"
urlpatterns = [
    path("sources/", sources.everything, name="sources"),
    path("sources/new/", sources.choose, name="new"),
    path("sources/new/<slug:connector>/", sources.add, name="add"),
    path("sources/import/", imports.upload, name="import"),
    path("sources/import/<slug:token>/", imports.confirm, name="import-confirm"),
    path("sources/imports/<int:import_id>/", imports.progress, name="import-progress"),
    path("sources/imports/<int:import_id>/resume/", imports.go_on, name="import-go-on"),
    path("sources/imports/<int:import_id>/cancel/", imports.cancel, name="import-cancel"),
    path("sources/outbox/", outbox.everything, name="outbox"),
    path("sources/outbox/<int:outgoing_id>/cancel/", outbox.cancel, name="outbox-cancel"),
    path("sources/outbox/<int:outgoing_id>/again/", outbox.again, name="outbox-again"),
    path("sources/outbox/<int:outgoing_id>/arrived/", outbox.arrived, name="outbox-arrived"),
    path("sources/<int:source_id>/release/", outbox.release, name="outbox-release"),
    path("forms/<slug:slug>/", contact.form, name="form"),
    path("sources/<int:source_id>/", sources.one, name="source"),
    path("sources/<int:source_id>/edit/", sources.edit, name="edit"),
    path("sources/<int:source_id>/pause/", sources.pause, name="pause"),
    path("sources/<int:source_id>/resume/", sources.resume, name="resume"),
    path("sources/<int:source_id>/read/", sources.pull, name="pull"),
    path("sources/<int:source_id>/remove/", sources.remove, name="remove"),
    path("sources/posts/<int:post_id>/letter/", letters.letter, name="letter"),
    path("sources/posts/<int:post_id>/attachments/<int:number>/", letters.attachment, name="attachment"),
    path("sources/<int:source_id>/rejected/", imports.rejected, name="rejected"),
    path("sources/<int:source_id>/rejected.csv", imports.rejected_csv, name="rejected-csv"),
]
