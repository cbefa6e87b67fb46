"""What a contract is worth to a claim: its score, its parts, its party and its project, whoever writes the claim."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.payments.paying import YUAN, a_claim, decided, grant_project, granted, submitted
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.oversight.store import waiting_claim
from villagedesk.payments import usecases
from villagedesk.payments.evidence import told_by_contract
from villagedesk.payments.model import Claim, Voucher
from villagedesk.projects.model import Contract, ContractKind, Inspection, InspectionKind, Project, ProjectState
from villagedesk.projects.usecases import assess, record_inspection, sign_contract
from villagedesk.storage.desk import Desk

SIGNED = date(2026, 1, 5)


@pytest.fixture
def project(desk: Desk) -> Project:
    """A project with money, which a meeting resolved to spend."""
    found = grant_project(desk, state=ProjectState.RUNNING)
    decided(desk, found)
    return found


def sign(desk: Desk, project: Project, party: str = "甲公司", **facts: object) -> Contract:
    """A contract of 9 000 in three parts, by the bands of 90 and 70."""
    typed = Contract(
        project_id=project.id, kind=ContractKind.CARETAKING, party=party, scope="清运", standard="干净",
        amount_fen=9_000 * YUAN, pay_cycle="按季", signed_on=SIGNED, first_day=SIGNED, last_day=date(2026, 12, 31),
        cycles=3, bands="three",
    )  # fmt: skip
    return sign_contract(desk, replace(typed, **facts))  # type: ignore[arg-type]


def visit(desk: Desk, project: Project, contract: Contract | None, score: int, day: int = 5) -> Inspection:
    """Somebody looks and gives points; the later ``day`` of January is the later visit."""
    typed = Inspection(
        project_id=project.id, kind=InspectionKind.INSPECTION, inspected_on=date(2026, 1, day), score=score,
        is_passed=score >= 60, inspectors="周监督", note="看过", contract_id=contract.id if contract else None,
    )  # fmt: skip
    return record_inspection(desk, typed)


def a_part(project: Project, contract: Contract, fen: int, **facts: object) -> Claim:
    return a_claim(project, fen, payee=contract.party, contract_id=contract.id, **facts)


def found(desk: Desk, claim: Claim) -> dict[str, Finding]:
    return {finding.code.rpartition(".")[2]: finding for finding in usecases.findings_of(desk, claim)}


def test_the_books_name_the_visit_a_part_is_paid_by(desk: Desk, project: Project) -> None:
    contract = sign(desk, project)
    seen = visit(desk, project, contract, 55)
    assert "2,400.00元" in found(desk, a_part(project, contract, 3_000 * YUAN))["over_due"].message
    assert submitted(desk, a_part(project, contract, 2_400 * YUAN)).inspection_id == seen.id


def test_nobody_chooses_a_better_visit(desk: Desk, project: Project) -> None:
    contract, other = sign(desk, project), sign(desk, project, "乙公司")
    better = [
        visit(desk, project, contract, 97, 2),
        visit(desk, project, other, 95, 4),
        visit(desk, project, None, 96, 4),
    ]
    visit(desk, project, contract, 55, 3)
    for chosen in better:
        claim = a_part(project, contract, 3_000 * YUAN, inspection_id=chosen.id)
        assert set(found(desk, claim)) == {"over_due"}
        drafted = usecases.draft(desk, claim)
        assert drafted.inspection_id not in {one.id for one in better}
        usecases.discard(desk, drafted.id)


def test_a_visit_pays_one_part_and_the_next_part_wants_another(desk: Desk, project: Project) -> None:
    contract = sign(desk, project)
    visit(desk, project, contract, 95, 2)
    submitted(desk, a_part(project, contract, 3_000 * YUAN))
    second = a_part(project, contract, 3_000 * YUAN, invoice_number="N2", spent_on=date(2026, 1, 4))
    finding = found(desk, second)["needs_inspection"]
    assert finding.message.startswith("这份合同按检查得分付，上次付款以后还没有登记对它的检查")
    visit(desk, project, contract, 92, 4)
    assert not found(desk, second)


def test_a_withdrawn_claim_gives_its_visit_back(desk: Desk, project: Project) -> None:
    contract = sign(desk, project)
    seen = visit(desk, project, contract, 95)
    usecases.withdraw(desk, submitted(desk, a_part(project, contract, 3_000 * YUAN)).id, "写错了")
    assert submitted(desk, a_part(project, contract, 3_000 * YUAN)).inspection_id == seen.id


def test_a_worse_visit_after_the_draft_counts_when_it_is_handed_in(desk: Desk, project: Project) -> None:
    contract = sign(desk, project)
    visit(desk, project, contract, 95, 2)
    drafted = usecases.draft(desk, a_part(project, contract, 3_000 * YUAN))
    visit(desk, project, contract, 55, 4)
    with pytest.raises(RuleViolation) as refused:
        usecases.submit(desk, drafted.id, "对方催要")
    assert [finding.code for finding in refused.value.findings] == ["projects.over_due"]


def test_a_party_with_a_contract_is_not_paid_beside_it_without_a_word(desk: Desk, project: Project) -> None:
    sign(desk, project, "严珍", amount_fen=4_800 * YUAN)
    beside = found(desk, a_claim(project, 9_000 * YUAN, payee="严 珍"))["contract_unnamed"]
    assert (beside.severity, beside.field) == (Severity.WARNING, "contract_id")
    large = found(desk, a_claim(project, 10_000 * YUAN, payee="严珍"))["needs_contract"]
    assert (large.severity, large.field) == (Severity.BLOCK, "contract_id")


def test_a_contract_pays_its_own_party_for_its_own_project(desk: Desk, project: Project) -> None:
    contract = sign(desk, project, bands="", cycles=1)
    visit(desk, project, contract, 90)
    stranger = found(desk, a_claim(project, payee="某某小卖部", contract_id=contract.id))
    assert (stranger["other_party"].severity, set(stranger)) == (Severity.BLOCK, {"other_party"})
    elsewhere = a_part(grant_project(desk, "路灯维护"), contract, 100 * YUAN)
    assert found(desk, elsewhere)["other_contract"].severity is Severity.BLOCK


def test_who_reviews_sees_how_the_sum_comes_from_the_contract(desk: Desk, project: Project) -> None:
    contract = sign(desk, project)
    visit(desk, project, contract, 55, 2)
    first = submitted(desk, a_part(project, contract, 2_400 * YUAN))
    visit(desk, project, contract, 95, 4)
    second = submitted(desk, a_part(project, contract, 3_000 * YUAN, invoice_number="N2"))
    for claim, part in ((first, "第1期"), (second, "第2期")):
        said = dict(waiting_claim(desk, claim).facts)["合同"]
        assert said.startswith(f"甲公司，{part}：9,000.00元÷3期＝3,000.00元；")


def test_a_contract_paid_in_pieces_keeps_what_is_not_claimed_yet(desk: Desk, project: Project) -> None:
    contract = sign(desk, project, bands="", cycles=1)
    visit(desk, project, contract, 90)
    submitted(desk, a_part(project, contract, 5_400 * YUAN))
    second = submitted(desk, a_part(project, contract, 3_600 * YUAN, invoice_number="N2"))
    assert told_by_contract(desk, second) == "甲公司，合同金额9,000.00元，前面已经报了5,400.00元，还能报3,600.00元。"


def test_what_a_decision_paid_ahead_is_not_paid_again(desk: Desk, project: Project) -> None:
    contract = sign(desk, project, bands="")
    visit(desk, project, contract, 90)
    ahead = decided(desk, project)
    submitted(desk, a_part(project, contract, 5_000 * YUAN, decision_id=ahead))
    submitted(desk, a_part(project, contract, 3_000 * YUAN, invoice_number="N2"))
    last = found(desk, a_part(project, contract, 3_000 * YUAN, invoice_number="N3"))
    assert last["over_due"].message.endswith("合同金额里只剩1,000.00元没有报，最多付1,000.00元。")
    assert not found(desk, a_part(project, contract, 1_000 * YUAN, invoice_number="N3"))


def test_a_party_written_with_a_gap_is_the_same_party(desk: Desk, project: Project) -> None:
    contract = sign(desk, project, "严 珍", bands="", cycles=1)
    assert contract.party == "严珍"
    with desk.change("test.old") as change:
        contract = change.put(replace(contract, id="", version=0, party="王 五"))
    visit(desk, project, contract, 90)
    assert not found(desk, a_claim(project, payee="王 五", contract_id=contract.id))
    assert "contract_unnamed" in found(desk, a_claim(project, payee="王五"))


def assessed(desk: Desk, contract: Contract, score: int, quarter: str = "2026Q1") -> Inspection:
    typed = Inspection(
        project_id=contract.project_id, kind=InspectionKind.ASSESSMENT, inspected_on=SIGNED, score=score,
        is_passed=True, inspectors="周监督", note="看过",
    )  # fmt: skip
    return assess(desk, contract, Period.parse(quarter), typed, reason="提前、更正")


def test_a_quarter_assessed_anew_pays_no_second_part(desk: Desk, project: Project) -> None:
    contract = sign(desk, project)
    assessed(desk, contract, 95)
    submitted(desk, a_part(project, contract, 3_000 * YUAN))
    assessed(desk, contract, 96)
    second = a_part(project, contract, 3_000 * YUAN, invoice_number="N2", spent_on=date(2026, 1, 4))
    assert set(found(desk, second)) == {"needs_inspection"}


def paid(desk: Desk, claim: Claim) -> Voucher:
    return usecases.post(desk, granted(desk, claim).id)


def test_a_payment_made_anew_rests_on_its_own_visit_when_the_next_part_was_paid(desk: Desk, project: Project) -> None:
    contract = sign(desk, project)
    first_visit = visit(desk, project, contract, 95, 2)
    first = paid(desk, a_part(project, contract, 3_000 * YUAN))
    visit(desk, project, contract, 92, 4)
    submitted(desk, a_part(project, contract, 3_000 * YUAN, invoice_number="N2", spent_on=date(2026, 1, 4)))
    _, fresh = usecases.redo(desk, first.id, "发票开错了")
    assert not found(desk, fresh)
    assert usecases.submit(desk, fresh.id).inspection_id == first_visit.id
    assert told_by_contract(desk, desk.get(Claim, first.claim_id)) == "甲公司，清运", "it came to nothing"
    third = a_part(project, contract, 3_000 * YUAN, invoice_number="N3", spent_on=date(2026, 1, 3))
    assert set(found(desk, third)) == {"needs_inspection"}


def test_a_payment_made_anew_is_paid_by_the_corrected_score_of_its_own_quarter(desk: Desk, project: Project) -> None:
    contract = sign(desk, project, first_day=date(2025, 10, 1))
    assessed(desk, contract, 95, "2025Q4")
    first = paid(desk, a_part(project, contract, 3_000 * YUAN))
    corrected = assessed(desk, contract, 55, "2025Q4")
    assessed(desk, contract, 97)
    _, fresh = usecases.redo(desk, first.id, "分数更正了")
    assert "2,400.00元" in found(desk, fresh)["over_due"].message
    usecases.draft(desk, replace(fresh, amount_fen=2_400 * YUAN))
    assert usecases.submit(desk, fresh.id).inspection_id == corrected.id


def test_the_acceptance_of_one_contract_is_not_that_of_another(desk: Desk, project: Project) -> None:
    works: dict[str, Any] = {"kind": ContractKind.WORKS, "cycles": 1, "bands": "", "amount_fen": 20_000 * YUAN}
    done, other = sign(desk, project, "甲公司", **works), sign(desk, project, "乙公司", **works)
    record_inspection(desk, Inspection(
        project_id=project.id, kind=InspectionKind.ACCEPTANCE, inspected_on=SIGNED, score=95, is_passed=True,
        inspectors="周监督", contract_id=done.id,
    ))  # fmt: skip
    assert not found(desk, a_part(project, done, 15_000 * YUAN))
    assert set(found(desk, a_part(project, other, 15_000 * YUAN))) == {"needs_acceptance"}
