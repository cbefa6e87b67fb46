"""What a part of a contract is due, and what the contract comes to in the end."""

from dataclasses import replace
from datetime import date

import pytest

from tests.disclosure.books import book, claim
from tests.works import contract, granted, inspection
from villagedesk.kernel.errors import RuleViolation
from villagedesk.payments import usecases as payments
from villagedesk.payments.model import ClaimState, Voucher
from villagedesk.projects import store, usecases
from villagedesk.projects.model import Contract, Inspection, Project, ProjectState
from villagedesk.projects.settlement import together
from villagedesk.storage.desk import Desk


def agreed(desk: Desk, **changed: object) -> tuple[Project, Contract]:
    """A running project with a contract of 18 000 in four parts, by the bands of 90 and 70."""
    project = granted(desk)
    typed = {"cycles": 4, "bands": "three", "pay_cycle": "按季", "last_day": date(2026, 12, 31)} | changed
    signed = usecases.sign_contract(desk, contract(project, **typed))
    return usecases.take_step(desk, project.id, ProjectState.RUNNING, date(2026, 3, 1)), signed


def looked_at(desk: Desk, project: Project, signed: Contract, score: int) -> Inspection:
    return usecases.record_inspection(desk, inspection(project, score=score, contract_id=signed.id))


def claimed(
    desk: Desk, project: Project, signed: Contract, visit: Inspection | None, fen: int, number: int = 0
) -> Voucher | None:
    """A claim of a part, paid when it has a voucher's number."""
    typed = replace(
        claim(project, f"第{number}期", signed.party, fen, date(2026, 6, 1 + number)),
        contract_id=signed.id,
        inspection_id=visit.id if visit else None,
    )
    with desk.change("payments.voucher.posted") as change:
        if number:
            return book(desk, change, typed, number, date(2026, 6, 1 + number))
        change.put(replace(typed, state=ClaimState.SUBMITTED, made_by=change.actor_id))
        return None


def test_a_part_is_due_by_the_score_of_its_visit(desk: Desk) -> None:
    project, signed = agreed(desk)
    visit = looked_at(desk, project, signed, 85)
    due = store.due_of(desk, signed, visit)
    assert (due.part_fen, due.due_fen) == (4_500_00, 4_050_00)
    assert due.arithmetic.startswith("第1期：18,000.00元÷4期＝4,500.00元；得85分，按“合格”付90%")
    claimed(desk, project, signed, visit, 4_050_00, 1)
    assert store.claimed_on(desk, signed.id)[0] == 1
    assert store.due_of(desk, signed, visit).arithmetic.startswith("第2期")
    claimed(desk, project, signed, None, 4_500_00)
    assert store.due_of(desk, signed).arithmetic.startswith("第3期")
    mine = desk.value("SELECT id FROM claims WHERE state = 'submitted'")
    assert store.due_of(desk, signed, without_claim=mine).arithmetic.startswith("第2期")


def test_a_reversed_part_is_due_again(desk: Desk) -> None:
    project, signed = agreed(desk)
    voucher = claimed(desk, project, signed, None, 4_500_00, 1)
    assert voucher
    with desk.change("payments.voucher.reversed") as change:
        red = replace(
            voucher, id="", version=0, number=2, amount_fen=-voucher.amount_fen, reverses_id=voucher.id, reason="记错"
        )
        change.put(red)
    assert store.claimed_on(desk, signed.id)[0] == 0
    (settled,) = store.settlements_of(desk, project.id)
    assert (settled.parts, settled.paid_fen) == ((), 0)


def test_a_contract_settles_to_its_sum_less_scores_and_deductions(desk: Desk) -> None:
    project, signed = agreed(desk)
    visit = looked_at(desk, project, signed, 85)
    claimed(desk, project, signed, visit, 4_050_00, 1)
    claimed(desk, project, signed, None, 4_400_00, 2)
    (settled,) = store.settlements_of(desk, project.id)
    assert (settled.withheld_fen, settled.deducted_fen, settled.due_fen) == (450_00, 100_00, 17_450_00)
    assert (settled.paid_fen, settled.open_fen) == (8_450_00, 9_000_00)
    assert settled.arithmetic == (
        "合同金额18,000.00元－按得分少付450.00元－扣款100.00元＝应付17,450.00元；已付8,450.00元，还应付9,000.00元。"
    )
    assert together([settled]) == (18_000_00, 450_00, 100_00, 17_450_00, 8_450_00, 9_000_00)


