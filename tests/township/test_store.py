"""The villages at a glance."""

from dataclasses import replace
from datetime import date

from tests.exchange.offices import Offices, approved_claim
from villagedesk.exchange.model import Ruling
from villagedesk.payments.model import Claim
from villagedesk.projects.model import Project, ProjectState, Step
from villagedesk.reports.sheet import text_of
from villagedesk.township import store
from villagedesk.township.sheets import villages_sheet
from villagedesk.township.usecases import give_verdict
from villagedesk.village.model import Fund, Opening
from villagedesk.village.store import office


def test_a_village_is_listed_from_its_enrolment_on(offices: Offices) -> None:
    (line,) = store.villages(offices.township, 2026)
    assert line.peer.name == "青山村"
    assert line.last_at is None
    assert not line.needs_receipt
    assert (line.planned_fen, line.waiting) == (0, 0)
    assert store.years(offices.township) == []


def test_the_line_follows_a_round(offices: Offices) -> None:
    offices.take_up()
    (line,) = store.villages(offices.township, 2026)
    assert line.last_at
    assert line.needs_receipt
    assert (line.projects, line.planned_fen, line.arrived_fen) == (1, 100_000_00, 100_000_00)
    assert (line.paid_fen, line.left_fen) == (0, 100_000_00)
    assert (line.waiting, line.waiting_fen) == (1, 1_409_50)
    offices.take_down()
    assert not store.villages(offices.township, 2026)[0].needs_receipt
    (claim,) = offices.township.find(Claim)
    give_verdict(offices.township, claim, Ruling.PASSED)
    (line,) = store.villages(offices.township, 2026)
    assert (line.waiting, line.untold, line.needs_receipt) == (0, 1, True)
    offices.take_down()
    (line,) = store.villages(offices.township, 2026)
    assert (line.untold, line.needs_receipt) == (0, False)


def test_paid_money_adds_up_by_year(offices: Offices) -> None:
    from villagedesk.payments.usecases import post

    offices.take_up()
    give_verdict(offices.township, offices.township.find(Claim)[0], Ruling.PASSED)
    offices.take_down()
    post(offices.village, offices.village.find(Claim)[0].id)
    offices.take_up()
    (line,) = store.villages(offices.township, 2026)
    assert line.paid_fen == 1_409_50
    assert store.villages(offices.township, 2025)[0].paid_fen == 0
    assert store.years(offices.township) == [2026]


def test_what_a_fund_began_with_counts_and_what_it_carried_on_does_not(offices: Offices) -> None:
    village = offices.village
    fund = village.find(Fund)[0]
    with village.change("test.carried") as change:
        after = change.put(Fund(year=fund.year + 1, source=fund.source, planned_fen=0))
        change.put(Opening(fund_id=fund.id, opened_on=date(2026, 1, 1), amount_fen=500, document="2025年总账"))
        change.put(Opening(fund_id=after.id, opened_on=date(2026, 12, 31), amount_fen=200, from_fund_id=fund.id))
    offices.take_up()
    (line,) = store.villages(offices.township, fund.year)
    assert (line.opening_fen, line.left_fen) == (300, 100_000_00 + 300)
    (line,) = store.villages(offices.township, fund.year + 1)
    assert (line.opening_fen, line.left_fen) == (200, 200)


def test_what_waits_is_shown_with_what_is_needed_to_judge_it(offices: Offices) -> None:
    offices.take_up()
    (waiting,) = store.waiting_claims(offices.township)
    assert (waiting.village, waiting.project, waiting.fund) == ("青山村", "生活垃圾清运", "2026年县级补助")
    assert sorted(waiting.signed.split("、")) == ["赵主任", "钱组长"]
    assert store.waiting_claims(offices.township, offices.village.office_id) == [waiting]
    assert store.waiting_claims(offices.township, "Z" * 26) == []
    give_verdict(offices.township, waiting.claim, Ruling.PASSED)
    assert store.waiting_claims(offices.township) == []


def test_a_new_version_waits_again(offices: Offices) -> None:
    offices.take_up()
    approved_claim(offices.village, amount_fen=7_00)
    offices.take_up()
    assert [line.claim.amount_fen for line in store.waiting_claims(offices.township)] == [1_409_50, 7_00]


def test_the_overview_goes_on_paper(offices: Offices) -> None:
    offices.take_up()
    lines = store.villages(offices.township, 2026)
    text = text_of(villages_sheet(office(offices.township), 2026, lines, date(2026, 1, 6)))
    assert "双石镇2026年各村公共服务维护资金情况表" in text
    assert "100,000.00" in text
    assert "合计" in text
    empty = villages_sheet(office(offices.township), 2026, [], date(2026, 1, 6))
    assert "合计" in text_of(empty)


def test_projects_are_listed_with_the_paper_that_is_said_to_grant_them(offices: Offices) -> None:
    """Nobody here gave a word on them: the grant is a paper, and whoever has it can compare."""
    village = offices.village
    (project,) = village.find(Project)
    with village.change("test.granted") as change:
        change.put(
            Step(
                project_id=project.id, state=ProjectState.GRANTED, taken_on=date(2026, 1, 5),
                note="双石府〔2026〕17号批复", taken_by=change.actor_id,
            )
        )  # fmt: skip
        change.put(replace(project, id="", version=0, name="没有批复的路"))
    offices.take_up()
    listed = store.granted_projects(offices.township, village.office_id, project.year)
    assert listed == [("没有批复的路", "", ""), (project.name, "2026-01-05", "双石府〔2026〕17号批复")]
    assert store.granted_projects(offices.township, village.office_id, project.year + 1) == []
