"""The reviewers' page: one thing at a time, three buttons, and what the check of the books says."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.disclosure.books import Q1, Books, as_, claim, hang_all, keep_books, sign_all
from tests.ui.opening import put_away, shown, top
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.usecases import prepare, submit
from villagedesk.kernel.clock import SetClock
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.store import reviews_of
from villagedesk.oversight.usecases import answer, review
from villagedesk.oversight.waiting import waiting_count
from villagedesk.payments.forms import claim_form
from villagedesk.payments.model import Claim, ClaimState, Outcome, Payroll
from villagedesk.payments.usecases import add_papers
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import Sheet, text_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.badges import Badge
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.page import Context
from villagedesk.ui.kit.papers import Papers
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.oversight import page as module
from villagedesk.ui.oversight.findings import FindingList
from villagedesk.ui.oversight.page import OversightPage
from villagedesk.village.model import Membership
from villagedesk.village.store import body_of_kind, office

Submit = Callable[..., Claim]


@pytest.fixture
def books(desk: Desk, clock: SetClock) -> Books:
    """A kept first quarter."""
    return keep_books(desk, clock)


@pytest.fixture
def submitted(desk: Desk, books: Books) -> Submit:
    """Put a claim that waits: ``submitted("水泥")``."""

    def put(purpose: str, amount_fen: int = 1_409_50, payroll_id: str | None = None, chain: str = "standard") -> Claim:
        assert desk.actor
        facts = claim(books.projects[0], purpose, "宏达工程队", amount_fen, date(2026, 4, 7), payroll_id)
        row = {
            **facts.row(),
            "state": ClaimState.SUBMITTED.value,
            "made_by": desk.actor.id,
            "excuse": "没有零钱",
            "chain": chain,
        }
        with desk.change("test.claim") as change:
            return change.put(Claim.from_row(row))

    return put


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, books: Books) -> Iterator[OversightPage]:
    """The page, refreshed after each change as the shell does."""
    del books
    made = OversightPage(Context(desk, lambda _key, _record: None, lambda: True))
    qtbot.addWidget(made)
    yield shown(made, desk)
    put_away(made)


@pytest.fixture
def yes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Say yes to every question; the questions are kept."""
    asked: list[str] = []

    def confirm(_parent: QWidget, sentence: str, _verb: str, **_how: object) -> bool:
        asked.append(sentence)
        return True

    monkeypatch.setattr(module, "confirm", confirm)
    return asked


def words(widget: QWidget) -> str:
    QApplication.processEvents()  # what was just laid in is shown now
    shown = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return "\n".join(shown + [badge.text() for badge in widget.findChildren(Badge)])


def press(page: OversightPage, text: str) -> None:
    next(each for each in page.actions_now() if each.text() == text).trigger()


def become(page: OversightPage, name: str) -> None:
    as_(page.context.desk, name)
    page.refresh(None)


def test_where_nothing_waits_a_friendly_word_stands(page: OversightPage) -> None:
    assert "没有等着审核的" in words(page)
    assert page.title_now() == "监督"


def test_one_claim_is_laid_open_with_all_that_matters(page: OversightPage, submitted: Submit) -> None:
    submitted("修补路面")
    become(page, "钱组长")
    said = words(page)
    for part in ("宏达工程队：修补路面", "1,409.50 元", "人民币壹仟肆佰零玖元伍角", "还剩99,300.00元", "没有零钱"):
        assert part in said
    assert page.findChildren(Preview)
    assert page.title_now() == "等着审核的第 1 件，共 1 件"


def test_the_claims_form_is_the_one_that_prints(
    page: OversightPage, desk: Desk, submitted: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Sheet] = []

    def drawing(sheet: Sheet) -> bytes:
        drawn.append(sheet)
        return draw(sheet)

    monkeypatch.setattr("villagedesk.reports.pdf.draw", drawing)
    made = submitted("修补路面", chain="three_signatures")
    become(page, "钱组长")
    assert drawn[-1] == claim_form(desk, made)
    assert "理财小组（章）" in text_of(drawn[-1])


