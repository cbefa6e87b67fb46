"""Posts, quarters, the budget and the ranking typed as commands on a real desk."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.projects.money import budgeted, carried, motion
from tests.projects.posts import family, post, road
from tests.projects.test_monthly import monthly  # noqa: F401  (fixture)
from tests.village_fixtures import ACCOUNTANT, PASSWORD
from tests.works import YEAR, inspection, late_in_the_year, open_fund, running
from villagedesk.cli import budget, posts, projects
from villagedesk.cli.session import PASSWORD_VARIABLE, Session
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import RuleViolation
from villagedesk.projects import usecases
from villagedesk.storage.desk import Desk
from villagedesk.village.profile import load

Typed = Callable[..., str]


@pytest.fixture
def typed(desk: Desk, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Type a command on a desk in late 2026; the desk itself is closed for it and must not be used afterwards."""
    open_desk = Desk.open
    monkeypatch.setattr(Desk, "open", lambda folder, **how: open_desk(folder, **how, clock=clock))
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    commands = {command.name: command for room in (posts, budget, projects) for command in room.COMMANDS}

    def run(group: str, *words: str, as_json: bool = False) -> str:
        desk.close()
        session = Session(desk.folder, ACCOUNTANT, as_json)
        try:
            result = CliRunner().invoke(commands[group], words, obj=session)
        finally:
            session.close()
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    return run


@pytest.fixture(autouse=True)
def _late(clock: SetClock) -> None:
    late_in_the_year(clock)


def test_a_post_is_set_up_assessed_ranked_and_ended(typed: Typed, desk: Desk, tmp_path: Path) -> None:
    project = running(desk)
    family(desk)
    usecases.record_inspection(desk, inspection(project))
    added = (
        "posts",
        "add",
        "路灯",
        "王桂香",
        "护灯员",
        "--base",
        "500",
        "--from",
        "2026-03-01",
    )
    assert "岗位设好了：王桂香（护灯员，三组）。" in typed(*added, "--area", "三组")
    assert "路灯维护\t王桂香（护灯员，三组）\t500.00\t375.00\t2026-03-01\t今" in typed(
        "posts", "list", "--project", "路灯"
    )
    assert "王桂香（护灯员，三组）\t2026Q1" in typed("posts", "missing")
    assess = ("posts", "assess", "路灯", "王桂香", "2026Q2", "--by", "周监督", "--on", "2026-07-02")
    assert "考核登记了：85分，合格。" in typed(*assess, "--off", "出勤=4:迟到", "--off", "责任区=11:两盏不亮")
    assert "请写成 项目=扣分:原因" in typed(*assess, "--off", "出勤4")
    assert "不是期间" in typed("posts", "assess", "路灯", "王桂香", "二季度", "--by", "周监督")
    shown = typed("project", "show", "路灯")
    assert "85分  合格  周监督  2026Q2  王桂香（护灯员，三组） — 路灯维护" in shown
    assert "合同金额18,000.00元；已付0.00元，还应付18,000.00元。" in shown
    assert "还没有登记" in typed("ranking")
    with pytest.raises(RuleViolation, match="还没有过完"):
        typed("ranking", "--keep")
    kept = json.loads(typed("ranking", "--keep", "--reason", "县里要", as_json=True))
    assert {"place": 1, "name": "王桂香（护灯员，三组）", "score": "85"} in kept
    assert "110%" in typed("budget", "next") or "100%" in typed("budget", "next")
    assert "到2026-11-30结束" in typed("posts", "end", "路灯", "王桂香", "--on", "2026-11-30")
    assert "找不到“王桂香”的岗位" in typed("posts", "end", "路灯", "王桂香")
    for words in (
        ("posts", "sheet", "caretaker"), ("budget", "print", "ranking"), ("budget", "print", "next"),
        ("budget", "print", "budget"), ("project", "print", "settlement", "--name", "路灯"),
        ("project", "print", "acceptance", "--name", "路灯"),
    ):  # fmt: skip
        target = tmp_path / "纸.pdf"
        assert "存好了" in typed(*words, "-o", str(target))
        assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.usefixtures("monthly")
def test_months_are_scored_and_the_last_tells_the_quarter(typed: Typed, desk: Desk) -> None:
    project, (head, _) = road(desk)
    usecases.set_up_post(desk, post(project, head, first_day=date(2026, 5, 1)))
    words = ("--by", "周监督", "--on", "2026-07-02", "--off", "镇级考核=5:抽查")
    assert "考核登记了：95分，合格。\n" in typed("posts", "assess", "路灯", "王桂香", "2026-05", *words)
    assert "考核登记了：95分，合格。2026年第二季度95分：各月平均：（5月95分＋6月95分）÷2＝95分。" in typed(
        "posts", "assess", "路灯", "王桂香", "2026-06", *words
    )


def test_a_budget_tells_where_its_money_comes_from(typed: Typed, desk: Desk) -> None:
    fund = open_fund(desk, 30_000_00)
    carried(desk, fund, 12_000_00)
    budgeted(desk, fund)
    told = typed("budget", "show")
    assert "资金来源：2025年县级补助结转12,000.00元。" in told
    assert "结转和期初12,000.00元，加本年计划30,000.00元，可用42,000.00元，减已安排40,000.00元" in told
    assert "加还可用40,000.00元，等于已安排40,000.00元。" in told


def test_a_budget_is_changed_by_the_words_of_its_resolution(typed: Typed, desk: Desk) -> None:
    budgeted(desk)
    motion(desk, date(2026, 6, 10))
    change = ("budget", "change", "--motion", "调整年度", "--why", "巡逻加人")
    assert "请写成 项目=-3000 这样" in typed(*change, "--move", "路灯维护=三千")
    said = typed(*change, "--move", "路灯维护=-3000", "--move", "治安巡逻=+3000")
    assert f"{YEAR}年度支出预算第1次调整登记了。" in said
    shown = typed("budget", "show")
    assert "路灯维护\t20,000.00\t-3,000.00\t17,000.00\t0.00\t0.00\t0.00\t17,000.00" in shown
    assert "现行预算合计40,000.00元，还可用40,000.00元。" in shown
    assert json.loads(typed("budget", "show", as_json=True))[1]["budget"] == "23000.00"
    assert "找不到" in typed(*change, "--move", "路灯维护=1")  # its motion is used


def test_the_ways_to_pay_by_a_score_are_those_of_the_rules(typed: Typed, desk: Desk) -> None:
    running(desk)
    keys = list(load().works.bands)
    assert [line.split("\t")[0] for line in typed("posts", "bands").splitlines()[1:]] == keys
    words = ("project", "contract", "路灯", "管护队", "1200", "日常看护", "--from", "2026-03-01", "--to", "2026-12-31")
    said = typed(*words, "--bands", "五档")
    assert "规则里没有“五档”这种计分办法" in said
    assert all(key in said for key in keys)


def test_contracts_are_signed_with_their_bands(typed: Typed, desk: Desk) -> None:
    running(desk)
    words = ("project", "contract", "路灯", "管护队", "1200", "日常看护", "--caretaking", "--cycles", "4")
    assert "1,200.00元" in typed(*words, "--bands", "three", "--from", "2026-03-01", "--to", "2026-12-31")
    assert isinstance(posts.COMMANDS[0], click.Group)
