"""Amounts in words, by the payment rules' own examples and by reading them back."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.money import LARGEST_FEN, parse_yuan
from villagedesk.kernel.words import amount_in_words, small_number

with (Path(__file__).parents[1] / "data" / "amounts-in-words.csv").open(encoding="utf-8-sig", newline="") as _file:
    EXAMPLES = list(csv.DictReader(_file))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["yuan"])
def test_the_examples_of_the_payment_rules(example: dict[str, str]) -> None:
    assert amount_in_words(parse_yuan(example["yuan"])) in {example["words"], example["also_allowed"]} - {""}


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "人民币零元整"),
        (1, "人民币壹分"),
        (10, "人民币壹角"),
        (100_01, "人民币壹佰元零壹分"),
        (-140950, "人民币负壹仟肆佰零玖元伍角"),
        (1_000_000_00, "人民币壹佰万元整"),
        (1_0000_0001_00, "人民币壹亿零壹元整"),
        (1_0001_0000_00, "人民币壹亿零壹万元整"),
        (10_0500_0000_00, "人民币壹拾亿零伍佰万元整"),
        (2005_00, "人民币贰仟零伍元整"),
        (LARGEST_FEN, "人民币玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_zeros_and_ends(fen: int, words: str) -> None:
    assert amount_in_words(fen) == words


@given(st.integers(-LARGEST_FEN, LARGEST_FEN))
def test_words_say_the_amount_and_nothing_else(fen: int) -> None:
    words = amount_in_words(fen)
    assert _read(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "角", "分"))
    assert words.endswith("整") == (fen % 100 == 0)


def test_small_numbers_in_text() -> None:
    shown = [small_number(number) for number in (0, 3, 10, 11, 20, 21, 99)]
    assert shown == ["零", "三", "十", "十一", "二十", "二十一", "九十九"]


def _read(words: str) -> int:
    """Read an amount in words, knowing nothing of how it was written."""
    rest = words.removeprefix("人民币").removesuffix("整")
    sign = -1 if rest.startswith("负") else 1
    whole, _, cents = rest.removeprefix("负").rpartition("元")
    total = 0
    for part, size in _parts(whole):
        total += _four(part) * size
    jiao, _, fen = cents.rpartition("角")
    tail = _digit(jiao.strip("零")) * 10 + _digit(fen.removesuffix("分").strip("零"))
    return sign * (total * 100 + tail)


def _parts(whole: str) -> list[tuple[str, int]]:
    found = []
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        part, found_unit, rest = whole.partition(unit)
        if found_unit:
            found.append((part, size))
            whole = rest
    return [*found, (whole, 1)]


def _four(part: str) -> int:
    total, digit = 0, 0
    for sign in part:
        if sign in "拾佰仟":
            total += digit * 10 ** ("拾佰仟".index(sign) + 1)
            digit = 0
        else:
            digit = _digit(sign)
    return total + digit


def _digit(sign: str) -> int:
    return "零壹贰叁肆伍陆柒捌玖".index(sign) if sign else 0
