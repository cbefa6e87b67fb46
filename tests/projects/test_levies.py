"""What villagers resolve to give for a project: resolved first, within the caps, never changed, worked days only on."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.works import assembly, minutes, open_fund, proposed, resolved
from villagedesk.deliberation.model import MotionFacts
from villagedesk.deliberation.usecases import record_meeting
from villagedesk.kernel.errors import RuleViolation
from villagedesk.projects import store, usecases
from villagedesk.projects.model import Levy, Project
from villagedesk.storage.desk import Desk


def levy(project: Project, **changed: Any) -> Levy:
    """A levy as it is typed in."""
    typed: dict[str, Any] = {
        "project_id": project.id,
        "resolved_on": date(2026, 2, 10),
        "payers": 300,
        "exempt": 12,
        "fen_per_head": 15_00,
        "workers": 120,
        "days_per_head": 5,
    }
    return Levy(**(typed | changed))


@pytest.fixture
def project(desk: Desk) -> Project:
    """A project the representatives resolved on 10 February."""
    return resolved(desk)


def test_a_levy_is_kept_with_its_sums(desk: Desk, project: Project) -> None:
    stored = usecases.record_levy(desk, levy(project, days_worked=99))
    assert (stored.planned_fen, stored.planned_days, stored.days_worked) == (4_500_00, 600, 0)
    assert store.levy_of(desk, project.id) == stored
    assert store.levies_of(desk, 2026) == [stored]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"resolved_on": date(2026, 2, 9)}, "还没有通过这个项目"),
        ({"resolved_on": date(2027, 1, 1)}, "还没有到"),
        ({"fen_per_head": 20_01}, "超过每人每年20.00元的上限"),
        ({"days_per_head": 11}, "超过每个劳动力每年10个工日的上限"),
        ({"payers": 0}, "筹资要写人数和每人多少钱"),
        ({"workers": 0}, "筹劳要写劳动力人数"),
        ({"exempt": -1}, "不能是负数"),
        ({"payers": 0, "fen_per_head": 0, "workers": 0, "days_per_head": 0}, "请写上筹资或者筹劳"),
        ({"payers": 10**12}, "筹资合计太大"),
    ],
)
def test_an_unsound_levy_is_refused(desk: Desk, project: Project, changed: dict[str, Any], said: str) -> None:
    with pytest.raises(RuleViolation, match=said):
        usecases.record_levy(desk, levy(project, **changed))
    assert store.levy_of(desk, project.id) is None


def test_exactly_the_cap_is_allowed(desk: Desk, project: Project) -> None:
    stored = usecases.record_levy(desk, levy(project, fen_per_head=20_00, days_per_head=10))
    assert stored.fen_per_head == 20_00


def test_a_levy_is_recorded_once(desk: Desk, project: Project) -> None:
    usecases.record_levy(desk, levy(project))
    with pytest.raises(RuleViolation, match="已经登记过筹资筹劳"):
        usecases.record_levy(desk, levy(project))


def test_a_project_nobody_resolved_is_not_levied_for(desk: Desk) -> None:
    with pytest.raises(RuleViolation, match="还没有通过这个项目"):
        usecases.record_levy(desk, levy(proposed(desk)))


def test_two_levies_of_a_year_beyond_the_cap_need_a_reason(desk: Desk) -> None:
    fund = open_fund(desk)
    first, second = (proposed(desk, name, fund) for name in ("路灯维护", "水渠清淤"))
    motion = MotionFacts("审议项目", 43, 0, 0, project_ids=(first.id, second.id))
    record_meeting(desk, minutes(assembly(desk)), motions=[motion])
    usecases.record_levy(desk, levy(first))
    with pytest.raises(RuleViolation, match=r"每人加起来30\.00元、10个工日，超过一年的上限"):
        usecases.record_levy(desk, levy(second))
    stored = usecases.record_levy(desk, levy(second), "前一次是1组，这一次是3组")
    assert store.levies_of(desk, 2026)[-1] == stored


def test_days_worked_move_forward_only(desk: Desk, project: Project) -> None:
    stored = usecases.record_levy(desk, levy(project))
    assert usecases.record_levied_days(desk, stored.id, 200).days_worked == 200
    for again in (200, 199, -1):
        with pytest.raises(RuleViolation, match="累计数只能比它大"):
            usecases.record_levied_days(desk, stored.id, again)
    with pytest.raises(RuleViolation, match="议定的是600个工日"):
        usecases.record_levied_days(desk, stored.id, 601)
    assert usecases.record_levied_days(desk, stored.id, 601, "邻组帮工1天").days_worked == 601


def test_days_are_not_counted_where_none_were_levied(desk: Desk, project: Project) -> None:
    stored = usecases.record_levy(desk, levy(project, workers=0, days_per_head=0))
    with pytest.raises(RuleViolation, match="没有议定筹劳"):
        usecases.record_levied_days(desk, stored.id, 1)


def test_what_was_resolved_never_changes(desk: Desk, project: Project) -> None:
    stored = usecases.record_levy(desk, levy(project))
    with pytest.raises(Exception, match="议定的筹资筹劳不能改动"), desk.change("test.forged") as change:
        change.put(replace(stored, payers=1))
