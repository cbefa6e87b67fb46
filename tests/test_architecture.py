"""The house stands as it was drawn: who may import whom, how large a file may grow, which words are not used."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
MODULES = sorted((CHECKOUT / "villagedesk").rglob("*.py"))
DECISIONS = sorted((CHECKOUT / "docs" / "decisions").glob("*.md"))
EMPTY_WORDS = {"manager", "helper", "helpers", "utils", "util", "common", "data", "info", "misc"}
OWN_PLACES = ["villagedesk", "db", "resources", "docs", "tests", "benchmarks", "scripts", ".ci"] + [
    path.name for path in CHECKOUT.iterdir() if path.is_file() and path.name not in {".coverage", ".git"}
]
TEXT_FILES = {".py", ".md", ".toml", ".sql", ".sh", ".txt", ".qss", ".svg", ".feature", ""}
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|opt/pypi)/")


def test_imports_follow_the_contracts_in_pyproject() -> None:
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", lint], cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout


CALLED_BY_A_LIBRARY = {"handle_starttag", "handle_endtag", "handle_data"}
"""What html.parser calls by these names."""


def test_every_file_says_in_its_first_line_what_it_is() -> None:
    first_lines = {_name(path): (ast.get_docstring(_tree(path)) or " ").splitlines()[0] for path in MODULES}
    assert not {path for path, line in first_lines.items() if not line.endswith((".", ":", "。"))}


def test_every_file_is_about_one_thing() -> None:
    assert not {_name(path): len(_lines(path)) for path in MODULES if len(_lines(path)) > 400}


def test_no_line_is_wider_than_the_page() -> None:
    lines = {f"{_name(path)}:{number}": line for path in MODULES for number, line in enumerate(_lines(path), 1)}
    assert not {place for place, line in lines.items() if len(line.partition("  # type: ignore")[0]) > 120}


def test_no_function_needs_scrolling() -> None:
    assert not {where: _length(function) for where, function in _functions() if _length(function) > 60}


def test_names_say_what_a_thing_is() -> None:
    classes = [node.name for path in MODULES for node in ast.walk(_tree(path)) if isinstance(node, ast.ClassDef)]
    assert not {word for word in [path.stem for path in MODULES] + classes if EMPTY_WORDS & set(_words(word))}


def test_functions_are_named_after_what_they_do() -> None:
    empty = re.compile(r"_*(handle|do|process)_")
    named = {where: function.name for where, function in _functions() if function.name not in CALLED_BY_A_LIBRARY}
    assert not {where for where, name in named.items() if empty.match(name)}


def test_the_project_speaks_of_no_machine() -> None:
    machines = [
        path.name for path in _own_files() if MACHINE_PATHS.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not machines


def test_every_test_folder_mirrors_a_package() -> None:
    packages = {path.name for path in (CHECKOUT / "villagedesk").iterdir() if path.is_dir()}
    others = {"benchmarks", "features", "data", "foreign", "golden", "money", "scenarios", "window"}
    folders = {path.name for path in (CHECKOUT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders <= packages | others


def test_a_decision_fits_on_a_page() -> None:
    assert not {path.name: len(_lines(path)) for path in DECISIONS if len(_lines(path)) > 25}


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.stem[:3]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def _name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in MODULES:
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef):
                yield f"{_name(path)}:{node.lineno} {node.name}", node


def _length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)]


def _own_files() -> Iterator[Path]:
    for place in OWN_PLACES:
        for path in [CHECKOUT / place, *(CHECKOUT / place).rglob("*")]:
            if path.is_file() and path.suffix in TEXT_FILES and path != Path(__file__):
                yield path
