"""Every variant of the sign-off chain in Chinese sentences, walked through the use-cases on two real desks."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from tests.payments.paying import a_claim, as_, decided, grant_project, open_fund, photo
from villagedesk.exchange import store as exchange_store
from villagedesk.exchange import usecases as exchange
from villagedesk.exchange.card import fingerprint
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.errors import RuleViolation
from villagedesk.kernel.money import parse_yuan
from villagedesk.oversight import usecases as oversight
from villagedesk.payments import chains, signatures, store, usecases
from villagedesk.payments.model import Claim, Outcome, Voucher
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.township import usecases as township
from villagedesk.village import usecases as village
from villagedesk.village.model import Kinship, Role

scenarios("../features/chains.feature")

step = parsers.parse
PASSED = Outcome.PASSED
LEDGER = "李会计"


@dataclass
class Way:
    """What the scenario is about so far: both desks, the project, the claim, the voucher."""

    desk: Desk
    town: Desk
    folder: Path
    project: Project | None = None
    claim_id: str = ""
    payee: str = ""
    voucher: Voucher | None = None
    red: Voucher | None = None

    @property
    def claim(self) -> Claim:
        """The claim as it stands."""
        return self.desk.get(Claim, self.claim_id)

    def report(self) -> None:
        """Carry a package up."""
        as_(self.desk, LEDGER)
        exchange.receive(self.town, exchange.export(self.desk, self.folder).path)

    def answer(self) -> None:
        """Carry a receipt down."""
        as_(self.town, "吴所长")
        peer = exchange_store.peer_named(self.town, "青山村")
        assert peer
        exchange.receive(self.desk, exchange.receipt(self.town, peer, self.folder).path)

    def rule(self, name: str) -> None:
        """Let somebody of the township agree."""
        as_(self.town, name)
        township.give_verdict(self.town, self.town.get(Claim, self.claim_id), Ruling.PASSED)


@given("青山村和双石镇各有一本账，互相登记了名片", target_fixture="way")
def two_desks(desk: Desk, township_desk: Desk, tmp_path: Path) -> Way:
    for here, there in ((desk, township_desk), (township_desk, desk)):
        card = exchange.write_card(there, tmp_path / "card")
        exchange.enrol(here, tmp_path / "card", fingerprint(card).reading)
    (tmp_path / "u盘").mkdir()
    return Way(desk, township_desk, tmp_path / "u盘")


@given(step("民主理财小组有组长{leader}、成员{one}和{other}"))
def group(way: Way, leader: str, one: str, other: str) -> None:
    people = [(leader, "组长"), (one, "成员"), (other, "成员")]
    village.set_up_body(way.desk, "民主理财小组", people, date(2026, 1, 1), date(2028, 12, 31))


@given(step("项目“{name}”已经批复，预算{budget:d}元，钱已到账"))
def project(way: Way, name: str, budget: int) -> None:
    way.project = grant_project(way.desk, name, budget * 100, open_fund(way.desk, budget * 100))


@given(step("村里选定的是“{key}”"))
def chosen(way: Way, key: str) -> None:
    village.choose_chain(way.desk, key)


@given(step("双石镇设了乡镇主要领导{name}"))
def leader(way: Way, name: str) -> None:
    village.appoint(way.town, name, Role.LEADER, "shuangshi-1")


@given(step("登记了{member}和“{payee}”的老板是兄弟"))
def kin(way: Way, member: str, payee: str) -> None:
    village.record_kinship(way.desk, Kinship(holder=member, relative=payee, relation="兄弟"))


def facts(way: Way, payee: str, amount: str, purpose: str, witness: str = "程贵世") -> Claim:
    assert way.project
    return a_claim(way.project, parse_yuan(amount), payee=payee, purpose=purpose, witness=witness)


@when(step("会计给“{payee}”报{amount}元的“{purpose}”"))
def claimed(way: Way, payee: str, amount: str, purpose: str) -> None:
    drafted(way, payee, amount, purpose)
    usecases.submit(way.desk, way.claim_id)


@when(step("会计给“{payee}”报{amount}元的“{purpose}”，证明人{witness}"))
def claimed_with_witness(way: Way, payee: str, amount: str, purpose: str, witness: str) -> None:
    way.claim_id = usecases.draft(way.desk, facts(way, payee, amount, purpose, witness)).id
    usecases.submit(way.desk, way.claim_id)


@then(step("会计给“{payee}”报{amount}元，证明人{witness}，提交不了，因为“{why}”"))
def stopped(way: Way, payee: str, amount: str, witness: str, why: str) -> None:
    as_(way.desk, LEDGER)
    named = "" if witness == "没有填" else witness
    way.claim_id = usecases.draft(way.desk, facts(way, payee, amount, "购买垃圾桶20个", named)).id
    with pytest.raises(RuleViolation, match=why):
        usecases.submit(way.desk, way.claim_id, "情况属实")


@when(step("会计给“{payee}”起草{amount}元的“{purpose}”"))
def drafted(way: Way, payee: str, amount: str, purpose: str) -> None:
    way.claim_id = usecases.draft(way.desk, facts(way, payee, amount, purpose)).id


@then(step("会计给“{payee}”报{amount}元，要写明原因才能提交"))
def warned(way: Way, payee: str, amount: str) -> None:
    drafted(way, payee, amount, "购买垃圾桶20个")
    with pytest.raises(RuleViolation, match="请写明原因"):
        usecases.submit(way.desk, way.claim_id)


@when(step("会计写明原因“{excuse}”提交"))
def excused(way: Way, excuse: str) -> None:
    assert usecases.submit(way.desk, way.claim_id, excuse).excuse == excuse


@then(step("报账单是“{label}”"))
def stands(way: Way, label: str) -> None:
    assert way.claim.state.label == label


@then(step("报账单是“{label}”，{needed}"))
def stands_and_needs(way: Way, label: str, needed: str) -> None:
    stands(way, label)
    waited = chains.step_of(way.claim, store.chain_of(way.desk, way.claim))
    assert signatures.still_needed(way.desk, way.claim, waited) == needed


@then(step("{amount}元的一笔依次等“{order}”"))
def order_of(way: Way, amount: str, order: str) -> None:
    one = facts(way, "双石镇建材经营部", amount, "购买")
    chain = store.chain_of(way.desk, replace(one, chain=village_chain(way)))
    assert "、".join(step.who.label for step in chains.steps_of(one, chain)) == order


def village_chain(way: Way) -> str:
    return str(way.desk.value("SELECT chain FROM offices WHERE id = ?", [way.desk.office_id]))


@when(step("{name}登录审核同意"))
def reviewed(way: Way, name: str) -> None:
    as_(way.desk, name)
    oversight.review(way.desk, Claim.table, way.claim_id, PASSED)


@when(step("{name}登录审核同意，凭签字单代录{other}"))
def reviewed_on_paper(way: Way, name: str, other: str) -> None:
    as_(way.desk, name)
    sheet = photo(way.folder / "签字单.jpg")
    oversight.review(way.desk, Claim.table, way.claim_id, PASSED, signers=[other], paper=sheet)


@when(step("{name}登录，凭签了字的单子录入证明人的签字"))
def witnessed(way: Way, name: str) -> None:
    as_(way.desk, name)
    usecases.bear_witness(way.desk, way.claim_id, paper=photo(way.folder / "证明.jpg"))


@then("会计自己不能代录证明人的签字")
def maker_records_nothing(way: Way) -> None:
    as_(way.desk, LEDGER)
    with pytest.raises(RuleViolation, match="经办人不能"):
        usecases.bear_witness(way.desk, way.claim_id, paper=photo(way.folder / "证明.jpg"))


@when(step("{name}审批同意"))
def approved(way: Way, name: str) -> None:
    as_(way.desk, name)
    usecases.approve(way.desk, way.claim_id, PASSED)


@when(step("{name}提问“{question}”"))
def asked(way: Way, name: str, question: str) -> None:
    as_(way.desk, name)
    oversight.review(way.desk, Claim.table, way.claim_id, Outcome.QUERIED, question)


@when(step("会计答复“{text}”"))
def answered(way: Way, text: str) -> None:
    as_(way.desk, LEDGER)
    oversight.answer(way.desk, Claim.table, way.claim_id, text)


@when(step("{name}不同意，原因“{why}”"))
def refused(way: Way, name: str, why: str) -> None:
    as_(way.desk, name)
    oversight.review(way.desk, Claim.table, way.claim_id, Outcome.REFUSED, why)


@then(step("{name}不能审核，因为“{why}”"))
def may_not_review(way: Way, name: str, why: str) -> None:
    as_(way.desk, name)
    with pytest.raises(RuleViolation, match=why):
        oversight.review(way.desk, Claim.table, way.claim_id, PASSED)


@then("谁也不能再审批它")
def final(way: Way) -> None:
    before = way.claim
    for name, deed in (
        ("钱组长", lambda: oversight.review(way.desk, Claim.table, way.claim_id, PASSED)),
        ("赵主任", lambda: usecases.approve(way.desk, way.claim_id, PASSED)),
        (LEDGER, lambda: usecases.post(way.desk, way.claim_id)),
        (LEDGER, lambda: usecases.withdraw(way.desk, way.claim_id, "算了")),
    ):
        as_(way.desk, name)
        with pytest.raises(RuleViolation):
            deed()
    assert way.claim == before


@when(step("会计照原样重新起草，把金额改成{amount}元再提交"))
def made_anew(way: Way, amount: str) -> None:
    as_(way.desk, LEDGER)
    fresh = usecases.resubmit(way.desk, way.claim_id)
    way.claim_id = usecases.draft(way.desk, replace(fresh, amount_fen=parse_yuan(amount))).id
    usecases.submit(way.desk, way.claim_id)


@then(step("提交不了，因为没有决议和合同，改的地方是项目“{name}”"))
def needs_more(way: Way, name: str) -> None:
    with pytest.raises(RuleViolation) as stopped:
        usecases.submit(way.desk, way.claim_id, "急用")
    found = {finding.code: finding for finding in stopped.value.findings}
    assert set(found) == {"payments.needs_resolution", "payments.needs_contract"}
    for finding in found.values():
        page, _, record = finding.place.partition(":")
        assert (page, way.desk.get(Project, record).name) == ("projects", name)


@when("村民代表会议没有通过这件事")
def voted_down(way: Way) -> None:
    usecases.draft(way.desk, replace(way.claim, decision_id=decided(way.desk, is_passed=False)))


@then("选这次决议也提交不了")
def not_a_decision(way: Way) -> None:
    with pytest.raises(RuleViolation, match="没有通过"):
        usecases.submit(way.desk, way.claim_id)


@when("村民代表会议通过了这件事，会计选这次决议提交")
def voted_for(way: Way) -> None:
    assert way.project
    usecases.draft(way.desk, replace(way.claim, decision_id=decided(way.desk, way.project)))
    usecases.submit(way.desk, way.claim_id)


@when("数据包报到乡镇")
def reported(way: Way) -> None:
    way.report()


@when(step("数据包报到乡镇，财政所{name}同意，回执收回"))
def round_trip(way: Way, name: str) -> None:
    way.report()
    way.rule(name)
    way.answer()


@then(step("财政所{name}还不能审核"))
def not_yet(way: Way, name: str) -> None:
    with pytest.raises(RuleViolation, match="等乡镇主要领导审核"):
        way.rule(name)


@when(step("乡镇主要领导{name}同意，回执收回"))
@when(step("财政所{name}同意，回执收回"))
def ruled(way: Way, name: str) -> None:
    way.rule(name)
    way.answer()


@then("会计可以付款入账")
def paid(way: Way) -> None:
    as_(way.desk, LEDGER)
    way.voucher = usecases.post(way.desk, way.claim_id)
    assert way.voucher.number == 1


@then(step("签字的人依次是“{names}”"))
def signed_by(way: Way, names: str) -> None:
    assert "、".join(one.name for one in signatures.signatures_of(way.desk, way.claim_id)) == names


@when(step("会计冲销并重做，原因“{reason}”"))
def redone(way: Way, reason: str) -> None:
    assert way.voucher
    way.red, fresh = usecases.redo(way.desk, way.voucher.id, reason)
    way.claim_id = fresh.id


@then(step("红字凭证号是{number:d}，项目还剩{left}元"))
def reversed_(way: Way, number: int, left: str) -> None:
    assert way.red
    assert way.project
    assert way.red.number == number
    assert way.project.budget_fen - store.paid_for(way.desk, way.project.id) == parse_yuan(left)


@then(step("新的草稿写着它替的是第{number:d}号凭证，内容和原来一样"))
def stands_in(way: Way, number: int) -> None:
    assert way.claim.redoes_id
    voucher = way.desk.get(Voucher, way.claim.redoes_id)
    assert voucher.number == number
    same = ("payee", "purpose", "amount_fen", "project_id", "fund_id")
    assert all(getattr(way.claim, name) == getattr(voucher, name) for name in same)


@then("两本账都经得起核对")
def sound(way: Way) -> None:
    for desk in (way.desk, way.town):
        assert verify(desk.folder).faults == ()
