"""All that is due at once: drawn up, handed on, issued and printed whole or not at all."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Thread

import pypdfium2
import pytest

from tests.disclosure.books import Q1, Books, as_, issued
from villagedesk.disclosure import papers, store, usecases
from villagedesk.disclosure.due import due_notices
from villagedesk.disclosure.kind import Gathered, Kind
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.model import Issuance, Notice, NoticeState
from villagedesk.disclosure.usecases.packs import Prepared
from villagedesk.kernel.errors import Cancelled, RuleViolation, StaleRecord, UnprintableText
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.progress import Progress
from villagedesk.oversight.usecases import review
from villagedesk.payments.model import Outcome
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.model import Person

TODAY = date(2026, 4, 8)
ORDER = {kind.code: place for place, kind in enumerate(KINDS)}


class Stopping(Progress):
    """A progress whose person presses Cancel after so many steps."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def step(self, count: int = 1) -> None:
        """Count, and press Cancel in time."""
        if self.done >= self.after:
            self.cancel()
        super().step(count)


@pytest.fixture
def prepared(desk: Desk, books: Books) -> Prepared:
    """Everything due on 8 April, drawn up."""
    return usecases.prepare_due(desk)


@pytest.fixture
def passed(desk: Desk, prepared: Prepared) -> list[Notice]:
    """The same, passed by the supervision group."""
    submitted = usecases.submit_all(desk, [draft.id for draft in prepared.drafts])
    as_(desk, "周监督")
    for notice in submitted:
        review(desk, "notices", notice.id, Outcome.PASSED)
    as_(desk, "李会计")
    return submitted


def left_behind(desk: Desk) -> list[str]:
    """Every file of the desk but its own."""
    return sorted(
        path.name for name in ("attachments", "printed") for path in (desk.folder / name).rglob("*") if path.is_file()
    )


# Drawn up


def test_everything_due_is_drawn_up_in_one_change(desk: Desk, books: Books) -> None:
    due, seq = due_notices(desk, TODAY), desk.tip()[0]
    progress = Progress()
    made = usecases.prepare_due(desk, progress)
    assert made.left_out == ()
    assert len(made.drafts) == len(due) == progress.total == progress.done
    assert {(draft.kind, draft.period, draft.topic_id) for draft in made.drafts} == {
        (one.kind, str(one.scope.period), one.scope.topic_id) for one in due
    }
    assert {entry.action for entry in desk.entries(seq)} == {"disclosure.notices.prepared"}
    places = [(draft.slot, ORDER[draft.kind]) for draft in made.drafts]
    assert places == sorted(places)


def test_drawing_up_again_writes_nothing_when_the_books_are_the_same(desk: Desk, prepared: Prepared) -> None:
    tip = desk.tip()
    assert usecases.prepare_due(desk) == prepared
    assert desk.tip() == tip


def test_what_is_on_its_way_is_left_alone(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, "funds")
    submitted = usecases.submit(desk, usecases.prepare(desk, "spending", Q1).id)
    made = usecases.prepare_due(desk)
    assert not {notice.id, submitted.id} & {draft.id for draft in made.drafts}
    assert not {"funds", "spending"} & {draft.kind for draft in made.drafts}


