"""What a part of a fee is due by its score: exact to the fen, told as a sentence anybody can recount."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagedesk.kernel.findings import Severity
from villagedesk.kernel.places import own_file
from villagedesk.projects import scoresheets
from villagedesk.projects.bands import band_of, parts_of, payment_due, times, within_due
from villagedesk.projects.model import Contract, ContractKind
from villagedesk.village.profile import load
from villagedesk.village.workrules import IN_FULL, Band, BandRule, in_percent, parse_works

DAY = date(2026, 1, 5)
BANDS = load().works.bands
AMOUNTS = st.integers(1, 10**12)
RULES = st.sampled_from([IN_FULL, *BANDS.values()])


@given(AMOUNTS, st.integers(1, 120))
def test_the_parts_add_up_and_only_the_last_differs(amount: int, cycles: int) -> None:
    parts = parts_of(amount, cycles)
    assert sum(parts) == amount
    assert len(parts) == cycles
    assert set(parts[:-1]) <= {amount // cycles}
    assert 0 <= parts[-1] - parts[0] < cycles


@given(AMOUNTS, st.integers(0, 100), RULES)
def test_what_is_due_is_the_part_times_the_ratio(amount: int, score: int, rule: BandRule) -> None:
    due = payment_due(amount, score, rule)
    assert abs(due.due_fen - amount * band_of(score, rule)) * 2 <= 1
    assert due.part_fen == due.due_fen + due.withheld_fen
    assert 0 <= due.least_fen <= due.due_fen <= due.part_fen == amount


@given(AMOUNTS, st.fractions(0, 1))
def test_a_share_and_its_rest_lose_nothing_together(amount: int, share: Fraction) -> None:
    assert abs(times(amount, share) + times(amount, 1 - share) - amount) <= 1


@given(st.integers(0, 99), RULES)
def test_more_points_are_never_worth_less(score: int, rule: BandRule) -> None:
    assert band_of(score, rule) <= band_of(score + 1, rule) <= 1


@pytest.mark.parametrize(("score", "ratio"), [(100, 1), (90, 1), (89, "9/10"), (70, "9/10"), (69, "4/5"), (0, "4/5")])
def test_the_bands_of_ninety_and_seventy_begin_where_they_say(score: int, ratio: str | int) -> None:
    assert band_of(score, BANDS["three"]) == Fraction(ratio)


@pytest.mark.parametrize(
    ("score", "ratio"), [(90, "1"), (89, "9/10"), (75, "9/10"), (74, "4/5"), (60, "4/5"), (59, "1/2")]
)
def test_the_bands_of_sixty_seventyfive_and_ninety_begin_where_they_say(score: int, ratio: str) -> None:
    assert band_of(score, BANDS["four"]) == Fraction(ratio)


@pytest.mark.parametrize(("score", "ratio"), [(95, "1"), (80, "9/10"), (10, "4/5")])
def test_eighty_of_a_hundred_are_paid_whatever_the_score(score: int, ratio: str) -> None:
    assert band_of(score, BANDS["split"]) == Fraction(ratio)


def test_the_arithmetic_is_told() -> None:
    due = payment_due(18_000_00, 85, BANDS["three"], cycles=4, place=2)
    assert due.due_fen == 4_050_00
    assert due.arithmetic == (
        "第2期：18,000.00元÷4期＝4,500.00元；得85分，按“合格”付90%：4,500.00元×90%＝4,050.00元；应付4,050.00元。"
    )
    last = payment_due(100_00, 80, BANDS["split"], cycles=3, place=3)
    assert last.arithmetic == (
        "第3期：100.00元÷3期＝33.33元，除不尽的0.01元并入最后一期，共33.34元；"
        "得80分，80%固定，另20%按“合格”付50%，共90%：33.34元×90%＝30.01元；应付30.01元。"
    )
    first = payment_due(100_00, None, BANDS["split"], cycles=3)
    assert (
        first.arithmetic == "第1期：100.00元÷3期＝33.33元（尾数并入最后一期）；还没有检查得分，按全额算；应付33.33元。"
    )
    assert (
        payment_due(50_00, 60, IN_FULL).arithmetic == "应付基数50.00元；得60分，合同没有约定按得分付款；应付50.00元。"
    )


def test_a_deduction_stays_within_what_the_band_allows() -> None:
    signed = Contract(
        project_id="p", kind=ContractKind.CARETAKING, party="张䶮", scope="", standard="", amount_fen=1_000_00,
        pay_cycle="按年", signed_on=DAY, first_day=DAY, last_day=DAY, bands="three", deductions="设施损坏未修每处扣50元",
    )  # fmt: skip
    due = payment_due(1_000_00, 50, BANDS["three"])
    assert (due.due_fen, due.least_fen) == (800_00, 500_00)
    assert list(within_due(signed, due, 800_00, 0, 0)) == []
    (finding,) = within_due(signed, due, 500_00, 0, 0)
    assert finding.severity is Severity.WARNING
    assert "比按合同算的少300.00元" in finding.message
    assert "合同约定：设施损坏未修每处扣50元" in finding.message
    (finding,) = within_due(signed, due, 499_99, 0, 0)
    assert finding.severity is Severity.BLOCK
    assert finding.message.endswith("这一档扣款最多300.00元，至少付500.00元。")


def test_shares_that_per_cents_cannot_say_stay_fractions() -> None:
    assert [in_percent(Fraction(share)) for share in ("4/5", "7/8", "1", "1/3", "0")] == [
        "80%", "87.5%", "100%", "1/3", "0%",
    ]  # fmt: skip
    assert BANDS["three"].label == "90分以上全付，70分以上付90%，70分以下付80%"
    assert BANDS["split"].label == "80%固定发，20%按得分：90分以上全付，70分以上付50%，70分以下不付"


def test_bands_that_leave_a_score_out_are_refused() -> None:
    import tomllib

    data = tomllib.loads(own_file("resources/profiles/default.toml").read_text("utf-8"))
    for steps in (
        [{"at_least": 60, "name": "甲", "ratio": "1"}],
        [{"at_least": 0, "name": "甲", "ratio": "1"}, {"at_least": 60, "name": "乙", "ratio": "1"}],
    ):
        data["bands"]["three"]["steps"] = steps
        with pytest.raises(ValueError, match="band"):
            parse_works(data)


def test_every_shipped_score_sheet_is_worth_a_hundred_and_names_its_source() -> None:
    found = scoresheets.templates()
    assert [template.key for template in found] == ["caretaker", "composed", "upkeep"]
    for template in found:
        assert sum(item.points for item in template.items) == 100
        assert len({item.item for item in template.items}) == len(template.items)
        assert all(item.standard for item in template.items)
        assert len(template.source) > 10
        assert 0 < template.passes_from < 100
        assert scoresheets.scored(template.blank()) == 100
    assert scoresheets.template_named("没有的") is None
    assert Band(0, "甲", Fraction(1)).lowest is None
