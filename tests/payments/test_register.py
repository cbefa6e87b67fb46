"""The register of claims: what is wanted comes, in the order wanted, with its sums."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import accumulate

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.payments.paying import YUAN, a_claim, grant_project, granted
from villagedesk.oversight.model import Review
from villagedesk.payments import register, store, usecases
from villagedesk.payments.model import Claim, ClaimState, Outcome, Voucher
from villagedesk.payments.register import ClaimFilter
from villagedesk.payments.runningsum import running_sums
from villagedesk.projects.model import Project
from villagedesk.storage import longlist
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.storage.found import Found
from villagedesk.village.model import Officer


def payees(desk: Desk, wanted: ClaimFilter = register.EVERYTHING) -> list[str]:
    return [line.payee for line in register.claim_lines(desk, register.claim_ids(desk, wanted))]


def test_the_newest_claim_stands_first(desk: Desk, three: list[str]) -> None:
    assert payees(desk) == ["双石镇建材经营部", "荣县供电公司", "冯国秀"]


@pytest.mark.parametrize(
    ("order", "first"),
    [("amount_fen", "冯国秀"), ("payee", "冯国秀"), ("project", "冯国秀"), ("state", "荣县供电公司")],
)
def test_claims_are_sorted_as_asked(desk: Desk, three: list[str], order: str, first: str) -> None:
    assert payees(desk, ClaimFilter(order=order, descending=False))[0] == first


@pytest.mark.parametrize(
    ("text", "found"),
    [("国秀", 1), ("清运", 2), ("路灯", 1), ("N10000", 1), ("N", 3), ("100%", 1), ("%", 1), ("_", 0), ("!", 0)],
)
def test_a_text_is_looked_for_in_payee_purpose_invoice_and_project(
    desk: Desk, three: list[str], text: str, found: int
) -> None:
    assert len(register.claim_ids(desk, ClaimFilter(text))) == found
    assert register.claim_sum(desk, ClaimFilter(text)).count == found


def test_a_long_register_is_searched_from_the_claims_written_last(
    desk: Desk, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "_FEW", 2)
    found = register.claim_ids(desk, ClaimFilter("N", order="amount_fen"), begin=True)
    whole = register.claim_ids(desk, ClaimFilter("N", order="amount_fen"))
    assert isinstance(found, Found)
    assert (found.is_whole, found.known, set(found[:2]) < set(whole)) == (False, 2, True)
    rest = found.rest()
    found.take(rest.read())
    assert (found.is_whole, list(found), found.amounts_to()) == (True, list(whole), 400 * YUAN)
    one = register.claim_ids(desk, ClaimFilter("建材"), begin=True)
    assert (one.known, len(one)) == (0, 1), "it was the first to be written"


def test_a_register_that_leads_along_an_index_is_counted_on_another_thread(
    desk: Desk, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(longlist, "_FIRST", 2)
    assert register.claim_ids(desk).rest() is None, "a short one is counted sooner than another thread begins"
    monkeypatch.setattr(register, "_FEW", 2)
    found = register.claim_ids(desk, begin=True)
    assert (found.is_whole, found.known) == (False, 2)
    rest = found.rest()
    assert rest
    counted = rest.read()
    monkeypatch.setattr(register, "_by_days", lambda *_: pytest.fail("it was counted already"))
    found.take(counted)
    assert (found.is_whole, len(found), register.claim_sum(desk)) == (True, 3, register.Sum(3, 400 * YUAN))
    assert register.claim_ids(desk, ClaimFilter(order="payee")).is_whole, "another order has as many"
    assert [fen // YUAN for fen in running_sums(desk, ClaimFilter(), found, found).values()] == [100, 100, 400]


@pytest.mark.parametrize(
    ("text", "found"),
    [("fgx", ["冯国秀"]), ("GDGS", ["荣县供电公司"]), ("ldd", ["荣县供电公司"]), ("f", []), ("xyz", [])],
)
def test_payees_and_projects_are_found_by_their_initials(
    desk: Desk, three: list[str], text: str, found: list[str]
) -> None:
    assert payees(desk, ClaimFilter(text)) == found


def test_a_payee_of_the_last_minute_is_found_by_initials_too(desk: Desk, three: list[str], project: Project) -> None:
    assert payees(desk, ClaimFilter("omx")) == []
    usecases.draft(desk, a_claim(project, payee="欧明相"))
    assert payees(desk, ClaimFilter("omx")) == ["欧明相"]


def test_claims_of_one_state_are_summed(desk: Desk, three: list[str]) -> None:
    submitted_ones = ClaimFilter(states=(ClaimState.SUBMITTED,))
    assert payees(desk, submitted_ones) == ["冯国秀"]
    assert register.claim_sum(desk, submitted_ones) == register.Sum(1, 100 * YUAN)
    assert register.claim_sum(desk) == register.Sum(3, 400 * YUAN), "a draft counts among drafts only"
    assert register.claim_sum(desk, ClaimFilter(states=(ClaimState.DRAFT,))) == register.Sum(1, 200 * YUAN)


def test_what_was_reversed_is_found_alone(desk: Desk, project: Project, three: list[str]) -> None:
    wrong = usecases.post(desk, granted(desk, a_claim(project, 500 * YUAN, payee="退货的店")).id)
    usecases.post(desk, granted(desk, a_claim(project, 70 * YUAN)).id)
    usecases.reverse(desk, wrong.id, "退货")
    undone = register.standing_at("reversed")
    for order in register.ORDERS:
        assert payees(desk, replace(undone, order=order)) == ["退货的店"]
    assert payees(desk, replace(undone, text="别的店")) == []
    assert register.claim_sum(desk, undone) == register.Sum(1, 0)
    assert {register.standing_at(key).states[0] for key in register.STANDINGS} == set(ClaimState)
    assert register.standing_at("") == ClaimFilter()


def test_a_period_a_project_a_fund_and_a_payee_narrow_the_register(desk: Desk, three: list[str]) -> None:
    lights = desk.rows("SELECT id, fund_id FROM projects WHERE name = '路灯电费'")[0]
    first, last = date(2026, 1, 3), date(2026, 1, 4)
    assert payees(desk, ClaimFilter(first_day=first, last_day=last)) == ["荣县供电公司", "冯国秀"]
    assert payees(desk, ClaimFilter(last_day=first)) == ["冯国秀"]
    assert payees(desk, ClaimFilter(project_id=lights["id"])) == ["荣县供电公司"]
    assert payees(desk, ClaimFilter(fund_id=lights["fund_id"])) == ["荣县供电公司"]
    assert payees(desk, ClaimFilter(payee="冯国秀", first_day=last)) == []


def test_each_line_knows_what_was_claimed_up_to_it_whatever_order_is_shown(desk: Desk, three: list[str]) -> None:
    by_amount = ClaimFilter(order="amount_fen")
    ids = register.claim_ids(desk, by_amount)
    sums = running_sums(desk, by_amount, ids)
    assert [sums[rowid] // YUAN for rowid in ids] == [400, 100, 100]
    without_lights = ClaimFilter(states=(ClaimState.PAID, ClaimState.SUBMITTED))
    assert list(running_sums(desk, without_lights, ids[:1]).values()) == [400 * YUAN]
    assert running_sums(desk, by_amount, [99]) == {}


@pytest.mark.parametrize("text", ["", "清运"])
def test_what_came_to_nothing_is_shown_and_adds_nothing(
    desk: Desk, three: list[str], project: Project, text: str
) -> None:
    """The register of what was paid amounts to what the vouchers amount to."""
    usecases.withdraw(desk, three[1], "写错了")
    wanted, is_paid = ClaimFilter(text), ClaimFilter(text, states=(ClaimState.PAID,))
    assert payees(desk, is_paid) == ["双石镇建材经营部"]
    assert register.claim_sum(desk, wanted).amount_fen == register.claim_sum(desk, is_paid).amount_fen == 300 * YUAN
    voucher = store.voucher_of(desk, three[0])
    assert voucher
    _red, again = usecases.redo(desk, voucher.id, "记错了")
    assert register.claim_sum(desk, is_paid) == register.Sum(1, 0)
    assert register.claim_sum(desk, wanted).amount_fen == 0
    usecases.submit(desk, again.id)
    assert register.claim_sum(desk, wanted).amount_fen == 300 * YUAN
    for shown in (wanted, is_paid, replace(is_paid, order="amount_fen")):
        rowids = register.claim_ids(desk, shown)
        found = running_sums(desk, shown, rowids, rowids if shown.order == "spent_on" else None)
        total = register.claim_sum(desk, shown).amount_fen
        assert max(found.values()) == total
        assert len(found) == len(rowids)


def test_a_line_tells_its_voucher_and_whether_it_was_reversed(desk: Desk, three: list[str]) -> None:
    voucher = store.voucher_of(desk, three[0])
    assert voucher
    line = register.claim_lines(desk, register.claim_ids(desk, ClaimFilter(states=(ClaimState.PAID,))))[0]
    assert (line.voucher, line.is_reversed, line.project) == ("2026-1", False, "生活垃圾清运")
    red = usecases.reverse(desk, voucher.id, "退货")
    line = register.claim_lines(desk, [line.rowid])[0]
    assert line.is_reversed
    assert store.reversal_of(desk, voucher.id) == red


def test_lines_come_in_the_order_asked_for_also_by_the_thousand(desk: Desk, three: list[str]) -> None:
    ids = [3, 1, 2] * 400 + [99]
    assert [line.rowid for line in register.claim_lines(desk, ids)] == [3, 1, 2] * 400


def test_a_claim_is_found_again_by_its_rowid(desk: Desk, three: list[str]) -> None:
    rowid = register.rowid_of(desk, three[1])
    assert rowid
    assert register.claim_lines(desk, [rowid])[0].id == three[1]
    assert register.rowid_of(desk, "nobody") is None


_DAYS = st.integers(0, 3)
_PEOPLE = ("冯国秀", "双石镇建材经营部")
_REVERSED = None
"""Stands for a claim whose payment was reversed."""
_STATES = (
    ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.PAID, ClaimState.REFUSED, ClaimState.WITHDRAWN, _REVERSED,
)  # fmt: skip
claims = st.lists(
    st.tuples(_DAYS, st.integers(0, 1), st.sampled_from(_PEOPLE), st.integers(1, 99), st.sampled_from(_STATES)),
    max_size=8,
)
filters = st.builds(
    ClaimFilter,
    text=st.sampled_from(["", "", "", "国秀"]),
    states=st.sampled_from(
        [
            (),
            (),
            (ClaimState.PAID,),
            (ClaimState.DRAFT,),
            (ClaimState.WITHDRAWN,),
            (ClaimState.DRAFT, ClaimState.REFUSED),
        ]
    ),
    is_reversed=st.sampled_from([False, False, True]),
    first_day=st.none() | st.just(date(2026, 1, 2)),
    last_day=st.none() | st.just(date(2026, 1, 3)),
    payee=st.sampled_from(["", "", "冯国秀"]),
    order=st.sampled_from(register.ORDERS),
    descending=st.booleans(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(claims, st.lists(filters, min_size=1, max_size=4), st.lists(st.integers(0, 10**6), max_size=4))
def test_however_it_is_read_the_register_holds_what_is_wanted_in_order_with_its_sums(
    desk: Desk,
    project: Project,
    drawn: list[tuple[int, int, str, int, ClaimState | None]],
    asked: list[ClaimFilter],
    looked_at: list[int],
) -> None:
    """Lists that are read where they are looked at, and the sums along them, against a plain sort of all claims."""
    lights = grant_project(desk, f"路灯{desk.tip()[0]}")
    projects = (project, lights)
    with desk.change("test.claims") as change:
        for day, place, payee, fen, state in drawn:
            draft = a_claim(projects[place], fen, spent_on=date(2026, 1, 1 + day), payee=payee)
            made = replace(draft, made_by=change.actor_id, profile_version="x", state=state or ClaimState.PAID)
            claim = change.put(made)
            if state is _REVERSED:
                _reverse(desk, change, claim)
    every = desk.find(Claim)
    reversed_ones = {voucher.claim_id for voucher in desk.find(Voucher, "reverses_id IS NOT NULL")}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("_FIRST", 6), ("_PAGE", 3), ("_KEPT", 2)):
            patch.setattr(longlist, name, value)
        patch.setattr(register, "_FEW", 3)
        for wanted in asked:
            expected = _plainly(every, wanted, {one.id: one.name for one in desk.find(Project)}, reversed_ones)
            ids = register.claim_ids(desk, wanted)
            places = [place % len(expected) for place in looked_at] if expected else []
            rows = [desk.value("SELECT id FROM claims WHERE rowid = ?", [rowid]) for rowid in ids]
            assert rows == [claim.id for claim in expected]
            for place in places:
                again = register.claim_ids(desk, wanted)
                assert again[place] == ids[place]
                assert again.index(ids[place]) == place
                assert list(again[place : place + 5]) == list(ids)[place : place + 5]
            fens = {claim.id: _counting(claim, wanted, reversed_ones) for claim in expected}
            whole = register.Sum(len(expected), sum(fens.values()))
            assert register.claim_sum(desk, wanted) == whole
            begun = register.claim_ids(desk, wanted, begin=True)
            if not begun.is_whole and (rest := begun.rest()):
                begun.take(rest.read())
            assert [*begun] == [*ids]
            by_day = sorted(expected, key=lambda claim: (claim.spent_on, claim.id))
            sums = dict(
                zip([claim.id for claim in by_day], accumulate(fens[claim.id] for claim in by_day), strict=True)
            )
            near = list(ids[places[0] : places[0] + 4]) if places else list(ids)
            shown = register.claim_ids(desk, replace(wanted, order="spent_on"))
            assert running_sums(desk, replace(wanted, order="spent_on"), near, shown) == running_sums(
                desk, wanted, near
            )
            found = running_sums(desk, wanted, near)
            named = {desk.value("SELECT id FROM claims WHERE rowid = ?", [rowid]): fen for rowid, fen in found.items()}
            assert named == {claim: sums[claim] for claim in named}
            assert len(named) == len(near)


def _reverse(desk: Desk, change: Change, claim: Claim) -> None:
    """Put a voucher of a claim on the books, and the red one that takes it back."""
    group = desk.find(Officer, "name = '钱组长'")[0]
    change.put(
        Review(
            subject_table="claims", subject_id=claim.id, subject_version=claim.version, outcome=Outcome.PASSED,
            given_by=group.id, given_at=change.at,
        )
    )  # fmt: skip
    number = 1 + int(desk.value("SELECT coalesce(max(number), 0) FROM vouchers") or 0)
    black = change.put(
        Voucher(
            year=2026, number=number, claim_id=claim.id, posted_on=claim.spent_on, project_id=claim.project_id,
            fund_id=claim.fund_id, payee=claim.payee, purpose=claim.purpose, amount_fen=claim.amount_fen,
            posted_by=change.actor_id,
        )
    )  # fmt: skip
    red = replace(black, id="", version=0, number=number + 1, amount_fen=-claim.amount_fen, reverses_id=black.id)
    change.put(replace(red, reason="记错了"))


def _counting(claim: Claim, wanted: ClaimFilter, reversed_ones: set[str]) -> int:
    """Return what a claim adds to a sum, by Python alone."""
    if claim.id in reversed_ones or claim.state in (ClaimState.REFUSED, ClaimState.WITHDRAWN):
        return 0
    is_draft_among_others = claim.state is ClaimState.DRAFT and wanted.states != (ClaimState.DRAFT,)
    return 0 if is_draft_among_others else claim.amount_fen


def _plainly(every: list[Claim], wanted: ClaimFilter, projects: dict[str, str], reversed_ones: set[str]) -> list[Claim]:
    """Return what is wanted of all claims, by Python alone."""
    found = [
        claim
        for claim in every
        if wanted.text in claim.payee
        and (not wanted.states or claim.state in wanted.states)
        and (wanted.first_day or date.min) <= claim.spent_on <= (wanted.last_day or date.max)
        and wanted.payee in ("", claim.payee)
        and (claim.id in reversed_ones or not wanted.is_reversed)
    ]
    keys: dict[str, Callable[[Claim], object]] = {
        "project": lambda claim: (projects[claim.project_id], claim.project_id, claim.spent_on, claim.id),
        "state": lambda claim: (claim.state, claim.spent_on, claim.id),
    }
    key = keys.get(wanted.order, lambda claim: (getattr(claim, wanted.order), claim.id))
    return sorted(found, key=key, reverse=wanted.descending)


def test_what_was_reversed_is_found_without_reading_all_that_was_paid(desk: Desk) -> None:
    where, values = register.condition(desk, register.standing_at("reversed"))
    plan = desk.rows(f"EXPLAIN QUERY PLAN SELECT c.rowid FROM claims c WHERE {where}", values)
    assert "(id=?)" in plan[0][3]
