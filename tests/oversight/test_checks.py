"""Every check finds what it is for, and finds nothing in books that are right."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.closing.months import a_month, closed
from tests.disclosure.books import Q1, Books, as_, book, claim, hang_all, issued, reviewed, sign_all
from tests.exchange.conftest import kept_offices, offices
from tests.exchange.offices import Offices, approved_claim
from tests.exchange.test_doubts import forge_grant
from tests.exchange.test_rekeyed import rekey
from tests.payroll.posts import ANSWER, REGISTER, all_the_way, booked, in_april
from tests.village_fixtures import PASSWORD
from villagedesk.deliberation.model import Motion
from villagedesk.disclosure.due import due_notices
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.model import Notice, NoticeState, ReplyOutcome, Wording
from villagedesk.disclosure.usecases import (
    correct,
    file_away,
    post_up,
    prepare,
    register_objection,
    reply,
    submit,
    take_down,
)
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.findings import Severity
from villagedesk.ledger.model import Advance, CashMove, CashMoveKind
from villagedesk.oversight.checks import CHECKS, check
from villagedesk.oversight.usecases import review
from villagedesk.payments.evidence import paid_by_bank
from villagedesk.payments.model import Claim, ClaimState, Outcome
from villagedesk.payments.usecases import post, redo
from villagedesk.payroll.usecases import take_in_return
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.backup import back_up
from villagedesk.storage.desk import FILE_NAME, Desk
from villagedesk.storage.restore import restore
from villagedesk.village.consent import Consent
from villagedesk.village.model import Arrival, Fund, Officer, Opening, Role
from villagedesk.village.usecases import appoint, change_password, dismiss, import_people

__all__ = ["kept_offices", "offices"]


def found(desk: Desk, code: str) -> list[str]:
    return [finding.message for finding in check(desk) if finding.code == f"oversight.{code}"]


@contextmanager
def forced(desk: Desk) -> Iterator[Callable[..., object]]:
    """Yield a way past every guard, as somebody with another program and all the time in the world has."""
    connection = desk._connection
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA query_only = OFF")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    yield lambda sql, *values: connection.execute(sql, values)
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("PRAGMA query_only = ON")


@pytest.fixture
def hanging(desk: Desk, books: Books) -> list[Notice]:
    """All that is due on the board, without photos."""
    return hang_all(desk)


def test_right_books_have_nothing_wrong_but_the_photos(desk: Desk, hanging: list[Notice]) -> None:
    sign_all(desk)
    assert {finding.code for finding in check(desk)} == {"oversight.notice_photo"}


def test_there_is_a_test_for_every_check() -> None:
    tested = {name.removeprefix("test_finds_") for name in globals() if name.startswith("test_finds_")}
    assert {rule.__name__ for rule in CHECKS} == tested


def test_what_is_wrong_stands_before_what_is_late(desk: Desk, books: Books, clock: SetClock) -> None:
    clock.set(datetime(2026, 5, 1, 9, 0, tzinfo=CHINA))
    with desk.change("test.budget") as change:
        book(desk, change, claim(books.projects[2], "清淤", "宏达", 90_000_00, date(2026, 4, 9)), 6, date(2026, 4, 9))
    severities = [finding.severity for finding in check(desk)]
    assert severities == sorted(severities, key=lambda severity: severity is Severity.WARNING)
    assert severities[0] is Severity.BLOCK
    assert severities[-1] is Severity.WARNING


def test_finds_booked_only_reviewed(desk: Desk, books: Books) -> None:
    with forced(desk) as force:
        force("DELETE FROM reviews WHERE subject_id = (SELECT claim_id FROM vouchers WHERE number = 4)")
    assert found(desk, "unreviewed_voucher") == ["凭证2026年第4号没有经理财小组审核就入账了。"]


def test_finds_posted_only_reviewed(desk: Desk, hanging: list[Notice]) -> None:
    with forced(desk) as force:
        force("DELETE FROM reviews WHERE subject_id = ?", hanging[1].id)
    assert found(desk, "unreviewed_notice") == [f"《{hanging[1].title}》没有经监督小组审核就发布了。"]


def test_finds_vouchers_numbered(desk: Desk, books: Books) -> None:
    with desk.change("test.gap") as change:
        for number in (7, 10):
            bought = claim(books.projects[0], f"水泥{number}", "兴旺", 1_00, date(2026, 4, 1))
            book(desk, change, bought, number, date(2026, 4, number))
    assert found(desk, "vouchers_gap") == ["2026年付款凭证缺第6号。", "2026年付款凭证缺第8至9号。"]


def test_a_number_given_twice_is_found() -> None:
    from villagedesk.oversight.checks.found import numbered

    rows = [{"year": 2026, "number": number} for number in (1, 2, 2, 3)]
    assert [finding.message for finding in numbered(rows, "vouchers", "付款凭证")] == ["2026年付款凭证第2号有两份。"]


def test_finds_notices_numbered(desk: Desk, hanging: list[Notice]) -> None:
    with forced(desk) as force:
        force("UPDATE issuances SET number = ? WHERE number = 1", len(hanging) + 4)
    gap = f"2026年公示缺第{len(hanging) + 1}至{len(hanging) + 3}号。"
    assert found(desk, "notices_gap") == ["2026年公示缺第1号。", gap]


def test_finds_vouchers_dated_in_order(desk: Desk, books: Books) -> None:
    with desk.change("test.order") as change:
        book(desk, change, claim(books.projects[0], "水泥", "兴旺", 1_00, date(2026, 3, 1)), 6, date(2026, 3, 1))
    assert found(desk, "voucher_order") == ["凭证2026年第6号的日期比前一号还早。"]


def test_finds_vouchers_as_claimed(desk: Desk, books: Books) -> None:
    with forced(desk) as force:
        force("UPDATE vouchers SET amount_fen = amount_fen + 1 WHERE number = 4")
        force("UPDATE vouchers SET amount_fen = amount_fen + 1 WHERE number = 3")
    assert found(desk, "voucher_amount") == [
        "凭证2026年第3号的金额和报账单（或被冲销的凭证）不一样。",
        "凭证2026年第4号的金额和报账单（或被冲销的凭证）不一样。",
    ]


@pytest.mark.parametrize(
    ("column", "word"), [("payee", "收款人"), ("purpose", "用途"), ("project_id", "项目"), ("fund_id", "资金")]
)
def test_a_voucher_to_somebody_else_or_for_something_else_is_found(
    desk: Desk, books: Books, column: str, word: str
) -> None:
    with forced(desk) as force:
        force("PRAGMA foreign_keys = OFF")
        for number in (3, 4):
            force(f"UPDATE vouchers SET {column} = 'x' WHERE number = ?", number)
    assert found(desk, "voucher_amount") == [
        f"凭证2026年第{number}号的{word}和报账单（或被冲销的凭证）不一样。" for number in (3, 4)
    ]


def test_finds_signed_by_all(desk: Desk, books: Books) -> None:
    """The finance group's word alone is not the chain's; words of the maker's own, or before a query, are none."""
    all_missing = "村主要负责人、乡镇主要领导、财政所"
    assert found(desk, "unsigned_voucher")[0] == f"凭证2026年第1号的报账单没有{all_missing}的同意就入账了。"
    sign_all(desk)
    assert found(desk, "unsigned_voucher") == []
    of = "(SELECT claim_id FROM vouchers WHERE number = ?)"
    with forced(desk) as force:
        force(f"UPDATE approvals SET given_by = (SELECT made_by FROM claims LIMIT 1) WHERE claim_id = {of}", 1)
        force(f"UPDATE approvals SET signer = '李会计' WHERE claim_id = {of}", 2)
        force(f"UPDATE verdicts SET step = 'office' WHERE subject_id = {of}", 4)
        force(f"UPDATE verdicts SET outcome = 'queried', note = 'x' WHERE subject_id = {of}", 5)
    assert found(desk, "unsigned_voucher") == [
        "凭证2026年第1号的报账单没有村主要负责人的同意就入账了。",
        "凭证2026年第2号的报账单没有村主要负责人的同意就入账了。",
        "凭证2026年第4号的报账单没有乡镇主要领导的同意就入账了。",
        f"凭证2026年第5号的报账单没有理财小组组长、{all_missing}的同意就入账了。",
    ]


