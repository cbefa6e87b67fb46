"""The glossary is complete: what is missing from it fails here."""

import dataclasses
import importlib
import inspect
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType

from villagedesk.kernel.records import Record
from villagedesk.storage import attachments

ROOT = Path(__file__).parent.parent
FEATURES = (
    "village", "projects", "deliberation", "payments", "payroll", "ledger", "disclosure", "oversight", "closing",
    "exchange", "township",
)  # fmt: skip
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")


def _modules(name: str) -> Iterator[ModuleType]:
    for feature in FEATURES:
        room = ROOT / "villagedesk" / feature
        if (room / f"{name}.py").exists() or (room / name).is_dir():
            yield importlib.import_module(f"villagedesk.{feature}.{name}")


def _own(module: ModuleType) -> Iterator[tuple[str, object]]:
    return (
        (name, thing) for name, thing in vars(module).items() if getattr(thing, "__module__", "") == module.__name__
    )


def _use_cases() -> Iterator[str]:
    """Yield what a person does: the functions of a module, and of a package those that it shows."""
    for module in _modules("usecases"):
        shown = getattr(module, "__all__", None)
        yield from shown or (
            name for name, thing in _own(module) if inspect.isfunction(thing) and not name.startswith("_")
        )


def _words() -> Iterator[str]:
    for module in [*_modules("model"), attachments]:
        for name, thing in _own(module):
            if inspect.isclass(thing) and issubclass(thing, Record) and thing.table:
                yield f"| `{name}` | `{thing.table}` |"
                for field in dataclasses.fields(thing):
                    yield f"| `{field.name}` |"
            elif inspect.isclass(thing) and issubclass(thing, StrEnum):
                for member in thing:
                    yield f"| `{name}` | `{member.value}` | {getattr(member, 'label', '')}"
    yield from (f"`{name}`" for name in _use_cases())


def test_every_record_field_state_and_use_case_stands_in_the_glossary() -> None:
    assert [word for word in sorted(set(_words())) if word not in GLOSSARY] == []


def test_use_cases_of_every_feature_are_looked_at() -> None:
    assert {"prepare_due", "reply", "post", "record_levy", "export", "give_verdict"} <= set(_use_cases())


def test_nothing_in_the_glossary_is_left_without_chinese() -> None:
    for line in GLOSSARY.splitlines():
        if line.startswith("| `"):
            assert any("\u4e00" <= character <= "\u9fff" for character in line), line
