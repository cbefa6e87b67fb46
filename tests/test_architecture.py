"""The house stands as it was drawn: who may import whom, how large a file may grow, which words are not used."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
MODULES = sorted((CHECKOUT / "villagedesk").rglob("*.py"))
DECISIONS = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
EMPTY_WORDS = {"manager", "helper", "helpers", "utils", "util", "common", "data", "info", "misc"}
OWN_PLACES = ["villagedesk", "db", "resources", "docs", "tests", "benchmarks", "scripts", ".ci"] + [
    path.name for path in CHECKOUT.iterdir() if path.is_file() and path.name not in {".coverage", ".git"}
]
TEXT_FILES = {".py", ".md", ".toml", ".sql", ".sh", ".txt", ".qss", ".svg", ".feature", ""}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|opt/pypi)/")

each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
each_decision = pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)


def test_imports_follow_the_contracts_in_pyproject() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", lint], cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout


@each_module
def test_every_file_says_in_its_first_line_what_it_is(path: Path) -> None:
    said = ast.get_docstring(_tree(path))
    assert said, "the first line of a file says what it is"
    assert said.splitlines()[0][-1] in ".:。", "and it is a sentence"


@each_module
def test_every_file_is_about_one_thing(path: Path) -> None:
    assert len(_lines(path)) <= 400


@each_module
def test_no_line_is_wider_than_the_page(path: Path) -> None:
    wide = [line for line in _lines(path) if len(line.partition("  # type: ignore")[0]) > 120]
    assert not wide


@each_module
def test_no_function_needs_scrolling(path: Path) -> None:
    long = {function.name: _length(function) for function in _functions(path) if _length(function) > 60}
    assert not long


@each_module
def test_names_say_what_a_thing_is(path: Path) -> None:
    names = [path.stem] + [node.name for node in ast.walk(_tree(path)) if isinstance(node, ast.ClassDef)]
    empty = [name for name in names if EMPTY_WORDS & set(_words(name))]
    assert not empty


@each_module
def test_functions_are_named_after_what_they_do(path: Path) -> None:
    vague = [function.name for function in _functions(path) if re.match(r"_*(handle|do|process)_", function.name)]
    assert not vague


def test_the_project_speaks_of_no_machine() -> None:
    machines = [
        path.name for path in _own_files() if MACHINE_PATHS.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not machines


def test_every_test_folder_mirrors_a_package() -> None:
    packages = {path.name for path in (CHECKOUT / "villagedesk").iterdir() if path.is_dir()}
    others = {"features", "data", "golden", "scenarios", "window"}
    folders = {path.name for path in (CHECKOUT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= packages | others


@each_decision
def test_a_decision_fits_on_a_page(path: Path) -> None:
    assert re.fullmatch(r"\d{3}-[a-z0-9-]+", path.stem)
    assert len(_lines(path)) <= 25


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.stem[:3]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef))


def _length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)]


def _own_files() -> Iterator[Path]:
    for place in OWN_PLACES:
        for path in [CHECKOUT / place, *(CHECKOUT / place).rglob("*")]:
            if path.is_file() and path.suffix in TEXT_FILES and path != Path(__file__):
                yield path
