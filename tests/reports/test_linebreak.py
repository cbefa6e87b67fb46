"""Lines break where Chinese printing allows it, and fill their measure."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villagedesk.reports.linebreak import (
    LOOSE_STRETCH,
    MAX_STRETCH,
    NOT_AT_END,
    NOT_AT_START,
    Line,
    flush,
    lines,
    may_break,
)

MARKS = "，。、；：！？）》”’】〉（《“‘【〈…—·％￥"
HAN = "村务公开财务报账一二三修路"
LATIN = "2026abcXYZ.,-%()"
ANY_TEXT = st.text(st.sampled_from(HAN * 2 + MARKS + LATIN + " "), min_size=1, max_size=120)
PROSE = st.lists(
    st.sampled_from(
        [*HAN, *HAN, "道路", "合计1,409.50元", "2026年", "（大写：贰万）", "，", "。", "《办法》", "“村村通”"]
    ),
    min_size=1,
    max_size=60,
).map("".join)
ROOM = st.floats(4, 30)


def measure(character: str) -> float:
    return 0.55 if character < "\u0530" else 0.5 if character in "“”‘’·" else 1.0


def end_of(line: Line, starts: list[float]) -> float:
    """Where the ink of a line may end: a closing mark needs half of its cell."""
    text = line.text.rstrip(" ")
    if not text:
        return 0.0
    last = line.advances[len(text) - 1]
    return starts[len(text) - 1] + (last - 0.5 if text[-1] in NOT_AT_START and last > 0.9 else last)


def keeps_marks(text: str, index: int) -> bool:
    before, after = text[:index].rstrip(" ")[-1:], text[index]
    pair = text[index - 1] == after and after in "…—"
    return after not in NOT_AT_START and after != " " and before not in NOT_AT_END and not pair


@given(ANY_TEXT, ROOM, st.sampled_from([0.0, 2.0]))
def test_no_character_is_lost_or_added(text: str, room: float, indent: float) -> None:
    assert "".join(line.text for line in lines(text, measure, room, indent)) == text


@settings(max_examples=300)
@given(ANY_TEXT, ROOM, st.sampled_from([0.0, 2.0]))
def test_a_mark_stands_at_the_wrong_end_only_when_the_line_has_no_other_break(
    text: str, room: float, indent: float
) -> None:
    start = 0
    for line in lines(text, measure, room, indent)[:-1]:
        cut = start + len(line.text)
        if not keeps_marks(text, cut):
            assert not any(keeps_marks(text, index) for index in range(start + 1, cut))
        start = cut


@given(PROSE, ROOM)
def test_prose_never_starts_a_line_with_a_closing_mark_or_ends_one_with_an_opening_mark(text: str, room: float) -> None:
    broken = [line.text for line in lines(_calm(text), measure, room)]
    assert all(line[0] not in NOT_AT_START for line in broken[1:])
    assert all(line[-1] not in NOT_AT_END for line in broken[:-1])


def test_ten_thousand_lines_of_notices_start_and_end_as_they_should() -> None:
    dice = random.Random(9704)
    words = [
        *HAN,
        *"农村公共服务",
        "合计1,409.50元",
        "2026年10月8日",
        "（大写：壹仟元整）",
        "《办法》（试行）",
        "“村村通”、",
        "，",
        "。",
        "；",
        "：",
        "！",
        "？",
        "）",
        "”",
        "（",
        "“",
        "《",
        "》",
    ]
    count = 0
    while count < 10_000:
        text = _calm("".join(dice.choices(words, k=400)))
        broken = [line.text for line in lines(text, measure, dice.uniform(8, 40), dice.choice([0.0, 2.0]))]
        assert "".join(broken) == text
        assert not {line[0] for line in broken[1:]} & set("，。；：！？、）》”")
        assert not {line[-1] for line in broken[:-1]} & set("（《“")
        count += len(broken)


@given(ANY_TEXT, ROOM)
def test_a_word_is_broken_only_when_the_line_has_no_other_break(text: str, room: float) -> None:
    start = 0
    for line in lines(text, measure, room)[:-1]:
        cut = start + len(line.text)
        if not may_break(text, cut):
            assert not any(may_break(text, index) for index in range(start + 1, cut))
        start = cut


@given(ANY_TEXT, ROOM, st.sampled_from([0.0, 2.0]))
def test_no_line_is_longer_than_its_room(text: str, room: float, indent: float) -> None:
    for index, line in enumerate(lines(text, measure, room, indent)):
        own = room - (0 if index else indent)
        assert end_of(line, flush(line, own)) <= own + 1e-6


@given(ANY_TEXT, ROOM)
def test_characters_stand_in_order_and_gaps_stay_within_the_limit(text: str, room: float) -> None:
    for line in lines(text, measure, room):
        starts = flush(line, room, LOOSE_STRETCH)
        gaps = [after - before for before, after in pairwise(starts)]
        assert all(gap > 0.2 for gap in gaps)
        assert all(gap - own <= LOOSE_STRETCH + 1e-9 for gap, own in zip(gaps, line.advances, strict=False))


def test_a_full_line_is_flush_on_both_sides() -> None:
    first, second, _ = lines("根据《村民委员会组织法》的规定，村民代表会议通过了户外道路维修等项目" * 2, measure, 28, 2)
    for line, room in [(first, 26), (second, 28)]:
        starts = flush(line, room)
        assert starts[0] == 0
        assert end_of(line, starts) == pytest.approx(room, abs=0.51)


def test_the_last_line_keeps_its_natural_width() -> None:
    last = lines("一二三四五六七八九十一二三四", measure, 10)[-1]
    assert flush(last, 10) == [0, 1, 2, 3]


def test_a_line_too_empty_to_fill_stays_ragged() -> None:
    line = lines("合计" + "9" * 30 + "元整", measure, 17)[0]
    assert line.text == "合计"
    assert flush(line, 17, MAX_STRETCH) == [0, 1]


def test_a_figure_stays_whole() -> None:
    assert [line.text for line in lines("本期合计1,409.50元", measure, 6)] == ["本期合计", "1,409.50元"]


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert [len(line.text) for line in lines("a" * 64, measure, 11)] == [20, 20, 20, 4]


def test_marks_that_meet_share_their_blank_halves() -> None:
    (line,) = lines("他说：（《办法》）。", measure, 20)
    assert line.width == pytest.approx(10 - 4 * 0.5)


def test_a_mark_that_nearly_fits_is_taken_into_a_tighter_line() -> None:
    first = lines("一二，三四五六七八九。十一二三四五", measure, 10.5)[0]
    assert first.text == "一二，三四五六七八九。"
    assert end_of(first, flush(first, 10.5)) <= 10.5


def test_dots_and_dashes_are_not_torn_apart() -> None:
    assert [line.text for line in lines("一二三四五——六七", measure, 6)] == ["一二三四五", "——六七"]


def test_a_lonely_last_character_gets_company() -> None:
    text = "户外道路维修项目资金使用情况公示表一二三四五六七八九"
    assert [len(line.text) for line in lines(text, measure, 25)] == [24, 2]


def test_spaces_at_a_break_stay_at_the_end_of_the_line() -> None:
    assert [line.text for line in lines("alpha  beta gamma", measure, 3.2)] == ["alpha  ", "beta ", "gamma"]


def test_figures_stand_a_little_apart_from_chinese_characters_but_not_at_the_end_of_a_line() -> None:
    plain, apart = (lines("公示期为2026年（10天）", measure, 6.3, gap=gap) for gap in (0.0, 0.08))
    assert [line.text for line in plain] == [line.text for line in apart] == ["公示期为2026", "年（10天）"]
    widened = [
        [round(wide - own, 6) for wide, own in zip(one.advances, other.advances, strict=True)]
        for one, other in zip(apart, plain, strict=True)
    ]
    assert widened == [[0, 0, 0, 0.08, 0, 0, 0, 0], [0, 0, 0, 0.08, 0, 0]]
    assert apart[0].width == pytest.approx(plain[0].width + 0.08)


def test_an_empty_text_has_no_line() -> None:
    assert lines("", measure, 10) == []


def _calm(text: str) -> str:
    """The text with no more than two marks in a row, and none at its start."""
    calm = ""
    for character in text:
        marks = len(calm) - len(calm.rstrip(MARKS))
        if character not in MARKS or (calm and marks < 2):
            calm += character
    return calm or "村"