def test_a_claim_handed_in_by_other_rules_is_asked_for_what_every_amount_needs(desk: Desk, books: Books) -> None:
    """Two members of the group from today on, the leader from 5000 yuan on: neither was asked of what is older."""
    sign_all(desk)
    with forced(desk) as force:
        force("UPDATE claims SET chain = 'three_signatures', profile_version = 'older'")
        force("UPDATE approvals SET step = 'witness'")
        force("UPDATE verdicts SET step = 'office'")
    assert {text.partition("没有")[2] for text in found(desk, "unsigned_voucher")} == {
        "审批人（村主要负责人）的同意就入账了。"
    }


def test_finds_paid_by_vouchers(desk: Desk, books: Books) -> None:
    with forced(desk) as force:
        force("UPDATE claims SET state = 'approved' WHERE id = (SELECT claim_id FROM vouchers WHERE number = 4)")
        force("DELETE FROM vouchers WHERE number = 5")
    assert found(desk, "claim_not_paid") == ["凭证2026年第4号已经入账，它的报账单却不是“已付款入账”。"]
    (message,) = found(desk, "paid_without_voucher")
    assert message.endswith("报账单写着“已付款入账”，却没有凭证。")


def test_finds_closed_months_stand(desk: Desk, clock: SetClock) -> None:
    """Money slipped into a closed month past the guards."""
    a_month(desk, clock)
    closed(desk)
    assert found(desk, "closed_month") == []
    with forced(desk) as force:
        force("UPDATE arrivals SET amount_fen = amount_fen + 700000")
    with desk.change("test.touched") as change:
        change.put(Fund(year=2026, source="别的", planned_fen=0))
    (finding,) = [one for one in check(desk) if one.code == "oversight.closed_month"]
    assert finding.message.startswith("2026年1月结账以后，账里的数和结账时的对不上了")
    assert (finding.severity, finding.place) == (Severity.BLOCK, "closing:2026-01")


