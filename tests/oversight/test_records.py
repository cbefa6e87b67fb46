"""The months' records of the groups: each holds that group's own words, and a yes only once it was the group's."""

from datetime import date

import pytest

from tests.payments.paying import a_claim, as_, grant_project, open_fund, submitted
from villagedesk.kernel.dates import Period
from villagedesk.oversight import store
from villagedesk.oversight.model import RECORDS, ReviewRow
from villagedesk.oversight.sheets import review_record
from villagedesk.oversight.usecases import answer, review
from villagedesk.payments import usecases
from villagedesk.payments.model import Claim, Outcome
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.store import office
from villagedesk.village.usecases import choose_chain, set_up_body

MONTH = Period.parse("2026-01")
FINANCE, NOTICES, SUPERVISED = RECORDS
GROUP = [("钱组长", "组长"), ("孙理财", "成员")]


@pytest.fixture
def claim(desk: Desk) -> Claim:
    """A claim that waits for the finance group, whose 组长 is on record."""
    set_up_body(desk, "民主理财小组", GROUP, date(2026, 1, 1), date(2028, 12, 31))
    choose_chain(desk, "three_reviews")
    return submitted(desk, a_claim(grant_project(desk, fund=open_fund(desk))))


def passes(desk: Desk, name: str, claim: Claim, outcome: Outcome = Outcome.PASSED, note: str = "") -> None:
    as_(desk, name)
    review(desk, "claims", claim.id, outcome, note)
    as_(desk, "李会计")


def finance(desk: Desk) -> list[ReviewRow]:
    return store.reviews_in(desk, MONTH, FINANCE)


def test_each_group_has_its_own_words_on_record(desk: Desk, claim: Claim) -> None:
    passes(desk, "钱组长", claim)
    passes(desk, "周监督", claim)
    assert [(row.opinion, row.reviewer) for row in finance(desk)] == [("同意", "钱组长")]
    assert [(row.opinion, row.reviewer) for row in store.reviews_in(desk, MONTH, SUPERVISED)] == [("同意", "周监督")]
    assert store.reviews_in(desk, MONTH, NOTICES) == []


def test_one_members_yes_is_not_the_groups_before_all_have_signed(desk: Desk, claim: Claim) -> None:
    passes(desk, "孙理财", claim)
    rows = finance(desk)
    assert [(row.opinion, row.reviewer) for row in rows] == [("还差签字", "孙理财")]
    text = text_of(review_record(office(desk), FINANCE, MONTH.label, rows, store.members_for(desk, FINANCE)))
    assert "青山村民主理财小组2026年1月理财记录" in text
    assert "共审核1件：同意0件，有疑问0件，不同意0件，还差签字1件。" in text
    assert "同意合计" not in text
    assert "组长钱组长" in text
    passes(desk, "钱组长", claim)
    assert [(row.opinion, row.reviewer) for row in finance(desk)] == [("同意", "孙理财、钱组长")]


def test_what_was_taken_back_before_all_had_signed_was_never_passed(desk: Desk, claim: Claim) -> None:
    passes(desk, "孙理财", claim)
    usecases.withdraw(desk, claim.id, "买重了")
    assert [row.opinion for row in finance(desk)] == ["还差签字"]


def test_a_question_stands_for_the_group_whoever_had_said_yes(desk: Desk, claim: Claim) -> None:
    passes(desk, "孙理财", claim)
    passes(desk, "钱组长", claim, Outcome.QUERIED, "数量不对")
    assert [(row.opinion, row.reviewer) for row in finance(desk)] == [("有疑问", "钱组长")]
    answer(desk, "claims", claim.id, "已补签收单")
    passes(desk, "钱组长", claim)
    rows = finance(desk)
    assert [row.opinion for row in rows] == ["有疑问", "同意"]
    text = text_of(review_record(office(desk), FINANCE, MONTH.label, rows))
    assert "共审核1件：同意1件，有疑问1件，不同意0件。" in text


def test_the_committees_record_is_there_where_the_chain_or_the_books_know_it(desk: Desk, claim: Claim) -> None:
    assert store.record_kinds(desk) == [FINANCE, NOTICES, SUPERVISED]
    passes(desk, "钱组长", claim)
    choose_chain(desk, "standard")
    assert store.record_kinds(desk) == [FINANCE, NOTICES]
    passes(desk, "周监督", claim)
    assert store.record_kinds(desk) == [FINANCE, NOTICES, SUPERVISED]