def test_a_pay_sheet_is_laid_beside_its_claim(page: OversightPage, desk: Desk, submitted: Submit) -> None:
    (sheet,) = desk.find(Payroll)
    submitted("保洁员报酬", sheet.total_fen, sheet.id)
    become(page, "钱组长")
    assert sheet.title in words(page)
    assert "张䶮" in words(page)


def test_agreeing_asks_once_and_moves_on(page: OversightPage, desk: Desk, submitted: Submit, yes: list[str]) -> None:
    first, second = submitted("修补路面"), submitted("水泥")
    become(page, "钱组长")
    page.decision.buttons[Outcome.PASSED].click()
    assert yes == ["同意付1,409.50元给宏达工程队吗？意见写上以后不能改。"]
    assert desk.get(Claim, first.id).state is ClaimState.REVIEWED
    assert "“宏达工程队：修补路面”：同意，记下了。" in words(page)
    assert page.shown
    assert page.shown.subject_id == second.id


def test_not_confirming_leaves_everything(
    page: OversightPage, desk: Desk, submitted: Submit, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = submitted("修补路面")
    become(page, "钱组长")
    monkeypatch.setattr(module, "confirm", lambda *_args, **_how: False)
    page.decision.buttons[Outcome.PASSED].click()
    assert reviews_of(desk, made.id) == []


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.QUERIED, ClaimState.QUERIED), (Outcome.REFUSED, ClaimState.REFUSED)]
)
def test_a_query_or_refusal_opens_the_box_and_wants_its_reason(
    page: OversightPage, desk: Desk, submitted: Submit, yes: list[str], outcome: Outcome, state: ClaimState
) -> None:
    made = submitted("修补路面")
    become(page, "钱组长")
    assert not page.decision.reason.isVisible()
    page.decision.buttons[outcome].click()
    assert page.decision.reason.isVisible()
    assert reviews_of(desk, made.id) == []
    page.decision.buttons[outcome].click()
    assert "请写明原因" in words(page.decision)
    page.decision.reason.set_value("票据在哪里？")
    page.decision.buttons[outcome].click()
    assert desk.get(Claim, made.id).state is state
    assert len(yes) == (outcome is Outcome.REFUSED)
    assert not page.decision.reason.isVisible()


def test_each_group_sees_its_own(page: OversightPage, desk: Desk, submitted: Submit) -> None:
    submitted("修补路面")
    notice = submit(desk, prepare(desk, "funds", Q1).id)
    assert len(page._waiting) == 2
    become(page, "钱组长")
    assert [one.subject_table for one in page._waiting] == ["claims"]
    become(page, "周监督")
    assert [one.subject_id for one in page._waiting] == [notice.id]
    assert "程序核对过" in words(page)


def test_others_may_look_and_turn_the_pages_but_not_decide(page: OversightPage, desk: Desk, submitted: Submit) -> None:
    submitted("修补路面")
    submit(desk, prepare(desk, "funds", Q1).id)
    assert not page.decision.isVisible()
    assert "要审核，请小组成员登录" in words(page)
    press(page, "下一件")
    assert page.title_now() == "等着审核的第 2 件，共 2 件"
    press(page, "下一件")
    press(page, "上一件")
    assert page.title_now() == "等着审核的第 1 件，共 2 件"


def test_signing_in_from_the_page_gives_the_buttons(page: OversightPage, desk: Desk, submitted: Submit) -> None:
    submitted("修补路面")
    as_(desk, "钱组长")
    page._sign_in()
    assert page.decision.isVisible()


def test_who_is_signed_in_is_looked_at_when_the_page_is_shown(
    page: OversightPage, desk: Desk, submitted: Submit
) -> None:
    submitted("修补路面")
    as_(desk, "钱组长")
    page.focus_top()
    assert page.may_review


def test_another_page_may_point_at_what_waits(page: OversightPage, desk: Desk, submitted: Submit) -> None:
    submitted("修补路面")
    notice = submit(desk, prepare(desk, "funds", Q1).id)
    page.look_at(notice.id)
    assert page.shown
    assert page.shown.subject_id == notice.id
    page.look_at("没有这件")
    assert page.shown.subject_id == notice.id


