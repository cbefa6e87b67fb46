"""Who stands back from a claim, and that nobody hands in what nobody could sign."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.payments.paying import PAYROLL, REGISTER, YUAN, a_claim, as_, decided, submitted
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.usecases import review
from villagedesk.payments import recusal, signatures, store, usecases
from villagedesk.payments.model import Claim, ClaimState, Outcome
from villagedesk.payroll.usecases import import_payroll
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Kinship, Officer, Role
from villagedesk.village.moneyrules import Who
from villagedesk.village.usecases import appoint, choose_chain, import_people, record_kinship, set_up_body

GROUP = [("钱组长", "组长"), ("孙理财", "成员"), ("冯理财", "成员")]
PASSED = Outcome.PASSED
EXCUSE = "三家比价，最低价"


@pytest.fixture
def group(desk: Desk) -> Desk:
    """A finance group of three on record, 钱组长 its 组长."""
    set_up_body(desk, "民主理财小组", GROUP, date(2026, 1, 1), date(2028, 12, 31))
    return desk


def told(desk: Desk, claim: Claim, *codes: str) -> list[tuple[str, str]]:
    """Return code and field of what stands against a claim because of who takes part in it."""
    return [_brief(one) for one in usecases.findings_of(desk, claim) if one.code.partition(".")[2] in codes]


def stuck(desk: Desk, claim: Claim) -> list[str]:
    return [one.message for one in usecases.findings_of(desk, claim) if one.code == "payments.nobody_left"]


def refusal(call: Callable[[], object]) -> list[str]:
    with pytest.raises(RuleViolation) as refused:
        call()
    return [finding.code.partition(".")[2] for finding in refused.value.findings]


def state(desk: Desk, claim: Claim) -> ClaimState:
    return desk.get(Claim, claim.id).state


def kin(desk: Desk, holder: str, relative: str, relation: str = "配偶") -> None:
    record_kinship(desk, Kinship(holder=holder, relative=relative, relation=relation))


def _brief(finding: Finding) -> tuple[str, str]:
    return finding.code.partition(".")[2], finding.field


# The witness


@pytest.mark.parametrize("chain", ["standard", "three_signatures", "three_reviews", "tiers"])
@pytest.mark.parametrize(
    ("facts", "is_told"),
    [
        ({"witness": ""}, True),
        ({"witness": "张三", "handler": "张三"}, True),
        ({"witness": "张三", "payee": "张三"}, True),
        ({"witness": " 张三 ", "handler": "张三", "payee": "张三"}, True),
        ({"witness": "李会计", "handler": "杨副主任"}, True),
        ({"witness": "程贵世", "handler": "杨副主任"}, False),
    ],
)
def test_every_chain_wants_a_witness_who_is_a_third_person(
    desk: Desk, project: Project, chain: str, facts: dict[str, object], *, is_told: bool
) -> None:
    choose_chain(desk, chain)
    found = told(desk, replace(a_claim(project), **facts), "witness")  # type: ignore[arg-type]
    assert found == ([("witness", "witness")] if is_told else [])


@pytest.mark.parametrize("other", ["双石镇建材经营部", "杨副主任"])
def test_a_witness_is_no_relative_of_payee_or_handler(desk: Desk, project: Project, other: str) -> None:
    kin(desk, other, "程贵世", "兄弟")
    (finding,) = [
        one for one in usecases.findings_of(desk, a_claim(project, handler="杨副主任")) if one.field == "witness"
    ]
    assert finding.message.endswith(f"{other}是近亲属（兄弟），应当回避，请换证明人。")


def test_whoever_must_sign_later_is_no_witness(group: Desk, project: Project) -> None:
    for witness in ("赵主任", "钱组长"):
        (message,) = stuck(group, a_claim(project, witness=witness))
        assert message.startswith(f"{witness}是证明人，不能又证明又审批；")
        assert message.endswith("请换证明人。")
    assert stuck(group, a_claim(project, witness="孙理财")) == []


# Claims that nobody could pass


def test_a_name_recorded_with_gaps_is_the_same_person(desk: Desk, project: Project) -> None:
    record_kinship(desk, Kinship(holder="赵 主任", relative="钱 二", relation="妻弟"))
    assert told(desk, a_claim(project, payee="钱二"), "kin") == [("kin", "payee")]
    assert told(desk, a_claim(project, payee="钱 二"), "nobody_left") == [("nobody_left", "decision_id")]


def test_an_approver_entered_with_a_gap_buys_nothing(desk: Desk, project: Project) -> None:
    with desk.change("test.name") as change:
        (head,) = desk.find(Officer, "name = '赵主任'")
        change.put(replace(head, name="赵 主任"))
    assert ("handler", "handler") in [
        _brief(one) for one in usecases.findings_of(desk, a_claim(project, handler="赵主任"))
    ]
    assert told(desk, a_claim(project, payee="赵 主任"), "nobody_left") == [("nobody_left", "decision_id")]


def test_the_leader_buys_nothing_the_leader_must_sign(group: Desk, project: Project) -> None:
    (message,) = stuck(group, a_claim(project, handler="钱组长"))
    assert message == ("钱组长是经手人，经手人不能审批自己的报账单；民主理财小组这一步要组长签字。请换经手人。")
    assert stuck(group, a_claim(project, handler="孙理财")) == []


def test_a_relative_of_the_leader_buys_nothing_either(group: Desk, project: Project) -> None:
    kin(group, "钱组长", "王经手")
    assert told(group, a_claim(project, handler="王经手"), "nobody_left") == [("nobody_left", "handler")]


def test_a_group_without_another_member_is_told_of_the_way_out(group: Desk, project: Project) -> None:
    for name in ("孙理财", "冯理财", "王理财"):
        kin(group, name, "甲店")
    appoint(group, "王理财", Role.FINANCE_GROUP, "qingshan-1")
    assert stuck(group, a_claim(project, payee="甲店")) == [], "the 组长 is left"
    kin(group, "钱组长", "甲店")
    (message,) = stuck(group, a_claim(project, payee="甲店"))
    assert "先开会集体研究，再在报账单上选这次决议" in message
    rests = a_claim(project, payee="甲店", decision_id=decided(group, project))
    claim = submitted(group, rests, EXCUSE)
    as_(group, "孙理财")
    review(group, "claims", claim.id, PASSED)
    assert state(group, claim) is ClaimState.SUBMITTED
    as_(group, "钱组长")
    review(group, "claims", claim.id, PASSED)
    assert state(group, claim) is ClaimState.REVIEWED


def test_a_head_who_is_paid_waits_for_another_head_or_a_meeting(desk: Desk, project: Project) -> None:
    paid = a_claim(project, payee="赵主任")
    assert told(desk, paid, "nobody_left") == [("nobody_left", "decision_id")]
    draft = usecases.draft(desk, paid)
    assert refusal(lambda: usecases.submit(desk, draft.id, EXCUSE)) == ["nobody_left"]
    appoint(desk, "罗书记", Role.HEAD, "qingshan-1")
    claim = usecases.submit(desk, draft.id)
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, PASSED)
    as_(desk, "赵主任")
    assert refusal(lambda: usecases.approve(desk, claim.id, PASSED)) == ["two_people"]
    as_(desk, "罗书记")
    assert usecases.approve(desk, claim.id, PASSED).state is ClaimState.APPROVED


def test_what_a_meeting_decided_the_only_head_may_approve(desk: Desk, project: Project) -> None:
    failed = a_claim(project, payee="赵主任", decision_id=decided(desk, project, is_passed=False))
    assert told(desk, failed, "nobody_left", "decision") == [
        ("nobody_left", "decision_id"),
        ("decision", "decision_id"),
    ]
    motion = decided(desk, project)
    claim = submitted(desk, a_claim(project, payee="赵主任", decision_id=motion, invoice_number="N2"))
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, PASSED)
    as_(desk, "赵主任")
    assert usecases.approve(desk, claim.id, PASSED).state is ClaimState.APPROVED


def test_a_decision_lets_no_relative_sign_where_somebody_else_can(desk: Desk, project: Project) -> None:
    kin(desk, "钱组长", "甲店")
    rests = a_claim(project, 12_000 * YUAN, payee="甲店", decision_id=decided(desk, project))
    claim = submitted(desk, rests, EXCUSE)
    as_(desk, "钱组长")
    assert refusal(lambda: review(desk, "claims", claim.id, PASSED)) == ["relative"]
    as_(desk, "孙理财")
    review(desk, "claims", claim.id, PASSED)


def test_no_decision_lets_the_handler_or_the_maker_sign(group: Desk, project: Project) -> None:
    rests = a_claim(project, handler="钱组长", decision_id=decided(group, project))
    assert told(group, rests, "nobody_left") == [("nobody_left", "handler")]


# The leader stands back


def test_another_member_signs_for_a_leader_to_whom_money_goes(group: Desk, project: Project) -> None:
    claim = submitted(group, a_claim(project, payee="钱组长"))
    step = next(step for step in store.chain_of(group, claim).steps if step.who is Who.FINANCE_GROUP)
    assert recusal.bench_of(group, claim, step).needed_leader == ""
    assert signatures.still_needed(group, claim, step) == "还差1人签字"
    as_(group, "孙理财")
    review(group, "claims", claim.id, PASSED)
    assert state(group, claim) is ClaimState.REVIEWED


# A pay sheet's people


@pytest.fixture
def sheet(desk: Desk, project: Project) -> Claim:
    """The draft of a pay sheet's claim; 王桂香 and 张䶮 stand on it."""
    import_people(desk, REGISTER)
    return import_payroll(desk, PAYROLL, project.id)[1]


