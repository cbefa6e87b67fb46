"""What is too long, too large, too wide or too many stays within its cell and its frame, and nothing of it is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.pages import escapes, shown, table_rows
from villagedesk.kernel.money import LARGEST_FEN, yuan
from villagedesk.reports.layout import lay_out
from villagedesk.reports.paper import PAPERS
from villagedesk.reports.sheet import Align, Column, Facts, Paragraph, Preset, Seal, Sheet, Signatures, Table

LARGEST = yuan(LARGEST_FEN)
EVERY = pytest.mark.parametrize("preset", Preset)
COLUMNS = (Column("序号", Align.CENTER), Column("姓名"), Column("金额（元）", Align.AMOUNT), Column("备注"))


def sheet(table: Table, preset: Preset) -> Sheet:
    return Sheet("公示", (table,), preset=preset)


@EVERY
@pytest.mark.parametrize(
    "name",
    ["买买提" * 20, "Abdurehim" * 7, "古丽·阿不都" * 10, "（小名）" * 15],
    ids=["Han", "word", "dots", "marks"],
)
def test_a_name_of_sixty_characters_wraps_in_its_cell(name: str, preset: Preset) -> None:
    rows = (("1", name, "1,650.00", "无"), ("2", "张桂香", "980.00", ""))
    layout = lay_out(sheet(Table(COLUMNS, rows), preset))
    assert [text.text for _, text in escapes(layout)] == []
    assert name in "".join(text.text for page in layout.pages for _, box in page for text in box.texts)


@EVERY
def test_the_largest_amounts_stand_whole_and_aligned(preset: Preset) -> None:
    rows = (("1", "张桂香", LARGEST, ""), ("2", "李明", "-" + LARGEST, ""), ("3", "王芳", "0.01", ""))
    layout = lay_out(sheet(Table(COLUMNS, rows, ("合计", "", LARGEST, ""), carries=True), preset))
    assert list(escapes(layout)) == []
    texts = [text for row in table_rows(layout)[0] for text in row]
    assert (texts.count(LARGEST), texts.count("-" + LARGEST), texts.count("0.01")) == (2, 1, 1)


@EVERY
def test_three_columns_of_the_largest_amounts_fit(preset: Preset) -> None:
    columns = (*COLUMNS[:2], *[Column("金额（元）", Align.AMOUNT, "资金")] * 3)
    layout = lay_out(sheet(Table(columns, (("1", "张桂香", LARGEST, "-" + LARGEST, LARGEST),) * 3), preset))
    assert list(escapes(layout)) == []
    assert shown(layout).count(LARGEST) == 9


@EVERY
def test_an_empty_table_shows_its_heads_in_a_frame(preset: Preset) -> None:
    for table in (Table(COLUMNS, ()), Table(COLUMNS, (), carries=True), Table(COLUMNS, (("", "", "", ""),))):
        layout = lay_out(sheet(table, preset))
        assert len(layout.pages) == 1
        assert table_rows(layout)[0][0] == ["序号", "姓名", "金额（元）", "备注"]


@EVERY
def test_thirty_columns_stand_in_parts_that_each_name_their_rows(preset: Preset) -> None:
    columns = tuple(Column(f"第{index}项", Align.AMOUNT if index % 2 else Align.LEFT) for index in range(30))
    rows = tuple(tuple(f"{row}{index:02}.50" for index in range(30)) for row in range(1, 10))
    layout = lay_out(sheet(Table(columns, rows, ("合计", *["1,234.50"] * 29)), preset))
    assert list(escapes(layout)) == []
    for row in rows:
        places = [(row[index], each) for page in table_rows(layout) for each in page for index in range(30)]
        assert all(any(text in each for text, each in places if text == cell) for cell in row)
        assert all(row[0] in each for text, each in places if text in each)


@EVERY
def test_a_table_that_fits_upright_stays_upright(preset: Preset) -> None:
    layout = lay_out(sheet(Table(COLUMNS, (("1", "张桂香", "1,650.00", "无"),)), preset))
    assert (layout.width, layout.height) == (PAPERS[preset].width, PAPERS[preset].height)


@pytest.mark.parametrize("preset", [Preset.NOTICE, Preset.FORM, Preset.POSTER])
def test_a_table_too_wide_upright_turns_the_paper(preset: Preset) -> None:
    columns = (
        *COLUMNS[:2],
        *[Column("金额（元）", Align.AMOUNT)] * {Preset.POSTER: 4, Preset.NOTICE: 9, Preset.FORM: 12}[preset],
    )
    table = Table(columns, (("1", "张桂香", *["123,456.00"] * (len(columns) - 2)),) * 5)
    layout = lay_out(sheet(table, preset))
    paper = PAPERS[preset]
    assert (layout.width, layout.height) == (paper.height, paper.width)
    assert list(escapes(layout)) == []
    assert len(table_rows(layout)[0][1]) == len(columns)


def test_a_thousand_rows_on_posters_keep_their_size() -> None:
    rows = tuple((f"{number:04}", "张桂香", "1,650.00", "户外道路维修") for number in range(1000))
    layout = lay_out(sheet(Table(COLUMNS, rows), Preset.POSTER))
    assert list(escapes(layout)) == []
    numbers = [row[0] for page in table_rows(layout) for row in page if row[0].isdigit()]
    assert numbers == [row[0] for row in rows]
    assert min(text.size for page in layout.pages for _, box in page for text in box.texts if box.xs) >= 26


@EVERY
@pytest.mark.parametrize("title", ["公示" * 100, "Public" * 33 + "ab", "（公示）" * 50])
def test_a_title_of_two_hundred_characters_stays_on_the_paper(title: str, preset: Preset) -> None:
    layout = lay_out(Sheet(title, (Paragraph("现予公示。"),), number="村财〔2026〕" + "3" * 60 + "号", preset=preset))
    paper = PAPERS[preset]
    assert list(escapes(layout)) == []
    assert title in shown(layout)
    assert all(
        top + box.height <= paper.height - paper.bottom + 0.1
        for page in layout.pages
        for top, box in page
        if any(text.size == paper.title for text in box.texts)
    )


@EVERY
def test_long_captions_units_labels_and_dates_stay_on_the_paper(preset: Preset) -> None:
    long = "农村公共服务运行维护项目" * 10
    table = Table(COLUMNS, (("1", "张桂香", "1.00", ""),), caption=long, unit=long)
    blocks = (table, Facts(((long, long), ("短", "短"))), Signatures((long, "组长")), Seal(long, long))
    layout = lay_out(Sheet("公示", blocks, preset=preset))
    assert list(escapes(layout)) == []
    assert shown(layout).count("农") == 70


CELL = st.text(st.sampled_from("村务公开，。（《》）“”1234,.-%aW \n"), max_size=70)


@settings(max_examples=60)
@given(st.data(), st.sampled_from(Preset), st.booleans())
def test_no_text_leaves_its_cell(data: st.DataObject, preset: Preset, carries: bool) -> None:
    count = data.draw(st.integers(1, 12))
    column = st.builds(Column, CELL, st.sampled_from(Align), st.sampled_from(["", "", "甲", "乙组金额合计"]))
    columns = tuple(data.draw(st.lists(column, min_size=count, max_size=count)))
    row = st.lists(CELL, min_size=count, max_size=count).map(tuple)
    rows = tuple(data.draw(st.lists(row, max_size=4)))
    layout = lay_out(sheet(Table(columns, rows, carries=carries), preset))
    assert [text.text for _, text in escapes(layout)] == []
    assert shown(layout).count("务") >= sum(cell.count("务") for cells in rows for cell in cells)
