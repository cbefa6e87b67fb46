"""The picture for the screen holds exactly what the chart says, and the same shapes as the paper."""

from xml.etree import ElementTree as ET

import pytest

from villagedesk.reports.sheet import Bar, Chart
from villagedesk.reports.svg import Colours, chart_svg

CHART = Chart(
    ("上年结转", "上级补助", "村集体配套", "筹资<筹劳>"),
    (
        Bar("收入", (500, 6000, 1200, 300), "80.00元"),
        Bar("王𬭎&张䶮的补助，包括三个村民小组的", (0, 10, 0, 0), "0.10元"),
    ),
    "资金来源",
)
COLOURS = Colours("#010101", "#020202", ("#aa0000", "#bb0000", "#cc0000", "#dd0000"))
SVG = "{http://www.w3.org/2000/svg}"


def parsed(chart: Chart = CHART, width: float = 600, colours: Colours | None = None) -> ET.Element:
    return ET.fromstring(chart_svg(chart, width, 14, colours)[0])


def said(root: ET.Element) -> str:
    return "".join(text.text or "" for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("width", [300, 600, 1400])
def test_it_holds_exactly_the_texts_of_the_chart(width: float) -> None:
    bars = "".join(bar.label + bar.text for bar in CHART.bars)
    assert said(parsed(width=width)) == CHART.caption + "".join(CHART.legend) + bars


def test_colours_change_no_shape() -> None:
    plain, coloured = parsed(), parsed(colours=COLOURS)
    for root in (plain, coloured):
        for element in root.iter():
            for name in ("fill", "stroke"):
                element.attrib.pop(name, None)
    assert ET.tostring(plain) == ET.tostring(coloured)


def test_each_part_has_its_colour() -> None:
    fills = [rect.attrib["fill"] for rect in parsed(colours=COLOURS).iter(f"{SVG}rect")]
    assert {*COLOURS.parts, COLOURS.line} == set(fills)
    assert fills.count("#aa0000") == 2  # the sample and the one bar that has it
    assert fills.count("#bb0000") == 3


def test_without_colours_it_is_black_and_white() -> None:
    fills = {rect.attrib["fill"] for rect in parsed().iter(f"{SVG}rect")}
    assert fills == {"#404040", "#ffffff", "#000000"}


def test_a_narrow_picture_is_taller_and_nothing_stands_outside_it() -> None:
    assert chart_svg(CHART, 260, 14)[1] > chart_svg(CHART, 900, 14)[1]
    for width in (260, 900):
        root = parsed(width=width)
        for rect in root.iter(f"{SVG}rect"):
            assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= width
            assert float(rect.attrib["y"]) + float(rect.attrib["height"]) <= float(root.attrib["height"])


def test_a_character_that_no_face_has_is_a_blank_square_on_the_screen() -> None:
    assert said(parsed(Chart(("甲",), (Bar("张𫝀", (1,)),)))) == "甲张□"


def test_an_empty_chart_is_an_empty_picture() -> None:
    assert said(parsed(Chart((), ()))) == ""
