"""The quick way to write a row gives the bytes RFC 8785 asks for."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.canonical import canonical, digest_of

rows = st.dictionaries(
    st.text(st.characters(max_codepoint=127), max_size=8),
    st.one_of(st.none(), st.integers(-(2**53) + 1, 2**53 - 1), st.text(st.characters(exclude_categories=["Cs"]))),
)
plain = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.floats(allow_nan=False, allow_infinity=False), st.text(st.characters(exclude_categories=["Cs"]))),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner, max_size=4)),
    max_leaves=8,
)  # fmt: skip


@given(rows)
def test_a_row_is_written_as_the_standard_writes_it(row: Any) -> None:
    assert canonical(row) == rfc8785.dumps(row)


@given(plain)
def test_so_is_all_other_plain_data(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan"), "\ud800", {"a": "\ud800"}, {"a": 2**60}, {1: 2}])
def test_what_json_cannot_hold_exactly_is_refused(value: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (rfc8785 speaks for itself)
        canonical(value)


def test_the_order_of_names_does_not_matter() -> None:
    assert canonical({"b": 1, "a": "张䶮\n"}) == canonical({"a": "张䶮\n", "b": 1}) == '{"a":"张䶮\\n","b":1}'.encode()


def test_a_digest_is_sha256() -> None:
    assert digest_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
