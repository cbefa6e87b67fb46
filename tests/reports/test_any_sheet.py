"""Whatever people type, a sheet is drawn or a character is named; nothing else happens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villagedesk.kernel.errors import UnprintableText
from villagedesk.reports.fonts import unprintable
from villagedesk.reports.layout import lay_out
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import (
    Align,
    Block,
    Column,
    Facts,
    Paragraph,
    Preset,
    Seal,
    Sheet,
    Signatures,
    Table,
    from_plain,
    text_of,
    to_plain,
)

TEXT = st.text(st.sampled_from("村务公开财，。（《》）“”…— \n\t\u3000\u200b0123456789.-,元㎡①䶮𬭎龑abc"), max_size=40)


@st.composite
def tables(draw_from: st.DrawFn) -> Table:
    count = draw_from(st.integers(1, 5))
    columns = st.builds(Column, TEXT, st.sampled_from(Align))
    row = st.lists(TEXT, min_size=count, max_size=count).map(tuple)
    return Table(
        tuple(draw_from(st.lists(columns, min_size=count, max_size=count))),
        tuple(draw_from(st.lists(row, max_size=6))),
        draw_from(st.one_of(st.just(()), row)),
        draw_from(TEXT),
        draw_from(TEXT),
    )


BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, TEXT, st.integers(0, 3), st.booleans()),
    st.builds(Facts, st.lists(st.tuples(TEXT, TEXT), max_size=5).map(tuple)),
    tables(),
    st.builds(Signatures, st.lists(TEXT, max_size=5).map(tuple)),
    st.builds(Seal, TEXT, TEXT),
)
SHEET = st.builds(Sheet, TEXT, st.lists(BLOCK, max_size=5).map(tuple), TEXT, st.sampled_from(Preset), TEXT, TEXT, TEXT)


@settings(max_examples=150)
@given(SHEET)
def test_every_character_of_any_sheet_is_placed(sheet: Sheet) -> None:
    layout = lay_out(sheet)
    shown = "".join(text.text for page in layout.pages for _, box in page for text in box.texts)
    for character in "村䶮𬭎龑①":
        assert shown.count(character) >= text_of(sheet).count(character) - (sheet.watermark + sheet.issuer).count(
            character
        )


@settings(max_examples=30)
@given(SHEET)
def test_any_sheet_is_drawn(sheet: Sheet) -> None:
    assert draw(sheet).startswith(b"%PDF")


@given(SHEET)
def test_any_sheet_comes_back_equal(sheet: Sheet) -> None:
    assert from_plain(to_plain(sheet)) == sheet


@settings(max_examples=30)
@given(st.text(max_size=30))
def test_any_text_is_drawn_or_named(text: str) -> None:
    sheet = Sheet("公示", (Paragraph(text),))
    lacking = unprintable(text)
    if not lacking:
        assert draw(sheet).startswith(b"%PDF")
        return
    with pytest.raises(UnprintableText) as caught:
        draw(sheet)
    assert all(f"U+{ord(character):04X}" in str(caught.value) for character in lacking)
