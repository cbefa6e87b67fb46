"""Wishes, projects, scores and meetings typed as commands, one after another, on a real desk."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.village_fixtures import ACCOUNTANT, PASSWORD
from tests.works import DATA, YEAR, facts, late_in_the_year, open_fund, resolved, running
from villagedesk.cli import deliberation, imports, projects
from villagedesk.cli.session import PASSWORD_VARIABLE, Session
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.errors import BadInput, RuleViolation
from villagedesk.projects.model import Inspection
from villagedesk.projects.usecases import shortlist
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.store import fund_balances
from villagedesk.village.usecases import import_people, set_up_body, sign_in

Typed = Callable[..., str]


@pytest.fixture
def typed(desk: Desk, clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Type a command on a desk in late 2026: ``typed("project", "list")``; faults are raised as they are."""
    late_in_the_year(clock)
    open_fund(desk)
    desk.close()
    open_desk = Desk.open
    monkeypatch.setattr(Desk, "open", lambda folder, **how: open_desk(folder, **how, clock=clock))
    monkeypatch.setenv(PASSWORD_VARIABLE, PASSWORD)
    commands = {command.name: command for room in (imports, projects, deliberation) for command in room.COMMANDS}

    def run(group: str, *words: str, as_json: bool = False) -> str:
        session = Session(desk.folder, ACCOUNTANT, as_json)
        try:
            result = CliRunner().invoke(commands[group], words, obj=session)
        finally:
            session.close()
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    return run


def test_a_year_of_works_typed(typed: Typed, desk: Desk, tmp_path: Path) -> None:
    assert "新增600人" in typed("import", "people", str(DATA / "villagers-gb18030.csv"))
    assert "168户的意愿。全村180户，已征求168户，占93.3%" in typed("import", "wishes", str(DATA / "wishes-2026.xlsx"))
    assert "村内道路破损修补\t42\t42\t0\t0" in typed("project", "wishes")
    typed(
        "project", "add", "路灯维护", "--item", "供电", "--budget", "20000", "--fund", "县级补助", "--on", "2026-01-25"
    )
    assert "两委提议" in typed("project", "step", "路灯", "proposed", "--on", "2026年2月1日")
    _set_up(desk)
    said = typed(
        "meeting", "record", "--body", "村民代表会议", "--on", "2026-02-10", "--chair", "赵主任", "--entitled", "60",
        "--present", "43", "--subject", "审议路灯维护", "--votes", "22", "15", "6", "--project", "路灯",
    )  # fmt: skip
    assert "应到60人，实到43人，达到三分之二；同意22票，超过到会人数半数，通过。" in said
    typed("project", "step", "路灯", "publicized", "--on", "2026-02-11", "--note", "村务公开栏")
    typed("project", "step", "路灯", "granted", "--on", "2026-02-25", "--note", "双府〔2026〕3号")
    typed("project", "contract", "路灯", "明亮电工队", "18000", "换灯40盏", "--from", "2026-03-01", "--to", "2026-05-31",
          "--signed", "2026-03-01")  # fmt: skip
    typed("project", "step", "路灯", "running", "--on", "2026-03-01")
    assert "抽查登记了：88分" in typed(
        "project", "inspect", "路灯", "spot_check", "88", "--by", "周监督", "--contract", "明亮"
    )
    assert "验收登记了：92分，合格" in typed("project", "inspect", "路灯", "acceptance", "92", "--by", "周监督")
    with Desk.open(desk.folder, write=False) as opened:
        assert [visit.contract_id is None for visit in opened.find(Inspection)] == [False, True]
    said = typed("project", "survey", "路灯", "60", "50", "6", "1", "--note", "3组路口还黑")
    assert said == "满意度调查登记了：60人，好50、中6、差1、没表态3。\n"
    assert typed("project", "manager", "路灯", "王组长") == "“路灯维护”由王组长负责。\n"
    shown = typed("project", "show", "路灯")
    assert "预算20,000.00元，已付0.00元，余20,000.00元" in shown
    assert "合同 2026-03-01  明亮电工队  18,000.00元" in shown
    assert "验收 2026-12-01  92分  合格  周监督" in shown
    assert "满意度 2026-12-01  逐户走访  调查60人：好50、中6、差1" in shown
    assert "实施中" in typed("project", "list", "--year", "2026")
    for paper in ("wishes", "shortlist", "card"):
        target = tmp_path / f"{paper}.pdf"
        typed("project", "print", paper, "--name", "路灯", "-o", str(target))
        assert target.read_bytes().startswith(b"%PDF")
    for paper in ("minutes", "resolution"):
        target = tmp_path / f"{paper}.pdf"
        typed("meeting", "print", paper, "--number", "第1次", "-o", str(target))
        assert target.read_bytes().startswith(b"%PDF")
    assert "2026年村民代表会议第1次\t村民代表会议\t2026-02-10\t43/60\t1/1" in typed("meeting", "list")
    assert "项目：路灯维护" in typed("meeting", "show", "2026年村民代表会议第1次")


