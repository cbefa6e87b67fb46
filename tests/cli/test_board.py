"""The board by typed commands: photos, taken down, filed, checked; and all that is due at once."""

import json
from datetime import datetime
from pathlib import Path

from tests.cli.shell import Typed
from tests.disclosure.books import Books, as_, issued
from tests.disclosure.pictures import photo_of
from tests.village_fixtures import ACCOUNTANT
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.model import NoticeState
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk


def test_from_the_board_into_the_binder(
    typed_between: Typed, desk: Desk, books: Books, clock: SetClock, tmp_path: Path
) -> None:
    notice, issuance = issued(desk)
    photo = photo_of(desk, tmp_path / "公示栏.jpg", issuance)
    assert "已登记张贴在村委会公示栏" in typed_between("notices", "post", "村务公示〔2026〕1号", "村委会公示栏").out
    assert "存好了村委会公示栏的1张照片" in typed_between("notices", "photo", notice.id, photo).out
    early = typed_between("notices", "take-down", notice.id)
    assert early.code == 1
    assert "公示期到2026年4月17日止，提前取下请写明原因" in early.err
    clock.set(datetime(2026, 4, 18, 9, 0, tzinfo=CHINA))
    done = typed_between("notices", "take-down", notice.id, "--board", "公示栏", "--note", "完好")
    assert "已登记从村委会公示栏取下（2026年4月18日），这份公示：已取下。" in done.out
    assert "已归档在2026年卷宗" in typed_between("notices", "file", notice.id, "2026年卷宗").out
    assert store.notices(desk)[0].state is NoticeState.FILED


def test_which_of_two_boards_must_be_said(typed_between: Typed, desk: Desk, books: Books) -> None:
    notice, _ = issued(desk)
    for board in ("村委会公示栏", "3组路口"):
        usecases.post_up(desk, notice.id, board)
    unclear = typed_between("notices", "take-down", notice.id, "--reason", "水淹")
    assert unclear.code == 2
    assert typed_between("notices", "take-down", notice.id, "--board", "3组", "--reason", "水淹").code == 0


def test_a_paper_is_checked_by_anybody(typed_between: Typed, desk: Desk, books: Books) -> None:
    _, issuance = issued(desk)
    proof = kept_sheet(issuance).proof
    assert proof
    done = typed_between("notices", "check", proof.code, by="")
    assert done.code == 0
    assert "是真的：村务公示〔2026〕1号" in done.out
    told = json.loads(typed_between("notices", "check", "1号", by="", as_json=True).out)
    assert (told["found"], told["is_latest"], told["notice"]["kind"]) == ("genuine", True, "funds")
    forged = typed_between("notices", "check", "村务公示〔2026〕9号", by="")
    assert forged.code == 1
    assert "账里没有村务公示〔2026〕9号" in forged.out


def test_all_that_is_due_is_done_by_four_commands(
    typed_between: Typed, desk: Desk, books: Books, tmp_path: Path
) -> None:
    told = json.loads(typed_between("notices", "due", by="", as_json=True).out)
    made = typed_between("notices", "prepare-due")
    assert f"生成了{len(told)}份草稿" in made.out
    assert f"送审了{len(told)}份公示" in typed_between("notices", "submit-all").out
    as_(desk, "周监督")
    for notice in store.notices(desk):
        review(desk, "notices", notice.id, Outcome.PASSED)
    as_(desk, ACCOUNTANT)
    issued_all = typed_between("notices", "issue-all", "--from", "2026-04-10")
    assert f"发布了{len(told)}份公示" in issued_all.out
    assert f"村务公示〔2026〕{len(told)}号" in issued_all.out
    target = tmp_path / "张贴包.pdf"
    assert f"{len(told)}份公示的张贴包存好了" in typed_between("notices", "pack", "-o", target, by="").out
    assert target.read_bytes().startswith(b"%PDF")
    one = typed_between("notices", "pack", "村务公示〔2026〕2号", "--large", "-o", target, by="")
    assert "1份公示的张贴包" in one.out


def test_a_pack_of_nothing_is_misuse(typed_between: Typed, books: Books, tmp_path: Path) -> None:
    assert typed_between("notices", "pack", "-o", tmp_path / "x.pdf", by="").code == 2


def test_what_nobody_requires_is_listed_when_asked_for(typed_between: Typed, books: Books) -> None:
    plain = json.loads(typed_between("notices", "due", by="", as_json=True).out)
    more = json.loads(typed_between("notices", "due", "--offered", by="", as_json=True).out)
    assert {one["kind"] for one in more} - {one["kind"] for one in plain} == {"group"}
