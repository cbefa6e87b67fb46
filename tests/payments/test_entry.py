"""What is caught while a claim is entered, what a payment needs, and how a meeting lets it pass without."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.payments.paying import (
    DAY,
    PAYROLL,
    REGISTER,
    YUAN,
    a_claim,
    decided,
    grant_project,
    granted,
    photo,
    submitted,
)
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.errors import BadInput, FrozenRecord, RuleViolation
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.oversight.model import Review
from villagedesk.payments import evidence, rules, store, usecases
from villagedesk.payments.model import (
    PAY_SHEET,
    Claim,
    ClaimState,
    Outcome,
    Payroll,
    PayrollKind,
    PayrollLine,
    PayWay,
    Voucher,
)
from villagedesk.payroll.usecases import import_payroll
from villagedesk.projects.model import (
    Contract,
    ContractKind,
    Inspection,
    InspectionKind,
    Project,
    ProjectState,
    Step,
)
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Household, Kinship, Person
from villagedesk.village.moneyrules import SplitRule
from villagedesk.village.profile import load
from villagedesk.village.usecases import choose_chain, import_people, record_kinship


def found(desk: Desk, claim: Claim) -> dict[str, Finding]:
    return {finding.code.removeprefix("payments."): finding for finding in usecases.findings_of(desk, claim)}


def sign(desk: Desk, project: Project, kind: ContractKind = ContractKind.WORKS, party: str = "宏达工程队") -> Contract:
    with desk.change("test.contract") as change:
        return change.put(
            Contract(
                project_id=project.id, kind=kind, party=party, scope="修路", standard="平整", amount_fen=20_000 * YUAN,
                pay_cycle="验收后", signed_on=DAY, first_day=DAY, last_day=date(2026, 12, 31),
            )
        )  # fmt: skip


def visit(desk: Desk, project: Project, kind: InspectionKind, contract: Contract | None = None) -> Inspection:
    with desk.change("test.visit") as change:
        return change.put(
            Inspection(
                project_id=project.id, kind=kind, inspected_on=DAY, score=90, is_passed=True, inspectors="周监督",
                contract_id=contract.id if contract else None,
            )
        )  # fmt: skip


# What a payment needs


def test_an_ordinary_small_claim_has_all_it_needs(desk: Desk, project: Project) -> None:
    assert usecases.findings_of(desk, a_claim(project)) == []


def test_a_large_claim_without_resolution_and_contract_is_told_where_to_put_it_right(
    desk: Desk, project: Project
) -> None:
    findings = found(desk, a_claim(project, 10_000 * YUAN))
    assert set(findings) == {"needs_resolution", "needs_contract"}
    for finding in findings.values():
        assert finding.severity is Severity.BLOCK
        assert finding.place == f"projects:{project.id}"
        assert finding.can_be_decided
        assert finding.basis
    assert not found(desk, a_claim(project, 10_000 * YUAN - 1))


def test_resolution_and_contract_are_found_where_they_are(desk: Desk, project: Project) -> None:
    decided(desk, project)
    signed = sign(desk, project, ContractKind.CARETAKING, "双石镇建材经营部")
    unnamed = found(desk, a_claim(project, 10_000 * YUAN))
    assert set(unnamed) == {"needs_contract"}
    assert "选上和“双石镇建材经营部”的合同" in unnamed["needs_contract"].message
    visit(desk, project, InspectionKind.INSPECTION)
    assert not found(desk, a_claim(project, 10_000 * YUAN, contract_id=signed.id))


def test_a_recorded_decision_lets_a_claim_pass_and_an_excuse_does_not(desk: Desk, project: Project) -> None:
    drafted = usecases.draft(desk, a_claim(project, 10_000 * YUAN))
    with pytest.raises(RuleViolation):
        usecases.submit(desk, drafted.id, "急用")
    drafted = usecases.draft(desk, replace(drafted, decision_id=decided(desk, project)))
    assert usecases.submit(desk, drafted.id).state is ClaimState.SUBMITTED


def test_a_decision_that_failed_or_was_about_something_else_lets_nothing_pass(desk: Desk, project: Project) -> None:
    other = grant_project(desk, "路灯维护")
    for motion in (
        decided(desk, project, is_passed=False),
        decided(desk, other),
        decided(desk),
        decided(desk, project, held_on=date(2026, 3, 1)),
        "no",
    ):
        findings = found(desk, a_claim(project, 10_000 * YUAN, decision_id=motion))
        assert {"needs_contract", "decision"} <= set(findings)
        assert findings["decision"].field == "decision_id"


def test_the_resolution_of_the_project_itself_lets_nothing_pass(desk: Desk, project: Project) -> None:
    founding = decided(desk, project)
    with desk.change("test.step") as change:
        change.put(Step(project_id=project.id, state=ProjectState.RESOLVED, taken_on=DAY, taken_by=change.actor_id))
    findings = found(desk, a_claim(project, 10_000 * YUAN, decision_id=founding))
    assert set(findings) == {"needs_contract", "decision"}
    assert "是立项的决议" in findings["decision"].message


def test_what_led_to_the_resolution_of_a_project_lets_nothing_pass(desk: Desk, project: Project) -> None:
    earlier = decided(desk, project, held_on=date(2025, 12, 20))
    with desk.change("test.resolved") as change:
        change.put(Step(project_id=project.id, state=ProjectState.RESOLVED, taken_on=DAY, taken_by=change.actor_id))
    assert set(found(desk, a_claim(project, invoice_kind="收据", decision_id=earlier))) == {"needs_invoice", "decision"}


def test_a_pay_sheet_is_a_proper_paper_only_where_there_is_one(desk: Desk, project: Project) -> None:
    assert set(found(desk, a_claim(project, invoice_kind=PAY_SHEET))) == {"needs_invoice"}


def test_without_a_proper_invoice_a_meeting_decides_and_no_excuse_does(desk: Desk, project: Project) -> None:
    slip = a_claim(project, invoice_kind="收据", invoice_number="")
    finding = found(desk, slip)["needs_invoice"]
    assert (finding.severity, finding.field, finding.can_be_decided) == (Severity.BLOCK, "invoice_kind", True)
    assert not found(desk, replace(slip, decision_id=decided(desk, project)))


def test_no_decision_makes_money_where_there_is_none(desk: Desk, project: Project) -> None:
    findings = found(desk, a_claim(project, 60_000 * YUAN, decision_id=decided(desk, project)))
    assert set(findings) == {"over_budget"}
    assert findings["over_budget"].place == f"projects:{project.id}"
    assert not findings["over_budget"].can_be_decided


def test_a_project_without_a_budget_pays_nothing(desk: Desk) -> None:
    project = grant_project(desk, "没有预算", budget_fen=0)
    assert set(found(desk, a_claim(project))) == {"needs_budget", "over_budget"}


def test_works_are_paid_once_accepted(desk: Desk, project: Project) -> None:
    decided(desk, project)
    contract = sign(desk, project)
    claim = a_claim(project, 15_000 * YUAN, payee="宏达工程队", contract_id=contract.id)
    assert set(found(desk, claim)) == {"needs_acceptance"}
    visit(desk, project, InspectionKind.ACCEPTANCE)
    assert not found(desk, claim)


def test_a_claim_on_a_caretaking_contract_wants_a_visit_first(desk: Desk, project: Project) -> None:
    contract = sign(desk, project, ContractKind.CARETAKING, "张䶮")
    claim = a_claim(project, payee="张䶮", contract_id=contract.id)
    finding = found(desk, claim)["needs_inspection"]
    assert (finding.severity, finding.field, finding.can_be_decided) == (Severity.BLOCK, "inspection_id", True)
    visit(desk, project, InspectionKind.INSPECTION, contract)
    assert not found(desk, claim)


def test_performance_pay_of_nobody_assessed_is_stopped(desk: Desk, project: Project) -> None:
    with desk.change("test.sheet") as change:
        home = change.put(Household(number="0001", team="1组", head_name="王桂香"))
        person = change.put(
            Person(
                household_id=home.id, name="王桂香", initials="wgx", relation="户主", sex="女",
                id_number="510322196907024812", born_on=date(1969, 7, 2),
            )
        )  # fmt: skip
        sheet = change.put(
            Payroll(
                project_id=project.id, title="绩效", period="2026Q1", sheet_date=DAY, total_fen=100_00,
                kind=PayrollKind.BASE,
            )
        )  # fmt: skip
        change.put(
            PayrollLine(
                payroll_id=sheet.id, place=1, person_id=person.id, name="王桂香", area="1组", account="",
                amount_fen=100_00,
            )
        )  # fmt: skip
    claim = a_claim(project, 100_00, payroll_id=sheet.id, pay_way=PayWay.PASSBOOK, invoice_kind="报酬发放表")
    assert not found(desk, claim)
    facts = evidence.evidence_for(desk, claim)
    from villagedesk.payments.needs import missing

    needs = load().needs
    said = list(missing(needs, claim, project, replace(facts, sheet="performance"), 1))
    assert [finding.code for finding in said] == ["payments.needs_assessment"]
    assert not list(missing(needs, claim, project, replace(facts, sheet="performance", unassessed=0), 1))


# Caught at entry


def test_a_relative_of_an_office_holder_is_paid_only_with_a_word(desk: Desk, project: Project) -> None:
    record_kinship(desk, Kinship(holder="赵主任", relative="赵小明", relation="儿子"))
    finding = found(desk, a_claim(project, payee="赵小明"))["kin"]
    assert finding.message.startswith("收款人赵小明是赵主任的儿子")
    assert (finding.severity, finding.field) == (Severity.WARNING, "payee")
    assert set(found(desk, a_claim(project, payee="赵主任"))) == {"nobody_left"}


SPLIT = SplitRule(15, (1_000_000,), "x", DAY)


@pytest.mark.parametrize(
    ("amount", "pieces", "is_split"),
    [
        (500_000, [499_999], False),
        (500_000, [500_000], True),
        (400_000, [300_000, 300_000], True),
        (1_000_000, [500_000], False),
        (400_000, [1_000_000], False),
        (999_999, [], False),
        (600_000, [600_000, 2_000_000], True),
        (600_000, [2_000_000, 300_000], False),
    ],
)
def test_pieces_that_cross_a_limit_together_are_told(amount: int, pieces: list[int], *, is_split: bool) -> None:
    claim = Claim(spent_on=DAY, project_id="P", fund_id="F", payee="甲店", amount_fen=amount, purpose="沙石")
    assert bool(list(rules.not_in_pieces(claim, pieces, SPLIT))) is is_split


def test_the_tiers_of_the_offices_chain_are_limits_too(desk: Desk, project: Project) -> None:
    submitted(desk, a_claim(project, 1_500 * YUAN, invoice_number="A"))
    second = a_claim(project, 900 * YUAN, invoice_number="B", spent_on=date(2025, 12, 22))
    assert not found(desk, second)
    choose_chain(desk, "tiers")
    assert "拆开报" in found(desk, second)["in_pieces"].message
    assert not found(desk, replace(second, spent_on=date(2025, 12, 20))), "sixteen days apart"
    assert not found(desk, replace(second, payee="另一家"))


@pytest.mark.parametrize(("purpose", "code"), [("村民务工20个工", "cash_wages"), ("购买扫帚", None)])
def test_wages_do_not_go_out_in_cash(desk: Desk, project: Project, purpose: str, code: str | None) -> None:
    findings = found(desk, a_claim(project, purpose=purpose, pay_way=PayWay.CASH))
    assert list(findings) == ([code] if code else [])


def close(desk: Desk, month: str) -> None:
    """Close a month as two people do."""
    from villagedesk.ledger.model import Closing, ClosingState

    assert desk.actor
    other = desk.value("SELECT id FROM officers WHERE name = '赵主任'")
    today = desk.clock.now().date()
    with desk.change("test.closing") as change:
        prepared = change.put(
            Closing(
                month=month, number=1, prepared_on=today, facts="{}", link="0" * 64, prepared_by=desk.actor.id,
            )
        )  # fmt: skip
        change.put(replace(prepared, state=ClosingState.CLOSED, closed_on=today, closed_by=other))


def test_a_closed_month_is_told_at_entry_and_stopped_at_posting(desk: Desk, project: Project, clock: SetClock) -> None:
    claim = granted(desk, a_claim(project))
    second = granted(desk, a_claim(project, 20_00, invoice_number="N2"))
    clock.set(datetime(2026, 2, 3, 9, tzinfo=CHINA))
    assert not found(desk, a_claim(project, 30_00, spent_on=date(2026, 1, 20)))
    close(desk, "2026-01")
    finding = found(desk, a_claim(project, 30_00, spent_on=date(2026, 1, 20)))["closed_month"]
    assert (finding.severity, finding.field) == (Severity.WARNING, "spent_on")
    with pytest.raises(RuleViolation) as refused:
        usecases.post(desk, claim.id, date(2026, 1, 31))
    (stopped,) = refused.value.findings
    assert (stopped.code, stopped.place) == ("payments.posted_in_closed_month", "closing:2026-01")
    voucher = usecases.post(desk, claim.id)
    assert voucher.posted_on == date(2026, 2, 3)
    with pytest.raises(RuleViolation):
        usecases.reverse(desk, voucher.id, "错", date(2026, 1, 31))
    with pytest.raises(RuleViolation):
        usecases.redo(desk, voucher.id, "错", date(2026, 1, 31))
    with pytest.raises(FrozenRecord, match="已经结账"), desk.change("test.forced") as change:
        change.put(replace(voucher, id="", version=0, claim_id=second.id, number=9, posted_on=date(2026, 1, 31)))


# Made anew


def test_a_voucher_is_reversed_and_its_claim_drafted_anew_in_one_step(desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project))
    voucher = usecases.post(desk, claim.id)
    before = desk.tip()[0]
    red, draft = usecases.redo(desk, voucher.id, "收款人写错")
    assert (red.amount_fen, red.reverses_id, red.reason, red.number) == (-140_950, voucher.id, "收款人写错", 2)
    assert (draft.state, draft.redoes_id, draft.version) == (ClaimState.DRAFT, voucher.id, 1)
    same = ("spent_on", "project_id", "fund_id", "payee", "amount_fen", "purpose", "invoice_number", "handler")
    assert all(getattr(draft, name) == getattr(claim, name) for name in same)
    entries = list(desk.entries(before))
    assert {entry.action for entry in entries} == {"payments.voucher.redone"}
    assert {entry.table_name for entry in entries} == {"vouchers", "claims"}
    usecases.submit(desk, usecases.draft(desk, replace(draft, payee="双石镇农机站")).id)
    assert store.paid_for(desk, project.id) == 0


def test_a_redo_says_why_and_is_done_once(desk: Desk, project: Project) -> None:
    voucher = usecases.post(desk, granted(desk, a_claim(project)).id)
    with pytest.raises(RuleViolation, match="原因"):
        usecases.redo(desk, voucher.id, " ")
    usecases.redo(desk, voucher.id, "写错")
    with pytest.raises(RuleViolation, match="冲销过"):
        usecases.redo(desk, voucher.id, "再来")
    assert len(desk.find(Voucher)) == 2
    assert len(desk.find(Claim)) == 2


def test_a_refused_claim_is_final_and_is_made_anew(desk: Desk, project: Project) -> None:
    from tests.payments.paying import as_
    from villagedesk.oversight.usecases import review

    claim = submitted(desk, a_claim(project, 6_000 * YUAN, pay_way=PayWay.CASH), "没有账号")
    with pytest.raises(RuleViolation, match="不用重报"):
        usecases.resubmit(desk, claim.id)
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, Outcome.REFUSED, "不能付现金")
    as_(desk, "李会计")
    again = usecases.resubmit(desk, claim.id)
    assert (again.state, again.excuse, again.invoice_number) == (ClaimState.DRAFT, "", claim.invoice_number)
    assert desk.get(Claim, claim.id).state is ClaimState.REFUSED
    again = usecases.draft(desk, replace(again, pay_way=PayWay.TRANSFER))
    assert usecases.submit(desk, again.id).state is ClaimState.SUBMITTED


def a_sheet(desk: Desk, project: Project) -> Claim:
    """A pay sheet of one person, and the draft that pays it."""
    with desk.change("test.sheet") as change:
        household = change.put(Household(number="009", head_name="于五", team="三组"))
        person = change.put(
            Person(
                household_id=household.id, name="于五", initials="yw", relation="户主", sex="男", id_number="",
                born_on=date(1980, 1, 1), account="62220009",
            )
        )  # fmt: skip
        sheet = change.put(
            Payroll(project_id=project.id, title="发放表", period="2025Q4", sheet_date=DAY, total_fen=500 * YUAN)
        )
        change.put(
            PayrollLine(
                payroll_id=sheet.id, place=1, person_id=person.id, name="于五", area="三组", account="62220009",
                amount_fen=500 * YUAN,
            )
        )  # fmt: skip
    facts = {"payroll_id": sheet.id, "pay_way": PayWay.PASSBOOK, "invoice_kind": PAY_SHEET, "invoice_number": ""}
    return a_claim(project, 500 * YUAN, payee="管护人员1人", **facts)


def test_what_is_made_anew_keeps_its_papers(desk: Desk, project: Project, tmp_path: Path) -> None:
    """The invoice lies there still; nobody photographs it twice."""
    claim = submitted(desk, a_claim(project))
    usecases.add_papers(desk, claim.id, [photo(tmp_path / "发票.jpg")])
    usecases.withdraw(desk, claim.id, "金额写错")
    again = usecases.resubmit(desk, claim.id)
    (kept,), (paper,) = evidence.papers_of(desk, claim.id), evidence.papers_of(desk, again.id)
    assert (paper.attachment_id, paper.taken_at, paper.id == kept.id) == (kept.attachment_id, kept.taken_at, False)
    assert usecases.add_papers(desk, again.id, [photo(tmp_path / "发票.jpg")]) == []
    voucher = usecases.post(desk, granted(desk, again).id)
    _, draft = usecases.redo(desk, voucher.id, "还是写错")
    assert [one.attachment_id for one in evidence.papers_of(desk, draft.id)] == [kept.attachment_id]


def test_a_pay_sheet_is_made_anew_and_paid_once(desk: Desk, project: Project) -> None:
    first = submitted(desk, a_sheet(desk, project))
    usecases.withdraw(desk, first.id, "写错了")
    again = usecases.resubmit(desk, first.id)
    with pytest.raises(RuleViolation, match="草稿还在"):
        usecases.resubmit(desk, first.id)
    again = usecases.submit(desk, usecases.draft(desk, replace(again, purpose="四季度报酬")).id)
    with pytest.raises(RuleViolation, match="现在是“待理财小组审核”"):
        usecases.resubmit(desk, first.id)
    second = replace(first, id="", version=0, state=ClaimState.DRAFT, spent_on=date(2025, 12, 20))
    finding = found(desk, second)["sheet_twice"]
    assert (finding.severity, finding.place) == (Severity.BLOCK, f"payments:{again.id}")
    usecases.withdraw(desk, again.id, "又写错了")
    assert not found(desk, second)


def test_a_sheet_that_was_taken_in_again_is_not_made_anew_beside_it(desk: Desk, project: Project) -> None:
    import_people(desk, REGISTER)
    first = usecases.submit(desk, import_payroll(desk, PAYROLL, project.id)[1].id)
    usecases.withdraw(desk, first.id, "表错了")
    second = usecases.submit(desk, import_payroll(desk, PAYROLL, project.id)[1].id)
    draft = usecases.draft(desk, replace(usecases.resubmit(desk, first.id), spent_on=date(2025, 12, 20)))
    finding = found(desk, draft)["sheet_alike"]
    assert finding.severity is Severity.BLOCK
    assert finding.message.startswith("有14人（")
    usecases.withdraw(desk, second.id, "还是用第一张")
    assert not found(desk, draft)


def test_a_pay_sheet_that_was_paid_is_not_paid_by_a_claim_from_before(desk: Desk, project: Project) -> None:
    claim = a_sheet(desk, project)
    paid = granted(desk, claim)
    with desk.change("test.before") as change:
        left = change.put(replace(paid, id="", version=0, spent_on=date(2025, 12, 20)))
        change.put(replace(desk.find(Review)[0], id="", version=0, subject_id=left.id))
    usecases.post(desk, paid.id)
    with pytest.raises(RuleViolation, match="已经在另一张报账单上"):
        usecases.post(desk, left.id)
    assert len(desk.find(Voucher)) == 1
    usecases.withdraw(desk, left.id, "多报的")
    _, draft = usecases.redo(desk, desk.find(Voucher)[0].id, "日期写错")
    assert not found(desk, draft)


# Papers


def test_papers_are_kept_once_and_never_taken_away(desk: Desk, project: Project, tmp_path: Path) -> None:
    claim = usecases.draft(desk, a_claim(project))
    first, second = photo(tmp_path / "发票.jpg"), photo(tmp_path / "清单.png", 90)
    scan = tmp_path / "验收单.PDF"
    scan.write_bytes(b"%PDF-1.7 scanned")
    assert len(usecases.add_papers(desk, claim.id, [first, second, first])) == 2
    usecases.submit(desk, claim.id)
    assert len(usecases.add_papers(desk, claim.id, [second, scan])) == 1
    papers = evidence.papers_of(desk, claim.id)
    assert len(papers) == 3
    assert desk.content(papers[-1].attachment_id) == b"%PDF-1.7 scanned"
    with pytest.raises(FrozenRecord), desk.change("test.tampered") as change:
        change.discard(papers[0])


def test_of_papers_one_of_which_is_none_nothing_is_kept(desk: Desk, project: Project, tmp_path: Path) -> None:
    claim = usecases.draft(desk, a_claim(project))
    (tmp_path / "坏.jpg").write_bytes(b"")
    with pytest.raises(BadInput):
        usecases.add_papers(desk, claim.id, [photo(tmp_path / "好.jpg"), tmp_path / "坏.jpg"])
    with pytest.raises(BadInput):
        usecases.add_papers(desk, claim.id, [tmp_path / "没有.jpg"])
    assert evidence.papers_of(desk, claim.id) == []


def test_a_pay_sheet_of_a_closed_month_is_told_only_when_it_would_count_in_another_year(
    desk: Desk, project: Project, clock: SetClock
) -> None:
    clock.set(datetime(2026, 2, 3, 9, tzinfo=CHINA))
    close(desk, "2026-01")
    with desk.change("test.sheet") as change:
        sheet = change.put(
            Payroll(
                project_id=project.id, title="一月", period="2026-01", sheet_date=date(2026, 1, 31), total_fen=30_00,
                kind=PayrollKind.BASE,
            )
        )  # fmt: skip
    pay = a_claim(project, 30_00, spent_on=date(2026, 1, 31), payroll_id=sheet.id)
    assert "closed_month" not in found(desk, pay), "whoever works in January is paid in February"
    before = found(desk, replace(pay, spent_on=date(2025, 12, 31)))["closed_month"]
    assert before.severity is Severity.WARNING
    assert before.message.startswith("这张发放表是2025年12月的，那个月已经结账，会记到2026年的账上")