def test_a_levy_and_its_days_are_typed(typed: Typed, desk: Desk) -> None:
    opened = Desk.open(desk.folder)
    sign_in(opened, ACCOUNTANT, PASSWORD)
    resolved(opened, fund=fund_balances(opened)[0].fund)
    opened.close()
    words = ("路灯维护", "--payers", "300", "--each", "15", "--workers", "120", "--days", "5", "--on", "2026-02-10")
    assert "筹资4,500.00元，筹劳600个工日" in typed("project", "levy", *words)
    assert "累计出工200个工日，议定600个" in typed("project", "worked", "路灯维护", "200")
    with pytest.raises(RuleViolation, match="累计数只能比它大"):
        typed("project", "worked", "路灯维护", "100")


def test_programs_get_json(typed: Typed) -> None:
    made = json.loads(typed("project", "add", "祠堂修缮", "--item", "文体及健身活动", as_json=True))
    (listed,) = json.loads(typed("project", "list", "--state", "shortlisted", as_json=True))
    assert listed == {
        "id": made["id"], "year": 2026, "name": "祠堂修缮", "state": "shortlisted", "budget": "0.00", "paid": "0.00",
    }  # fmt: skip


def test_scores_are_imported_and_ranked(typed: Typed, desk: Desk, tmp_path: Path) -> None:
    names = _names_of_scores()
    with _opened(desk) as again:
        for name in names:
            shortlist(again, facts(name))
    assert "252张量分票" in typed("import", "scores", str(DATA / "scores-2026.xlsx"), "--year", str(YEAR))
    assert "1\t防汛物资储备\t18.62" in typed("meeting", "ranking")
    typed("meeting", "print", "ranking", "-o", str(tmp_path / "ranking.pdf"))
    assert (tmp_path / "ranking.pdf").stat().st_size > 1000


def test_a_meeting_comes_from_a_file(typed: Typed, desk: Desk, tmp_path: Path) -> None:
    _set_up(desk)
    file = tmp_path / "会议.json"
    meeting: dict[str, Any] = {
        "body": "村民代表会议", "date": "2026-02-10", "place": "村委会", "chair": "赵主任", "recorder": "李会计",
        "entitled": 3, "present": 2, "roll": {"present": ["甲", "乙"], "absent": ["丙"]},
        "motions": [{"subject": "选举", "yes": 2, "method": "无记名", "passed": True}],
    }  # fmt: skip
    file.write_text(json.dumps(meeting), "utf-8")
    answer = json.loads(typed("meeting", "record", "--file", str(file), as_json=True))
    assert answer["motions"][0]["passed"] is True
    meeting |= {"number": "重开", "present": 1, "roll": {}, "motions": [{"subject": "选举", "yes": 1, "passed": True}]}
    file.write_text(json.dumps(meeting), "utf-8")
    with pytest.raises(RuleViolation, match="未达到三分之二，会议无效"):
        typed("meeting", "record", "--file", str(file))


@pytest.mark.parametrize("content", ["不是", "[]"])
def test_a_file_that_is_no_meeting_is_refused(typed: Typed, tmp_path: Path, content: str) -> None:
    file = tmp_path / "会议.json"
    file.write_text(content, "utf-8")
    with pytest.raises(BadInput):
        typed("meeting", "record", "--file", str(file))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("project", "show", "没有"), "找不到名称里有“没有”的项目"),
        (("project", "add", "甲", "--item", "供水", "--fund", "省级补助"), "找不到2026年“省级补助”的专账"),
        (("project", "add", "甲", "--item", "供水", "--budget", "很多"), "“很多”不是金额"),
        (("project", "step", "甲", "proposed", "--on", "明天"), "“明天”不是日期"),
        (("meeting", "show", "九九"), "找不到编号里有“九九”的会议"),
        (("meeting", "record", "--body", "村民会议"), "找不到组织“村民会议”"),
    ],
)
def test_misuse_is_said_plainly(typed: Typed, words: tuple[str, ...], said: str) -> None:
    assert said in typed(*words)


def test_a_whole_name_goes_before_a_part_of_one(typed: Typed) -> None:
    for name in ("路灯", "路灯维护"):
        typed("project", "add", name, "--item", "供电")
    assert "2026年 路灯：初选" in typed("project", "show", "路灯")
    assert "有2个名称里有“灯”的项目" in typed("project", "show", "灯")


def _names_of_scores() -> list[str]:
    from villagedesk.storage.foreign import read_grid

    return list(dict.fromkeys(str(row[1]) for row in read_grid(DATA / "scores-2026.xlsx").rows[1:]))


def _opened(desk: Desk) -> Desk:
    from villagedesk.village.usecases import sign_in

    again = Desk.open(desk.folder)
    sign_in(again, ACCOUNTANT, PASSWORD)
    return again


def _set_up(desk: Desk) -> None:
    from datetime import date

    with _opened(desk) as again:
        set_up_body(again, "村民代表会议", [("王代表", "成员")], date(2026, 1, 1), date(2028, 12, 31))


def test_a_pay_sheet_drafts_its_claim(typed: Typed, desk: Desk) -> None:
    with _opened(desk) as again:
        import_people(again, DATA / "villagers-gb18030.csv")
        fund = again.find(Fund)[0]
        project = running(again, "生活垃圾清运", fund)
    assert "报账单" in typed("import", "payroll", str(DATA / "payroll-2026Q1.xlsx"), "--project", project.name)
