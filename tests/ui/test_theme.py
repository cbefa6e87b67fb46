"""The look: sizes that grow, colours one can read, faces for rare names, icons that exist."""

import re

import pytest
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QApplication

from villagedesk.kernel.places import own_file
from villagedesk.ui.kit.icons import icon, picture
from villagedesk.ui.theme import Colour, Tone, dress, face, ground, ink, px, sign, style_sheet, text_scale


def _light(colour: str) -> float:
    parts = [part / 255 for part in (QColor(colour).red(), QColor(colour).green(), QColor(colour).blue())]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tone", list(Tone))
def test_every_state_is_legible_and_has_a_sign(tone: Tone) -> None:
    assert _contrast(ink(tone), ground(tone)) >= 4.5
    assert not picture(sign(tone)).isNull()


@pytest.mark.parametrize(
    ("text", "back"),
    [
        (Colour.INK, Colour.PAPER),
        (Colour.SOFT, Colour.PAPER),
        (Colour.SOFT, Colour.SUNK),
        (Colour.CARD, Colour.GREEN),
        ("#E4EEE8", Colour.DEEP),
        (Colour.CARD, Colour.AMBER),
        (Colour.AMBER, Colour.STRAW),
        ("#4A3300", "#F3D58B"),
    ],
)
def test_words_stand_out_from_their_ground(text: str, back: str) -> None:
    assert _contrast(text, back) >= 4.5


def test_text_doubles_while_borders_and_spaces_do_not() -> None:
    sheet = style_sheet("a { font-size: 16px; border: 1px solid @line; padding: 10px; min-height: 38px; }", 2)
    assert sheet == f"a {{ font-size: 32px; border: 1px solid {Colour.LINE}; padding: 14px; min-height: 61px; }}"


def test_titles_grow_by_as_much_as_the_text() -> None:
    assert "font-size: 40px" in style_sheet("a { font-size: 24px; }", 2)


def test_the_text_size_can_change_while_the_window_is_open(qapp: QApplication) -> None:
    dress(qapp, 150)
    assert (text_scale(), px(20), face().pixelSize()) == (150, 30, 24)
    dress(qapp, 100)
    assert (text_scale(), px(20)) == (100, 20)


def test_rare_names_have_glyphs_in_our_own_faces() -> None:
    metrics = QFontMetrics(face())
    assert metrics.horizontalAdvance("张䶮㛃𬭎") == 4 * metrics.horizontalAdvance("张")


def test_the_style_sheet_names_only_known_colours_and_files() -> None:
    written = own_file("resources/style/window.qss").read_text("utf-8")
    known = {colour.name.lower() for colour in Colour} | {"icons"}
    assert set(re.findall(r"@(\w+)", written)) <= known
    for name in re.findall(r"@icons/([\w-]+\.svg)", written):
        assert own_file(f"resources/icons/{name}").is_file()


@pytest.mark.parametrize("file", sorted(own_file("resources/icons").glob("*.svg")), ids=lambda file: file.stem)
def test_every_icon_can_be_drawn(file: object) -> None:
    drawn = picture(file.stem, "#FF0000", 24).toImage()  # type: ignore[attr-defined]
    assert drawn.width() == 24
    assert any(drawn.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_an_icon_takes_the_colour_that_is_asked_for() -> None:
    drawn = picture("plus", "#FF0000", 24).toImage()
    assert drawn.pixelColor(12, 12).name() == "#ff0000"


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")
