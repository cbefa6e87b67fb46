"""A claim's papers by its own chain: who signs stands on them, and what was said stands where it was said.

After an intended change, read the ``.new`` file in ``golden`` and rename it.
"""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.golden import assert_golden
from tests.payments.paying import YUAN, a_claim, as_, decided, photo
from villagedesk.oversight.usecases import review
from villagedesk.payments import forms, usecases
from villagedesk.payments.model import Claim, Outcome
from villagedesk.projects.model import Project
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.moneyrules import parse_chains
from villagedesk.village.profile import load
from villagedesk.village.profiletext import profile_text
from villagedesk.village.usecases import choose_chain, set_up_body

GOLDEN = Path(__file__).parent / "golden"
ID = "01KE5TP9E0ERCATGMT5F4DD342"


@pytest.fixture
def claim(desk: Desk, project: Project, tmp_path: Path) -> Claim:
    """A claim by 三签一章 whose witness, head and two members have signed; the office has not."""
    group = [("钱组长", "组长"), ("孙理财", "成员")]
    set_up_body(desk, "民主理财小组", group, date(2026, 1, 1), date(2028, 12, 31))
    choose_chain(desk, "three_signatures")
    assert desk.actor
    with desk.change("test.claim") as change:
        made = change.put(a_claim(project, witness="程贵世", handler="何委员", id=ID, made_by=desk.actor.id))
    usecases.submit(desk, made.id)
    as_(desk, "钱组长")
    usecases.bear_witness(desk, made.id, paper=photo(tmp_path / "单.jpg"))
    as_(desk, "赵主任")
    usecases.approve(desk, made.id, Outcome.PASSED)
    as_(desk, "钱组长")
    review(desk, "claims", made.id, Outcome.PASSED, signers=["孙理财"], paper=photo(tmp_path / "表.jpg", 90))
    return desk.get(Claim, made.id)


def test_the_claim_form_has_the_signature_areas_of_its_chain(desk: Desk, claim: Claim) -> None:
    text = text_of(forms.claim_form(desk, claim)).splitlines()
    assert text[-7:-2] == ["经手人", "证明人", "审批人（村主要负责人）", "理财小组（章）", "财政所"]


def test_the_approval_form_says_who_has_said_what(desk: Desk, claim: Claim) -> None:
    assert_golden(forms.approval_form(desk, claim), GOLDEN / "approval-form.txt")


def test_the_sheet_for_pasting_leaves_room_on_one_page(desk: Desk, claim: Claim, tmp_path: Path) -> None:
    as_(desk, "李会计")
    usecases.add_papers(desk, claim.id, [photo(tmp_path / "发票.jpg", 30)])
    sheet = forms.paste_form(desk, claim)
    assert_golden(sheet, GOLDEN / "paste-form.txt")
    assert len(pypdfium2.PdfDocument(draw(sheet))) == 1


def test_a_meetings_decision_stands_on_the_form(desk: Desk, project: Project) -> None:
    choose_chain(desk, "tiers")
    claim = usecases.draft(desk, a_claim(project, 12_000 * YUAN, decision_id=decided(desk)))
    for form in (forms.claim_form, forms.approval_form):
        assert "2026-01-05会议决议：集体研究的大额支出" in text_of(form(desk, claim))
    assert "乡镇主要领导" in text_of(forms.claim_form(desk, claim))


def test_the_papers_are_in_the_words_of_their_chain(desk: Desk, claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {
        "报账单": "费用报销单",
        "支出审批单": "开支审批表",
        "收款人": "领款人",
        "审批环节": "谁审批",
        "经手人": "经办人",
        "程贵世": "某人",
    }
    profile = load()
    own = replace(profile.chains["three_signatures"], words=words)
    there = replace(profile, chains={**profile.chains, "three_signatures": own})
    monkeypatch.setattr("villagedesk.village.profile.load", lambda: there)
    claim_form, approval, paste = (
        form(desk, claim) for form in (forms.claim_form, forms.approval_form, forms.paste_form)
    )
    assert [one.title for one in (claim_form, approval, paste)] == [
        f"青山村农村公共服务运行维护{what}" for what in ("费用报销单", "开支审批表", "票据粘贴单")
    ]
    assert "收款人" not in text_of(claim_form) + text_of(approval) + text_of(paste)
    assert text_of(claim_form).count("经办人") == text_of(paste).count("经办人") == 1
    assert "审批环节" not in text_of(approval)
    assert "程贵世" in text_of(approval), "what was filled in is never touched"


def test_a_chain_in_a_profile_brings_its_words() -> None:
    facts = tomllib.loads(profile_text())["chains"]["standard"]
    assert parse_chains({"own": {**facts, "words": {"收款人": "领款人"}}})["own"].words == {"收款人": "领款人"}
    assert all(chain.words == {} for chain in load().chains.values())
