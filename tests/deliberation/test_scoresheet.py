from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.works import facts
from villagedesk.deliberation.scoresheet import HEADS, score_lines
from villagedesk.kernel.errors import BadInput
from villagedesk.projects.model import ProjectState
from villagedesk.storage.foreign import Cell, Grid

PROJECTS = {
    "路灯维护": replace(facts(), id="p1", state=ProjectState.SHORTLISTED),
    "治安巡逻": replace(facts("治安巡逻"), id="p2", state=ProjectState.RUNNING),
}
GOOD: tuple[Cell, ...] = ("史祥燕", "路灯维护", 7.0, 6.0, 0.0)


def grid(*rows: Sequence[Cell]) -> Grid:
    return Grid("量分.xlsx", (HEADS, *(tuple(row) for row in rows)))


def problems(
    *rows: Sequence[Cell], members: frozenset[str] = frozenset(), known: frozenset[tuple[str, str]] = frozenset()
) -> list[str]:
    with pytest.raises(BadInput) as caught:
        score_lines(grid(*rows), PROJECTS, members, known)
    return [str(problem) for problem in caught.value.problems]


def changed(place: int, cell: Cell) -> tuple[Cell, ...]:
    return (*GOOD[:place], cell, *GOOD[place + 1 :])


def test_a_ballot_is_read_from_each_line() -> None:
    (score,) = score_lines(grid(GOOD, (None, "")), PROJECTS, {"史祥燕"}, set())
    assert (score.project_id, score.member, score.urgent, score.wished, score.benefit) == ("p1", "史祥燕", 7, 6, 0)


@pytest.mark.parametrize(
    ("place", "cell", "problem"),
    [
        (0, "", "第2行“议事会成员”：不能空着"),
        (1, "祠堂修缮", "第2行“项目”：这一年没有叫“祠堂修缮”的项目"),
        (1, None, "第2行“项目”：不能空着"),
        (1, "治安巡逻", "第2行“项目”：“治安巡逻”现在是“实施中”，不能再量分"),
        (2, 11.0, "第2行“急需”：应是0到10的整数，现在是“11”"),
        (3, 6.5, "第2行“急盼”：应是0到10的整数，现在是“6.5”"),
        (4, None, "第2行“受益直接”：应是0到10的整数，现在是“”"),
        (4, "八", "第2行“受益直接”：应是0到10的整数，现在是“八”"),
        (4, "８", "第2行“受益直接”：应是0到10的整数，现在是“８”"),
        (4, "-1", "第2行“受益直接”：应是0到10的整数，现在是“-1”"),
    ],
)
def test_each_problem_names_its_row_and_column(place: int, cell: Cell, problem: str) -> None:
    assert problems(changed(place, cell)) == [problem]


def test_only_members_of_the_council_score() -> None:
    assert problems(GOOD, members=frozenset({"李㛃"})) == ["第2行“议事会成员”：“史祥燕”不是议事会成员"]


def test_a_member_scores_a_project_once() -> None:
    assert problems(GOOD, GOOD) == ["第3行“项目”：史祥燕给“路灯维护”打了两次，和第2行重复"]
    known = frozenset({("p1", "史祥燕")})
    assert problems(GOOD, known=known) == ["第2行“项目”：史祥燕给“路灯维护”的打分已经登记过"]


def test_a_member_scores_every_project_of_the_sheet() -> None:
    other = ("李㛃", "电影放映", 1.0, 1.0, 1.0)
    with pytest.raises(BadInput) as caught:
        score_lines(grid(GOOD, other), PROJECTS | {"电影放映": facts("电影放映")}, set(), set())
    assert [str(problem) for problem in caught.value.problems] == [
        "第2行“项目”：史祥燕没有给“电影放映”打分",
        "第3行“项目”：李㛃没有给“路灯维护”打分",
    ]


def test_a_sheet_without_ballots_is_refused() -> None:
    with pytest.raises(BadInput, match="只有表头，没有打分"):
        score_lines(grid(), PROJECTS, set(), set())
