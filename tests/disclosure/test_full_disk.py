"""A disk that is really full: whatever is issued then is issued whole, or not at all, and can be issued later."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.disclosure.books import Books, as_
from tests.storage.medium import mounted, needs_root
from villagedesk.disclosure import papers, store, usecases
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.kernel.errors import DiskFull
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk


@pytest.fixture
def cramped(desk: Desk, books: Books, tmp_path: Path) -> Iterator[Desk]:
    """The whole pack, reviewed, on a medium of 12 MB."""
    made = usecases.prepare_due(desk)
    usecases.submit_all(desk, [draft.id for draft in made.drafts])
    as_(desk, "周监督")
    for draft in made.drafts:
        review(desk, "notices", draft.id, Outcome.PASSED)
    as_(desk, "李会计")
    desk.close()
    with mounted(tmp_path / "盘", "12m") as disk:
        folder = Path(shutil.copytree(desk.folder, disk / "青山村"))
        with Desk.open(folder, clock=desk.clock, chance=desk.chance) as there:
            there.actor = desk.actor
            yield there


def fill(desk: Desk, left: int) -> Path:
    """Fill the disk but for so many bytes."""
    ballast = desk.folder.parent / "旧照片.bin"
    ballast.write_bytes(b"\0" * max(shutil.disk_usage(ballast.parent).free - left, 0))
    return ballast


@needs_root
@pytest.mark.parametrize("left", [0, 300_000, 600_000])
def test_a_disk_that_is_full_before_the_last_paper_issues_none(cramped: Desk, left: int) -> None:
    attachments = sorted((cramped.folder / "attachments").rglob("*"))
    ballast = fill(cramped, left)
    with pytest.raises(DiskFull, match="刚才这一步没有记上，之前记的都在"):
        usecases.issue_all(cramped)
    assert store.issuances(cramped) == {}
    assert {notice.state for notice in cramped.find(Notice)} == {NoticeState.REVIEWED}
    assert [path for path in (cramped.folder / "attachments").rglob("*") if path.is_file()] == [
        path for path in attachments if path.is_file()
    ]
    assert not list((cramped.folder / "printed").iterdir())
    ballast.unlink()
    issuances = usecases.issue_all(cramped)
    assert [one.number for one in issuances] == list(range(1, len(issuances) + 1))


@needs_root
def test_wherever_the_disk_runs_full_the_books_and_the_papers_agree(cramped: Desk) -> None:
    """Ever a little more room, until it is enough: at no step is a notice half issued or a paper missing."""
    left, issued = 700_000, False
    while not issued:
        ballast = fill(cramped, left)
        try:
            usecases.issue_all(cramped)
        except DiskFull:
            assert store.issuances(cramped) == {}
        issued = bool(store.issuances(cramped))
        ballast.unlink()
        left += 150_000
    for one in store.issuances(cramped).values():
        assert papers.reprint(one) == cramped.content(one.paper_id)
        assert papers.printed(cramped, one).read_bytes() == cramped.content(one.paper_id)