def test_more_claims_than_parts_show_as_too_much(desk: Desk) -> None:
    project, signed = agreed(desk, cycles=1, bands="")
    claimed(desk, project, signed, None, 18_000_00, 1)
    claimed(desk, project, signed, None, 500_00, 2)
    (settled,) = store.settlements_of(desk, project.id)
    assert settled.arithmetic == "合同金额18,000.00元；已付18,500.00元，多付500.00元。"


def test_what_was_paid_to_the_party_without_a_contract_counts_for_its_only_one(desk: Desk) -> None:
    project, signed = agreed(desk)
    with desk.change("payments.voucher.posted") as change:
        book(desk, change, claim(project, "第一期", signed.party, 4_500_00, date(2026, 6, 1)), 1, date(2026, 6, 2))
    (settled,) = store.settlements_of(desk, project.id)
    assert (settled.paid_fen, settled.is_told_apart) == (4_500_00, False)


def test_a_contract_says_soundly_how_it_is_paid(desk: Desk) -> None:
    project = granted(desk)
    for changed, code in (
        ({"cycles": 0}, "projects.contract_cycles"),
        ({"cycles": 121}, "projects.contract_cycles"),
        ({"cycles": 3, "amount_fen": 2}, "projects.contract_cycles"),
        ({"bands": "没有的"}, "projects.bands"),
    ):
        with pytest.raises(RuleViolation) as refused:
            usecases.sign_contract(desk, contract(project, **changed))
        assert [finding.code for finding in refused.value.findings] == [code]
    assert desk.find(Contract) == []


def against(desk: Desk, project: Project, signed: Contract, visit: Inspection | None, fen: int) -> list[str]:
    """What a claim of a part is told about its amount."""
    typed = replace(
        claim(project, "管护费", signed.party, fen, date(2026, 6, 9)),
        contract_id=signed.id,
        inspection_id=visit.id if visit else None,
        state=ClaimState.DRAFT,
    )
    return [one.message for one in payments.findings_of(desk, typed) if one.code == "projects.over_due"]


def test_a_claim_asks_for_no_more_than_the_part_is_due(desk: Desk) -> None:
    project, signed = agreed(desk)
    visit = looked_at(desk, project, signed, 85)
    assert against(desk, project, signed, visit, 4_050_00) == []
    (said,) = against(desk, project, signed, visit, 4_050_01)
    assert said.startswith("这一笔4,050.01元，比按合同算的多0.01元。第1期：18,000.00元÷4期")
    for number in (1, 2, 3, 4):
        claimed(desk, project, signed, None, 4_500_00, number)
    assert against(desk, project, signed, visit, 1_00) == [
        "荣县明亮电工队的合同约定分4期付，已经报了4期，没有下一期了。"
    ]


def test_a_contract_without_parts_keeps_to_its_sum(desk: Desk) -> None:
    project, signed = agreed(desk, cycles=1, bands="")
    claimed(desk, project, signed, None, 10_000_00, 1)
    assert against(desk, project, signed, None, 8_000_00) == []
    (said,) = against(desk, project, signed, None, 8_000_01)
    assert said == "荣县明亮电工队的合同18,000.00元，已经报了10,000.00元，还能报8,000.00元，这一笔是8,000.01元。"


def test_a_contract_paid_in_pieces_has_no_deductions(desk: Desk) -> None:
    project, signed = agreed(desk, cycles=1, bands="")
    claimed(desk, project, signed, None, 10_000_00, 1)
    (settled,) = store.settlements_of(desk, project.id)
    assert settled.arithmetic == "合同金额18,000.00元；已付10,000.00元，还应付8,000.00元。"
    claimed(desk, project, signed, None, 8_000_00, 2)
    (settled,) = store.settlements_of(desk, project.id)
    assert settled.arithmetic == "合同金额18,000.00元；已付18,000.00元，已付清。"
    assert [part.earned_fen for part in settled.parts] == [10_000_00, 8_000_00]


def test_parts_never_come_to_more_than_the_contracts_sum(desk: Desk) -> None:
    project, signed = agreed(desk, cycles=3, bands="", amount_fen=100_00)
    for number, fen in ((1, 33_33), (3, 33_34)):
        claimed(desk, project, signed, None, fen, number)
    assert store.due_of(desk, signed).due_fen == 33_33, "the odd fen is claimed already"
    claimed(desk, project, signed, None, 33_33, 2)
    (settled,) = store.settlements_of(desk, project.id)
    assert settled.arithmetic == "合同金额100.00元；已付100.00元，已付清。"