def test_finds_restored_books_made_whole(desk: Desk, tmp_path: Path, clock: SetClock) -> None:
    """It stands until something was taken back from the township."""
    copy = back_up(desk.folder / FILE_NAME, "手动", clock.now())
    assert found(desk, "restored") == []
    restore(copy, tmp_path / "恢复", clock=clock)
    with Desk.open(tmp_path / "恢复", clock=clock) as anew:
        (message,) = found(anew, "restored")
        assert f"从“{copy.name}”恢复的，恢复点以后的记录请向乡镇要归还包" in message
        anew.actor = desk.actor
        with anew.change("exchange.return.applied") as change:
            change.put(Fund(year=2026, source="别的", planned_fen=0))
        assert found(anew, "restored") == []


def test_finds_within_budgets(desk: Desk, books: Books) -> None:
    with desk.change("test.budget") as change:
        book(desk, change, claim(books.projects[2], "清淤", "宏达", 60_000_01, date(2026, 4, 1)), 6, date(2026, 4, 1))
    assert found(desk, "over_budget") == ["“灌溉渠清淤”支出超过预算0.01元。"]


def test_finds_within_funds(desk: Desk, books: Books) -> None:
    with desk.change("test.early") as change:
        book(desk, change, claim(books.projects[0], "水泥", "兴旺", 41_000_00, date(2026, 1, 2)), 6, date(2026, 1, 2))
    assert found(desk, "fund_overdrawn") == ["2026年“县级补助”从2026年1月2日起付出的比有的多，最多时差1,000.00元。"]


