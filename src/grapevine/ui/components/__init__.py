"""The components as Python: each module registers its tags, `templatetags.ui` gathers them for the templates."""
