"""Reading at the board: what a scanner or a clerk types is answered with what the books know."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.disclosure.books import Books, issued, reviewed
from tests.oversight.test_checks import forced
from villagedesk.disclosure import store, usecases
from villagedesk.disclosure.drafting import kept_sheet, plain_text
from villagedesk.disclosure.genuine import Authenticity, judge
from villagedesk.disclosure.model import Issuance, Notice
from villagedesk.disclosure.proof import check_code, check_code_of, in_groups, printed_code
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival

GENUINE, ALTERED, UNKNOWN, ELSEWHERE, UNREADABLE = Authenticity


@pytest.fixture
def paper(desk: Desk, books: Books) -> Issuance:
    """The funds notice, 村务公示〔2026〕1号 of 8 April 2026."""
    return issued(desk)[1]


@pytest.fixture
def code(paper: Issuance) -> str:
    """What a scanner reads from it."""
    proof = kept_sheet(paper).proof
    assert proof
    return proof.code


def corrected(desk: Desk, books: Books, notice_id: str, fen: int = 10_000_00) -> Issuance:
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=fen))
    return usecases.issue(desk, reviewed(desk, usecases.correct(desk, notice_id, "漏记一笔")).id)


# Codes


def test_a_scanned_code_is_genuine_the_latest_and_says_where_it_hangs(desk: Desk, paper: Issuance, code: str) -> None:
    usecases.post_up(desk, paper.notice_id, "村委会公示栏")
    judged = judge(desk, code)
    title = desk.get(Notice, paper.notice_id).title
    assert (judged.found, judged.is_latest) == (GENUINE, True)
    assert judged.sentences == (
        f"是真的：村务公示〔2026〕1号《{title}》，2026年4月8日发布。",
        "它是最新的，发布以后没有更正过。",
        "贴在村委会公示栏：2026年4月8日起，应贴到2026年4月17日。",
    )
    assert judged.words == "\n".join(judged.sentences)


def test_a_code_is_read_in_any_typing(desk: Desk, code: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for typed in (code, code.lower(), f" {code}\n", wide, " ".join(code)):
        assert judge(desk, typed).found is GENUINE


def test_the_check_code_alone_finds_the_notice(desk: Desk, code: str) -> None:
    printed = printed_code(code)
    assert printed
    grouped = in_groups(printed.code)
    for typed in (grouped, printed.code, grouped.lower(), grouped.replace("-", " "), grouped.replace("0", "O")):
        assert judge(desk, typed).found is GENUINE


def test_an_unknown_check_code_is_not_ours(desk: Desk, paper: Issuance) -> None:
    judged = judge(desk, "0000-1111-2222-3333")
    assert judged.found is UNKNOWN
    assert "账里没有校验码是0000-1111-2222-3333的公示" in judged.words


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.integers(0, 200), figure=st.sampled_from("0123456789ABCDEF"))
def test_a_code_with_one_figure_changed_is_never_genuine(desk: Desk, code: str, place: int, figure: str) -> None:
    place %= len(code)
    if code[place] in ":-" or code[place] == figure:
        return
    judged = judge(desk, code[:place] + figure + code[place + 1 :])
    assert judged.found is not GENUINE
    assert judged.words


def test_an_altered_code_under_a_known_number_is_told(desk: Desk, code: str) -> None:
    printed = printed_code(code)
    assert printed
    for part in (printed.code, printed.link):
        judged = judge(desk, code.replace(part, "0" * 16))
        assert judged.found is ALTERED
        assert "这个文号是发布过的，可是码和发布时的不一样" in judged.words


def test_a_number_that_was_never_issued_is_told_to_the_supervisors(desk: Desk, code: str) -> None:
    judged = judge(desk, code.replace(":2026-1:", ":2026-7:"))
    assert (judged.found, judged.notice) == (UNKNOWN, None)
    assert "青山村的账里没有2026年第7号公示" in judged.words
    assert "请把这张纸交给村务监督委员会" in judged.words


def test_another_villages_code_is_told_apart(desk: Desk, code: str) -> None:
    judged = judge(desk, code.replace("510322105207", "510322105999"))
    assert judged.found is ELSEWHERE
    assert "这是别处（代码510322105999）的公示，青山村的账里查不到" in judged.words


@pytest.mark.parametrize("typed", ["VD1:510322105207:2026-1", "VD1:", "VD1:510322105207:2026-1:ABCD:EF01"])
def test_half_a_code_is_asked_for_again(desk: Desk, paper: Issuance, typed: str) -> None:
    judged = judge(desk, typed)
    assert judged.found is UNREADABLE
    assert "这个码不完整" in judged.words


def test_a_code_of_a_newer_program_says_so(desk: Desk, paper: Issuance) -> None:
    judged = judge(desk, "VD2:whatever")
    assert judged.found is UNREADABLE
    assert "请先升级程序" in judged.words


# Numbers


@pytest.mark.parametrize(
    "typed",
    [
        "村务公示〔2026〕1号", "村务公示[2026]1号", "村务公示（2026）第1号", "村务公示【2026】1号", "村务公示2026年1号",
        "[2026]1", "〔2026〕1号", "2026-1", "2026—1", "2026/1", "2026年第1号", "2026 - 01", "２０２６－１", "1号", "第1号",
        "１号", "1", "村务公示第1号", "村务公示 〔2026〕 1 号",
    ],
)  # fmt: skip
def test_a_number_is_understood_in_many_spellings(desk: Desk, paper: Issuance, typed: str) -> None:
    judged = judge(desk, typed)
    assert judged.found is GENUINE, judged.words
    assert judged.notice
    assert judged.notice.id == paper.notice_id
    grouped = in_groups(check_code_of(paper.facts))
    assert f"请再核对纸上的校验码是不是 {grouped}" in judged.words


def test_a_number_alone_is_of_this_year(desk: Desk, paper: Issuance, clock: SetClock) -> None:
    clock.set(datetime(2027, 1, 4, 9, 0, tzinfo=CHINA))
    assert judge(desk, "1号").found is UNKNOWN
    assert judge(desk, "2026-1").found is GENUINE


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("村务公示〔2026〕2号", UNKNOWN), ("2025-1", UNKNOWN), ("0号", UNKNOWN), ("村财〔2026〕1号", UNREADABLE),
        ("天气", UNREADABLE), ("", UNREADABLE), ("〔2026〕", UNREADABLE), ("2026-1-1", UNREADABLE), ("😀", UNREADABLE),
    ],
)  # fmt: skip
def test_what_names_no_notice_is_answered_in_a_sentence(
    desk: Desk, paper: Issuance, typed: str, found: Authenticity
) -> None:
    judged = judge(desk, typed)
    assert judged.found is found
    assert judged.words.endswith("。")
    assert judged.notice is None


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.text(max_size=60))
def test_whatever_is_typed_is_answered(desk: Desk, typed: str) -> None:
    assert judge(desk, typed).sentences


# The latest


def test_a_corrected_notice_says_by_which_number(desk: Desk, books: Books, paper: Issuance) -> None:
    first = corrected(desk, books, paper.notice_id)
    judged = judge(desk, "2026-1")
    assert (judged.found, judged.is_latest) == (GENUINE, False)
    assert "它不是最新的：已经由村务公示〔2026〕2号更正，以那一份为准。" in judged.sentences
    second = corrected(desk, books, paper.notice_id, 1_00)
    assert "已经由村务公示〔2026〕3号更正" in judge(desk, "2026-1").words
    older, latest = judge(desk, f"2026-{first.number}"), judge(desk, f"2026-{second.number}")
    assert "它是用来更正村务公示〔2026〕1号的，请和那一份一起看。" in older.sentences
    assert not older.is_latest
    assert "已经由村务公示〔2026〕3号更正" in older.words
    assert latest.is_latest


def test_a_correction_that_is_only_drafted_changes_nothing(desk: Desk, books: Books, paper: Issuance) -> None:
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=1_00))
    usecases.correct(desk, paper.notice_id, "漏记一笔")
    assert judge(desk, "2026-1").is_latest


def test_a_supplemented_notice_stays_the_latest_and_names_the_supplement(desk: Desk, paper: Issuance) -> None:
    draft = usecases.supplement(desk, paper.notice_id, "4组的路灯也在其中。", "村民询问")
    usecases.issue(desk, reviewed(desk, draft).id)
    judged = judge(desk, "2026-1")
    assert judged.is_latest
    assert "另有村务公示〔2026〕2号作了补充，请一起看。" in judged.sentences
    assert "它是用来补充村务公示〔2026〕1号的，请和那一份一起看。" in judge(desk, "2026-2").sentences


def test_it_says_when_it_came_down_and_where_it_is_kept(desk: Desk, paper: Issuance, clock: SetClock) -> None:
    assert "还没有登记张贴在哪里。" in judge(desk, "1号").sentences
    posting = usecases.post_up(desk, paper.notice_id, "村委会公示栏")
    clock.set(datetime(2026, 4, 18, 9, 0, tzinfo=CHINA))
    usecases.take_down(desk, posting.id)
    usecases.file_away(desk, paper.notice_id, "2026年卷宗")
    sentences = judge(desk, "1号").sentences
    assert "贴在村委会公示栏：2026年4月8日起，2026年4月18日取下。" in sentences
    assert "原件归档在2026年卷宗。" in sentences


# Books that other hands were in


def test_frozen_facts_give_the_code_that_is_printed(desk: Desk, paper: Issuance, code: str) -> None:
    printed = printed_code(code)
    assert printed
    assert printed.code == check_code_of(paper.facts) == check_code(kept_sheet(paper))
    assert paper.link.upper().startswith(printed.link)


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda facts: facts.replace("140,000.00", "104,000.00"), "在账里的内容和发布时的校验码对不上"),
        (lambda facts: facts.replace('"watermark":"练习"', '"watermark":""'), "在账里的内容和发布时的校验码对不上"),
    ],
)
def test_facts_changed_past_every_guard_are_told(
    desk: Desk, paper: Issuance, code: str, harm: Callable[[str], str], words: str
) -> None:
    changed = harm(paper.facts)
    assert changed != paper.facts
    with forced(desk) as force:
        force("UPDATE issuances SET facts = ? WHERE id = ?", changed, paper.id)
    for typed in (code, "1号"):
        judged = judge(desk, typed)
        assert judged.found is ALTERED
        assert words in judged.words


def test_facts_changed_with_a_fitting_code_are_told_by_the_journal(desk: Desk, paper: Issuance) -> None:
    sheet = kept_sheet(paper)
    changed = replace(sheet, title="另一个标题")
    assert sheet.proof
    old, new = check_code(sheet), check_code(changed)
    facts = plain_text(changed).replace(old, new).replace(in_groups(old), in_groups(new))
    with forced(desk) as force:
        force("UPDATE issuances SET facts = ? WHERE id = ?", facts, paper.id)
    judged = judge(desk, "1号")
    assert judged.found is ALTERED
    assert "在流水里找不到发布的那一笔" in judged.words


def test_a_link_that_was_never_the_journals_is_told(desk: Desk, paper: Issuance) -> None:
    row = {**paper.row(), "link": "f" * 64}
    from villagedesk.kernel.canonical import canonical

    with forced(desk) as force:
        force("UPDATE issuances SET link = ? WHERE id = ?", row["link"], paper.id)
        force("UPDATE journal SET body = ? WHERE record_id = ?", canonical(row).decode(), paper.id)
    assert judge(desk, "1号").found is ALTERED


@pytest.mark.parametrize("harm", ["gone", "cut"])
def test_a_lost_paper_is_told_and_the_notice_stays_genuine(desk: Desk, paper: Issuance, harm: str) -> None:
    path = desk.folder / "attachments" / paper.paper_id[:2] / paper.paper_id
    path.unlink() if harm == "gone" else path.write_bytes(b"%PDF")
    judged = judge(desk, "1号")
    assert judged.found is GENUINE
    assert "账本里存的那份打印稿不见了或者坏了，内容还在，可以重新打印" in judged.words


def test_a_notice_from_before_there_were_codes_is_judged_by_its_number(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("villagedesk.disclosure.usecases.issuing.proved", lambda sheet, *_: sheet)
        _, old = issued(desk)
    assert "proof" not in json.loads(old.facts)
    judged = judge(desk, "村务公示〔2026〕1号")
    assert judged.found is GENUINE
    assert f"它发布的时候还没有二维码，只能按文号查。请核对页脚的账目校验码是不是 {old.link[:16]}…" in judged.words
    forged = judge(desk, f"VD1:510322105207:2026-1:{'A' * 16}:{old.link[:16]}")
    assert forged.found is ALTERED
    assert "发布的时候还没有二维码，这张纸上的码是后来加的" in forged.words


def test_every_answer_has_a_name() -> None:
    assert all(each.label for each in Authenticity)


def test_looking_changes_nothing(desk: Desk, paper: Issuance, code: str) -> None:
    tip = desk.tip()
    desk.actor = None
    judge(desk, code)
    assert desk.tip() == tip
    assert store.issuances(desk)[paper.notice_id] == paper
