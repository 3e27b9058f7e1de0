"""Rules of the house that import contracts can't see."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from grapevine.config import testing
from grapevine.core import privacy

PACKAGE = testing.ROOT / "src" / "grapevine"
FLOORS = [
    ["core"],
    ["ui"],
    ["people", "sources", "understand"],
    ["listen"],
    ["converse"],
    ["spread"],
    ["home"],
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# What a room shows to the others. Of core and ui everything is there to be used: they are the ground floor.
SHOWN = {"actions", "selectors", "events", "contracts", "testing"}
ROOF = {"config", "cli", "home"}


def modules(*words: str) -> Iterator[tuple[str, Path, ast.Module]]:
    """Each module of each room with its tree; of those alone that hold one of the words, if any are given."""
    for path in sorted(PACKAGE.rglob("*.py")):
        inside = path.relative_to(PACKAGE).parts
        if len(inside) > 1 and "migrations" not in inside:
            text = path.read_text("utf-8")
            if not words or any(word in text for word in words):
                yield inside[0], path, ast.parse(text)


def imported(tree: ast.Module) -> Iterator[str]:
    """The full names of what a module imports, anywhere in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{one.name}" for one in node.names)


def test_the_import_contracts_are_kept() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=testing.ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_stands_on_a_floor() -> None:
    assert set(settings.ROOMS) == set(FLOOR)


def test_a_room_is_used_through_what_it_shows() -> None:
    wrong = []
    for room, path, tree in modules():
        for name in imported(tree):
            parts = name.split(".")
            if parts[0] != "grapevine" or len(parts) < 3 or parts[1] == room:
                continue
            to, what = parts[1], parts[2]
            guarded = to in FLOOR and to not in ("core", "ui", "home")
            # The roof puts the house together: it may use all of a room but its rows.
            if guarded and what not in SHOWN and (what == "models" or room not in ROOF):
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert wrong == []


def test_no_room_reaches_up_for_a_model_by_name() -> None:
    wrong = []
    for room, path, tree in modules("get_model"):
        for node in ast.walk(tree):
            named = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "get_model"
            )
            if named and room in FLOOR:
                first = node.args[0] if node.args else None
                text = first.value if isinstance(first, ast.Constant) else ""
                to = str(text).split(".")[0]
                if to not in FLOOR or FLOOR[to] > FLOOR[room]:
                    wrong.append(f"{path.relative_to(PACKAGE)} asks for the model {text!r}")
    assert wrong == []


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in apps.get_models():
        here = model._meta.app_label
        for field in model._meta.get_fields():
            if here in FLOOR and isinstance(field, ForeignKey | OneToOneField | ManyToManyField):
                there = field.related_model._meta.app_label
                if there in FLOOR and there != here and FLOOR[there] >= FLOOR[here]:
                    wrong.append(f"{model.__name__}.{field.name} → {field.related_model.__name__}")
    assert wrong == []


def test_views_signals_and_saves_hide_no_writes() -> None:
    hidden = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
    wrong = [
        f"{path.relative_to(PACKAGE)} uses {name}"
        for _room, path, tree in modules(*hidden)
        for name in imported(tree)
        if name.rpartition(".")[2] in hidden
    ]
    assert wrong == []


def test_only_doors_ask_the_clock() -> None:
    """Actions, rules and selectors are told the time: `at` comes from the door."""
    wrong = []
    for _room, path, tree in modules("clock", "timezone"):
        inside = path.relative_to(PACKAGE).parts
        if inside[0] in FLOOR and (inside[1] == "actions" or inside[1] == "rules.py"):
            wrong += [
                f"{'/'.join(inside)} imports {n}"
                for n in imported(tree)
                if n.endswith(("core.clock", "timezone.now"))
            ]
    assert wrong == []


PERSONAL = {"core.user", "people.identity", "people.person"}
# Who wrote, changed or asked for something here: users, as part of their work. What leads to a user only is answered
# for by core's holder, which blackens the user's row itself; see docs/decisions on forgetting users.
NAMES_OF_WORK = ("by", "user", "owner")


def leads_to_people() -> set[str]:
    """Labels of all models from which a person or identity can be reached by keys pointing away from them, or that hold one."""
    found = set(PERSONAL) & {model._meta.label_lower for model in apps.get_models()}
    grown = True
    while grown:
        grown = False
        for model in apps.get_models():
            label = model._meta.label_lower
            if label in found or model._meta.app_label not in FLOOR:
                continue
            for field in model._meta.get_fields():
                if not isinstance(field, ForeignKey | OneToOneField | ManyToManyField):
                    continue
                there = field.related_model._meta.label_lower
                of_work = there == "core.user" and field.name.rpartition("_")[2] in NAMES_OF_WORK
                if there in found and not of_work:
                    found.add(label)
                    grown = True
        for model in apps.get_models():
            names = {field.name for field in model._meta.get_fields()}
            personal = {
                "author",
                "author_handle",
                "author_name",
                "handle",
                "email",
                "author_external_id",
                "by_name",
            }
            if model._meta.app_label in FLOOR and names & personal and model._meta.label_lower not in found:
                found.add(model._meta.label_lower)
                grown = True
    return found


def test_whatever_leads_to_a_person_is_answered_for() -> None:
    held = {label for holder in privacy.holders() for label in holder.models}
    assert sorted(leads_to_people() - held) == []


def test_every_holder_answers_for_models_that_are_there_and_says_why() -> None:
    known = {model._meta.label_lower for model in apps.get_models()}
    for holder in privacy.holders():
        assert set(holder.models) <= known, holder.name
        assert holder.purpose.strip(), holder.name
        assert holder.retention.strip(), holder.name


@pytest.mark.parametrize("script", ["house.py", "docs.py check", "check_migrations.py"])
def test_a_check_of_the_house_is_kept(script: str) -> None:
    done = subprocess.run(
        [sys.executable, *f"scripts/{script}".split()], cwd=testing.ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_setting_is_explained() -> None:
    from dataclasses import fields

    from grapevine.config import environment

    names = {field.name for field in fields(environment.Environment)}
    assert names == environment.MEANINGS.keys() == environment._READERS.keys()


def test_every_word_of_the_audit_and_of_jobs_is_translated_into_words() -> None:
    """The audit page and the page of jobs show words, not codes."""
    from grapevine.core import audit, jobs

    codes = set()
    for _room, path, tree in modules():
        if "tests" in path.parts or path.name.startswith("test"):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("audit.record") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    codes.add(str(first.value))
    assert sorted(code for code in codes if audit.label(code) == code) == []
    ours = [kind.name for kind in jobs.known() if ".tests." not in kind.function.__module__]
    assert [name for name in ours if jobs.label(name) == name] == []
