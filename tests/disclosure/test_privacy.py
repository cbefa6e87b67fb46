"""Whatever was typed into the books, no number of a villager reaches the board (钱塘 2023)."""

import re
from collections.abc import Callable
from datetime import date

import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.disclosure.books import PEOPLE, Q1, Books, book, claim
from villagedesk.disclosure.drafting import kept_sheet, register_of, standing_findings
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.usecases import prepare
from villagedesk.projects.model import Contract, ContractKind, Inspection, InspectionKind
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk

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
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_typed_anywhere_in_the_books_stay_off_every_notice(
    desk: Desk, books: Books, data: st.DataObject
) -> None:
    def typed() -> str:
        way, number = data.draw(WAYS), data.draw(st.sampled_from(NUMBERS))
        return f"{data.draw(WORDS)}{way(number)}{data.draw(WORDS)}"

    road = books.projects[0]
    with desk.change("test.typed") as change:
        number = desk.value("SELECT max(number) FROM vouchers") + 1
        book(desk, change, claim(road, typed(), typed(), 1_00, date(2026, 3, 31)), number, date(2026, 3, 31))
        change.put(
            Contract(
                project_id=road.id, kind=ContractKind.WORKS, party=typed(), scope=typed(), standard=typed(),
                amount_fen=1_00, pay_cycle=typed(), signed_on=Q1.period.first, first_day=Q1.period.first, last_day=Q1.period.last,
            )
        )  # fmt: skip
        change.put(
            Inspection(
                project_id=road.id, kind=InspectionKind.INSPECTION, inspected_on=Q1.period.last, score=90, is_passed=True,
                inspectors=typed(), note=typed(),
            )
        )  # fmt: skip
    for kind in KINDS:
        sheet = kept_sheet(prepare(desk, kind.code, Q1))
        assert not standing_findings(desk, sheet)
        for text in text_of(sheet).splitlines():
            assert not [number for number in NUMBERS if number in smooth(text)], text


def test_the_extracted_text_of_a_nasty_notice_has_no_number(desk: Desk, books: Books) -> None:
    with desk.change("test.typed") as change:
        for place, written in enumerate((by_threes(NUMBERS[0]), by_twos(NUMBERS[1]), full_width(NUMBERS[2])), 6):
            bought = claim(books.projects[0], f"付{written}", f"王桂香{written}", place, date(2026, 3, 31))
            book(desk, change, bought, place, date(2026, 3, 31))
    with pypdfium2.PdfDocument(draw(kept_sheet(prepare(desk, "spending", Q1)))) as document:
        printed = smooth("".join(page.get_textpage().get_text_range() for page in document))
    assert not [number for number in NUMBERS if number in printed]
    assert printed.count("（号码略）") == 7  # each of the six, and the supplier's mobile of the plain books


def test_the_register_knows_the_pay_sheets_accounts_too(desk: Desk, books: Books) -> None:
    assert set(NUMBERS) <= set(register_of(desk).known)


def smooth(text: str) -> str:
    return re.sub(r"[\s\-　]", "", text.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
