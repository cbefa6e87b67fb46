"""Money is whole fen: what people type and what sheets hold becomes fen and comes back the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.money import LARGEST_FEN, parse_yuan, plain_yuan, yuan

amounts = st.integers(-LARGEST_FEN, LARGEST_FEN)


@given(amounts)
def test_what_is_shown_can_be_read_back(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(plain_yuan(fen)) == fen
    assert parse_yuan(f"￥ {yuan(fen)} 元") == fen


@given(amounts)
def test_a_number_from_a_sheet_is_read_as_it_is_shown_there(fen: int) -> None:
    assert parse_yuan(fen / 100) == fen


@given(st.lists(st.integers(0, 10_000_000), max_size=20))
def test_a_sum_a_sheet_added_up_in_floats_is_the_sum(fens: list[int]) -> None:
    assert parse_yuan(sum(fen / 100 for fen in fens)) == sum(fens)


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("￥4,085.42", 408542), ("４０８５．４２", 408542), ("4 085.4元", 408540), ("¥0.05", 5), ("007", 700), ("-0.50", -50),
        ("－３", -300), (12, 1200), (960.3000000000001, 96030), (1e3, 100000), ("0", 0), ("9999999999.99", LARGEST_FEN),
        ("１，２３４，５６７．５", 123456750), ("12圆", 1200), ("12元整", 1200), ("-￥3", -300), ("¥-3", -300), ("12 ￥", 1200),
        ("12元5角", 1250), ("１２元５角３分", 1253), ("1,200元8分", 120008), ("3元零5分", 305), ("\u3000５\u3000", 500),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(written: str | float, fen: int) -> None:
    assert parse_yuan(written) == fen


@pytest.mark.parametrize(
    "written",
    [
        "",
        "元",
        "一百",
        "1.234",
        "1.230",
        "1.",
        ".5",
        "1e3",
        "--5",
        "5-",
        "3万",
        "½",
        "٣",
        0.001,
        float("nan"),
        float("inf"),
    ],
)
def test_what_is_no_amount_is_named(written: str | float) -> None:
    with pytest.raises(ValueError, match=r"不是金额，请写成 1234\.50 这样"):
        parse_yuan(written)


@pytest.mark.parametrize(
    "written",
    [
        "12,5", "1，50", "1,50.00", "1,2345", "12,34,567", "1234,567", "1,234 567", "0,500", ",500", "500,", "1,,234",
        "12元5", "12元50", "1元2元", "元12", "12￥5", "￥12￥5", "5角3", "12元5角3", "12 5", "1 50", "1, 234", "1 2 3",
    ],
)  # fmt: skip
def test_what_could_be_two_amounts_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"看不准是多少，请写成 1234\.50 这样"):
        parse_yuan(written)


_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


@given(st.text("0123456789０５.．,， 元￥¥-－角分", max_size=12))
def test_whatever_marks_are_taken_away_an_amount_never_grows(written: str) -> None:
    """What is read is what the figures say up to the point; figures behind a comma count only by threes."""
    try:
        fen = parse_yuan(written)
    except ValueError:
        return
    plain = written.translate({wide: narrow for narrow, wide in _WIDE.items()}).replace("－", "-")
    whole, *parts = re.split("[, ]", re.sub("[-￥¥]|元.*|\\..*", "", plain).strip())
    assert all(len(part) == 3 for part in parts)
    assert abs(fen) // 100 == int(whole + "".join(parts))


@given(amounts)
def test_full_width_figures_and_commas_are_the_same_amount(fen: int) -> None:
    assert parse_yuan(yuan(fen).translate(_WIDE)) == fen


@given(st.integers(1, 9_999), st.integers(0, 99_999))
def test_a_comma_before_other_than_three_figures_is_never_read(before: int, behind: int) -> None:
    written = f"{before},{behind}"
    if len(str(behind)) == 3 and len(str(before)) < 4:
        assert parse_yuan(written) == (before * 1000 + behind) * 100
    else:
        with pytest.raises(ValueError, match="看不准是多少"):
            parse_yuan(written)


@pytest.mark.parametrize("written", ["10000000000", "99999999999.99", "1" * 5000])
def test_what_is_too_large_is_named(written: str) -> None:
    with pytest.raises(ValueError, match="太大，金额最多十位整数"):
        parse_yuan(written)


def test_figures_as_offices_write_them() -> None:
    assert [yuan(fen) for fen in (0, 5, -5, 140950, -123456789)] == [
        "0.00",
        "0.05",
        "-0.05",
        "1,409.50",
        "-1,234,567.89",
    ]
    assert plain_yuan(-123456789) == "-1234567.89"
