"""The documents cannot rot: their links and pictures are there, and every button they quote stands in the window."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

HOME = Path(__file__).parents[1]
DOCUMENTS = sorted([HOME / "README.md", HOME / "CHANGELOG.md", *(HOME / "docs").rglob("*.md")])
CHAPTERS = sorted((HOME / "docs" / "manual").glob("*.md"))
LARGEST_PICTURE = 150_000
"""Bytes: a village's line is slow."""

_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_BUTTON = re.compile(r"【([^】]*)】")
_ELSEWHERE = ("http:", "https:", "mailto:", "#")


def named(path: Path) -> str:
    """Return a document's place, to name the test by."""
    return str(path.relative_to(HOME))


def links(path: Path) -> Iterator[tuple[bool, Path]]:
    """Yield what a document points at inside the house: whether it is a picture, and where it should be."""
    for is_picture, target in _LINK.findall(path.read_text("utf-8")):
        if not target.startswith(_ELSEWHERE):
            yield bool(is_picture), path.parent / unquote(target.partition("#")[0])


@cache
def words_of_the_window() -> frozenset[str]:
    """Return every text that stands in the window's code, docstrings apart."""
    found: set[str] = set()
    for source in (HOME / "villagedesk" / "ui").rglob("*.py"):
        tree = ast.parse(source.read_text("utf-8"))
        spoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken
        }
    return frozenset(found)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_what_a_document_points_at_is_there(document: Path) -> None:
    assert [str(target) for _, target in links(document) if not target.exists()] == []


@pytest.mark.parametrize("chapter", CHAPTERS, ids=named)
def test_a_button_that_the_manual_quotes_stands_in_the_window(chapter: Path) -> None:
    quoted = set(_BUTTON.findall(chapter.read_text("utf-8"))) - {"…"}
    assert sorted(quoted - words_of_the_window()) == []


@pytest.mark.parametrize("chapter", CHAPTERS, ids=named)
def test_a_chapter_has_one_title_and_a_picture(chapter: Path) -> None:
    text = chapter.read_text("utf-8")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert any(is_picture for is_picture, _ in links(chapter))


def test_the_first_chapter_names_all_the_others() -> None:
    named_there = {target.resolve() for _, target in links(CHAPTERS[0])}
    assert [chapter.name for chapter in CHAPTERS if chapter not in named_there] == []


def test_every_picture_is_small_and_somebody_shows_it() -> None:
    pictures = set((HOME / "docs" / "images").glob("*.png"))
    shown = {target.resolve() for document in DOCUMENTS for is_picture, target in links(document) if is_picture}
    assert sorted(picture.name for picture in pictures - shown) == []
    assert [picture.name for picture in pictures if picture.stat().st_size > LARGEST_PICTURE] == []