def names(desk: Desk, claim: Claim) -> list[str]:
    return [row[0] for row in desk.rows("SELECT name FROM payroll_lines WHERE payroll_id = ?", [claim.payroll_id])]


def test_a_pay_sheet_goes_without_a_witness_where_nobody_signs_as_one(desk: Desk, sheet: Claim) -> None:
    assert told(desk, sheet, "witness") == []
    choose_chain(desk, "three_signatures")
    assert told(desk, sheet, "witness") == [("witness", "witness")]


def test_nobody_on_a_pay_sheet_bears_witness_to_it(desk: Desk, sheet: Claim) -> None:
    first = names(desk, sheet)[0]
    assert told(desk, replace(sheet, witness=first), "witness") == [("witness", "witness")]


def test_relatives_of_a_pay_sheets_people_stand_back(desk: Desk, sheet: Claim) -> None:
    set_up_body(desk, "民主理财小组", GROUP, date(2026, 1, 1), date(2028, 12, 31))
    one, other = names(desk, sheet)[:2]
    kin(desk, "钱组长", one)
    claim = usecases.submit(desk, sheet.id, EXCUSE)
    as_(desk, "钱组长")
    assert refusal(lambda: review(desk, "claims", claim.id, PASSED)) == ["relative"]
    as_(desk, "孙理财")
    review(desk, "claims", claim.id, PASSED)
    assert state(desk, claim) is ClaimState.REVIEWED
    as_(desk, "李会计")
    kin(desk, "赵主任", other, "儿子")
    as_(desk, "赵主任")
    assert refusal(lambda: usecases.approve(desk, claim.id, PASSED)) == ["relative"]


def test_the_head_whose_son_is_on_the_sheet_is_told_of_at_once(desk: Desk, sheet: Claim) -> None:
    other = names(desk, sheet)[1]
    kin(desk, "赵主任", other, "儿子")
    (message,) = stuck(desk, sheet)
    assert message.startswith(f"赵主任和收款人{other}是近亲属（儿子），应当回避；村主要负责人这一步没有别人能签。")


def test_an_officer_on_the_sheet_does_not_pass_it(desk: Desk, sheet: Claim) -> None:
    appoint(desk, names(desk, sheet)[0], Role.FINANCE_GROUP, "qingshan-1")
    claim = usecases.submit(desk, sheet.id, EXCUSE)
    as_(desk, names(desk, sheet)[0])
    assert refusal(lambda: review(desk, "claims", claim.id, PASSED)) == ["two_people"]
