"""A quarter's performance pay in Chinese sentences, walked through the use-cases on two real desks."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from tests.payroll.posts import ANSWER, CHECKED, MARCH, PLAIN, QUARTER, REGISTER, person_with, told
from tests.story import Story
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.usecases import prepare, set_up_slots
from villagedesk.exchange import store as exchange_store
from villagedesk.exchange import usecases as exchange
from villagedesk.exchange.card import fingerprint
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import FrozenRecord, RuleViolation, VillageDeskError
from villagedesk.oversight.usecases import review
from villagedesk.payments import usecases as payments
from villagedesk.payments.model import Claim, ClaimState, Outcome, Payroll, PayrollKind
from villagedesk.payroll import store, usecases
from villagedesk.payroll.drafting import proposed
from villagedesk.payroll.model import Batch, PayOutcome
from villagedesk.projects.model import Inspection, InspectionKind, Post, Project, ProjectState
from villagedesk.projects.usecases import assess, set_up_post
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.storage.verify import verify
from villagedesk.township import usecases as township
from villagedesk.village import usecases as village
from villagedesk.village.model import Arrival, Fund, Person

scenarios("payroll.feature")

step = parsers.parse
SECOND_QUARTER = Period.quarter(2026, 2)


@dataclass
class Pay(Story):
    """What the quarter is about so far."""

    posts: list[Post] = field(default_factory=list)
    payroll: Payroll | None = None
    batches: list[Batch] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    notice_text: str = ""

    @property
    def sheet(self) -> Payroll:
        """The quarter's sheet."""
        assert self.payroll
        return self.payroll

    def where(self) -> dict[str, str]:
        """Return where everybody's money is."""
        return {one.line.name: one.standing.value for one in store.standings(self.desk, self.sheet.id)}

    def correct(self, name: str, account: str) -> None:
        """Put somebody's account right."""
        person = next(line.person_id for line in store.lines_of(self.desk, self.sheet.id) if line.name == name)
        usecases.correct_account(self.desk, person, account, reason="换了新存折")

    def send(self) -> None:
        """Write the bank's file."""
        batch, file = usecases.write_batch(self.desk, self.sheet.id, PLAIN, self.folder, CHECKED)
        self.batches.append(batch)
        self.files.append(file)

    def answer_paid(self) -> None:
        """Let the bank say of the last batch that all of it was paid."""
        answer = self.folder / f"回盘{len(self.batches)}.txt"
        lines = self.files[-1].read_bytes().decode("gbk").splitlines()
        answer.write_bytes("".join(f"{line}成功|\r\n" for line in lines).encode("gbk"))
        usecases.take_in_return(self.desk, answer)


@given("青山村和双石镇各有一本账，互相登记了名片，户册已经导入", target_fixture="pay")
def two_desks(desk: Desk, township_desk: Desk, clock: SetClock, tmp_path: Path) -> Pay:
    for here, there in ((desk, township_desk), (township_desk, desk)):
        card = exchange.write_card(there, tmp_path / "card")
        exchange.enrol(here, tmp_path / "card", fingerprint(card).reading)
    village.import_people(desk, REGISTER)
    return Pay(desk, township_desk, clock, tmp_path)


@given(step("2026年县级补助到账{arrived:d}元，“{name}”项目已经开工，预算{budget:d}元"))
def running(pay: Pay, arrived: int, name: str, budget: int) -> None:
    day = pay.on(1, 10)
    fund = village.open_fund(pay.desk, Fund(year=2026, source="县级补助", planned_fen=arrived * 100))
    village.record_arrival(pay.desk, Arrival(fund_id=fund.id, arrived_on=day, amount_fen=arrived * 100))
    with pay.desk.change("test.project") as change:
        project = change.put(
            Project(
                year=2026, name=name, class_code="1", item="农村垃圾、污水集中处理", budget_fen=budget * 100,
                fund_id=fund.id, state=ProjectState.RUNNING,
            )
        )  # fmt: skip
    pay.project_id = project.id


@given("银行回盘里的14个人各有一个保洁员岗位，每季度绩效就是回盘上的金额")
def posts(pay: Pay) -> None:
    for line in told():
        person = person_with(pay.desk, line.account)
        post = Post(
            project_id=pay.project_id, person_id=person.id, payee_id=person.id, duty="保洁员", area="本组庄台",
            base_fen=10_000, performance_fen=line.amount_fen, bands="three", first_day=date(2026, 1, 1),
        )  # fmt: skip
        pay.posts.append(set_up_post(pay.desk, post, "标准经村民代表会议同意"))


