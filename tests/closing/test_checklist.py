"""What is to be seen to before a month is closed, question by question, each with the place where it is put right."""

from datetime import date

import pytest

from tests.closing.months import JANUARY, a_month, paid
from tests.payments.paying import YUAN, a_claim, as_, granted, submitted
from villagedesk.closing import checklist
from villagedesk.closing.checklist import GROUPS, QUESTIONS
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.findings import Finding
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind, Settlement, Statement, StatementKind
from villagedesk.oversight.checks import CHECKS, MUST_HOLD, OF_CLOSED
from villagedesk.payments.model import Claim, ClaimState, Payroll, PayrollLine, PayWay, Voucher
from villagedesk.payments.usecases import draft, reverse, withdraw
from villagedesk.payroll.model import BankAnswer, Batch, BatchLine, PayOutcome
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Household, Person, Photo

IN_JANUARY = date(2026, 1, 20)


@pytest.fixture
def project(desk: Desk, clock: SetClock) -> Project:
    """A project that was paid for in January by a photo-less invoice; it is 3 February."""
    return a_month(desk, clock)[0]


def told(found: "list[Finding]") -> list[tuple[str, str]]:
    return [(finding.message, finding.place) for finding in found]


def me(desk: Desk) -> str:
    assert desk.actor
    return desk.actor.id


@pytest.mark.usefixtures("project")
def test_every_finding_has_its_heading(desk: Desk) -> None:
    found = checklist.checklist(desk, JANUARY)
    assert found
    assert {finding.code for finding in found} <= GROUPS.keys()
    assert len(QUESTIONS) == len(set(QUESTIONS))


def test_only_checks_that_never_block_are_left_out() -> None:
    """A check says that something is wrong by ``wrong`` or ``numbered``, and that somebody should see to it by ``late``.

    What must hold of the closed months the checklist asks of the last one itself.
    """
    left_out = [rule for rule in CHECKS if rule not in (*MUST_HOLD, *OF_CLOSED)]
    assert left_out
    assert not [rule.__name__ for rule in left_out if {"wrong", "numbered"} & set(rule.__code__.co_names)]


def test_claims_of_the_month_that_wait_are_named(desk: Desk, project: Project) -> None:
    first = draft(desk, a_claim(project, 10 * YUAN, spent_on=IN_JANUARY, invoice_number="a"))
    second = submitted(desk, a_claim(project, 20 * YUAN, spent_on=IN_JANUARY, invoice_number="b"))
    third = granted(desk, a_claim(project, 30 * YUAN, spent_on=IN_JANUARY, invoice_number="c"))
    submitted(desk, a_claim(project, 40 * YUAN, spent_on=date(2026, 2, 1), invoice_number="d"))
    gone = submitted(desk, a_claim(project, 50 * YUAN, spent_on=IN_JANUARY, invoice_number="e"))
    withdraw(desk, gone.id, "不办了")
    found = list(checklist.claims_settled(desk, JANUARY))
    assert [finding.code for finding in found] == ["closing.draft", "closing.unreviewed", "closing.unposted"]
    assert [finding.place for finding in found] == [f"payments:{one.id}" for one in (first, second, third)]
    assert found[1].message == "1月20日付给双石镇建材经营部的20.00元（购买垃圾桶20个）还是“待理财小组审核”。"


@pytest.mark.usefixtures("project")
def test_bank_and_cash_are_counted_where_money_moved(desk: Desk) -> None:
    assert told(list(checklist.money_counted(desk, JANUARY))) == [
        ("2026年1月的银行存款没有和银行对账单核对。", "ledger:")
    ]
    with desk.change("test.cash") as change:
        change.put(CashMove(kind=CashMoveKind.WITHDRAWN, moved_on=IN_JANUARY, amount_fen=1, made_by=me(desk)))
    assert len(list(checklist.money_counted(desk, JANUARY))) == 2
    with desk.change("test.counted") as change:
        for kind in StatementKind:
            change.put(Statement(kind=kind, stated_on=date(2026, 1, 31), amount_fen=1, made_by=me(desk)))
    assert not list(checklist.money_counted(desk, JANUARY))
    assert not list(checklist.money_counted(desk, JANUARY.following))


@pytest.mark.usefixtures("project")
def test_what_was_paid_has_its_papers(desk: Desk) -> None:
    (voucher,) = desk.find(Voucher)
    (found,) = checklist.papers_there(desk, JANUARY)
    assert found.message.startswith("2026-1号凭证（付双石镇建材经营部")
    assert (found.message[-7:], found.place) == ("没有票据照片。", f"payments:{voucher.claim_id}")
    with desk.change("test.photo") as change:
        paper = change.attach("发票.jpg", "image/jpeg", b"a photo")
        change.put(
            Photo(
                subject_table="claims", subject_id=voucher.claim_id, attachment_id=paper.id, taken_at="",
                added_by=me(desk),
            )
        )  # fmt: skip
    assert not list(checklist.papers_there(desk, JANUARY))


