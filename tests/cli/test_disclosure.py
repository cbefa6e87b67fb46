"""The board by typed commands: from the draft to the wall, and back by a correction."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.disclosure.books import Q1, Books, as_, issued
from tests.village_fixtures import ACCOUNTANT
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival


def pass_it(desk: Desk, notice_id: str) -> None:
    as_(desk, "周监督")
    review(desk, "notices", notice_id, Outcome.PASSED)
    as_(desk, ACCOUNTANT)


def test_a_notice_is_prepared_and_printed_by_one_command(
    typed_between: Typed, desk: Desk, books: Books, tmp_path: Path
) -> None:
    target = tmp_path / "资金.pdf"
    done = typed_between(
        "notice", "资金到账与台账", "--period", "2026Q1", "--remark", "第二笔款未到", "-o", str(target)
    )
    assert done.code == 0, done.err
    assert target.read_bytes().startswith(b"%PDF")
    (notice,) = store.notices(desk)
    assert (notice.kind, notice.state) == ("funds", NoticeState.DRAFT)


def test_a_notice_that_is_there_is_printed_by_anybody(
    typed_between: Typed, desk: Desk, books: Books, tmp_path: Path
) -> None:
    _, issuance = issued(desk)
    target = tmp_path / "资金.pdf"
    done = typed_between("notice", "funds", "--period", "2026Q1", "-o", str(target), by="")
    assert done.code == 0, done.err
    assert target.read_bytes() == desk.content(issuance.paper_id)
    large = typed_between("notice", "funds", "--period", "2026Q1", "--large", "-o", str(target), by="")
    assert large.code == 0, large.out
    assert target.read_bytes() != desk.content(issuance.paper_id)


def test_the_whole_way_to_the_board_by_commands(typed_between: Typed, desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    assert "已送审" in typed_between("notices", "submit", draft.id[-6:]).out
    pass_it(desk, draft.id)
    assert "已发布：村务公示〔2026〕1号" in typed_between("notices", "issue", draft.id, "--from", "2026-04-09").out
    done = typed_between("notices", "post", "村务公示〔2026〕1号", "村委会公示栏")
    assert "已登记张贴在村委会公示栏：2026年4月8日至2026年4月17日" in done.out
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=1_00))
    assert "更正公告的草稿做好了" in typed_between("notices", "correct", draft.id, "漏记一笔").out
    more = typed_between("notices", "supplement", draft.id, "县里的第二笔款4月到账。", "漏写到账时间")
    assert "补充公告的草稿做好了" in more.out
    assert [notice.kind for notice in store.notices(desk)] == ["supplement", "correction", "funds"]
    listed = typed_between("notices", "list").out
    assert "补充公告" in listed
    assert "更正公告" in listed


def test_lists_are_for_people_and_for_programs(typed_between: Typed, desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "公示栏")
    draft = usecases.prepare(desk, "spending", Q1)
    text = typed_between("notices", "list", by="").out
    assert "村务公示〔2026〕1号\t已张贴" in text
    assert "项目支出明细\t\t草稿" in text
    data = json.loads(typed_between("notices", "list", "--state", "draft", by="", as_json=True).out)
    assert [one["id"] for one in data] == [draft.id]


def test_what_is_due_is_told(typed_between: Typed, books: Books) -> None:
    text = typed_between("notices", "due", by="").out
    assert "2026年第一季度“资金到账与台账”公示：还没有做，应在2026年4月15日前张贴" in text
    assert "下一期：2026年第二季度，应在2026年7月15日前张贴" in text
    told = json.loads(typed_between("notices", "due", by="", as_json=True).out)
    assert {"kind": "funds", "period": "2026Q1", "topic": "", "due_on": "2026-04-15", "late": False} in told


def test_a_draft_is_printed_and_thrown_away(typed_between: Typed, desk: Desk, books: Books, tmp_path: Path) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    target = tmp_path / "草稿.pdf"
    assert typed_between("notices", "print", draft.id, "-o", str(target), by="").code == 0
    assert target.exists()
    assert "不要了" in typed_between("notices", "discard", draft.id).out
    assert store.notices(desk) == []


def test_a_large_print_is_of_an_issued_notice_only(
    typed_between: Typed, desk: Desk, books: Books, tmp_path: Path
) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    target = str(tmp_path / "大字.pdf")
    assert typed_between("notices", "print", draft.id, "--large", "-o", target, by="").code == 2
    assert typed_between("notice", "funds", "--period", "2026Q1", "--large", "-o", target, by="").code == 2
    issued_notice, _ = issued(desk, "spending")
    assert typed_between("notices", "print", issued_notice.id, "--large", "-o", target, by="").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("notice", "天气", "--period", "2026Q1", "-o", "x.pdf"),
        ("notice", "funds", "--period", "第一季度", "-o", "x.pdf"),
        ("notices", "submit", "没有这份"),
        ("slots", "rename", "6", "名称"),
    ],
)
def test_what_cannot_be_meant_is_misuse(typed_between: Typed, books: Books, words: tuple[str, ...]) -> None:
    assert typed_between(*words).code == 2


def test_a_remark_comes_too_late_for_a_submitted_notice(typed_between: Typed, desk: Desk, books: Books) -> None:
    usecases.submit(desk, usecases.prepare(desk, "funds", Q1).id)
    done = typed_between("notice", "funds", "--period", "2026Q1", "--remark", "补充", "-o", "x.pdf")
    assert done.code == 2


def test_a_rule_refuses_a_command_as_it_refuses_a_click(typed_between: Typed, desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    done = typed_between("notices", "issue", draft.id)
    assert done.code == 1
    assert "未经监督小组审核" in done.err
    assert desk.get(Notice, draft.id).state is NoticeState.DRAFT


def test_slots_are_set_up_renamed_and_confirmed(typed_between: Typed, desk: Desk) -> None:
    assert "五个栏目设好了" in typed_between("slots", "set-up").out
    assert "“资金公示”" in typed_between("slots", "rename", "2", "资金公示", "--basis", "县财农〔2026〕8号").out
    assert "已确认" in typed_between("slots", "confirm", "2").out
    listed = typed_between("slots", "list", by="").out
    assert "2\t资金公示\t县里已确认\t县财农〔2026〕8号" in listed
    assert "1\t项目公开\t待县级口径确认" in listed
