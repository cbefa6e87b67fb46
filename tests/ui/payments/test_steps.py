"""What is offered and done at each step of a claim's chain: witness, decision, refusal, reversal and making anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from tests.payments.paying import a_claim, as_, granted, submitted
from villagedesk.deliberation.model import Meeting, Motion, MotionProject
from villagedesk.payments import usecases
from villagedesk.payments.evidence import papers_of
from villagedesk.payments.model import Claim, ClaimState, Outcome, Voucher
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.papers import Papers
from villagedesk.ui.payments import steps
from villagedesk.ui.payments.claimform import ClaimForm
from villagedesk.ui.payments.page import PaymentsPage
from villagedesk.ui.payments.record import ClaimRecord
from villagedesk.village.model import Body
from villagedesk.village.store import office

S = ClaimState


def words(page: PaymentsPage) -> str:
    shown = page._stack.currentWidget()
    assert shown
    return "\n".join(label.text() for label in shown.findChildren(QLabel))


def press(page: PaymentsPage, text: str) -> None:
    next(action for action in page.actions_now() if action.text() == text).trigger()


def form(page: PaymentsPage) -> Form:
    shown = page._stack.currentWidget()
    assert isinstance(shown, Form)
    return shown


@pytest.fixture
def go_by(desk: Desk) -> Callable[[str], None]:
    """Let the village go by another chain."""

    def go_by(key: str) -> None:
        own = office(desk)
        with desk.change("test.chain") as change:
            change.put(replace(own, chain=key))

    return go_by


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo of a paper."""
    path = tmp_path / "单子.jpg"
    Image.new("RGB", (300, 400), "white").save(path)
    return path


def test_the_steps_ahead_are_those_of_the_chain(
    page: PaymentsPage, desk: Desk, project: Project, go_by: Callable[[str], None]
) -> None:
    go_by("three_reviews")
    page.open(submitted(desk, a_claim(project)).id)
    said = words(page)
    places = [
        said.index(f"\n{step}\n")
        for step in ("一审：理财小组组长", "二审：村务监督委员会", "三审：村主要负责人", "把关：财政所")
    ]
    assert places == sorted(places)
    assert "现在等这一步" in said


def test_a_witness_signs_for_themselves(
    page: PaymentsPage, desk: Desk, project: Project, go_by: Callable[[str], None]
) -> None:
    go_by("three_signatures")
    claim = submitted(desk, a_claim(project, witness="周监督"))
    assert claim.state is S.WITNESSING
    as_(desk, "周监督")
    page.open(claim.id)
    assert "等证明人周监督登录签字" in words(page)
    press(page, "证明属实")
    assert desk.get(Claim, claim.id).state is S.REVIEWED
    assert "证明人同意" in words(page)


def test_a_witness_who_signed_on_paper_is_recorded_by_somebody_else(
    page: PaymentsPage, desk: Desk, project: Project, go_by: Callable[[str], None], photo: Path
) -> None:
    go_by("three_signatures")
    claim = submitted(desk, a_claim(project, witness="冯国秀"))
    as_(desk, "孙理财")
    page.open(claim.id)
    press(page, "录入证明人签字")
    assert not form(page).try_save()
    form(page).set_values({"paper": photo})
    assert form(page).try_save()
    assert desk.get(Claim, claim.id).state is S.REVIEWED
    assert "冯国秀（纸上签字，孙理财代录）" in words(page)


