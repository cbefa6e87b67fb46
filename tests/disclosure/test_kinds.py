"""Every kind of notice says what a person approved, and prints all of it."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.disclosure.books import PEOPLE, Q1, Books, issued
from tests.golden import assert_golden
from villagedesk.disclosure.books import fund_flows, resolutions_of
from villagedesk.disclosure.drafting import kept_sheet
from villagedesk.disclosure.kind import Scope
from villagedesk.disclosure.kinds import KINDS, kind_named
from villagedesk.disclosure.papers import reprint
from villagedesk.disclosure.usecases import correct, prepare
from villagedesk.disclosure.wording import meeting_name
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import RuleViolation
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival

GOLDEN = Path(__file__).parent / "golden"

each_kind = pytest.mark.parametrize("kind", [kind.code for kind in KINDS])


@each_kind
def test_a_notice_reads_as_it_was_approved(desk: Desk, books: Books, kind: str) -> None:
    _, issuance = issued(desk, kind)
    assert_golden(replace(kept_sheet(issuance), footer="", proof=None), GOLDEN / f"{kind}.txt")


@each_kind
def test_a_quarter_without_anything_says_so(desk: Desk, books: Books, kind: str) -> None:
    draft = prepare(desk, kind, Scope(Period.quarter(2025, 3)))
    assert_golden(kept_sheet(draft), GOLDEN / f"{kind}-empty.txt")


def test_a_correction_reads_as_it_was_approved(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, "funds")
    with desk.change("test.late") as change:
        change.put(Arrival(fund_id=books.county.id, arrived_on=date(2026, 3, 31), amount_fen=10_000_00))
    draft = correct(desk, notice.id, "3月31日到账的10000元漏记。")
    assert_golden(kept_sheet(draft), GOLDEN / "correction.txt")


@each_kind
def test_the_paper_carries_every_character_of_the_sheet(desk: Desk, books: Books, kind: str) -> None:
    _, issuance = issued(desk, kind)
    printed = _counted(_extracted(reprint(issuance)))
    written = _counted(text_of(replace(kept_sheet(issuance), issuer="", watermark="")))
    assert not {character for character in written if printed[character] < written[character]}


@each_kind
def test_a_number_of_a_villager_is_on_no_paper(desk: Desk, books: Books, kind: str) -> None:
    _, issuance = issued(desk, kind)
    printed = _smooth(_extracted(reprint(issuance)))
    for _, id_number, phone, account in PEOPLE:
        assert id_number not in printed
        assert phone not in printed
        assert account not in printed
    assert "13700004444" not in printed


def test_two_people_of_one_name_are_told_apart_by_four_figures(desk: Desk, books: Books) -> None:
    text = text_of(kept_sheet(prepare(desk, "pay", Q1)))
    assert "王桂香（证件尾号1428）" in text
    assert "王桂香（证件尾号2526）" in text
    assert "张䶮\n" in text


def test_the_state_of_a_project_is_that_of_the_period_end(desk: Desk, books: Books) -> None:
    text = text_of(kept_sheet(prepare(desk, "projects", Q1)))
    assert "已验收" not in text  # on 2 April, after the quarter
    assert "已验收" in text_of(kept_sheet(prepare(desk, "projects", Scope(Period.quarter(2026, 2)))))


def test_money_for_the_next_year_is_shown_when_it_arrives(desk: Desk, books: Books) -> None:
    flows = {flow.name: flow for flow in fund_flows(desk, Period.quarter(2025, 4))}
    assert flows["2026年县级补助"].in_fen == 40_000_00
    assert flows["2026年县级补助"].closing_fen == 40_000_00
    assert "2026年村集体" not in flows


def test_sums_that_differ_between_funds_and_projects_stop_the_notice(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    from villagedesk.disclosure.kinds import funds

    flows = fund_flows(desk, Q1.period)
    monkeypatch.setattr(funds, "fund_flows", lambda *_: flows[1:])
    with pytest.raises(RuleViolation, match=r"按资金加是0\.00元，按项目加是26,100\.00元"):
        prepare(desk, "funds", Q1)
    monkeypatch.setattr(funds, "fund_flows", lambda *_: [replace(flows[0], closing_fen=1), flows[1]])
    with pytest.raises(RuleViolation, match="对不上"):
        prepare(desk, "funds", Q1)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("村民代表会议2026-1", "村民代表会议（2026-1）"),
        ("2026年村民代表会议第1次", "村民代表会议第1次会议"),
        ("第1次", "村民代表会议（第1次）"),
        ("关于路灯的村民代表会议", "关于路灯的村民代表会议"),
    ],
)
def test_a_meeting_is_named_once(desk: Desk, books: Books, number: str, name: str) -> None:
    (resolution,) = resolutions_of(desk, Q1.period)
    assert meeting_name(replace(resolution, number=number)) == name


def test_a_kind_is_found_by_its_code_and_by_its_label() -> None:
    assert kind_named("funds") is kind_named("资金到账与台账")
    assert kind_named("五个公开") is None


def test_every_slot_has_a_kind() -> None:
    assert sorted({kind.slot for kind in KINDS}) == [1, 2, 3, 4, 5]


def _extracted(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def _counted(text: str) -> Counter[str]:
    return Counter(_smooth(text))


def _smooth(text: str) -> str:
    return re.sub(r"\s", "", text)
