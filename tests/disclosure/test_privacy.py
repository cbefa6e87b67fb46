"""Whatever was typed into the books, no number of a villager reaches the board (钱塘 2023)."""

import re
from collections.abc import Callable
from datetime import date

import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.disclosure.books import PEOPLE, Q1, Books, book, claim
from villagedesk.deliberation.model import Meeting, Motion, MotionProject
from villagedesk.disclosure.drafting import kept_sheet, register_of, standing_findings
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.usecases import prepare
from villagedesk.payments.model import Payroll, PayrollLine
from villagedesk.projects.model import (
    Contract,
    ContractKind,
    Inspection,
    InspectionKind,
    Levy,
    Project,
    ProjectState,
    Step,
    Survey,
)
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival, Body

NUMBERS = [number for person in PEOPLE for number in person[1:]]
WORDS = st.text("买水泥修路村民张䶮，。:：()（）-　 0123Xa", max_size=8)


def by_threes(number: str) -> str:
    return " ".join(number[place : place + 3] for place in range(0, len(number), 3))


def by_twos(number: str) -> str:
    return " ".join(number[place : place + 2] for place in range(0, len(number), 2))


def full_width(number: str) -> str:
    return number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


def with_a_stroke(number: str) -> str:
    return number.replace("1", "-1", 1)


WRITTEN: list[Callable[[str], str]] = [str, by_threes, by_twos, full_width, with_a_stroke]
WAYS = st.sampled_from(WRITTEN)


@given(st.data())
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_typed_anywhere_in_the_books_stay_off_every_notice(
    desk: Desk, books: Books, data: st.DataObject
) -> None:
    def typed() -> str:
        way, number = data.draw(WAYS), data.draw(st.sampled_from(NUMBERS))
        return f"{data.draw(WORDS)}{way(number)}{data.draw(WORDS)}"

    type_everywhere(desk, books, typed)
    for kind in KINDS:
        happened = [occasion.scope for occasion in kind.occasions(desk, date(2026, 4, 8))][-1:]
        for scope in [Q1, *happened]:
            sheet = kept_sheet(prepare(desk, kind.code, scope))
            assert not standing_findings(desk, sheet)
            for text in text_of(sheet).splitlines():
                assert not [number for number in NUMBERS if number in smooth(text)], text
            printed = smooth(extracted(draw(sheet)))
            assert not [number for number in NUMBERS if number in printed]


def type_everywhere(desk: Desk, books: Books, typed: Callable[[], str]) -> None:
    """Put one record of each sort that reaches the board, with a villager's number in whatever can be typed."""
    last, person = Q1.period.last, books.people[2]
    with desk.change("test.typed") as change:
        number = desk.value("SELECT max(number) FROM vouchers") + 1
        work = change.put(
            Project(
                year=2026, name=f"{typed()}（{number}）", class_code="1", item="水利", place=typed(), manager=typed(),
                budget_fen=9_00, fund_id=books.county.id, state=ProjectState.RUNNING,
            )
        )  # fmt: skip
        change.put(
            Step(project_id=work.id, state=ProjectState.RUNNING, taken_on=last, note=typed(), taken_by=change.actor_id)
        )
        change.put(Arrival(fund_id=books.county.id, arrived_on=last, amount_fen=1_00, document=typed()))
        book(desk, change, claim(work, typed(), typed(), 1_00, last), number, last)
        sheet = change.put(Payroll(project_id=work.id, title=typed(), period="2026Q1", sheet_date=last, total_fen=1_00))
        change.put(
            PayrollLine(
                payroll_id=sheet.id, place=1, person_id=person.id, name=person.name, area=typed(),
                account=person.account, amount_fen=1_00, note=typed(),
            )
        )  # fmt: skip
        book(desk, change, claim(work, typed(), typed(), 1_00, last, sheet.id), number + 1, last)
        for kind in ContractKind:
            change.put(
                Contract(
                    project_id=work.id, kind=kind, party=typed(), scope=typed(), standard=typed(), amount_fen=1_00,
                    pay_cycle=typed(), signed_on=last, first_day=Q1.period.first, last_day=last,
                )
            )  # fmt: skip
        for visit in InspectionKind:
            change.put(
                Inspection(
                    project_id=work.id, kind=visit, inspected_on=last, score=50, is_passed=False, inspectors=typed(),
                    note=typed(),
                )
            )  # fmt: skip
        change.put(Survey(project_id=work.id, held_on=last, way=typed(), asked=9, good=1, fair=1, poor=1, note=typed()))
        change.put(Levy(project_id=work.id, resolved_on=last, payers=3, fen_per_head=1_00, note=typed()))
        for kind_of_body in ("村民代表会议", "村民小组会议"):
            found = desk.find(Body, "kind = ?", [kind_of_body])
            body = found[0] if found else change.put(Body(kind=kind_of_body, name=kind_of_body))
            meeting = change.put(
                Meeting(
                    body_id=body.id, basis=kind_of_body, number=f"{typed()}{kind_of_body}{number}", held_on=last,
                    place=typed(), chair=typed(), recorder=typed(), entitled=45, present=40, minutes=typed(),
                    profile_version="default-2026.1", recorded_by=change.actor_id,
                )
            )  # fmt: skip
            motion = change.put(
                Motion(
                    meeting_id=meeting.id, number=1, subject=typed(), method="举手", yes=36, no=2, abstain=2,
                    is_passed=True, arithmetic="应到45人，实到40人，达到三分之二；同意36票，超过到会人数半数，通过",
                )
            )  # fmt: skip
            change.put(MotionProject(motion_id=motion.id, project_id=work.id))


def test_the_extracted_text_of_a_nasty_notice_has_no_number(desk: Desk, books: Books) -> None:
    with desk.change("test.typed") as change:
        for place, written in enumerate((by_threes(NUMBERS[0]), by_twos(NUMBERS[1]), full_width(NUMBERS[2])), 6):
            bought = claim(books.projects[0], f"付{written}", f"王桂香{written}", place, date(2026, 3, 31))
            book(desk, change, bought, place, date(2026, 3, 31))
    printed = smooth(extracted(draw(kept_sheet(prepare(desk, "spending", Q1)))))
    assert not [number for number in NUMBERS if number in printed]
    assert printed.count("（号码略）") == 7  # each of the six, and the supplier's mobile of the plain books


def test_the_register_knows_the_pay_sheets_accounts_too(desk: Desk, books: Books) -> None:
    assert set(NUMBERS) <= set(register_of(desk).known)


def extracted(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def smooth(text: str) -> str:
    return re.sub(r"[\s\-　]", "", text.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
