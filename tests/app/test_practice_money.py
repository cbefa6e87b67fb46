"""The practice village's money is lived through every room: posts, pay and the bank, cash, the budget, closed months."""

from collections.abc import Iterator
from datetime import date, datetime
from json import loads
from pathlib import Path

import pytest

from villagedesk.app.practice import facts, moneyfacts
from villagedesk.app.practice.year import TOWNSHIP, VILLAGE
from villagedesk.closing.checklist import checklist
from villagedesk.closing.model import MonthState
from villagedesk.closing.store import months
from villagedesk.closing.waiting import to_close
from villagedesk.disclosure.model import Issuance
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.ledger.closedmonths import altered_months
from villagedesk.ledger.model import Reopening, ReopeningState, StatementKind
from villagedesk.ledger.store import advance_lines, holdings, statements, uncashed_of, untrue_statements
from villagedesk.payments.model import Claim, ClaimState, Payroll, PayrollKind, PayWay, Voucher
from villagedesk.payroll import store as pay
from villagedesk.payroll.store import Standing
from villagedesk.projects.model import Contract, Inspection, Post, Project
from villagedesk.projects.store import budget_in_force, budget_of, unassessed
from villagedesk.reports.sheet import from_plain, text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Kinship, Officer, Person

EVENING = datetime(2026, 11, 19, 18, tzinfo=CHINA)


@pytest.fixture
def village(practice: Path) -> Iterator[Desk]:
    """The practice village's desk on the evening its year ends, for looking."""
    with Desk.open(practice / VILLAGE, clock=SetClock(EVENING), write=False) as desk:
        yield desk


def _names(desk: Desk) -> dict[str, str]:
    return {officer.id: officer.name for officer in desk.find(Officer)}


def test_relatives_of_officers_are_paid_with_a_word_of_explanation(village: Desk) -> None:
    kin = {one.relative for one in village.find(Kinship)}
    paid = village.find(Claim, "payee IN (SELECT relative FROM kinships) AND state <> 'draft'")
    assert {claim.payee for claim in paid} == kin == {"王𬭎", "李㛃"}
    assert all(claim.excuse == moneyfacts.EXCUSES[claim.payee] for claim in paid)


def test_the_relative_of_an_inspector_is_judged_by_others(village: Desk) -> None:
    visits = village.find(Inspection, "project_id IN (SELECT id FROM projects WHERE name = '公共厕所管护')")
    assert len(visits) > 4
    assert not any("周监督" in visit.inspectors for visit in visits)


def test_every_caretakers_quarter_is_scored_and_one_was_corrected(village: Desk) -> None:
    assert len(village.find(Post)) == len(facts.CARETAKERS) + 1
    assert unassessed(village, 2026, EVENING.date()) == []
    scored = village.find(Inspection, "post_id IS NOT NULL AND period = '2026Q2'")
    assert len(scored) == 7
    assert [visit.score for visit in scored if 70 <= visit.score < 90] == [72, 86, 78]


def test_the_pump_keepers_pay_follows_posts_attendance_and_scores(village: Desk) -> None:
    sheets = village.find(Payroll, "kind <> 'imported'")
    assert [sheet.kind for sheet in sheets].count(PayrollKind.BASE) == 6
    (may,) = (sheet for sheet in sheets if sheet.period == "2026-05")
    assert [line.amount_fen for line in pay.lines_of(village, may.id)] == [20_000, 20_000 - 323]
    (second,) = (sheet for sheet in sheets if sheet.period == "2026Q2")
    assert [line.amount_fen for line in pay.lines_of(village, second.id)] == [30_000, 27_000]


def test_two_failed_at_the_bank_were_paid_again_and_the_last_sheet_waits(village: Desk) -> None:
    first, last = (village.find(Payroll, "period = ? AND kind = 'imported'", [one])[0] for one in ("2026Q1", "2026Q3"))
    sent, again = pay.batches_of(village, first.id)
    assert (sent.count, again.count, again.reissues_id) == (14, 2, sent.id)
    assert {line.name for line in pay.batch_lines(village, again.id)} == set(moneyfacts.FAILED)
    assert {one.standing for one in pay.standings(village, first.id)} == {Standing.PAID}
    assert [batch.payroll_id for batch in pay.open_batches(village)] == [last.id]
    for name, (account, _) in moneyfacts.NEW_ACCOUNTS.items():
        (person,) = village.find(Person, "name = ?", [name])
        assert person.account == account


def test_every_sheet_that_was_posted_went_to_the_bank(village: Desk) -> None:
    posted = village.find(Payroll, "id IN (SELECT payroll_id FROM claims WHERE state = 'paid')")
    assert len(posted) == 10
    assert all(pay.batches_of(village, sheet.id) for sheet in posted)