def test_money_that_arrives_on_the_day_it_goes_is_no_overdraft(desk: Desk, books: Books) -> None:
    with desk.change("test.same_day") as change:
        day = date(2026, 1, 20)
        book(desk, change, claim(books.projects[0], "水泥", "兴旺", 50_000_00, day), 6, day)
    assert found(desk, "fund_overdrawn") == []


def test_finds_receipts_numbered(desk: Desk, books: Books) -> None:
    with desk.change("test.receipts") as change:
        for number in (1, 3):
            change.put(
                Arrival(fund_id=books.county.id, arrived_on=date(2026, 4, 1), amount_fen=1, year=2026, number=number)
            )
    assert found(desk, "receipts_gap") == ["2026年收款凭证缺第2号。"]


def test_finds_numbers_as_journaled(desk: Desk, books: Books) -> None:
    with forced(desk) as force:
        force("PRAGMA foreign_keys = OFF")
        force("DELETE FROM vouchers WHERE number = 4")
        force("PRAGMA foreign_keys = ON")
    assert found(desk, "number_journal") == ["2026年付款凭证第4号：流水里记着它（2026年4月8日登记），账里却没有。"]


def test_finds_openings_tied(desk: Desk, books: Books) -> None:
    with desk.change("test.openings") as change:
        after = change.put(Fund(year=2027, source="村集体", planned_fen=0))
        opening = Opening(fund_id=after.id, opened_on=date(2026, 4, 1), amount_fen=5_00, document="手工")
        change.put(opening)
    assert found(desk, "opening_by_hand") == [
        "2027年“村集体”的期初余额5.00元是手工登记的，而2026年的专账就在账里（结余20,000.00元），应当从上年结转。"
    ]
    with desk.change("test.carried") as change:
        change.put(replace(opening, fund_id=after.id, from_fund_id=books.village.id))
    assert found(desk, "carried_short") == ["2026年“村集体”结转以后还剩19,995.00元没有结转到下年，上下年的余额接不上。"]


def test_finds_cash_and_bank_stand(desk: Desk, books: Books) -> None:
    with desk.change("test.cash") as change:
        change.put(
            CashMove(kind=CashMoveKind.DEPOSITED, moved_on=date(2026, 4, 1), amount_fen=100, made_by=change.actor_id)
        )
    assert found(desk, "below_nothing") == [
        "库存现金账面是-1.00元。钱不会少于零，一定有提现、存款或到账没有登记，请补记。"
    ]


def test_finds_advances_set_off(desk: Desk, books: Books) -> None:
    day = date(2026, 4, 1)
    with desk.change("test.advance") as change:
        advance = change.put(
            Advance(taker="赵主任", given_on=day, due_on=day, amount_fen=100, purpose="买水泥", made_by=change.actor_id)
        )
        paid = replace(claim(books.projects[0], "水泥", "兴旺", 1_00, day), advance_id=advance.id)
        book(desk, change, paid, 6, day)
    assert found(desk, "advance_not_set_off") == [
        "凭证2026年第6号是用预借的钱付的，却没有结清那笔预借。请在“收支账”的【银行、现金】里点【结清预借】。"
    ]


def test_finds_paid_from_own_fund(desk: Desk, books: Books) -> None:
    with desk.change("test.other_fund") as change:
        paid = replace(claim(books.projects[0], "水泥", "兴旺", 1_00, date(2026, 4, 1)), fund_id=books.village.id)
        book(desk, change, paid, 6, date(2026, 4, 1))
    assert found(desk, "other_fund") == ["凭证2026年第6号用别的资金付了“村内道路养护”的钱（平调）。"]


