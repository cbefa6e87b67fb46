"""What may still be spent: budget, granted, on its way, paid and left always add up."""

from datetime import date

import pytest

from tests.payments.paying import a_claim, grant_project, granted, open_fund, submitted
from villagedesk.payments import spending, usecases
from villagedesk.projects.model import ProjectState
from villagedesk.storage.desk import Desk

YUAN = 100


def test_a_project_that_is_not_there_has_no_means(desk: Desk) -> None:
    with pytest.raises(KeyError):
        spending.means_of(desk, "nowhere")


def test_each_part_of_the_budget_stands_where_its_money_is(desk: Desk) -> None:
    project = grant_project(desk)
    usecases.post(desk, granted(desk, a_claim(project, 1_000 * YUAN)).id)
    granted(desk, a_claim(project, 2_000 * YUAN))
    passing = submitted(desk, a_claim(project, 4_000 * YUAN))
    usecases.draft(desk, a_claim(project, 8_000 * YUAN))
    found = spending.means_of(desk, project.id)
    parts = (found.budget_fen, found.granted_fen, found.passing_fen, found.paid_fen, found.left_fen)
    assert parts == (50_000 * YUAN, 2_000 * YUAN, 4_000 * YUAN, 1_000 * YUAN, 43_000 * YUAN)
    assert spending.means_of(desk, project.id, passing.id).left_fen == 47_000 * YUAN
    assert spending.means_of_year(desk, 2026) == [found]
    assert spending.means_of_year(desk, 2025) == []


def test_what_is_only_wished_for_or_was_refused_has_no_budget_yet(desk: Desk) -> None:
    for state in (ProjectState.SHORTLISTED, ProjectState.PROPOSED, ProjectState.REJECTED):
        grant_project(desk, str(state), state=state)
    assert spending.means_of_year(desk, 2026) == []


def test_what_came_and_went_is_counted_by_month(desk: Desk) -> None:
    project = grant_project(desk, fund=open_fund(desk, 90_000 * YUAN))
    voucher = usecases.post(desk, granted(desk, a_claim(project, 500 * YUAN)).id, date(2026, 1, 5))
    assert spending.flow_of_year(desk, 2026) == [spending.MonthFlow("2026-01", 90_000 * YUAN, 500 * YUAN)]
    usecases.reverse(desk, voucher.id, "退货")
    assert spending.flow_of_year(desk, 2026)[0].out_fen == 0
    assert spending.flow_of_year(desk, 2025) == []
    assert spending.years_with_money(desk) == [2026]