def test_cash_was_drawn_spent_within_the_limit_and_counted(village: Desk) -> None:
    spent = village.find(Claim, "pay_way = ? AND state = ?", [PayWay.CASH, ClaimState.PAID])
    drawn = sum(fen for _, fen, _ in moneyfacts.WITHDRAWN)
    left = holdings(village, EVENING.date()).cash_fen
    assert len(spent) == 2
    assert left == drawn - sum(claim.amount_fen for claim in spent)
    counts = [one for one in statements(village) if one.kind is StatementKind.CASH]
    assert counts[0].amount_fen == left
    assert all(one.amount_fen == one.books_fen for one in counts)


def test_one_advance_was_spent_and_handed_back_another_is_open(village: Desk) -> None:
    later, first = advance_lines(village, EVENING.date())
    assert first.open_fen == 0
    assert (later.open_fen, later.is_overdue(EVENING.date())) == (later.amount_fen, False)
    assert village.value("SELECT count(*) FROM settlements") == 2


def test_the_banks_statements_agree_but_for_what_is_explained(village: Desk) -> None:
    of_bank = [one for one in statements(village) if one.kind is StatementKind.BANK]
    assert [one.stated_on.month for one in reversed(of_bank)] == [1, 2, 3, 4, 5, 5, 6, 7, 8, 9]
    explained = {one.stated_on.month: len(items) for one in of_bank if (items := uncashed_of(village, one.id))}
    assert explained == {5: 1, 4: 2, 3: 1}
    assert untrue_statements(village) == []


def test_the_budget_was_moved_by_a_resolution_and_told_on_the_wall(village: Desk) -> None:
    (version,) = budget_of(village, 2026).versions
    giver, taker, fen, why = moneyfacts.BUDGET_MOVED
    for name, change in ((giver, -fen), (taker, fen)):
        (project,) = village.find(Project, "name = ?", [name])
        assert budget_in_force(village, project.id) == project.budget_fen + change
    (issued,) = village.find(Issuance, "facts LIKE '%预算调整情况%'")
    told = text_of(from_plain(loads(issued.facts)))
    assert version.motion.subject in told
    assert why in told


def test_the_contractor_was_paid_after_the_acceptance(village: Desk) -> None:
    (claim,) = village.find(Claim, "contract_id IS NOT NULL")
    assert claim.inspection_id
    assert claim.state is ClaimState.PAID
    assert village.get(Contract, claim.contract_id or "").party == claim.payee


def test_the_reversed_voucher_was_made_anew(village: Desk) -> None:
    (red,) = village.find(Voucher, "reverses_id IS NOT NULL")
    (again,) = village.find(Claim, "redoes_id IS NOT NULL")
    assert again.redoes_id == red.reverses_id
    (anew,) = village.find(Voucher, "claim_id = ?", [again.id])
    assert (anew.amount_fen, anew.posted_on) == (-red.amount_fen, date(2026, 9, 27))
    assert anew.payee != red.payee


def test_january_to_august_are_closed_by_two_and_september_waits(village: Desk) -> None:
    lived, names = months(village, EVENING.date()), _names(village)
    assert [month.state for month in lived[:8]] == [MonthState.CLOSED] * 8
    assert [month.state for month in lived[8:]] == [MonthState.READY, MonthState.LATER, MonthState.RUNNING]
    assert to_close(village, EVENING.date()) == Period(2026, 9, 1)
    assert altered_months(village) == []
    for month in lived[:8]:
        assert month.closing
        assert names[month.closing.prepared_by] == facts.ACCOUNTANT
        assert names[month.closing.closed_by or ""] in {facts.HEAD, facts.REVIEWER}


def test_september_only_wants_a_word_and_october_its_statement_too(village: Desk) -> None:
    september, october = ({one.code for one in checklist(village, Period(2026, month, 1))} for month in (9, 10))
    assert september == {"closing.papers"}
    assert october == {"closing.papers", "closing.unreconciled", "closing.unpaid"}


def test_may_was_opened_again_with_the_townships_grant(practice: Path, village: Desk) -> None:
    (reopening,) = village.find(Reopening)
    assert reopening.state is ReopeningState.ENDED
    source, day, fen, _ = moneyfacts.LATE_LEVY
    assert village.value("SELECT amount_fen FROM arrivals WHERE arrived_on = ?", [day.isoformat()]) == fen
    assert village.value("SELECT count(*) FROM closings WHERE month = '2026-05'") == 2
    assert village.value("SELECT count(*) FROM verdicts WHERE subject_table = 'reopenings'") == 1
    with Desk.open(practice / TOWNSHIP, write=False) as township:
        (seen,) = township.find(Reopening)
        assert seen.state is ReopeningState.ENDED
        assert township.value("SELECT count(*) FROM closings WHERE state = 'closed'") == 9
    assert (
        village.value("SELECT count(*) FROM arrivals a JOIN funds f ON f.id = a.fund_id WHERE f.source = ?", [source])
        == 2
    )
    told = [text_of(from_plain(loads(one.facts))) for one in village.find(Issuance, "facts LIKE '%重新打开过的月份%'")]
    assert len(told) == 2  # 支出明细 and 资金台账 of the second quarter
    assert all(moneyfacts.REOPENED[1] in text for text in told)
