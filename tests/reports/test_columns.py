"""Columns fill the paper, keep amounts whole, and give way where it costs the fewest lines."""

import pytest

from villagedesk.reports.columns import column_widths, fraction_width, gauged
from villagedesk.reports.paper import PAPERS, Paper
from villagedesk.reports.sheet import Align, Column, Preset

PAPER = PAPERS[Preset.FORM]
NOTICE = PAPERS[Preset.NOTICE]


def widths(columns: list[Column], *rows: list[str], paper: Paper = PAPER) -> tuple[float, list[float]]:
    return column_widths(gauged(columns, [list(cells) for cells in zip(*rows, strict=True)]), paper)


@pytest.mark.parametrize("preset", Preset)
@pytest.mark.parametrize("count", [1, 3, 9, 40])
def test_columns_fill_the_measure_exactly(preset: Preset, count: int) -> None:
    paper = PAPERS[preset]
    _, across = widths([Column("栏目")] * count, ["户外道路维修 2026-04-05"] * count, paper=paper)
    assert sum(across) >= paper.measure - 1e-6
    assert all(width > 0 for width in across)
    if count < 40:
        assert sum(across) == pytest.approx(paper.measure)


def test_a_table_that_fits_takes_the_best_size() -> None:
    size, _ = widths([Column("序号"), Column("项目")], ["1", "修路"])
    assert size == PAPER.tables[0]


def test_a_crowded_table_takes_a_smaller_size() -> None:
    size, _ = widths([Column("银行账号")] * 5, ["6217003810012345678901"] * 5)
    assert size == PAPER.tables[-1]


def test_spare_room_goes_to_columns_of_words() -> None:
    _, (number, words) = widths([Column("序号", Align.CENTER), Column("项目")], ["1", "修路"])
    assert words > 1.5 * number


def test_the_longest_text_gives_way_before_amounts_and_names() -> None:
    columns = [Column("姓名"), Column("事由"), Column("金额", Align.AMOUNT)]
    size, (name, _, amount) = widths(columns, ["张桂香", "修路" * 40, "9,999,999,999.99"])
    assert name >= 3 * size
    assert amount >= 8.0 * size


def test_two_long_columns_share_the_room_by_need() -> None:
    columns = [Column("地址"), Column("事由")]
    rows = [["双石镇青山村三组" * 3, "修理道路" * 15]] * 3
    _, (address, reason) = widths(columns, *rows, paper=NOTICE)
    assert address < reason


def test_one_odd_long_cell_does_not_squeeze_everyone() -> None:
    columns = [Column("项目"), Column("类别")]
    rows = [["长" * 60, "修路"]] + [["清沟", "农村基础设施和环境建设维护类项目"]] * 50
    size, (_, kind) = widths(columns, *rows, paper=NOTICE)
    assert kind >= 16 * size


def test_words_shrink_to_two_characters_before_figures_break() -> None:
    columns = [Column("开户银行")] * 4 + [Column("账号")] * 3
    size, across = widths(columns, ["农村商业银行"] * 4 + ["6217003810012345678901"] * 3)
    assert all(width >= 22 * 0.555 * size for width in across[4:])


def test_the_fraction_is_as_wide_as_the_longest() -> None:
    assert fraction_width(["1", "2.5", "3.25"]) == pytest.approx(0.278 + 2 * 0.555)
    assert fraction_width([]) == 0


def test_a_table_of_empty_cells_still_stands() -> None:
    _, across = widths([Column(""), Column("")], ["", ""])
    assert sum(across) > 0
