"""What was paid before is proposed again: payees by how often, purposes with the month moved on."""

from datetime import date

import pytest

from tests.payments.paying import EXPENSES, a_claim, grant_project
from villagedesk.payments import remembered, usecases
from villagedesk.payments.remembered import moved_on
from villagedesk.storage.desk import Desk


def test_an_empty_desk_remembers_nobody(desk: Desk) -> None:
    assert remembered.payees(desk) == {}
    assert remembered.purposes(desk) == []
    assert remembered.last_time(desk, 1) is None
    assert remembered.payments_to(desk, "谁") == []


def test_the_most_frequent_payee_stands_first_with_their_last_claim(desk: Desk) -> None:
    project = grant_project(desk)
    for fen, payee in ((1, "冯国秀"), (2, "荣县供电公司"), (3, "荣县供电公司")):
        usecases.draft(desk, a_claim(project, fen, payee=payee, purpose=f"{fen}月电费"))
    found = remembered.payees(desk)
    assert list(found) == ["荣县供电公司", "冯国秀"]
    last = remembered.last_time(desk, found["荣县供电公司"])
    assert last
    assert (last.amount_fen, last.project_id, last.purpose, last.pay_way) == (3, project.id, "3月电费", "transfer")
    assert [claim.amount_fen for claim in remembered.payments_to(desk, "荣县供电公司")] == [3, 2]
    assert remembered.purposes(desk) == ["3月电费", "2月电费", "1月电费"]
    assert remembered.purposes(desk, "another") == []


def test_payees_of_earlier_years_are_remembered_without_a_claim(desk: Desk) -> None:
    usecases.import_expenses(desk, EXPENSES)
    found = remembered.payees(desk)
    assert found
    assert set(found.values()) == {0}
    assert remembered.last_time(desk, 0) is None


@pytest.mark.parametrize(
    ("purpose", "written", "day", "now"),
    [
        ("11月电费", date(2025, 12, 3), date(2026, 1, 5), "12月电费"),
        ("12月电费", date(2026, 1, 3), date(2026, 2, 5), "1月电费"),
        ("2025年12月电费", date(2026, 1, 3), date(2026, 2, 5), "2026年1月电费"),
        ("1月电费", date(2026, 3, 3), date(2026, 2, 5), "12月电费"),
        ("10月至12月水费", date(2025, 12, 3), date(2026, 3, 5), "1月至3月水费"),
        ("3月8日活动奖品", date(2025, 12, 3), date(2026, 3, 5), "3月8日活动奖品"),
        ("13月电费", date(2025, 12, 3), date(2026, 3, 5), "13月电费"),
        ("垃圾桶20个", date(2025, 12, 3), date(2026, 3, 5), "垃圾桶20个"),
    ],
)
def test_the_month_in_a_purpose_moves_on_with_the_day(purpose: str, written: date, day: date, now: str) -> None:
    assert moved_on(purpose, written, day) == now
