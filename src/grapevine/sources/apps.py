"""The sources room as a Django app."""

from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "grapevine.sources"
    label = "sources"
