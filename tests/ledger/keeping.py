"""Books of cash and bank for tests: claims of any pay way posted and reversed, without their way along the chain."""

from dataclasses import replace
from datetime import date

from villagedesk.ledger.model import Advance, CashMove, CashMoveKind, Settlement
from villagedesk.ledger.settling import set_off
from villagedesk.oversight.model import Review
from villagedesk.payments.model import Claim, ClaimState, Outcome, PayWay, Voucher
from villagedesk.payments.store import next_number
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival, Fund, Officer, Opening
from villagedesk.village.store import next_receipt

DAY = date(2026, 1, 5)


def open_fund(desk: Desk, year: int = 2026, source: str = "县级补助", owner: str = "村民委员会") -> Fund:
    """Open a fund."""
    with desk.change("test.fund") as change:
        return change.put(
            Fund(year=year, source=source, owner=owner, planned_fen=100_000_00, document="县财〔2026〕1号")
        )


def start_project(desk: Desk, fund: Fund, name: str = "路灯维修", class_code: str = "1") -> Project:
    """Put a running project on the books."""
    with desk.change("test.project") as change:
        return change.put(
            Project(
                year=fund.year, name=name, class_code=class_code, item="供电", budget_fen=90_000_00, fund_id=fund.id,
                state=ProjectState.RUNNING,
            )
        )  # fmt: skip


def begin(desk: Desk, fund: Fund, fen: int, day: date = DAY, source: Fund | None = None) -> Opening:
    """Write down what a fund begins with, or what is carried to it."""
    with desk.change("test.opening") as change:
        return change.put(
            Opening(
                fund_id=fund.id,
                opened_on=day,
                amount_fen=fen,
                from_fund_id=source.id if source else None,
                document="2025年总账",
            )
        )


def arrive(desk: Desk, fund: Fund, fen: int, day: date = DAY, document: str = "") -> Arrival:
    """Let money arrive."""
    with desk.change("test.arrival") as change:
        number = next_receipt(desk, day.year)
        return change.put(
            Arrival(fund_id=fund.id, arrived_on=day, amount_fen=fen, document=document, year=day.year, number=number)
        )


def pay(
    desk: Desk,
    project: Project,
    fen: int,
    day: date = DAY,
    pay_way: PayWay = PayWay.TRANSFER,
    advance: Advance | None = None,
    payee: str = "双石镇兴旺电器",
    purpose: str = "路灯灯头",
    *,
    sets_off: bool = True,
) -> Voucher:
    """Post a claim, against an advance where there is one; or as if that was forgotten."""
    (checker,) = desk.find(Officer, "name = '钱组长'")
    with desk.change("test.voucher") as change:
        claim = change.put(
            Claim(
                spent_on=day, project_id=project.id, fund_id=project.fund_id or "", amount_fen=fen, pay_way=pay_way,
                state=ClaimState.PAID, made_by=change.actor_id, advance_id=advance.id if advance else None, payee=payee, purpose=purpose,
            )
        )  # fmt: skip
        passed = Review(
            subject_table="claims", subject_id=claim.id, subject_version=1, outcome=Outcome.PASSED,
            given_by=checker.id, given_at=change.at,
        )  # fmt: skip
        change.put(passed)
        voucher = change.put(
            Voucher(
                year=day.year, number=next_number(desk, day.year), claim_id=claim.id, posted_on=day,
                project_id=project.id, fund_id=project.fund_id or "", amount_fen=fen, posted_by=change.actor_id,
                payee=payee, purpose=purpose,
            )
        )  # fmt: skip
        if sets_off:
            set_off(desk, change, claim, voucher)
        return voucher


def take_back(desk: Desk, voucher: Voucher, day: date) -> Voucher:
    """Reverse a voucher."""
    with desk.change("test.reversal") as change:
        return change.put(
            replace(
                voucher, id="", version=0, year=day.year, number=next_number(desk, day.year), posted_on=day,
                amount_fen=-voucher.amount_fen, reverses_id=voucher.id, reason="金额记错",
            )
        )  # fmt: skip


def move(desk: Desk, kind: CashMoveKind, fen: int, day: date = DAY) -> CashMove:
    """Take cash from the bank or put it there."""
    with desk.change("test.cash") as change:
        return change.put(CashMove(kind=kind, moved_on=day, amount_fen=fen, made_by=change.actor_id))


def advance_to(desk: Desk, taker: str, fen: int, day: date = DAY, pay_way: PayWay = PayWay.TRANSFER) -> Advance:
    """Give an advance."""
    with desk.change("test.advance") as change:
        return change.put(
            Advance(
                taker=taker, given_on=day, due_on=date(day.year, 12, 31), amount_fen=fen, pay_way=pay_way,
                purpose="买灯头", made_by=change.actor_id,
            )
        )  # fmt: skip


def hand_back(desk: Desk, advance: Advance, fen: int, day: date = DAY, pay_way: PayWay = PayWay.TRANSFER) -> Settlement:
    """Take back what was not spent of an advance."""
    with desk.change("test.back") as change:
        return change.put(
            Settlement(advance_id=advance.id, settled_on=day, amount_fen=fen, pay_way=pay_way, made_by=change.actor_id)
        )


def unarrive(desk: Desk, wrong: Arrival, day: date) -> Arrival:
    """Take an arrival back."""
    with desk.change("test.red_arrival") as change:
        number = next_receipt(desk, day.year)
        return change.put(
            replace(
                wrong, id="", version=0, arrived_on=day, year=day.year, number=number, amount_fen=-wrong.amount_fen,
                reverses_id=wrong.id, reason="记错",
            )
        )  # fmt: skip