def test_a_decision_lets_a_claim_go_on(
    page: PaymentsPage, desk: Desk, project: Project, go_by: Callable[[str], None]
) -> None:
    go_by("tiers")
    plain = usecases.draft(desk, a_claim(project, 12_000_00))
    with desk.change("test.waits") as change:
        claim = change.put(replace(plain, state=S.DECIDING, chain="tiers"))
    page.open(claim.id)
    press(page, "选决议")
    assert "账里还没有关于这个项目的决议" in words(page)
    assert not form(page).try_save()
    page.back()
    with desk.change("test.meeting") as change:
        body = change.put(Body(kind="村民代表会议", name="村民代表会议"))
        meeting = change.put(
            Meeting(
                body_id=body.id, basis="representatives", number="1", held_on=date(2026, 1, 4), place="村委会",
                chair="赵主任", recorder="李会计", entitled=30, present=28, recorded_by=claim.made_by,
            )
        )  # fmt: skip
        count = {"method": "举手", "yes": 28, "no": 0, "abstain": 0, "arithmetic": "28票同意"}
        motion = change.put(Motion(meeting_id=meeting.id, number=1, subject="同意抢修水渠", is_passed=True, **count))  # type: ignore[arg-type]
        change.put(MotionProject(motion_id=motion.id, project_id=project.id))
    press(page, "选决议")
    form(page).set_values({"motion_id": motion.id})
    assert form(page).try_save()
    assert desk.get(Claim, claim.id).state is S.REVIEWED
    assert "同意抢修水渠" in words(page)


def test_a_refused_claim_is_made_anew(page: PaymentsPage, desk: Desk, project: Project) -> None:
    from villagedesk.oversight.usecases import review

    claim = submitted(desk, a_claim(project))
    as_(desk, "钱组长")
    review(desk, "claims", claim.id, Outcome.REFUSED, "重复")
    as_(desk, "李会计")
    page.open(claim.id)
    assert "照意见改好以后可以重报" in words(page)
    press(page, "重报")
    writing = form(page)
    assert isinstance(writing, ClaimForm)
    assert writing.values()["payee"] == claim.payee
    assert sorted(one.state for one in desk.find(Claim)) == [S.DRAFT, S.REFUSED]


def test_a_paid_claim_is_reversed_and_opened_anew_in_one_step(page: PaymentsPage, desk: Desk, project: Project) -> None:
    claim = granted(desk, a_claim(project))
    usecases.post(desk, claim.id)
    page.open(claim.id)
    press(page, "冲销并重做")
    assert not form(page).try_save()
    form(page).set_values({"reason": "金额写错"})
    assert form(page).try_save()
    writing = form(page)
    assert isinstance(writing, ClaimForm)
    values = writing.values()
    assert (values["payee"], values["amount_fen"], values["purpose"]) == (claim.payee, claim.amount_fen, claim.purpose)
    assert sorted(voucher.amount_fen for voucher in desk.find(Voucher)) == [-claim.amount_fen, claim.amount_fen]
    page.open(claim.id)
    assert "这一张重做的" in words(page)
    (fresh,) = desk.find(Claim, "state = 'draft'")
    link = next(made for made in page.findChildren(QPushButton) if made.text() == "看那一张 ›" and made.isVisible())
    link.click()
    assert page.shown == fresh.id
    assert "这一张替代已冲销的凭证2026年第1号。" in words(page)


def test_papers_are_added_to_a_claim_that_is_on_its_way(
    page: PaymentsPage, desk: Desk, project: Project, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = submitted(desk, a_claim(project))
    page.open(claim.id)
    assert "还没有票据的照片" in words(page)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(photo)], ""))
    (more,) = (made for made in page.findChildren(QPushButton) if made.text() == "加票据照片…")
    more.click()
    assert len(papers_of(desk, claim.id)) == 1
    shown = page._stack.currentWidget()
    assert isinstance(shown, ClaimRecord)
    assert shown.findChildren(Papers)


def test_a_paper_that_is_none_is_said(
    page: PaymentsPage, desk: Desk, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(steps, "show_fault", lambda _page, fault: said.append(str(fault)))
    (tmp_path / "坏.jpg").write_bytes(b"x")
    claim = submitted(desk, a_claim(project))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(tmp_path / "坏.jpg")], ""))
    page.add_papers(claim.id)
    assert "坏.jpg" in said[0]
    assert papers_of(desk, claim.id) == []


def test_a_drafts_finding_leads_to_where_it_is_put_right(
    page: PaymentsPage, desk: Desk, project: Project, went: list[tuple[str, str]]
) -> None:
    page.open(usecases.draft(desk, a_claim(project, 20_000_00)).id)
    ways = [made for made in page.findChildren(QPushButton) if made.text() == "去办 ›"]
    ways[0].click()
    assert went == [("projects", project.id)]