def test_finds_payrolls_add_up(desk: Desk, books: Books) -> None:
    with forced(desk) as force:
        force("UPDATE payrolls SET total_fen = 540001")
    assert found(desk, "payroll_sum") == [
        "《2026年第一季度保洁员报酬发放表》合计5,400.01元，明细或报账却是5,400.00元。"
    ] * 2  # fmt: skip


def test_finds_running_only_resolved(desk: Desk, books: Books) -> None:
    with desk.change("test.unresolved") as change:
        change.put(Project(year=2026, name="村史馆", class_code="3", item="文艺演出和展览", state=ProjectState.RUNNING))
    assert found(desk, "unresolved") == ["“村史馆”没有村民（代表）会议通过的决议就在实施。"]


def test_finds_votes_counted_right(desk: Desk, books: Books) -> None:
    with forced(desk) as force:
        force("UPDATE motions SET yes = 20, no = 18, abstain = 2")
    assert found(desk, "too_few_votes") == ["会议村民代表会议2026-1第1项只有20票同意，不够通过，却记为通过。"]
    with forced(desk) as force:
        force("UPDATE meetings SET present = 29")
    assert found(desk, "no_quorum") == ["会议村民代表会议2026-1第1项到会人数不够（应到45人，实到29人），却记为通过。"]
    with forced(desk) as force:
        force("UPDATE meetings SET basis = '院坝会'")
    assert found(desk, "meeting_basis") == ["会议村民代表会议2026-1第1项不知道按哪条规定表决（院坝会）。"]


def test_a_motion_voted_down_is_nothing_wrong(desk: Desk, books: Books) -> None:
    (motion,) = desk.find(Motion)
    with desk.change("test.motion") as change:
        change.put(replace(motion, id="", version=0, number=2, yes=1, no=39, abstain=0, is_passed=False))
    assert found(desk, "too_few_votes") == []


def test_finds_notices_in_time(desk: Desk, books: Books, clock: SetClock) -> None:
    clock.set(datetime(2026, 4, 16, 9, 0, tzinfo=CHINA))
    late = found(desk, "notice_late")
    assert len(late) == len(due_notices(desk, date(2026, 4, 16)))
    label = next(kind.label for kind in KINDS if kind.code == "funds")
    funds = f"2026年第一季度“{label}”公示过期没有张贴：还没有做，已过期1天，应在2026年4月15日前张贴。"
    assert funds in late


def test_finds_issued_then_posted(desk: Desk, books: Books, clock: SetClock) -> None:
    notice, _ = issued(desk)
    clock.set(datetime(2026, 4, 15, 9, 0, tzinfo=CHINA))
    assert found(desk, "notice_unposted") == []
    clock.set(datetime(2026, 4, 16, 9, 0, tzinfo=CHINA))
    assert found(desk, "notice_unposted") == [f"《{notice.title}》发布8天了，还没有登记张贴。"]


def test_finds_hung_long_enough(desk: Desk, books: Books, clock: SetClock) -> None:
    notice, _ = issued(desk)
    days = (date(2026, 4, 8), date(2026, 4, 12))
    post_up(desk, notice.id, "村委会公示栏", *days, reason="公示栏被水淹")
    assert found(desk, "notice_short") == []  # it may still be hung again
    clock.set(datetime(2026, 4, 13, 9, 0, tzinfo=CHINA))
    assert found(desk, "notice_short") == [f"《{notice.title}》只张贴了5天，规定不少于10天，请再张贴。"]
    post_up(desk, notice.id, "3组路口", date(2026, 4, 13), date(2026, 4, 17), reason="接着贴")
    clock.set(datetime(2026, 4, 20, 9, 0, tzinfo=CHINA))
    assert found(desk, "notice_short") == []


