"""The one model of every list."""

import time
from array import array
from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from villagedesk.ui.kit.rows import KEPT, PAGE, TONE_ROLE, Column, RowModel
from villagedesk.ui.theme import Tone


class Numbers:
    """A source of numbers that remembers what it was asked."""

    def __init__(self, count: int) -> None:
        self.numbers = array("q", range(count))
        self.asked: list[int] = []

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        kept = [n for n in self.numbers if filter_text in str(n)] if filter_text else self.numbers
        return kept[::-1] if descending else kept

    def rows(self, ids: Sequence[int]) -> list[int]:
        self.asked.append(len(ids))
        return list(ids)


COLUMNS: tuple[Column[int], ...] = (
    Column("number", "数", str, 100, align="right"),
    Column("kind", "单双", lambda n: "双" if n % 2 == 0 else "单", tone=lambda n: Tone.GOOD if n % 2 else Tone.BAD),
)


@pytest.mark.parametrize("count", [0, 1, PAGE, PAGE + 1, 3 * PAGE])
def test_the_model_keeps_qts_rules(count: int) -> None:
    model = RowModel(COLUMNS, Numbers(count))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load()
    model.load("1")
    model.load("", "number", True)
    assert model.rowCount() == count
    assert tester.model() is model


def test_a_million_rows_open_without_being_read() -> None:
    source = Numbers(1_000_000)
    model = RowModel(COLUMNS, source)
    start = time.perf_counter()
    model.load()
    last = model.index(999_999, 0).data()
    assert time.perf_counter() - start < 0.1
    assert (model.rowCount(), last, source.asked) == (1_000_000, "999999", [PAGE])


def test_rows_are_fetched_in_pages_and_old_pages_given_up() -> None:
    source = Numbers(PAGE * (KEPT + 2))
    model = RowModel(COLUMNS, source)
    model.load()
    for row in range(0, PAGE * (KEPT + 1), PAGE // 2):
        model.row_at(row)
    assert len(source.asked) == KEPT + 1
    model.row_at(0)
    assert len(source.asked) == KEPT + 2, "the first page was the longest unused"


def test_filter_and_order_are_the_sources_work() -> None:
    model = RowModel(COLUMNS, Numbers(30))
    model.load("2", "number", True)
    assert [model.row_at(row) for row in range(3)] == [29, 28, 27]


def test_cells_carry_text_alignment_and_tone() -> None:
    model = RowModel(COLUMNS, Numbers(3))
    model.load()
    figure, kind = model.index(1, 0), model.index(1, 1)
    assert (figure.data(), kind.data()) == ("1", "单")
    assert figure.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert (figure.data(TONE_ROLE), kind.data(TONE_ROLE)) == (None, Tone.GOOD)
    assert model.headerData(0, Qt.Orientation.Horizontal) == "数"


def test_a_row_is_found_by_its_id() -> None:
    model = RowModel(COLUMNS, Numbers(10))
    model.load("", "number", True)
    assert (model.row_of(9), model.row_of(77), model.id_at(0)) == (0, -1, 9)
