"""Sums are told so that they can be recounted, shares add up, and namesakes are told apart."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from villagedesk.disclosure.telling import MOST_BARS, added, counted, headed, looked_at, percent, portions, told_apart
from villagedesk.reports.sheet import Bar, Chart, Paragraph

COUNTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=6)


@given(COUNTS)
def test_shares_add_up_to_a_thousand_and_none_is_off_by_one_thousandth(counts: list[int]) -> None:
    shares, whole = portions(counts), sum(counts)
    assert sum(shares) == (1000 if whole else 0)
    for count, share in zip(counts, shares, strict=True):
        assert abs(share * whole - count * 1000) < max(whole, 1)


@given(COUNTS)
def test_more_people_never_have_a_smaller_share(counts: list[int]) -> None:
    pairs = sorted(zip(counts, portions(counts), strict=True))
    assert all(one[1] <= other[1] for one, other in pairwise(pairs) if one[0] < other[0])


def test_a_share_is_written_with_one_place() -> None:
    assert [percent(share) for share in (0, 5, 865, 1000)] == ["0.0%", "0.5%", "86.5%", "100.0%"]


def test_a_sum_is_told_as_it_is_added() -> None:
    assert added([12_600_00, 9_000_00, -9_000_00]) == "12,600.00＋9,000.00－9,000.00＝12,600.00"
    assert added([1_00]) == ""
    assert added([1_00] * 7) == ""


def test_equal_amounts_are_counted_and_different_ones_added() -> None:
    assert counted([1_00, 3_00, 3_00], "人") == "2人×3.00＋1人×1.00＝7.00"
    assert counted([3_00], "人") == ""
    assert counted([1_00, 2_00], "人") == "1.00＋2.00＝3.00"
    assert counted([*range(1, 20), 1], "人") == ""


def test_parts_without_anything_are_not_counted() -> None:
    found = headed(("甲", [Paragraph("一句")]), ("乙", []), ("丙", [Paragraph("又一句")]))
    assert [block.text for block in found if isinstance(block, Paragraph)] == ["一、甲", "一句", "二、丙", "又一句"]


def test_a_chart_is_drawn_only_where_there_is_something_to_look_at() -> None:
    assert looked_at(("已付",), [], "图") == []
    assert looked_at(("已付",), [Bar("路", (0,))], "图") == []
    assert looked_at(("已付",), [Bar("路", (1,))] * (MOST_BARS + 1), "图") == []
    assert looked_at(("已付",), [Bar("路", (1,))], "图") == [Chart(("已付",), (Bar("路", (1,)),), "图")]


def test_only_namesakes_are_told_apart() -> None:
    people = [("p1", "王桂香", "1428"), ("p2", "王桂香", "2526"), ("p3", "张䶮", "9913"), ("p1", "王桂香", "1428")]
    assert told_apart(people) == {"p1": "王桂香（证件尾号1428）", "p2": "王桂香（证件尾号2526）", "p3": "张䶮"}


def test_namesakes_with_the_same_last_four_are_marked_in_the_registers_order() -> None:
    people = [("p2", "王桂香", "1428"), ("p1", "王桂香", "1428"), ("p3", "王桂香", "2526")]
    told = told_apart(people)
    assert told == {
        "p1": "王桂香（证件尾号1428甲）",
        "p2": "王桂香（证件尾号1428乙）",
        "p3": "王桂香（证件尾号2526）",
    }
    assert len(set(told_apart((str(n), "王桂香", "1428") for n in range(30)).values())) == 30
