"""What a contract is worth to a claim: its score, its parts, its party and its project, whoever writes the claim."""

from dataclasses import replace
from datetime import date

import pytest

from tests.payments.paying import YUAN, a_claim, decided, grant_project, submitted
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.oversight.store import waiting_claim
from villagedesk.payments import usecases
from villagedesk.payments.model import Claim
from villagedesk.projects.model import Contract, ContractKind, Inspection, InspectionKind, Project, ProjectState
from villagedesk.projects.usecases import record_inspection, sign_contract
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