def test_a_paper_taken_down_early_hung_only_until_then(desk: Desk, books: Books, clock: SetClock) -> None:
    notice, _ = issued(desk)
    posting = post_up(desk, notice.id, "村委会公示栏")
    clock.set(datetime(2026, 4, 10, 9, 0, tzinfo=CHINA))
    take_down(desk, posting.id, reason="大风刮掉了")
    assert found(desk, "notice_short") == [f"《{notice.title}》只张贴了3天，规定不少于10天，请再张贴。"]
    again = post_up(desk, notice.id, "村委会公示栏", date(2026, 4, 11), date(2026, 4, 12), reason="接着贴")
    clock.set(datetime(2026, 4, 20, 9, 0, tzinfo=CHINA))
    assert found(desk, "notice_short") == [f"《{notice.title}》只张贴了5天，规定不少于10天，请再张贴。"]
    take_down(desk, again.id)
    assert found(desk, "notice_short") == []  # it hung on until it was taken down


def test_finds_taken_down_in_time(desk: Desk, books: Books, clock: SetClock) -> None:
    notice, _ = issued(desk)
    postings = [post_up(desk, notice.id, board) for board in ("村委会公示栏", "3组路口")]
    clock.set(datetime(2026, 4, 24, 9, 0, tzinfo=CHINA))
    assert found(desk, "notice_hangs_on") == []
    clock.set(datetime(2026, 4, 25, 9, 0, tzinfo=CHINA))
    oldest = f"最早的是《{notice.title}》，在村委会公示栏，期满8天了"
    assert found(desk, "notice_hangs_on") == [f"2张公示期满了还没有登记取下，{oldest}。"]
    for posting in postings:
        take_down(desk, posting.id)
    assert found(desk, "notice_hangs_on") == []


def test_finds_filed_away(desk: Desk, books: Books, clock: SetClock) -> None:
    notice, _ = issued(desk)
    posting = post_up(desk, notice.id, "村委会公示栏")
    clock.set(datetime(2026, 4, 18, 9, 0, tzinfo=CHINA))
    take_down(desk, posting.id)
    clock.set(datetime(2026, 4, 26, 9, 0, tzinfo=CHINA))
    assert found(desk, "notice_unfiled") == [f"1份公示取下了还没有登记归档，最早的是《{notice.title}》，取下8天了。"]
    file_away(desk, notice.id, "2026年卷宗")
    assert found(desk, "notice_unfiled") == []


def test_finds_photographed(desk: Desk, hanging: list[Notice]) -> None:
    expected = {f"《{notice.title}》没有张贴的照片，请补拍登记。" for notice in hanging}
    assert set(found(desk, "notice_photo")) == expected


@pytest.mark.parametrize(
    ("state", "label"), [(ClaimState.SUBMITTED, "待理财小组审核"), (ClaimState.REVIEWED, "待村主要负责人审批")]
)
def test_claims_that_wait_for_weeks_are_found(
    desk: Desk, books: Books, clock: SetClock, state: ClaimState, label: str
) -> None:
    waiting(desk, books, state)
    clock.set(datetime(2026, 4, 16, 9, 0, tzinfo=CHINA))
    assert found(desk, "waiting") == [f"报账单“兴旺：水泥”“{label}”已经8天。"]


def waiting(desk: Desk, books: Books, state: ClaimState) -> Claim:
    assert desk.actor
    facts = claim(books.projects[0], "水泥", "兴旺", 1_00, date(2026, 4, 1))
    with desk.change("test.claim") as change:
        return change.put(replace(facts, state=state, made_by=desk.actor.id))


def test_finds_nothing_waits_too_long(desk: Desk, books: Books, clock: SetClock) -> None:
    notice = submit(desk, prepare(desk, "funds", Q1).id)
    clock.set(datetime(2026, 4, 15, 9, 0, tzinfo=CHINA))
    assert found(desk, "waiting") == []
    clock.set(datetime(2026, 4, 16, 9, 0, tzinfo=CHINA))
    assert found(desk, "waiting") == [f"《{notice.title}》“待监督小组审核”已经8天。"]