@then(step("2026年第一季度的绩效发放表做不出来，因为“{why}”"))
def refused(pay: Pay, why: str) -> None:
    pay.on(4, 3)
    run = proposed(pay.desk, PayrollKind.PERFORMANCE, pay.project_id, QUARTER)
    with pytest.raises(RuleViolation, match=why):
        usecases.make_payroll(pay.desk, run, CHECKED)


@then("2026年3月的基本报酬表没有被考核拦住")
def base_goes(pay: Pay) -> None:
    usecases.make_payroll(pay.desk, proposed(pay.desk, PayrollKind.BASE, pay.project_id, MARCH), CHECKED)


@when(step("周监督按保洁考核表给14个岗位打分，都是{score:d}分"))
def assessed(pay: Pay, score: int) -> None:
    day = pay.on(4, 4)
    pay.acts("周监督")
    for post in pay.posts:
        inspection = Inspection(
            project_id=pay.project_id, kind=InspectionKind.ASSESSMENT, inspected_on=day, score=score, is_passed=True,
            inspectors="周监督",
        )  # fmt: skip
        assess(pay.desk, post, QUARTER, inspection)
    pay.acts("李会计")


@when("会计做2026年第一季度的绩效发放表")
def made(pay: Pay) -> None:
    pay.on(4, 5)
    run = proposed(pay.desk, PayrollKind.PERFORMANCE, pay.project_id, QUARTER)
    pay.payroll, claim = usecases.make_payroll(pay.desk, run, CHECKED)
    pay.claim_id = claim.id


@then(step("表上{count:d}人，合计{total}元，报账单已经起草，付款方式是“{way}”"))
def as_drawn_up(pay: Pay, count: int, total: str, way: str) -> None:
    assert len(store.lines_of(pay.desk, pay.sheet.id)) == count
    assert f"{pay.sheet.total_fen / 100:.2f}" == total
    assert (pay.claim.state, pay.claim.pay_way.label) == (ClaimState.DRAFT, way)


@then("同一个季度不能再做一次")
def not_twice(pay: Pay) -> None:
    run = proposed(pay.desk, PayrollKind.PERFORMANCE, pay.project_id, QUARTER)
    with pytest.raises(RuleViolation, match="不能发两次"):
        usecases.make_payroll(pay.desk, run, CHECKED)


@then("没有审核完，银行文件写不出来")
def not_yet(pay: Pay) -> None:
    with pytest.raises(RuleViolation, match="审核全部通过以后"):
        usecases.write_batch(pay.desk, pay.sheet.id, PLAIN, pay.folder, CHECKED)


@when("会计提交，理财小组和村主任同意，数据包交给乡镇，乡镇同意，回执收回")
def through_the_chain(pay: Pay) -> None:
    pay.on(4, 6)
    payments.submit(pay.desk, pay.claim_id, "按考核结果发放")
    pay.acts("钱组长")
    review(pay.desk, "claims", pay.claim_id, Outcome.PASSED)
    pay.acts("赵主任")
    payments.approve(pay.desk, pay.claim_id, Outcome.PASSED)
    pay.acts("李会计")
    exchanged(pay)
    assert pay.claim.state is ClaimState.GRANTED


def exchanged(pay: Pay) -> None:
    """Carry a package to the township, and its receipt with its word back."""
    stick = pay.folder / "u盘"
    stick.mkdir()
    sent = exchange.export(pay.desk, stick)
    exchange.receive(pay.township, sent.path)
    township.give_verdict(pay.township, pay.township.get(Claim, pay.claim_id), Ruling.PASSED)
    peer = exchange_store.peer_named(pay.township, "青山村")
    assert peer
    exchange.receive(pay.desk, exchange.receipt(pay.township, peer, stick).path)


@when("会计生成银行文件")
@when("会计再生成银行文件")
def sent(pay: Pay) -> None:
    pay.on(4, 8 + len(pay.batches))
    pay.send()


@then(step("文件有{count:d}行，指纹记在2026年第1批里，谁也不能改"))
def kept(pay: Pay, count: int) -> None:
    (batch,), (file,) = pay.batches, pay.files
    assert file.read_bytes().count(b"\r\n") == count == batch.count
    assert (batch.label, pay.desk.content(batch.digest)) == ("2026年第1批", file.read_bytes())
    with pytest.raises(FrozenRecord), pay.desk.change("test.changed") as change:
        change.put(replace(batch, total_fen=1))


@then("这14个人不能再送一次")
def not_sent_twice(pay: Pay) -> None:
    with pytest.raises(RuleViolation, match="没有要送银行的人"):
        usecases.write_batch(pay.desk, pay.sheet.id, PLAIN, pay.folder, CHECKED)


