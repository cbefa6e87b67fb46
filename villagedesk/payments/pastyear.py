"""A year that was taken over: which of its lines count, and whether it ties in with what the next year began with."""

from collections.abc import Iterator
from dataclasses import dataclass

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.storage.desk import Desk
from villagedesk.village.store import fund_balances

STILL_IN = "(import_id = '' OR import_id IN (SELECT id FROM imports WHERE is_undone = 0))"
"""The condition on past_expenses that leaves out what was taken back."""


@dataclass(frozen=True, slots=True)
class PastTie:
    """A taken-over year beside the next one's openings, all in fen.

    ``had_fen`` is what the year's funds had as far as this desk knows, ``spent_fen`` what the old sheet says was spent
    (with vouchers of that year, if there are any), ``opened_fen`` what the next year's funds began with.
    """

    year: int
    had_fen: int
    spent_fen: int
    opened_fen: int
    is_had_known: bool
    is_opened_known: bool

    @property
    def words(self) -> str:
        """Both sides in one line."""
        return (
            f"{self.year}年：有{yuan(self.had_fen)}元，支出{yuan(self.spent_fen)}元，应剩{yuan(self.left_fen)}元　｜　"
            f"{self.year + 1}年：期初{yuan(self.opened_fen)}元"
        )

    @property
    def left_fen(self) -> int:
        """What should be carried over."""
        return self.had_fen - self.spent_fen


def tie(desk: Desk, year: int, more_fen: int = 0) -> PastTie:
    """Return a taken-over year beside the openings of the next; ``more_fen`` is spending about to be taken over."""
    where = f"village_id = ? AND year = ? AND {STILL_IN}"
    past = desk.value(
        f"SELECT coalesce(sum(amount_fen), 0) FROM past_expenses WHERE {where}",  # noqa: S608 - no value stands in it
        [desk.office_id, year],
    )
    of_year, of_next = fund_balances(desk, year=year), fund_balances(desk, year=year + 1)
    had, opened = sum(one.had_fen for one in of_year), sum(one.opening_fen for one in of_next)
    return PastTie(
        year=year,
        had_fen=had,
        spent_fen=int(past) + more_fen + sum(one.paid_fen for one in of_year),
        opened_fen=opened,
        is_had_known=had > 0,
        is_opened_known=opened > 0,
    )


def tied(found: PastTie) -> Iterator[Finding]:
    """What a year had, less what it spent, is what the next year begins with."""
    basis = "上年结余等于本年期初"
    if not found.is_opened_known:
        message = f"接收了{found.year}年的支出，{found.year + 1}年的专账还没有录期初余额，请照旧账补上。"
        yield Finding("payments.no_openings", message, basis=basis, severity=Severity.WARNING, place="village:")
    elif not found.is_had_known:
        message = f"{found.year}年有多少钱，账里没有，核不了{found.year + 1}年的期初余额。请开{found.year}年的专账，登记期初和到账。"
        yield Finding("payments.past_money", message, basis=basis, severity=Severity.WARNING, place="village:")
    elif found.left_fen != found.opened_fen:
        message = (
            f"{found.year}年有{yuan(found.had_fen)}元，支出{yuan(found.spent_fen)}元，应剩{yuan(found.left_fen)}元；"
            f"{found.year + 1}年的期初是{yuan(found.opened_fen)}元，差{yuan(abs(found.left_fen - found.opened_fen))}元，请核对。"
        )
        yield Finding("payments.past_untied", message, basis=basis, severity=Severity.WARNING, place="village:")