def test_finds_queries_answered(desk: Desk, books: Books, clock: SetClock) -> None:
    waiting(desk, books, ClaimState.QUERIED)
    notice = submit(desk, prepare(desk, "funds", Q1).id)
    as_(desk, "周监督")
    review(desk, "notices", notice.id, Outcome.QUERIED, "到账数对吗？")
    as_(desk, "李会计")
    clock.set(datetime(2026, 4, 11, 9, 0, tzinfo=CHINA))
    assert found(desk, "unanswered") == []
    clock.set(datetime(2026, 4, 12, 9, 0, tzinfo=CHINA))
    assert found(desk, "unanswered") == [
        "报账单“兴旺：水泥”的疑问从2026年4月8日起还没有答复，应在3天内答复。",
        f"《{notice.title}》的疑问从2026年4月8日起还没有答复，应在3天内答复。",
    ]


def test_finds_clock_goes_forward(desk: Desk, books: Books, clock: SetClock) -> None:
    seq, _, at = desk.tip()
    before = (datetime.fromisoformat(at) - timedelta(days=2)).isoformat()
    with forced(desk) as force:
        force("UPDATE journal SET at = ? WHERE seq = ?", before, seq)
    (backwards,) = found(desk, "clock")
    assert backwards.startswith(f"流水第{seq}笔的时间（2026-04-06T09:00）比前一笔")
    clock.set(datetime(2026, 4, 1, 9, 0, tzinfo=CHINA))
    assert "流水里最后一笔（2026-04-08）在今天之后，请看看电脑的日期对不对。" in found(desk, "clock")


