"""What cannot be printed is named as its reader would look for it."""

from hypothesis import given
from hypothesis import strategies as st

from villagedesk.reports.fonts import unprintable
from villagedesk.reports.lacking import MOST, lacking


def test_a_name_is_named_whole() -> None:
    assert lacking(["李会计", "王\ue001", "王\ue001"]) == ["“王\ue001”里的“\ue001”(U+E001)"]


def test_in_a_long_text_its_word_is_named() -> None:
    (words,) = lacking(["经村民代表会议决议，王\ue001等五户参加村内道路养护，工钱另计。"])
    assert words == "“王\ue001等五户参加村内道路养”里的“\ue001”(U+E001)"


def test_a_character_alone_is_named_once() -> None:
    assert lacking(["\ue001"]) == ["“\ue001”(U+E001)"]


@given(st.lists(st.text(max_size=40), max_size=5))
def test_every_character_that_no_face_has_is_named(texts: list[str]) -> None:
    named = "、".join(lacking(texts))
    for text in texts:
        assert all(f"U+{ord(character):04X}" in named for character in unprintable(text))


def test_no_word_is_longer_than_a_name() -> None:
    (words,) = lacking(["长" * 100 + "\ue001" + "长" * 100])
    assert len(words.split("”")[0]) <= MOST + 1