def test_many_that_lack_the_same_are_counted(desk: Desk, clock: SetClock) -> None:
    project, first = a_month(desk, clock)
    for fen in range(1, 7):
        paid(desk, project, fen * YUAN)
    (found,) = checklist.papers_there(desk, JANUARY.following)
    assert found.message == "有6张凭证没有票据照片：2026-2、2026-3、2026-4、2026-5、2026-6等。"
    reverse(desk, first.id, "退货")
    assert not list(checklist.papers_there(desk, JANUARY)), "what was taken back needs no photo any more"


@pytest.mark.usefixtures("project")
def test_what_should_hang_is_asked_for(desk: Desk, clock: SetClock) -> None:
    clock.set(clock.now().replace(month=4, day=20))
    found = list(checklist.matters_published(desk, JANUARY.following.following))
    assert any("支出" in finding.message for finding in found)
    assert {finding.place for finding in found} == {"disclosure:"}
    assert not list(checklist.matters_published(desk, JANUARY)), "a quarter's notice is no matter of its first month"


def test_whom_the_bank_did_not_pay_is_told_in_one_line_a_sheet(desk: Desk, project: Project) -> None:
    names = ("王桂香", "卫东", "郑兰", "吴强", "孙红", "冯国秀")
    with desk.change("test.batch") as change:
        home = change.put(Household(number="0101", team="1组", head_name="王桂香"))
        person = change.put(
            Person(
                household_id=home.id, name="王桂香", initials="wgx", relation="户主", sex="女",
                id_number="510322196503021428", born_on=date(1965, 3, 2),
            )
        )  # fmt: skip
        sheet = change.put(
            Payroll(project_id=project.id, title="一月", period="2026-01", sheet_date=IN_JANUARY, total_fen=2)
        )
        change.put(a_claim(project, 2, payroll_id=sheet.id, state=ClaimState.GRANTED, made_by=me(desk)))
        pay = [
            change.put(
                PayrollLine(
                    payroll_id=sheet.id, place=place, person_id=person.id, name=name, area="", account="", amount_fen=1
                )
            )
            for place, name in enumerate(names, 1)
        ]
        lines: list[BatchLine] = []
        for number, sent in enumerate((pay, pay[-1:]), 1):
            batch = change.put(
                Batch(
                    year=2026, number=number, payroll_id=sheet.id, channel="x", made_on=IN_JANUARY, count=1, total_fen=1,
                    file_name="x", digest="ab" * 32, made_by=me(desk),
                )
            )  # fmt: skip
            lines = [
                change.put(
                    BatchLine(
                        batch_id=batch.id, place=place, payroll_line_id=one.id, name=one.name, account="1", bank="",
                        amount_fen=1,
                    )
                )
                for place, one in enumerate(sent, 1)
            ]  # fmt: skip
            if number == 1:
                change.put_all(
                    BankAnswer(batch_line_id=line.id, outcome=PayOutcome.FAILED, reason="户名不符", told_on=IN_JANUARY)
                    for line in lines
                )
    said = (
        "2026年1月导入的发放表有6人没有到账，共0.06元："
        "银行没有发成、还没有补发的5人（王桂香、卫东、郑兰等）；银行还没有回话的1人（冯国秀）。"
    )
    assert told(list(checklist.bank_paid(desk, JANUARY))) == [(said, f"payroll:{sheet.id}")]
    assert not list(checklist.bank_paid(desk, JANUARY.following))


@pytest.mark.usefixtures("project")
def test_an_advance_that_is_due_is_named_until_it_is_settled(desk: Desk) -> None:
    given = Advance(
        taker="王桂香", given_on=IN_JANUARY, due_on=date(2026, 1, 31), amount_fen=300 * YUAN, purpose="买灯泡",
        made_by=me(desk),
    )  # fmt: skip
    with desk.change("test.advance") as change:
        advance = change.put(given)
        change.put(
            Settlement(
                advance_id=advance.id, settled_on=IN_JANUARY, amount_fen=100 * YUAN, pay_way=PayWay.CASH,
                made_by=me(desk),
            )
        )  # fmt: skip
    assert told(list(checklist.advances_settled(desk, JANUARY))) == [
        ("王桂香预借的钱（买灯泡）应在2026年1月31日前还清，还差200.00元。", f"ledger:{advance.id}")
    ]


@pytest.mark.usefixtures("project")
def test_looking_needs_nobody_signed_in(desk: Desk) -> None:
    as_(desk, "周监督")
    assert checklist.checklist(desk, JANUARY)
    assert desk.find(Claim)