def test_finds_objections_numbered(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    for _ in range(3):
        register_objection(desk, notice.id, "问")
    assert found(desk, "objections_gap") == []
    with forced(desk) as force:
        force("DELETE FROM objections WHERE number = 2")
    assert found(desk, "objections_gap") == ["2026年异议缺第2号。"]


def test_finds_objections_answered(desk: Desk, books: Books, clock: SetClock) -> None:
    notice, _ = issued(desk)
    first, _ = (register_objection(desk, notice.id, "问") for _ in range(2))
    clock.set(datetime(2026, 4, 11, 9, 0, tzinfo=CHINA))
    assert found(desk, "objection_late") == []
    clock.set(datetime(2026, 4, 12, 9, 0, tzinfo=CHINA))
    reply(desk, first.id, ReplyOutcome.EXPLAINED, "答")
    assert found(desk, "objection_late") == [
        "异议〔2026〕1号答复晚了，应在2026年4月11日前答复。",
        "异议〔2026〕2号还没有答复，应在2026年4月11日前答复。",
    ]


def test_finds_corrections_followed(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, remark="到账数以银行流水为准")
    objection = register_objection(desk, notice.id, "说明写错了吧？")
    reply(desk, objection.id, ReplyOutcome.CORRECTED, "是写错了。")
    assert found(desk, "objection_uncorrected") == ["异议〔2026〕1号答复说办理更正，还没有做更正公告。"]
    correct(desk, notice.id, "说明写错了", "到账数以财政所为准")
    assert found(desk, "objection_uncorrected") == []


def test_finds_wordings_usable(desk: Desk, books: Books) -> None:
    with desk.change("test.older") as change:
        change.put(Wording(kind="funds", subject="{事项}", lead="{没有}"))
    (message,) = found(desk, "wording")
    assert "没有“{没有}”这一项" in message


def test_an_empty_desk_has_nothing_wrong(desk: Desk) -> None:
    assert check(desk) == []
    assert desk.find(Fund) == []


def test_a_reviewed_notice_that_is_not_issued_waits_too(desk: Desk, books: Books, clock: SetClock) -> None:
    notice = reviewed(desk, prepare(desk, "funds", Q1))
    assert notice.state is NoticeState.REVIEWED
    clock.set(datetime(2026, 4, 16, 9, 0, tzinfo=CHINA))
    assert found(desk, "waiting") == [f"《{notice.title}》“待发布”已经8天。"]


def test_finds_names_printable(desk: Desk, books: Books) -> None:
    assert found(desk, "unprintable_name") == []
    with desk.change("test.name") as change:
        change.put(replace(books.people[0], name="王\ue001"))
    (message,) = found(desk, "unprintable_name")
    assert message.startswith("“王\ue001”里的“\ue001”(U+E001)打印不出来")


def test_finds_approvers_agreed_to(desk: Desk) -> None:
    accountant = desk.actor
    for name in ("钱组长", "孙理财", "周监督", "赵主任"):
        as_(desk, name)
        change_password(desk, PASSWORD, "other-2026")
        desk.actor = accountant
        (gone,) = desk.find(Officer, "name = ?", [name])
        dismiss(desk, gone.id, Consent(name, "other-2026"))
    assert found(desk, "appointed_alone") == []
    appoint(desk, "罗书记", Role.HEAD, PASSWORD)
    (message,) = found(desk, "appointed_alone")
    assert message.startswith("罗书记是李会计2026年1月5日一个人添加的")


def test_an_approver_the_keeper_alone_sent_away_is_told_of(desk: Desk) -> None:
    """The last one who could agree was asked to leave and did not agree."""
    accountant = desk.actor
    for name in ("钱组长", "孙理财", "周监督"):
        as_(desk, name)
        change_password(desk, PASSWORD, "other-2026")
        desk.actor = accountant
        (gone,) = desk.find(Officer, "name = ?", [name])
        dismiss(desk, gone.id, Consent(name, "other-2026"))
    assert found(desk, "dismissed_alone") == []
    dismiss(desk, desk.find(Officer, "name = ?", ["赵主任"])[0].id)
    (message,) = found(desk, "dismissed_alone")
    assert message.startswith("赵主任是李会计2026年1月5日一个人停用的")


def test_finds_granted_here(offices: Offices) -> None:
    claim = approved_claim(offices.village, amount_fen=35_50)
    forge_grant(offices.village, claim.id)
    offices.take_up()
    (message,) = found(offices.township, "not_granted_here")
    assert message.startswith("青山村：要付给")
    assert not found(offices.village, "not_granted_here"), "it is the township that knows what it said"


def test_finds_township_rekeyed(offices: Offices) -> None:
    rekey(offices, second="赵主任", password=PASSWORD)
    (message,) = found(offices.village, "township_rekeyed")
    assert "乡镇“双石镇”的名片在2026年1月6日换过钥匙，李会计办理，经赵主任（" in message
    assert not found(offices.township, "township_rekeyed")
    clock = offices.village.clock
    assert isinstance(clock, SetClock)
    clock.set(datetime(2027, 1, 8, 9, 0, tzinfo=CHINA))
    assert not found(offices.village, "township_rekeyed"), "it is told for a year"


def test_finds_paid_pay_stays_booked(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    """Pay the bank has paid does not come back by reversing its voucher: it is told until it is booked again."""
    in_april(clock)
    import_people(desk, REGISTER)
    voucher = booked(desk, tmp_path)
    assert paid_by_bank(desk, desk.get(Claim, voucher.claim_id).payroll_id or "") == (0, 0)
    take_in_return(desk, ANSWER)
    people, fen = paid_by_bank(desk, desk.get(Claim, voucher.claim_id).payroll_id or "")
    assert people == 12
    assert 0 < fen < voucher.amount_fen
    assert not found(desk, "paid_pay_reversed")
    _, again = redo(desk, voucher.id, "科目写错了")
    (said,) = found(desk, "paid_pay_reversed")
    assert "可是银行已经付给12人" in said
    post(desk, all_the_way(desk, again).id)
    assert not found(desk, "paid_pay_reversed")
