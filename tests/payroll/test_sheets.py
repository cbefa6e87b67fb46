"""Pay on paper: the whole text of each sheet was read and approved by a person, and every one is drawn."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.golden import assert_golden
from tests.payroll.posts import (
    ANSWER,
    CHECKED,
    MARCH,
    QUARTER,
    a_post,
    assessed,
    person_with,
    sent,
    told,
)
from villagedesk.payments.model import Payroll, PayrollKind
from villagedesk.payroll import papers
from villagedesk.payroll.drafting import proposed, recounted, work_line
from villagedesk.payroll.model import Timesheet
from villagedesk.payroll.names import told_apart
from villagedesk.payroll.runs import Run
from villagedesk.payroll.sheets import when_and_what
from villagedesk.payroll.store import households
from villagedesk.payroll.usecases import make_payroll, record_timesheet, take_in_return
from villagedesk.projects.model import Project
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Person

GOLDEN = Path(__file__).parent / "golden"
K = PayrollKind


def base(desk: Desk, project: Project) -> Run:
    """A month: one whole, one with days absent, one who began on the 10th."""
    people = [person_with(desk, line.account) for line in told()[:3]]
    a_post(desk, project, people[0])
    absent = a_post(desk, project, people[1], area="2组庄台")
    a_post(desk, project, people[2], area="3组庄台", first_day=date(2026, 3, 10))
    record_timesheet(desk, Timesheet(post_id=absent.id, month="2026-03", absent_tenths=15, deduction_fen=3_871))
    return proposed(desk, K.BASE, project.id, MARCH)


def performance(desk: Desk, project: Project) -> Run:
    """A quarter: one in full, one in a lower band, one whose amount was changed with a reason."""
    people = [person_with(desk, line.account) for line in told()[:3]]
    for person, score in zip(people, (96, 75, 92), strict=True):
        assessed(desk, a_post(desk, project, person, bands="three"), score)
    run = proposed(desk, K.PERFORMANCE, project.id, QUARTER)
    *first, last = run.lines
    return replace(run, lines=(*first, replace(last, amount_fen=50_000, reason="请人代班两周，与代班人结清")))


def labour(desk: Desk, project: Project) -> Run:
    """Days of work, half ones too, one paid through the head of the household."""
    member = desk.find(Person, "account = ''", order="rowid")[0]
    lines = (
        work_line(desk, person_with(desk, told()[0].account), standard_fen=12_000, day_tenths=55,
                  work="3月8日至13日 清理排水沟"),
        work_line(desk, member, standard_fen=15_000, day_tenths=30, work="3月20日至22日 修补村道"),
    )  # fmt: skip
    return recounted(replace(proposed(desk, K.LABOUR, project.id, MARCH), lines=lines))


def wages(desk: Desk, project: Project) -> Run:
    """Posts paid by the month."""
    return replace(base(desk, project), kind=K.POST, title="2026年3月工资结算单")


def rent(desk: Desk, project: Project) -> Run:
    """Land that is rented."""
    lines = (
        work_line(desk, person_with(desk, told()[3].account), standard_fen=141_000, work="水田2.35亩，每亩600元"),
        replace(
            work_line(desk, person_with(desk, told()[4].account), standard_fen=90_000, work="旱地3亩，每亩300元"),
            deduction_fen=10_000, note="扣回多付的上年租金",
        ),
    )  # fmt: skip
    return recounted(replace(proposed(desk, K.RENT, project.id, MARCH), lines=lines))


def acres(desk: Desk, project: Project) -> Run:
    """Land by its 亩, half ones too, one of them with something taken off, and one for a sum that was agreed."""
    people = [person_with(desk, line.account) for line in told()[3:6]]
    lines = (
        work_line(desk, people[0], standard_fen=60_000, quantity=Decimal("5.5"), unit="亩", work="东沟水田"),
        replace(
            work_line(desk, people[1], standard_fen=30_033, quantity=Decimal("2.35"), unit="亩", work="旱地"),
            deduction_fen=10_000, note="扣回多付的上年租金",
        ),
        work_line(desk, people[2], standard_fen=90_000, work="堰塘承包费"),
    )  # fmt: skip
    return recounted(replace(proposed(desk, K.RENT, project.id, MARCH), lines=lines))


MADE: dict[str, Callable[[Desk, Project], Run]] = {
    "base": base, "performance": performance, "labour": labour, "wages": wages, "rent": rent,
    "acres": acres,
}  # fmt: skip


def made(desk: Desk, project: Project, name: str) -> Payroll:
    return make_payroll(desk, MADE[name](desk, project), CHECKED)[0]


@pytest.mark.parametrize("name", MADE)
def test_each_kind_of_sheet_says_what_was_approved(peopled: Desk, project: Project, name: str) -> None:
    sheet = papers.pay_sheet(peopled, made(peopled, project, name).id)
    assert_golden(sheet, GOLDEN / f"{name}.txt")
    assert draw(sheet).startswith(b"%PDF")


def test_a_slip_shows_how_it_was_worked_out_and_the_last_of_the_account_only(peopled: Desk, project: Project) -> None:
    payroll = made(peopled, project, "performance")
    slips = papers.slips(peopled, payroll.id)
    assert_golden(slips[1], GOLDEN / "slip.txt")
    for line, slip in zip(told(), slips, strict=False):
        assert line.account not in text_of(slip)
        assert line.account[-4:] in text_of(slip)
        assert draw(slip).startswith(b"%PDF")


def test_a_slip_for_land_shows_how_much_of_it(peopled: Desk, project: Project) -> None:
    payroll = made(peopled, project, "acres")
    text = text_of(papers.slips(peopled, payroll.id)[0])
    assert "600.00 × 5.5亩 ＝ 3,300.00" in text
    assert "东沟水田\n" in text


def test_the_paper_beside_the_banks_file_says_what_was_approved(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    assert_golden(papers.batch_sheet(peopled, batch.id), GOLDEN / "batch.txt")


def test_the_list_of_who_is_not_yet_paid_says_what_was_approved(peopled: Desk, tmp_path: Path) -> None:
    sent(peopled, tmp_path)
    take_in_return(peopled, ANSWER)
    assert_golden(papers.unpaid_sheet(peopled), GOLDEN / "unpaid.txt")


def test_namesakes_are_told_apart_by_team_and_others_are_left_alone(peopled: Desk, project: Project) -> None:
    both = peopled.find(Person, "name = '孙荣'", order="rowid")
    lines = [
        work_line(peopled, person, standard_fen=100) for person in (*both, person_with(peopled, told()[0].account))
    ]
    people = {person.id: person for person in peopled.find(Person)}
    homes = households(peopled, people.values())
    assert told_apart(lines, people, homes)[lines[2].person_id] == "丁青强"
    called = [told_apart(lines, people, homes)[person.id] for person in both]
    assert len(set(called)) == len(both) > 1
    assert all(name.startswith("孙荣（") for name in called)
    same_team = {key: replace(home, team="1组") for key, home in homes.items()}
    tails = [told_apart(lines, people, same_team)[person.id] for person in both]
    assert tails == [f"孙荣（尾号{person.id_number[-4:]}）" for person in both]


def test_two_lines_of_one_person_are_no_namesakes(peopled: Desk, project: Project) -> None:
    person = person_with(peopled, told()[0].account)
    lines = [work_line(peopled, person, standard_fen=100)] * 2
    assert told_apart(lines, {person.id: person}, households(peopled, [person])) == {person.id: person.name}


def test_when_and_what_are_parted_by_a_blank() -> None:
    assert when_and_what("3月8日 清淤 补路") == ("3月8日", "清淤 补路")
    assert when_and_what("清淤") == ("", "清淤")


def test_a_sheet_of_many_people_carries_its_sums(peopled: Desk, project: Project) -> None:
    from pypdfium2 import PdfDocument

    lines = [
        work_line(peopled, person, standard_fen=100_00 + place, work="土地租金")
        for place, person in enumerate(peopled.find(Person, "account <> ''"))
    ]
    run = recounted(replace(proposed(peopled, K.RENT, project.id, MARCH), lines=tuple(lines)))
    payroll, _ = make_payroll(peopled, run, CHECKED)
    with PdfDocument(draw(papers.pay_sheet(peopled, payroll.id))) as pdf:
        texts = [page.get_textpage().get_text_bounded() for page in pdf]
    assert "过次页" in texts[0]
    assert "承前页" in texts[1]
