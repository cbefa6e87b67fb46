"""Set lines say exactly which face draws what, and where."""

import pytest

from villagedesk.reports.fonts import FANGSONG, KAI, RARE, SANS, Style
from villagedesk.reports.setting import Set, balanced, measured, natural, paragraph, placed, wrapped


def text_in(line: Set) -> str:
    return "".join(piece.text for piece in line.pieces)


def test_a_line_is_cut_where_the_face_changes() -> None:
    line = natural("刘龑2026年", Style.BODY)
    assert [(piece.face, piece.text, piece.x) for piece in line.pieces] == [
        (FANGSONG, "刘", 0.0),
        (RARE, "龑", 1.0),
        (KAI, "2026", 2.0),
        (FANGSONG, "年", pytest.approx(4.4)),
    ]
    assert line.width == pytest.approx(5.4)


def test_figures_of_a_cell_come_from_the_upright_face() -> None:
    assert [piece.face for piece in natural("1,409.50", Style.CELL).pieces] == [SANS]


def test_a_quotation_mark_stands_in_the_middle_of_its_cell() -> None:
    line = natural("说“好”", Style.BODY)
    assert line.width == 3.0
    assert text_in(line) == "说“好”"
    assert line.pieces[0].spacing == pytest.approx(0.0845)


def test_evenly_spaced_lines_say_nothing_and_uneven_ones_what_they_read() -> None:
    assert natural("青山村公示", Style.BODY).line == ""
    assert natural("《组织法》、《办法》", Style.BODY).line == "《组织法》、《办法》"


def test_a_line_is_placed_in_points() -> None:
    text = placed(natural("公示", Style.BODY), 16, 100, 20)
    assert (text.x, text.size, text.text) == (100, 16, "公示")
    assert 20 < text.y < 28


def test_measured_is_the_width_of_the_natural_line() -> None:
    for text in ["青山村", "（《办法》）", "1,409.50元", ""]:
        assert measured(text, Style.BODY) == pytest.approx(natural(text, Style.BODY).width)


def test_newlines_are_kept_and_long_parts_wrapped() -> None:
    assert [text_in(line) for line in wrapped("一二三四五\n\n六", Style.CELL, 4)] == ["一二三", "四五", "", "六"]


def test_balanced_lines_are_of_nearly_equal_length() -> None:
    assert [text_in(line) for line in balanced("支付状态", Style.HEI, 3)] == ["支付", "状态"]
    title = balanced("关于青山村农村公共服务运行维护项目资金使用情况的公示", Style.TITLE, 20)
    assert [len(text_in(line)) for line in title] == [13, 13]


def test_a_paragraph_is_indented_and_flush() -> None:
    first, second = paragraph("村民代表会议通过了户外道路维修等项目的实施方案", Style.BODY, 15, 2, 0)
    assert first.pieces[0].x == 2
    assert second.pieces[0].x == 0
    assert text_in(first) + text_in(second) == "村民代表会议通过了户外道路维修等项目的实施方案"


def test_tracking_lets_a_line_hold_as_many_characters_as_the_standard_asks() -> None:
    measure_of_a4 = 156 / 25.4 * 72 / 16
    lines = paragraph("村" * 60, Style.BODY, measure_of_a4, 0, measure_of_a4 / 28 - 1)
    assert [len(text_in(line)) for line in lines] == [28, 28, 4]


def test_a_loose_line_says_what_it_reads() -> None:
    line = paragraph("合计金额一共12,345.67元整", Style.BODY, 7.2, 0, 0)[0]
    assert text_in(line) == line.line == "合计金额一共"