def test_what_does_not_add_up_is_left_out_and_told(desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    gather = Kind.gather

    def gathered(kind: Kind, desk: Desk, scope: object) -> Gathered:
        found = gather(kind, desk, scope)  # type: ignore[arg-type]
        wrong = Finding("disclosure.sums", "到账数对不上。")
        return replace(found, findings=(wrong,)) if kind.code == "funds" else found

    monkeypatch.setattr(Kind, "gather", gathered)
    made = usecases.prepare_due(desk)
    (left,) = made.left_out
    assert left.due.kind == "funds"
    assert left.words == f"{left.due.words}没有做：到账数对不上。"
    assert "funds" not in {draft.kind for draft in made.drafts}
    assert len(made.drafts) == len(due_notices(desk, TODAY)) - 1


@pytest.mark.parametrize("after", [0, 3])
def test_a_cancelled_drawing_up_leaves_nothing(desk: Desk, books: Books, after: int) -> None:
    tip = desk.tip()
    with pytest.raises(Cancelled):
        usecases.prepare_due(desk, Stopping(after))
    assert desk.tip() == tip
    assert store.notices(desk) == []


def test_a_draft_made_meanwhile_is_not_made_twice(desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    change = desk.change

    def later(action: str, **facts: str) -> object:
        monkeypatch.undo()
        usecases.prepare(desk, "funds", Q1)
        return change(action, **facts)

    monkeypatch.setattr(desk, "change", later)
    with pytest.raises(StaleRecord):
        usecases.prepare_due(desk)
    assert [notice.kind for notice in store.notices(desk)] == ["funds"]


def test_nothing_is_drawn_up_before_there_are_slots(desk: Desk, books: Books) -> None:
    as_(desk, "周监督")
    with pytest.raises(RuleViolation):
        usecases.prepare_due(desk)


# Handed on


def test_all_are_handed_on_or_none(desk: Desk, prepared: Prepared) -> None:
    ids = [draft.id for draft in prepared.drafts]
    usecases.submit(desk, ids[2])
    with pytest.raises(RuleViolation) as refusal:
        usecases.submit_all(desk, ids)
    (finding,) = refusal.value.findings
    assert finding.message.startswith(f"《{prepared.drafts[2].title}》：")
    assert [desk.get(Notice, each).state for each in ids].count(NoticeState.SUBMITTED) == 1
    assert {one.state for one in usecases.submit_all(desk, [*ids[:2], *ids[3:]])} == {NoticeState.SUBMITTED}
    assert usecases.submit_all(desk, []) == []


# Issued


def test_all_that_passed_is_issued_in_one_change_under_consecutive_numbers(desk: Desk, passed: list[Notice]) -> None:
    seq, progress = desk.tip()[0], Progress()
    issuances = usecases.issue_all(desk, date(2026, 4, 10), progress)
    assert [one.number for one in issuances] == list(range(1, len(passed) + 1))
    assert [one.notice_id for one in issuances] == [one.id for one in papers.posting_order(passed)]
    assert progress.done == progress.total == len(passed)
    assert {entry.action for entry in desk.entries(seq)} == {"disclosure.notices.issued"}
    assert {desk.get(Notice, one.id).state for one in passed} == {NoticeState.ISSUED}
    for one in issuances:
        assert papers.printed_path(desk, one).read_bytes() == desk.content(one.paper_id)
        assert "自2026年4月10日" in one.facts


def test_each_of_a_pack_carries_its_own_last_link(desk: Desk, passed: list[Notice]) -> None:
    issuances = usecases.issue_all(desk)
    links = {entry.link for entry in desk.entries()}
    assert len({one.link for one in issuances}) == len(issuances)
    assert {one.link for one in issuances} <= links


@pytest.mark.parametrize("after", [0, 2])
def test_a_cancelled_issue_leaves_nothing(desk: Desk, passed: list[Notice], after: int) -> None:
    tip, files = desk.tip(), left_behind(desk)
    with pytest.raises(Cancelled):
        usecases.issue_all(desk, progress=Stopping(after))
    assert desk.tip() == tip
    assert left_behind(desk) == files
    assert store.issuances(desk) == {}
    assert {desk.get(Notice, one.id).state for one in passed} == {NoticeState.REVIEWED}
    assert usecases.issue_all(desk)[0].number == 1


def test_one_that_cannot_be_issued_stops_them_all_and_is_named(desk: Desk, passed: list[Notice]) -> None:
    last = papers.posting_order(passed)[-1]
    villager = desk.find(Person)[0]
    files = left_behind(desk)
    with desk.change("test.phone") as change:  # a number that stands on the last of them became a villager's
        digits = "".join(c for c in village_store.office(desk).phone if c.isdigit())
        change.put(replace(villager, phone="9" + digits))
    with pytest.MonkeyPatch.context() as patch:
        real = papers.posting_order
        patch.setattr(
            "villagedesk.disclosure.usecases.issuing.standing_findings",
            lambda _desk, sheet: [Finding("x", "有电话。")] if sheet.title == last.title else [],
        )
        assert real(passed)[-1] == last
        with pytest.raises(RuleViolation, match=f"《{last.title}》：有电话。"):
            usecases.issue_all(desk)
    assert store.issuances(desk) == {}
    assert left_behind(desk) == files


def test_a_character_without_a_face_in_one_stops_them_all(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("villagedesk.disclosure.drafting.lacking", lambda _texts: [])
    usecases.prepare(desk, "spending", Q1, "经手人\ue000同志")
    made = usecases.prepare_due(desk)
    usecases.submit_all(desk, [draft.id for draft in made.drafts])
    as_(desk, "周监督")
    for draft in made.drafts:
        review(desk, "notices", draft.id, Outcome.PASSED)
    as_(desk, "李会计")
    with pytest.raises(UnprintableText, match="U\\+E000"):
        usecases.issue_all(desk)
    assert store.issuances(desk) == {}
    assert left_behind(desk) == []


def test_nothing_reviewed_is_nothing_issued(desk: Desk, books: Books) -> None:
    tip = desk.tip()
    assert usecases.issue_all(desk) == []
    assert desk.tip() == tip


def test_two_who_issue_at_once_get_numbers_without_gap_or_double(desk: Desk, passed: list[Notice]) -> None:
    ids = [notice.id for notice in passed]

    def issue(some: list[str]) -> None:
        with desk.sibling() as own:
            for notice_id in some:
                usecases.issue(own, notice_id)

    threads = [Thread(target=issue, args=(some,)) for some in (ids[::2], ids[1::2])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.number for one in store.issuances(desk).values()) == list(range(1, len(ids) + 1))


# On paper


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.fixture
def all_issued(desk: Desk, passed: list[Notice]) -> list[Issuance]:
    """The whole pack, issued."""
    return usecases.issue_all(desk)


def test_a_pack_holds_every_paper_in_posting_order_and_a_checklist(desk: Desk, all_issued: list[Issuance]) -> None:
    usecases.post_up(desk, all_issued[0].notice_id, "3组路口")
    progress = Progress()
    read = pages(papers.pack(desk, list(reversed(all_issued)), progress))
    assert progress.done == progress.total > 0
    firsts = [next(n for n, text in enumerate(read) if papers.number_of(desk, one) in text) for one in all_issued]
    assert firsts == sorted(set(firsts))
    last = "".join(read[firsts[-1] + 1 :])
    assert "张贴清单" in last
    for one in all_issued:
        assert papers.number_of(desk, one) in last.replace("\r\n", "")
    for words in ("张贴人签字", "3组路口", "□", "练习"):
        assert words in last


def test_a_large_pack_is_on_a3_and_its_checklist_on_a4(desk: Desk, all_issued: list[Issuance]) -> None:
    with pypdfium2.PdfDocument(io.BytesIO(papers.pack(desk, all_issued[:2], large=True))) as document:
        sizes = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
    assert set(sizes[:-1]) == {(297, 420)}
    assert sizes[-1] == (297, 210)


def test_the_same_pack_is_the_same_to_the_byte(desk: Desk, all_issued: list[Issuance]) -> None:
    assert papers.pack(desk, all_issued) == papers.pack(desk, all_issued)


def test_a_cancelled_pack_is_no_pack(desk: Desk, all_issued: list[Issuance]) -> None:
    with pytest.raises(Cancelled):
        papers.pack(desk, all_issued, Stopping(1))


def test_a_correction_hangs_after_the_kinds_of_its_slot(desk: Desk, books: Books) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    others = [replace(draft, id=str(place), kind=kind.code, slot=kind.slot) for place, kind in enumerate(KINDS)]
    correction = replace(draft, id="C", kind="correction", slot=2)
    ordered = [(one.slot, one.kind) for one in papers.posting_order([correction, *reversed(others)])]
    assert [slot for slot, _ in ordered] == sorted(slot for slot, _ in ordered)
    assert [kind for slot, kind in ordered if slot == 2][-1] == "correction"


def test_two_events_of_a_kind_hang_in_the_order_they_happened() -> None:
    held = [Notice(slot=1, kind="votes", period="2026", topic_id=f"会议{place}", title="", facts="", made_by="",
                   profile_version="", id=identity) for place, identity in ((1, "B"), (2, "A"))]  # fmt: skip
    assert papers.posting_order(reversed(held)) == held


# A full disk


def full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    "issue", [lambda desk, ids: usecases.issue_all(desk), lambda desk, ids: usecases.issue(desk, ids[0])]
)
def test_a_full_disk_while_the_paper_is_kept_issues_nothing(
    desk: Desk, passed: list[Notice], monkeypatch: pytest.MonkeyPatch, issue: Callable[[Desk, list[str]], object]
) -> None:
    from villagedesk.kernel.errors import DiskFull

    tip, files = desk.tip(), left_behind(desk)
    with monkeypatch.context() as patch:
        patch.setattr("villagedesk.storage.attachments.os.fsync", full)
        with pytest.raises(DiskFull, match="磁盘满了，刚才这一步没有记上，之前记的都在"):
            issue(desk, [one.id for one in passed])
    assert (desk.tip(), left_behind(desk)) == (tip, files)
    assert store.issuances(desk) == {}
    issue(desk, [one.id for one in passed])
    assert min(one.number for one in store.issuances(desk).values()) == 1


def test_a_full_disk_while_papers_are_laid_out_loses_none(
    desk: Desk, passed: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    from villagedesk.kernel.errors import DiskFull

    with monkeypatch.context() as patch:
        patch.setattr("villagedesk.disclosure.papers.write_durably", full)
        issuances = usecases.issue_all(desk)
        assert not list((desk.folder / "printed").iterdir())
        with pytest.raises(DiskFull):
            papers.printed(desk, issuances[0])
    assert len(issuances) == len(passed)
    path = papers.printed(desk, issuances[0])
    assert path.read_bytes() == desk.content(issuances[0].paper_id)


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_printed_paper_that_is_gone_or_cut_is_laid_out_again(
    desk: Desk, all_issued: list[Issuance], harm: str
) -> None:
    path = papers.printed_path(desk, all_issued[0])
    whole = path.read_bytes()
    path.unlink() if harm == "gone" else path.write_bytes(whole[:100])
    assert papers.printed(desk, all_issued[0]).read_bytes() == whole


def test_frozen_facts_are_the_sheet_that_was_drawn(desk: Desk, all_issued: list[Issuance]) -> None:
    for one in all_issued:
        assert json.loads(one.facts)["number"] == papers.number_of(desk, one)
        assert papers.reprint(one) == desk.content(one.paper_id)
