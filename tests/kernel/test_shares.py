"""Shares add up, keep the order of what they are of, and are written with as many places as they have."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.shares import percent, portions, share

COUNTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=6)


@given(COUNTS)
def test_shares_add_up_to_a_thousand_and_none_is_off_by_one_thousandth(counts: list[int]) -> None:
    shares, whole = portions(counts), sum(counts)
    assert sum(shares) == (1000 if whole else 0)
    for count, part in zip(counts, shares, strict=True):
        assert abs(part * whole - count * 1000) < max(whole, 1)


@given(COUNTS)
def test_more_people_never_have_a_smaller_share(counts: list[int]) -> None:
    pairs = sorted(zip(counts, portions(counts), strict=True))
    assert all(one[1] <= other[1] for one, other in pairwise(pairs) if one[0] < other[0])


def test_a_share_is_written_with_one_place() -> None:
    assert [percent(part) for part in (0, 5, 865, 1000)] == ["0.0%", "0.5%", "86.5%", "100.0%"]


def test_a_part_of_a_whole_is_rounded_half_up_and_of_nothing_there_is_none() -> None:
    assert [share(1, 200), share(1, 201), share(2, 3), share(0, 5), share(7, 0)] == ["1%", "0%", "67%", "0%", "—"]
