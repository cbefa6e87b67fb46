"""A register carries its sums from page to page: every row once, every sum right to the fen."""

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.pages import table_rows
from villagedesk.kernel.money import yuan
from villagedesk.reports.carried import label_place, running_sums
from villagedesk.reports.layout import Layout, lay_out
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Align, Column, Paragraph, Preset, Sheet, Signatures, Table

COLUMNS = (
    Column("序号"),
    Column("事由"),
    Column("收入", Align.AMOUNT, "金额（元）"),
    Column("支出", Align.AMOUNT, "金额（元）"),
)
FEN = st.integers(-999_999_999_999, 999_999_999_999)
ROW = st.tuples(st.integers(0, 40) | st.integers(0, 900), FEN, FEN)


def register(rows: list[tuple[int, int, int]], *, total: bool) -> Table:
    cells = tuple(
        (f"#{number:04}", "修" * words, yuan(first), yuan(second) if second else "—")
        for number, (words, first, second) in enumerate(rows)
    )
    sums = tuple(yuan(sum(row[index] for row in rows)) for index in (1, 2))
    return Table(COLUMNS, cells, ("合计", "", *sums) if total else (), carries=True)


def fen(text: str) -> int:
    """Sums may be larger than an amount that is typed."""
    return 0 if text == "—" else int(text.replace(",", "").replace(".", ""))


def check(layout: Layout, rows: list[tuple[int, int, int]]) -> None:
    """Go down the pages with the finger, adding up."""
    numbers, first, second = [], 0, 0
    pages = [page for page in table_rows(layout) if page]
    for place, page in enumerate(pages):
        labels = [row[0] for row in page if row]
        assert ("承前页" in labels) == (place > 0)
        assert ("过次页" in labels) == (place < len(pages) - 1)
        for row in page:
            if row and row[0] in ("承前页", "过次页", "合计"):
                assert [fen(text) for text in row[1:]] == [first, second]
            elif row and row[0].startswith("#"):
                numbers.append(row[0])
                first, second = first + fen(row[-2]), second + fen(row[-1])
        if place < len(pages) - 1:
            assert page[-1][0] == "过次页"
    assert numbers == [f"#{number:04}" for number in range(len(rows))]


@settings(max_examples=80)
@given(
    st.lists(ROW, min_size=1, max_size=70), st.booleans(), st.sampled_from(Preset), st.integers(0, 30), st.booleans()
)
def test_sums_are_carried_right_whatever_the_rows(
    rows: list[tuple[int, int, int]], total: bool, preset: Preset, before: int, signed: bool
) -> None:
    blocks = (Paragraph("村" * 20 * before), register(rows, total=total), *([Signatures(("组长",))] if signed else ()))
    layout = lay_out(Sheet("登记册", blocks, preset=preset))
    check(layout, rows)
    assert sum(row.count("修") for page in table_rows(layout) for row in map("".join, page)) == sum(
        words for words, _, _ in rows
    )


def test_a_register_of_a_thousand_rows_adds_up() -> None:
    rows = [(number % 30, number * 7919 % 1_000_000, number * 104729 % 1_000_000) for number in range(1000)]
    layout = lay_out(Sheet("登记册", (register(rows, total=True),), preset=Preset.FORM))
    assert len(layout.pages) > 20
    check(layout, rows)


def test_the_rows_of_a_page_stay_within_it_with_their_sums() -> None:
    for count in range(20, 60):
        rows = [(4, 100, 200)] * count
        layout = lay_out(Sheet("登记册", (register(rows, total=True),), preset=Preset.FORM))
        for page in layout.pages:
            bottom = max(top + box.height for top, box in page if box.xs)
            assert bottom <= layout.height - 22 * 72 / 25.4 + 0.1


def test_a_table_on_one_page_carries_nothing() -> None:
    rows = table_rows(lay_out(Sheet("登记册", (register([(3, 1, 2)] * 5, total=True),))))
    assert [row[0] for row in rows[0][-2:]] == ["#0004", "合计"]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")
def test_the_printed_sums_are_those_of_the_printed_rows(tmp_path: Path) -> None:
    rows = [(6, number * 101, number * 977) for number in range(1, 100)]
    file = tmp_path / "register.pdf"
    file.write_bytes(draw(Sheet("登记册", (register(rows, total=True),), preset=Preset.FORM)))
    done = subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", str(file), "-"], check=True, capture_output=True)
    pages = done.stdout.decode().strip("\f\n").split("\f")
    assert len(pages) > 2
    so_far, seen = 0, 0
    for page in pages:
        for label, figures in re.findall(r"^ *(#\d+|承前页|过次页|合 *计)(.*)$", page, re.MULTILINE):
            printed = fen(figures.split()[-2])
            if label.startswith("#"):
                so_far, seen = so_far + printed, seen + 1
            else:
                assert printed == so_far
    assert seen == 99
    for above, below in pairwise(pages):
        ends = [re.findall(rf"{label}(.*)", page)[0].split() for label, page in (("过次页", above), ("承前页", below))]
        assert ends[0] == ends[1]


def sums(*columns: list[str], total: tuple[str, ...] = (), align: Align = Align.AMOUNT) -> list[tuple[str, ...]]:
    heads = (Column("事由"), *[Column("金额", align)] * len(columns))
    rows = tuple(zip(["路"] * len(columns[0]), *columns, strict=True))
    return running_sums(Table(heads, rows, total, carries=True))


def test_sums_have_as_many_decimals_as_their_column() -> None:
    assert sums(["1,650.00", "-0.5"], ["3", "4"]) == [("", "1,650.00", "3"), ("", "1,649.50", "7")]


def test_a_dash_or_a_word_counts_as_nothing() -> None:
    assert sums(["5.00", "—", "免", ""])[-1] == ("", "5.00")


def test_a_column_with_a_figure_that_is_no_amount_is_not_added_up() -> None:
    assert sums(["5.00", "3.125"], ["1.00", "2.00"])[-1] == ("", "", "3.00")
    assert sums(["5.00", "约3"]) == []


def test_a_column_the_total_leaves_out_is_not_added_up() -> None:
    """A running balance has no sum, and its column none in the total."""
    assert sums(["5.00", "3.00"], ["5.00", "8.00"], total=("合计", "8.00", ""))[-1] == ("", "8.00", "")


def test_only_amounts_are_added_up() -> None:
    assert sums(["1", "2"], align=Align.RIGHT) == []


def test_the_label_takes_the_first_cell_without_a_sum_and_those_beside_it() -> None:
    assert label_place(("", "", "5.00", "")) == (0, 2)
    assert label_place(("5.00", "", "")) == (1, 2)
    assert running_sums(Table((Column("金额", Align.AMOUNT),), (("5.00",),), carries=True)) == []


def test_a_running_balance_is_carried_as_it_stands() -> None:
    """A day book's balance is never added up, though its last row says what is left; an empty cell keeps the last."""
    columns = (Column("摘要"), Column("收入", Align.AMOUNT), Column("余额", Align.AMOUNT))
    rows = (("期初余额", "", "5.00"), ("到账", "7.00", "12.00"), ("转记", "", ""), ("到账", "1.00", "13.00"))
    table = Table(columns, rows, ("本期合计", "8.00", "13.00"), carries=True)
    assert running_sums(table) == [
        ("", "0.00", "5.00"), ("", "7.00", "12.00"), ("", "7.00", "12.00"), ("", "8.00", "13.00"),
    ]  # fmt: skip
