"""Sums are told so that they can be recounted, charts only where one sees something, and namesakes are told apart."""

from villagedesk.disclosure.telling import MOST_BARS, added, counted, headed, looked_at, told_apart
from villagedesk.reports.sheet import Bar, Chart, Paragraph


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
    nothing, road = Bar("路", (0,)), Bar("路", (1,))
    assert looked_at(Chart(("已付",), ())) == []
    assert looked_at(Chart(("已付",), (nothing, nothing))) == []
    assert looked_at(Chart(("已付",), (road,) * (MOST_BARS + 1))) == []
    drawn = Chart(("已付",), (road, nothing), "图")
    assert looked_at(drawn) == [drawn]


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