def test_a_notice_is_passed(page: OversightPage, desk: Desk, yes: list[str]) -> None:
    notice = submit(desk, prepare(desk, "funds", Q1).id)
    become(page, "周监督")
    page.decision.buttons[Outcome.PASSED].click()
    assert yes == ["同意这份公示吗？意见写上以后不能改。"]
    assert desk.get(Notice, notice.id).state is NoticeState.REVIEWED


def test_what_was_said_before_is_shown(page: OversightPage, desk: Desk, submitted: Submit) -> None:
    made = submitted("修补路面")
    as_(desk, "钱组长")
    review(desk, "claims", made.id, Outcome.QUERIED, "票据在哪里？")
    as_(desk, "李会计")
    answer(desk, "claims", made.id, "票据在后面")
    become(page, "钱组长")
    assert "票据在哪里？" in words(page)
    assert "票据在后面" in words(page)


def test_the_makers_own_work_is_refused_beside_the_buttons(
    page: OversightPage, desk: Desk, submitted: Submit, yes: list[str]
) -> None:
    as_(desk, "钱组长")
    made = submitted("修补路面")
    page.refresh(None)
    page.decision.buttons[Outcome.PASSED].click()
    assert yes
    assert "经办人不能审核自己办的事，请换另一位成员登录审核。" in words(page.decision)
    assert reviews_of(desk, made.id) == []


def test_something_changed_meanwhile_is_told(
    page: OversightPage, desk: Desk, submitted: Submit, yes: list[str]
) -> None:
    made = submitted("修补路面")
    become(page, "钱组长")
    page.refresh = lambda changed: None  # type: ignore[method-assign]  # somebody else's change is not yet seen
    as_(desk, "孙理财")
    review(desk, "claims", made.id, Outcome.QUERIED, "票据？")
    as_(desk, "李会计")
    answer(desk, "claims", made.id, "在后面")
    as_(desk, "钱组长")
    page.decision.buttons[Outcome.PASSED].click()
    assert yes
    assert "您看到的不是最新的" in words(page.decision)


def test_checking_the_books_lists_what_is_wrong(page: OversightPage, desk: Desk) -> None:
    sign_all(desk)
    hung = hang_all(desk)
    press(page, "检查账目")
    assert page.title_now() == f"检查账目：{len(hung)}个问题"
    assert words(top(page)).count("没有张贴的照片") == len(hung)
    press(page, "打印清单")
    assert isinstance(top(page), Preview)


def test_a_finding_leads_where_it_can_be_put_right(qtbot: QtBot, desk: Desk, books: Books) -> None:
    del books
    went: list[tuple[str, str]] = []
    page = OversightPage(Context(desk, lambda key, record: went.append((key, record)), lambda: True))
    qtbot.addWidget(page)
    shown(page, desk)
    findings = [Finding("oversight.advance_not_set_off", "没有结清", place="ledger:01ARZ"), Finding("x", "别的")]
    lines = FindingList(findings, page._go)
    qtbot.addWidget(lines)
    (way,) = lines.findChildren(QPushButton)
    way.click()
    assert went == [("ledger", "01ARZ")]
    put_away(page)


