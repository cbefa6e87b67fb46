"""Who may approve is not the keeper's alone to say: somebody who approves agrees, with their own password."""

import json

import pytest

from tests.payments.paying import a_claim, as_, grant_project, submitted
from tests.village_fixtures import PASSWORD
from villagedesk.kernel.errors import RuleViolation
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk
from villagedesk.village import consent, store, usecases
from villagedesk.village.consent import Consent
from villagedesk.village.model import Role

NEW = "jiade-2026"
HEAD = Consent("赵主任", PASSWORD)


@pytest.fixture
def lived(desk: Desk) -> Desk:
    """A village in which the finance group has said its first word; the accountant is signed in."""
    claim = submitted(desk, a_claim(grant_project(desk)))
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, Outcome.PASSED)
    as_(desk, "李会计")
    return desk


def fields(desk: Desk, role: Role, given: Consent | None) -> list[str]:
    before = desk.tip()
    with pytest.raises(RuleViolation) as refused:
        usecases.appoint(desk, "假主任", role, NEW, given)
    assert desk.tip() == before
    return [finding.field for finding in refused.value.findings]


def test_while_a_desk_is_set_up_the_keeper_appoints(desk: Desk) -> None:
    assert usecases.appoint(desk, "罗书记", Role.HEAD, NEW).is_active


@pytest.mark.parametrize("role", [Role.HEAD, Role.FINANCE_GROUP, Role.SUPERVISION])
def test_the_accountant_alone_makes_nobody_who_approves(lived: Desk, role: Role) -> None:
    assert fields(lived, role, None) == ["second"]
    assert fields(lived, role, Consent("李会计", PASSWORD)) == ["second"]
    assert fields(lived, role, Consent("没有这个人", PASSWORD)) == ["second"]
    assert fields(lived, role, Consent("赵主任", NEW)) == ["second_password"]


def test_another_accountant_needs_nobodys_consent(lived: Desk) -> None:
    assert usecases.appoint(lived, "王报账", Role.ACCOUNTANT, NEW).is_active


def test_who_agreed_stands_in_the_journal_with_who_appointed(lived: Desk) -> None:
    made = usecases.appoint(lived, "罗书记", Role.HEAD, NEW, HEAD)
    (entry,) = lived.history(made.id)
    assert (store.officer_name(lived, entry.actor), entry.reason) == ("李会计", "赵主任（村主要负责人）同意")
    assert NEW not in json.dumps(
        [dict(row) for row in lived.rows("SELECT coalesce(body, '') AS body, reason FROM journal")]
    )


def test_whoever_approves_is_not_dismissed_by_the_accountant_alone(lived: Desk) -> None:
    head = next(one for one in store.active_officers(lived) if one.role is Role.HEAD)
    with pytest.raises(RuleViolation, match="不能由管账的人一个人添加、停用"):
        usecases.dismiss(lived, head.id)
    assert not usecases.dismiss(lived, head.id, HEAD).is_active, "who leaves may agree to it"
    entry = lived.history(head.id)[-1]
    assert (entry.action, entry.reason) == ("village.officer.dismissed", "赵主任（村主要负责人）同意")


def test_a_village_that_lost_them_all_goes_on_and_the_journal_says_so(lived: Desk) -> None:
    for one in consent.who_may(lived):
        usecases.dismiss(lived, one.id, Consent(one.name, PASSWORD))
    assert consent.who_may(lived) == []
    made = usecases.appoint(lived, "罗书记", Role.HEAD, NEW)
    assert lived.history(made.id)[0].reason == "没有别的人可以同意"
    assert consent.who_may(lived) == [made]
    assert fields(lived, Role.HEAD, None) == ["second"]


def test_a_leader_of_the_township_is_agreed_to_by_the_leader(township_desk: Desk) -> None:
    usecases.appoint(township_desk, "郑镇长", Role.LEADER, NEW)
    clerk = township_desk.actor
    as_(township_desk, "郑镇长")
    usecases.change_password(township_desk, NEW, "zheng-2026")
    township_desk.actor = clerk
    assert fields(township_desk, Role.LEADER, None) == ["second"]
    assert usecases.appoint(township_desk, "周镇长", Role.LEADER, NEW, Consent("郑镇长", "zheng-2026")).is_active


def test_a_township_whose_only_leader_has_moved_away_goes_on_and_the_journal_says_so(township_desk: Desk) -> None:
    """Who has gone agrees to nothing, and the clerk is the only one left."""
    gone = usecases.appoint(township_desk, "郑镇长", Role.LEADER, NEW)
    clerk = township_desk.actor
    as_(township_desk, "郑镇长")
    usecases.change_password(township_desk, NEW, "zheng-2026")
    township_desk.actor = clerk
    assert usecases.dismiss(township_desk, gone.id).is_active is False
    assert township_desk.history(gone.id)[-1].reason == consent.ALONE
    made = usecases.appoint(township_desk, "周镇长", Role.LEADER, NEW)
    assert township_desk.history(made.id)[0].reason == consent.ALONE


def test_the_only_leader_may_still_agree_to_leave(township_desk: Desk) -> None:
    gone = usecases.appoint(township_desk, "郑镇长", Role.LEADER, NEW)
    clerk = township_desk.actor
    as_(township_desk, "郑镇长")
    usecases.change_password(township_desk, NEW, "zheng-2026")
    township_desk.actor = clerk
    with pytest.raises(RuleViolation, match="密码不对"):
        usecases.dismiss(township_desk, gone.id, Consent("郑镇长", NEW))
    usecases.dismiss(township_desk, gone.id, Consent("郑镇长", "zheng-2026"))
    assert township_desk.history(gone.id)[-1].reason == "郑镇长（乡镇主要领导）同意"
