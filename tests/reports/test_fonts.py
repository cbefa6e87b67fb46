"""Each character finds a face, or is named."""

import pytest

from villagedesk.reports.fonts import (
    CHAINS,
    FANGSONG,
    FILES,
    KAI,
    RARE,
    SANS,
    Style,
    face,
    glyphs,
    spelled,
    unprintable,
    widths,
)


def test_the_rare_characters_of_names_are_printable_in_every_style() -> None:
    assert unprintable("张䶮 王𬭎 李㛃 刘龑") == ()
    for style in Style:
        assert all(glyphs(style)[character].face for character in "䶮𬭎㛃龑①②③○●★Ⅰ※")


def test_a_character_comes_from_the_first_face_that_has_it() -> None:
    body = glyphs(Style.BODY)
    assert [body[character].face for character in "张①龑7"] == [FANGSONG, KAI, RARE, KAI]
    assert glyphs(Style.CELL)["7"].face == SANS


def test_every_character_that_any_face_has_is_drawn_in_every_style() -> None:
    everything = {code for name in FILES for code in face(name).glyphs}
    for style in Style:
        drawn = {code for name in CHAINS[style].faces for code in face(name).glyphs}
        assert drawn == everything


@pytest.mark.parametrize("style", [Style.BODY, Style.CELL, Style.HEI])
def test_figures_are_of_equal_width(style: Style) -> None:
    assert len({widths(style)[figure] for figure in "0123456789"}) == 1


def test_what_no_face_has_is_named_in_order_and_once() -> None:
    assert unprintable("𫝀张😀𫝀\n赵") == ("𫝀", "😀")


def test_private_use_and_control_characters_are_never_printable() -> None:
    assert unprintable("\ue123\U000f0001\x0b\x00") == ("\ue123", "\U000f0001", "\x0b", "\x00")


def test_marks_that_show_nothing_fall_away() -> None:
    assert spelled("\ufeff张\u200b三\r\n李\u00a0四\t王五") == "张三\n李 四 王五"
    assert spelled("plain\ttext") == "plain text"


def test_a_unit_no_face_has_is_spelled_out() -> None:
    assert spelled("120㎡，3.5㎞") == "120m²，3.5km"
    assert unprintable("㎡㎥㎏℃") == ()


def test_a_character_without_a_face_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        glyphs(Style.BODY)["😀"]
