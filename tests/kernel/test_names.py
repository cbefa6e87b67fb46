"""A name is the same name however wide it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.names import ungapped


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("李 㛃", "李㛃"),
        ("  荣县（双石）农机站 ", "荣县（双石）农机站"),
        ("Li  Ming", "Li Ming"),
        ("阿依·古丽", "阿依·古丽"),
    ],
)
def test_a_name_keeps_its_characters_and_loses_its_gaps(typed: str, kept: str) -> None:
    assert ungapped(typed) == kept


@given(st.text())
def test_one_spelling_is_final(text: str) -> None:
    assert ungapped(ungapped(text)) == ungapped(text)
