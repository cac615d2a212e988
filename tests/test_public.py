"""The public surface: what `pubkit` exports, that it is documented, and that importing it is cheap."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from types import ModuleType

import pytest

import pubkit
from pubkit import diagnostics
from tests.conftest import ROOT


def test_exports_are_sorted_and_load() -> None:
    assert pubkit.__all__ == sorted(pubkit.__all__)
    assert dir(pubkit) == pubkit.__all__
    for name in pubkit.__all__:
        assert getattr(pubkit, name) is not None


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse((ROOT / "src/pubkit/__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.asname for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert sorted(seen | {"__version__"}) == pubkit.__all__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = pubkit.nonsense


@pytest.mark.parametrize("name", [name for name in pubkit.__all__ if name != "__version__"])
def test_public_names_are_documented(name: str) -> None:
    thing = getattr(pubkit, name)
    assert inspect.getdoc(thing), name
    if inspect.isclass(thing):
        for attribute, value in vars(thing).items():
            if not attribute.startswith("_") and inspect.isfunction(value):
                assert inspect.getdoc(value), f"{name}.{attribute}"


@pytest.mark.parametrize("verb", ["cite", "dedupe", "normalize", "page"])
def test_a_room_that_is_a_verb_can_be_called_even_after_its_import(verb: str) -> None:
    room = getattr(pubkit, verb)
    assert isinstance(room, ModuleType)
    assert callable(room)


def test_verbs_stand_in_the_api_reference() -> None:
    text = (ROOT / "docs/reference/api.md").read_text(encoding="utf-8")
    missing = [name for name in pubkit.__all__ if name != "__version__" and name not in text]
    assert not missing


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [requirement for extra in project["optional-dependencies"].values() for requirement in extra]
    needed = {re.split(r"[\[>=<~!; ]", requirement)[0] for requirement in [*project["dependencies"], *extras]}
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    listed = {line.split("`")[1] for line in text.splitlines() if line.startswith("| `")}
    assert needed == listed


def test_every_code_in_the_source_stands_in_the_table_and_back() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "src/pubkit").rglob("*.py")
        if path.name != "diagnostics.py"
    )
    unused = [code for code in diagnostics.CODES if f'"{code}"' not in source]
    assert not unused
    unlisted = set(re.findall(r'"(PK\d{3})"', source)) - set(diagnostics.CODES)
    assert not unlisted


def test_import_loads_nothing_heavy() -> None:
    code = "import sys, pubkit; print(sorted(m for m in sys.modules if m.startswith('pubkit.')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
