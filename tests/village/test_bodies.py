"""A body goes on with other members: after an election, or when one has left; who was in it before stays on record."""

from datetime import date

import pytest

from tests.payments.paying import a_claim, as_, grant_project, submitted
from tests.village_fixtures import PASSWORD
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import RuleViolation
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Claim, ClaimState, Outcome
from villagedesk.payments.recusal import members_of
from villagedesk.storage.desk import Desk
from villagedesk.village import store, usecases
from villagedesk.village.consent import Consent
from villagedesk.village.model import Body, Membership, Officer, Role
from villagedesk.village.moneyrules import Who

START, END = date(2026, 1, 1), date(2028, 12, 31)
TODAY = date(2026, 1, 5)
HEAD = Consent("赵主任", PASSWORD)
GROUP = [("钱组长", "组长"), ("孙理财", "成员"), ("冯理财", "成员")]
OTHERS = [("孙理财", "组长"), ("冯理财", "成员")]


@pytest.fixture
def group(desk: Desk) -> Body:
    """A finance group of three on record, 钱组长 its 组长."""
    return usecases.set_up_body(desk, "民主理财小组", GROUP, START, END)


def names(desk: Desk, body: Body) -> list[tuple[str, str]]:
    return [(one.name, one.duty) for one in store.members(desk, body.id)]


def refused(desk: Desk, body: Body, *facts: object, **more: object) -> list[str]:
    before = desk.tip()
    with pytest.raises(RuleViolation) as caught:
        usecases.change_members(desk, body.id, *facts, **more)  # type: ignore[arg-type]
    assert desk.tip() == before
    return [finding.field for finding in caught.value.findings]


def test_the_others_leave_the_day_before(desk: Desk, group: Body) -> None:
    usecases.change_members(desk, group.id, OTHERS, TODAY, END)
    assert names(desk, group) == OTHERS
    assert members_of(desk, Who.FINANCE_GROUP) == OTHERS
    left = desk.find(Membership, "last_day < ?", [TODAY.isoformat()], "rowid")
    assert [(one.name, one.last_day) for one in left] == [(name, date(2026, 1, 4)) for name, _ in GROUP]


def test_a_list_mistyped_on_the_same_day_is_put_right(desk: Desk, group: Body) -> None:
    usecases.change_members(desk, group.id, [("孙里财", "组长")], TODAY, END)
    usecases.change_members(desk, group.id, OTHERS, TODAY, END)
    assert names(desk, group) == OTHERS
    assert not desk.find(Membership, "name = '孙里财'")


def test_when_the_term_is_over_the_last_members_are_shown_until_others_come(
    desk: Desk, group: Body, clock: SetClock
) -> None:
    clock.set(clock.now().replace(year=2029))
    assert names(desk, group) == GROUP
    assert members_of(desk, Who.FINANCE_GROUP) == []
    desk.believe_clock()
    usecases.change_members(desk, group.id, OTHERS, date(2029, 1, 5), date(2031, 12, 31))
    assert names(desk, group) == OTHERS


@pytest.mark.parametrize(
    ("people", "first", "last", "fields"),
    [
        ([], TODAY, END, ["leader"]),
        ([(" ", "组长")], TODAY, END, ["leader"]),
        ([("孙理财", "组长"), ("冯理财", "成员"), ("冯理财", "成员")], TODAY, END, ["members"]),
        (OTHERS, date(2026, 1, 6), END, ["first_day"]),
        (OTHERS, TODAY, date(2026, 1, 4), ["last_day"]),
    ],
)
def test_an_unsound_list_changes_nothing(
    desk: Desk, group: Body, people: list[tuple[str, str]], first: date, last: date, fields: list[str]
) -> None:
    assert refused(desk, group, people, first, last) == fields
    assert names(desk, group) == GROUP


def test_once_one_has_said_a_word_another_agrees_to_who_reviews(desk: Desk, group: Body) -> None:
    council = usecases.set_up_body(desk, "议事会", [("张䶮", "组长")], START, END)
    claim = submitted(desk, a_claim(grant_project(desk)))
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, Outcome.PASSED)
    as_(desk, "李会计")
    assert refused(desk, group, OTHERS, TODAY, END) == ["second"]
    usecases.change_members(desk, group.id, OTHERS, TODAY, END, HEAD)
    assert (
        desk.rows("SELECT reason FROM journal ORDER BY seq DESC LIMIT 1")[0]["reason"] == "赵主任（村主要负责人）同意"
    )
    usecases.change_members(desk, council.id, [("王桂香", "组长")], TODAY, END)
    assert names(desk, council) == [("王桂香", "组长")]


def test_claims_go_on_when_the_leader_of_the_group_is_gone(desk: Desk, group: Body) -> None:
    """His signature was waited for, and nobody could have put another in his place."""
    usecases.appoint(desk, "冯理财", Role.FINANCE_GROUP, PASSWORD)
    claim = submitted(desk, a_claim(grant_project(desk)))
    (gone,) = desk.find(Officer, "name = ?", ["钱组长"])
    usecases.dismiss(desk, gone.id, HEAD)
    as_(desk, "孙理财")
    review(desk, "claims", claim.id, Outcome.PASSED)
    assert desk.get(Claim, claim.id).state is ClaimState.SUBMITTED
    as_(desk, "李会计")
    usecases.change_members(desk, group.id, [("冯理财", "组长"), ("孙理财", "成员")], TODAY, END, HEAD)
    as_(desk, "冯理财")
    review(desk, "claims", claim.id, Outcome.PASSED)
    assert desk.get(Claim, claim.id).state is ClaimState.REVIEWED


def test_only_the_accountant_changes_members(desk: Desk, group: Body) -> None:
    as_(desk, "赵主任")
    with pytest.raises(RuleViolation, match="由村会计"):
        usecases.change_members(desk, group.id, OTHERS, TODAY, END)
