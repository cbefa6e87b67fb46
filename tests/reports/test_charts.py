"""A chart shows every text and every part of every bar, within the measure, told apart in black and white."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villagedesk.reports.box import Box
from villagedesk.reports.charts import LEAST, chart_boxes
from villagedesk.reports.fonts import Style
from villagedesk.reports.layout import lay_out
from villagedesk.reports.paper import PAPERS
from villagedesk.reports.setting import measured
from villagedesk.reports.sheet import Bar, Chart, Preset, Sheet

VOTES = Chart(
    ("同意", "反对", "弃权"),
    (
        Bar("项目征集方案", (38, 2, 1), "同意38票"),
        Bar("管护人员名单", (22, 15, 4), "同意22票"),
        Bar("路灯", (0, 0, 0), "无人投票"),
    ),
    "表决结果",
)
LONG = "垃圾清运和保洁员报酬，包括三个村民小组的保洁用具和劳动保护用品，以及汛期临时用工" * 2


def drawn(chart: Chart, preset: Preset = Preset.NOTICE) -> list[Box]:
    return chart_boxes(chart, PAPERS[preset])


def shown(boxes: list[Box]) -> str:
    return "".join(text.text for box in boxes for text in box.texts)


def grounds(box: Box) -> list[tuple[int, float]]:
    return [(fill.part, fill.width) for fill in box.fills if fill.part]


def bars(boxes: list[Box]) -> list[Box]:
    return [box for box in boxes if box.head]


@pytest.mark.parametrize("preset", Preset)
def test_every_text_stands_on_the_chart_once(preset: Preset) -> None:
    boxes = drawn(VOTES, preset)
    assert sorted(shown(boxes)) == sorted("表决结果同意反对弃权项目征集方案同意38票管护人员名单同意22票路灯无人投票")


@pytest.mark.parametrize("preset", Preset)
@pytest.mark.parametrize("length", [1, 7, 60])
def test_nothing_leaves_the_measure(preset: Preset, length: int) -> None:
    paper = PAPERS[preset]
    chart = Chart(
        ("已支付", LONG[:20]), (Bar(LONG[:length], (9_999_999_999_99, 1), LONG[:length]), Bar("甲", (0, 3), ""))
    )
    for box in drawn(chart, preset):
        for text in box.texts:
            width = measured(text.text, Style.CELL) * text.size
            assert paper.left - 0.5 <= text.x
            assert text.x + width <= paper.left + paper.measure + 0.5
        for fill in box.fills:
            assert fill.x + fill.width <= paper.left + paper.measure + 0.01
            assert 0 <= fill.y <= fill.y + fill.height <= box.height


def test_parts_are_as_long_as_their_figures() -> None:
    first, second, nothing = bars(drawn(VOTES))
    (_, agreed), (_, against), (_, abstained) = grounds(second)
    assert agreed / against == pytest.approx(22 / 15)
    assert agreed / abstained == pytest.approx(22 / 4)
    assert grounds(first)[0][1] / agreed == pytest.approx(38 / 22)
    assert grounds(nothing) == []


def test_a_part_of_nearly_nothing_is_seen_and_a_part_of_nothing_is_not() -> None:
    (bar,) = bars(drawn(Chart(("甲", "乙", "丙"), (Bar("收入", (1_000_000, 1, 0)),))))
    assert [part for part, _ in grounds(bar)] == [1, 2]
    assert grounds(bar)[1][1] == LEAST


def test_four_parts_look_different_without_colour() -> None:
    (bar,) = bars(drawn(Chart(("甲", "乙", "丙", "丁"), (Bar("收入", (5, 5, 5, 5)),))))
    looks = set()
    for ground in (fill for fill in bar.fills if fill.part):
        inside = [dot for dot in bar.fills if not dot.part and ground.x < dot.x < ground.x + ground.width]
        strokes = [r for r in bar.rules if r.x1 != r.x2 and r.y1 != r.y2 and ground.x < r.x1 < ground.x + ground.width]
        looks.add((ground.grey, bool(inside), bool(strokes)))
    assert looks == {(0.25, False, False), (1.0, False, True), (1.0, False, False), (1.0, True, False)}


def test_dots_and_strokes_stay_within_their_part() -> None:
    (bar,) = bars(drawn(Chart(("甲", "乙", "丙", "丁"), (Bar("收入", (50, 7, 5, 31)),))))
    for ground in (fill for fill in bar.fills if fill.part):
        right, bottom = ground.x + ground.width, ground.y + ground.height
        for rule in bar.rules:
            if rule.x1 != rule.x2 and rule.y1 != rule.y2 and ground.x <= rule.x2 < right - 0.01 and ground.part == 2:
                assert ground.y - 0.01 <= min(rule.y1, rule.y2) <= max(rule.y1, rule.y2) <= bottom + 0.01
                assert rule.x1 <= right + 0.01
        for dot in bar.fills:
            if not dot.part and ground.x <= dot.x < right and ground.part == 4:
                assert dot.x + dot.width <= right
                assert ground.y <= dot.y <= dot.y + dot.height <= bottom


def test_more_than_four_parts_are_refused() -> None:
    with pytest.raises(ValueError, match="told apart"):
        Chart(("甲", "乙", "丙", "丁", "戊"), ())


@pytest.mark.parametrize("preset", Preset)
def test_forty_bars_break_between_bars_under_a_repeated_legend(preset: Preset) -> None:
    chart = Chart(("支出",), tuple(Bar(f"{number}组", (number,), f"{number}元") for number in range(1, 41)), "各组支出")
    layout = lay_out(Sheet("公示", (chart,), preset=preset))
    pages = [[text.text for _, box in page for text in box.texts] for page in layout.pages]
    assert [text for page in pages for text in page if text.endswith("组")] == [
        f"{number}组" for number in range(1, 41)
    ]
    assert all("支出" in page for page in pages if any(text.endswith("组") for text in page))
    assert sum(text.endswith("组") for text in pages[-1]) != 1
    assert pages[0].count("支出") == 1


@pytest.mark.parametrize("chart", [Chart((), ()), Chart((), (), "空"), Chart(("",), (Bar("", (0,)),))])
def test_an_empty_chart_is_laid_out(chart: Chart) -> None:
    assert lay_out(Sheet("公示", (chart,))).pages


def test_the_texts_of_a_poster_are_as_large_as_its_tables() -> None:
    assert {text.size for box in drawn(VOTES, Preset.POSTER) for text in box.texts} == {28}


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 10**14), st.integers(0, 10**14)), max_size=12), st.sampled_from(Preset))
def test_no_bar_is_lost(lengths: list[tuple[int, int]], preset: Preset) -> None:
    chart = Chart(("甲", "乙"), tuple(Bar(f"〔{index}〕", parts) for index, parts in enumerate(lengths)))
    layout = lay_out(replace(Sheet("公示", (chart,)), preset=preset))
    placed = [box for page in layout.pages for _, box in page]
    labels = [text.text for box in placed for text in box.texts if text.text.startswith("〔")]
    assert labels == [bar.label for bar in chart.bars]
    seen = [[fill.part for fill in box.fills if fill.part] for box in placed if box.head]
    assert seen == [[part for part, length in enumerate(parts, 1) if length] for parts in lengths]
