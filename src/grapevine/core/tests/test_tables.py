"""Tables that are made together."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import OperationWriter

from grapevine.core import tables


def together() -> tables.Together:
    """A castle and its ghosts, who name each other."""
    key = ("id", models.BigAutoField(primary_key=True))
    castle = migrations.CreateModel(
        "Castle",
        [key, ("haunted_by", models.ForeignKey("core.Ghost", models.SET_NULL, null=True, related_name="+"))],
    )
    ghost = migrations.CreateModel(
        "Ghost",
        [
            key,
            ("name", models.CharField(max_length=20)),
            ("castle", models.ForeignKey("core.Castle", models.CASCADE)),
        ],
        options={"indexes": [models.Index(fields=["name"], name="ghost_name")]},
    )
    return tables.Together([castle, ghost])


@pytest.mark.django_db(transaction=True)
def test_tables_that_name_each_other_are_made_and_dropped_together() -> None:
    before, after = ProjectState(), ProjectState()
    operation = together()
    operation.state_forwards("core", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, before, after)
    try:
        with connection.cursor() as cursor:
            constraints = connection.introspection.get_constraints(cursor, "core_ghost")
            foreign = {
                tuple(one["columns"]): one["foreign_key"]
                for one in constraints.values()
                if one["foreign_key"]
            }
            assert foreign == {("castle_id",): ("core_castle", "id")}
            assert constraints["ghost_name"]["index"]
        ghosts = after.apps.get_model("core", "Ghost").objects
        castle = after.apps.get_model("core", "Castle").objects.create()
        assert ghosts.create(name="the king", castle=castle).castle_id == castle.pk
    finally:
        with connection.schema_editor() as editor:
            operation.database_backwards("core", editor, after, before)
    assert not {"core_castle", "core_ghost"} & set(connection.introspection.table_names())


def test_the_classes_of_all_models_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    render = ModelState.render

    def rendered(model: ModelState, apps: Any) -> Any:
        made.append(model.name)
        return render(model, apps)

    monkeypatch.setattr(ModelState, "render", rendered)
    state = ProjectState()
    assert state.apps  # made, so that each model told of by itself would have them made anew
    together().state_forwards("core", state)
    assert made == []
    assert state.apps.get_model("core", "Ghost")
    assert sorted(made) == ["Castle", "Ghost"]


def test_it_can_be_written_into_a_migration() -> None:
    written, imports = OperationWriter(together(), indentation=0).serialize()
    assert "tables.Together(" in written
    assert "import grapevine.core.tables" in imports