@then("送出去以后，报账单不能作废")
def held(pay: Pay) -> None:
    with pytest.raises(VillageDeskError):
        payments.withdraw(pay.desk, pay.claim_id, "不想发了")
    assert pay.claim.state is ClaimState.GRANTED


@when("会计付款入账")
def posted(pay: Pay) -> None:
    pay.vouchers.append(payments.post(pay.desk, pay.claim_id))


@when(step("导入银行的回盘“{name}”"))
def answered(pay: Pay, name: str) -> None:
    pay.on(4, 9)
    assert ANSWER.name == name
    usecases.take_in_return(pay.desk, ANSWER)


@then(step("{count:d}人到账，方琴桂和解海华因为“{why}”没有到账"))
def two_failed(pay: Pay, count: int, why: str) -> None:
    where = pay.where()
    assert list(where.values()).count("paid") == count
    assert [(one.line.name, one.reason) for _, one in store.unpaid(pay.desk)] == [("方琴桂", why), ("解海华", why)]


@when("会计生成2026年第二季度的人员报酬公示")
def notice(pay: Pay) -> None:
    set_up_slots(pay.desk)
    pay.notice_text = text_of(kept_sheet(prepare(pay.desk, "pay", Scope(SECOND_QUARTER))))


@then(step("公示上写着已到账{count:d}人次，{paid}元"))
def truly_paid(pay: Pay, count: int, paid: str) -> None:
    assert f"其中已到账{count}人次，{paid}元；待补发2人次，3,598.72元。" in pay.notice_text


@then("公示上方琴桂是“待补发”，没有原因，也没有任何人的账号和身份证号")
def nothing_personal(pay: Pay) -> None:
    lines = pay.notice_text.splitlines()
    assert "待补发" in lines[lines.index("方琴桂") : lines.index("方琴桂") + 4]
    assert "户名不符" not in pay.notice_text
    for person in pay.desk.find(Person):
        assert person.id_number not in pay.notice_text
        assert not person.account or person.account not in pay.notice_text


@when("会计改正方琴桂和解海华的账号")
def corrected(pay: Pay) -> None:
    pay.correct("方琴桂", "5103201234567890123456")
    pay.correct("解海华", "5103201234567890123457")


@then("补发的文件只有这2人，用的是新账号，补的是第1批")
def second_file(pay: Pay) -> None:
    lines = pay.files[-1].read_bytes().decode("gbk").splitlines()
    assert [line.split("|")[1:3] for line in lines] == [
        ["5103201234567890123456", "方琴桂"],
        ["5103201234567890123457", "解海华"],
    ]
    assert pay.batches[-1].reissues_id == pay.batches[0].id


@when("银行答复补发的2人都成功")
def paid_at_last(pay: Pay) -> None:
    pay.answer_paid()


@then("每个人都拿到了钱")
def all_paid(pay: Pay) -> None:
    assert set(pay.where().values()) == {"paid"}
    assert store.unpaid(pay.desk) == []


@then(step("丁青强的钱后来退票，“{why}”"))
def bounced(pay: Pay, why: str) -> None:
    pay.on(4, 15)
    line = next(one for one in store.batch_lines(pay.desk, pay.batches[0].id) if one.name == "丁青强")
    usecases.record_answer(pay.desk, line.id, PayOutcome.BOUNCED, why)
    assert pay.where()["丁青强"] == "bounced"


@when("会计改正丁青强的账号，再补发，银行答复成功")
def third_time(pay: Pay) -> None:
    pay.correct("丁青强", "5103201234567890123458")
    pay.send()
    pay.answer_paid()


@then("每个人都拿到了钱，每个人正好拿到一次")
def once_each(pay: Pay) -> None:
    all_paid(pay)
    rows = pay.desk.rows(
        """SELECT l.payroll_line_id, sum(a.outcome = 'paid') - sum(a.outcome = 'bounced') AS times
             FROM batch_lines l JOIN bank_answers a ON a.batch_line_id = l.id GROUP BY l.payroll_line_id"""
    )
    assert [row["times"] for row in rows] == [1] * 14


@then("两本账都经得起核对")
def sound(pay: Pay) -> None:
    (pay.folder / "u盘2").mkdir()
    exchange.receive(pay.township, exchange.export(pay.desk, pay.folder / "u盘2").path)
    for desk in (pay.desk, pay.township):
        assert verify(desk.folder).faults == ()
    assert pay.township.value("SELECT count(*) FROM bank_answers") == 14 + 2 + 1 + 1
