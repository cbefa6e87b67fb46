"""Reviews, answers and the check of the books by typed commands."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.disclosure.books import Q1, Books, as_, issued, sign_all
from villagedesk.disclosure import usecases
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk


@pytest.fixture
def notice(desk: Desk, books: Books) -> Notice:
    """A notice that waits."""
    return usecases.submit(desk, usecases.prepare(desk, "funds", Q1).id)


def test_what_waits_is_listed_and_shown(typed_between: Typed, notice: Notice) -> None:
    listed = typed_between("review", "list", by="")
    assert f"{notice.id}\t公示\t2026-04-08\t李会计" in listed.out
    shown = typed_between("review", "show", notice.id[-6:], by="")
    assert "期间：2026年第一季度" in shown.out
    assert json.loads(typed_between("review", "list", by="", as_json=True).out)[0]["id"] == notice.id


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (("pass",), NoticeState.REVIEWED),
        (("query", "--note", "到账数对吗？"), NoticeState.QUERIED),
        (("refuse", "--note", "少了一笔"), NoticeState.REFUSED),
    ],
)
def test_a_reviewer_decides(
    typed_between: Typed,
    desk: Desk,
    notice: Notice,
    words: tuple[str, ...],
    state: NoticeState,
) -> None:
    done = typed_between("review", words[0], notice.id, *words[1:], by="周监督")
    assert done.code == 0, done.err
    assert desk.get(Notice, notice.id).state is state


def test_a_query_is_answered(typed_between: Typed, desk: Desk, notice: Notice) -> None:
    as_(desk, "周监督")
    review(desk, "notices", notice.id, Outcome.QUERIED, "到账数对吗？")
    assert "送回审核" in typed_between("answer", notice.id, "和银行流水一致").out
    assert "李会计 答复 和银行流水一致" in typed_between("review", "show", notice.id, by="").out


def test_the_accountant_cannot_review(typed_between: Typed, notice: Notice) -> None:
    assert "不能办" in typed_between("review", "pass", notice.id).err


def test_the_months_record_is_printed(typed_between: Typed, desk: Desk, books: Books, tmp_path: Path) -> None:
    issued(desk)
    target = tmp_path / "记录.pdf"
    done = typed_between("review", "record", "--period", "2026-04", "--of", "notices", "-o", str(target), by="")
    assert "1条审核记录存好了" in done.out
    assert target.read_bytes().startswith(b"%PDF")
    assert typed_between("review", "record", "--period", "四月", "-o", str(target), by="").code == 2


def test_check_says_what_is_wrong_and_ends_with_one(
    typed_between: Typed,
    desk: Desk,
    books: Books,
    tmp_path: Path,
) -> None:
    sign_all(desk)
    notice, _ = issued(desk)
    usecases.post_up(desk, notice.id, "公示栏")
    target = tmp_path / "清单.pdf"
    done = typed_between("check", "-o", str(target), by="")
    assert done.code == 1
    assert f"【请办理】《{notice.title}》没有张贴的照片，请补拍登记。" in done.out
    assert target.read_bytes().startswith(b"%PDF")
    found = json.loads(typed_between("check", by="", as_json=True).out)
    assert {one["code"] for one in found} == {"oversight.notice_late", "oversight.notice_photo"}


def test_check_ends_with_nought_when_all_is_right(typed_between: Typed, desk: Desk) -> None:
    done = typed_between("check", by="")
    assert (done.code, done.out) == (0, "检查完了，没有发现问题。\n")