def test_sound_books_are_praised(page: OversightPage, desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "公示栏.png"
    Image.new("RGB", (400, 300), "white").save(photo)
    sign_all(desk)
    hang_all(desk, [photo])
    press(page, "检查账目")
    assert "检查完了，没有发现问题。" in words(top(page))


def test_the_months_record_is_shown_for_printing(page: OversightPage) -> None:
    press(page, "审核记录")
    form = top(page)
    assert isinstance(form, Form)
    assert form.try_save()
    assert isinstance(top(page), Preview)
    assert "民主理财小组2026年4月理财记录" in page.title_now()


def test_the_badge_counts_what_waits_for_the_person(desk: Desk, submitted: Submit) -> None:
    submitted("修补路面")
    submit(desk, prepare(desk, "funds", Q1).id)
    assert waiting_count(desk) == 2
    as_(desk, "钱组长")
    assert waiting_count(desk) == 1
    as_(desk, "周监督")
    assert waiting_count(desk) == 1


# Several members, and members who signed on paper


@pytest.fixture
def two_must_sign(desk: Desk, books: Books) -> None:
    """The village goes by the chain in which two of the group sign, the 组长 among them; three are on record."""
    del books
    own = office(desk)
    with desk.change("test.chain") as change:
        change.put(replace(own, chain="three_signatures"))
        body = body_of_kind(desk, "民主理财小组")
        assert body
        first, last = date(2025, 1, 1), date(2029, 1, 1)
        change.put(Membership(body_id=body.id, name="冯国秀", duty="成员", first_day=first, last_day=last))


@pytest.fixture
def waiting_for_two(desk: Desk, two_must_sign: None, submitted: Submit) -> Claim:
    """A claim of that chain that waits for the group."""
    del two_must_sign
    plain = submitted("修补路面")
    row = {**plain.row(), "id": "", "version": 0, "chain": "three_signatures", "invoice_number": "7"}
    with desk.change("test.claim") as change:
        change.put(replace(plain, state=ClaimState.WITHDRAWN))
        return change.put(Claim.from_row({**row, "id": "01KZZZZZZZZZZZZZZZZZZZZZZZ"}))


def test_the_second_member_passes_what_the_first_has_signed(
    page: OversightPage, desk: Desk, waiting_for_two: Claim, yes: list[str]
) -> None:
    become(page, "孙理财")
    assert "还差组长钱组长签字，共还差2人" in words(page)
    page.decision.buttons[Outcome.PASSED].click()
    assert "记下了。还差组长钱组长签字。" in words(page)
    assert page.shown is None
    assert desk.get(Claim, waiting_for_two.id).state is ClaimState.SUBMITTED
    become(page, "钱组长")
    assert "孙理财已经签字。还差组长钱组长签字" in words(page)
    page.decision.buttons[Outcome.PASSED].click()
    assert desk.get(Claim, waiting_for_two.id).state is not ClaimState.SUBMITTED
    assert len(yes) == 2


def test_the_leader_records_who_signed_on_paper_with_its_scan(
    page: OversightPage, desk: Desk, waiting_for_two: Claim, yes: list[str], tmp_path: Path
) -> None:
    become(page, "钱组长")
    page.decision._open_paper.click()
    on_paper = page.decision.on_paper
    assert [box.name for box in on_paper._boxes] == ["孙理财", "冯国秀"]
    on_paper._boxes[1].set_value(True)
    page.decision.buttons[Outcome.PASSED].click()
    assert "没有登录，请附上签了字的单子" in words(page)
    scan = tmp_path / "单子.jpg"
    Image.new("RGB", (300, 400), "white").save(scan)
    on_paper._paper.set_value(scan)
    page.decision.buttons[Outcome.PASSED].click()
    assert yes[-1] == "同意付1,409.50元给宏达工程队吗？同时记上冯国秀在纸上的签字。意见写上以后不能改。"
    assert [review.signer for review in reviews_of(desk, waiting_for_two.id)] == ["", "冯国秀"]
    assert desk.get(Claim, waiting_for_two.id).state is not ClaimState.SUBMITTED


def test_a_claim_opens_with_its_papers(page: OversightPage, desk: Desk, submitted: Submit, tmp_path: Path) -> None:
    made = submitted("修补路面")
    for name in ("一.jpg", "二.jpg"):
        Image.new("RGB", (300, 400), "white" if name == "一.jpg" else "grey").save(tmp_path / name)
    add_papers(desk, made.id, [tmp_path / "一.jpg", tmp_path / "二.jpg"])
    become(page, "钱组长")
    assert "票据 1/2" in words(page)
    (papers,) = page.findChildren(Papers)
    papers.turn(1)
    assert "票据 2/2" in words(page)


def test_the_number_beside_the_page_is_of_what_waits_for_the_person(desk: Desk, submitted: Submit) -> None:
    made = submitted("修补路面")
    with desk.change("test.moved") as change:
        change.put(replace(made, state=ClaimState.SUPERVISING))
    for name, count in (("李会计", 1), ("钱组长", 0), ("周监督", 1)):
        as_(desk, name)
        assert waiting_count(desk) == count, name
