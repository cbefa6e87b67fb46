"""The register of claims as data: where its rows come from, its columns, the tones of its states."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from villagedesk.kernel.money import yuan
from villagedesk.payments import counting, register, store
from villagedesk.payments.model import UNDER_WAY, ClaimState, PastExpense
from villagedesk.payments.register import STANDINGS, ClaimFilter, ClaimLine
from villagedesk.payments.runningsum import running_sums
from villagedesk.storage.desk import Desk
from villagedesk.storage.found import Found
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.theme import Tone

S = ClaimState

TONES = {
    S.DRAFT: Tone.QUIET,
    S.WITNESSING: Tone.ACTIVE,
    S.SUBMITTED: Tone.ACTIVE,
    S.SUPERVISING: Tone.ACTIVE,
    S.QUERIED: Tone.WARN,
    S.REVIEWED: Tone.ACTIVE,
    S.DECIDING: Tone.ACTIVE,
    S.APPROVED: Tone.ACTIVE,
    S.SETTLING: Tone.ACTIVE,
    S.GRANTED: Tone.ACTIVE,
    S.PAID: Tone.GOOD,
    S.REFUSED: Tone.BAD,
    S.WITHDRAWN: Tone.QUIET,
}

_SHORT: Mapping[str, str] = {S.SUBMITTED: "待理财审核", S.REVIEWED: "待村里审批", S.QUERIED: "有疑问", S.PAID: "已付"}

STRETCHES: tuple[tuple[str, str, tuple[ClaimState, ...]], ...] = (
    ("all", "全部", ()),
    ("draft", "草稿", (S.DRAFT,)),
    ("passing", "审批中", tuple(state for state in UNDER_WAY if state is not S.GRANTED)),
    ("due", "待付款", (S.GRANTED,)),
    ("paid", "已付", (S.PAID,)),
    ("ended", "未付", (S.REFUSED, S.WITHDRAWN)),
)
"""The stretches of a claim's way people look for: key, label, states (none: all)."""

STATES_OF = {key: states for key, _, states in STRETCHES}


def stretch_of(state: ClaimState) -> str:
    """Return the key of the stretch a state lies in."""
    return next(key for key, _, states in STRETCHES if state in states)


class Claims:
    """The office's claims as a ListSource. ``narrowed`` tells what is wanted of them, but for the text and the order.

    Sorted by day it also knows what the claims that count amount to up to each (累计); of a long list once all of it
    was read.
    """

    def __init__(self, desk: Desk, narrowed: Callable[[], ClaimFilter]) -> None:
        self._desk, self._narrowed = desk, narrowed
        self._wanted = ClaimFilter()
        self._running: dict[int, int] = {}
        self._found: Sequence[int] = ()

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        """Return the rowids of the claims that fit, in order; newest first of itself."""
        order, falls = (sort_key, descending) if sort_key else ("spent_on", True)
        self._wanted = replace(self._narrowed(), text=filter_text, order=order, descending=falls)
        self._running = {}
        self._found = register.claim_ids(self._desk, self._wanted, begin=True)
        return self._found

    def rows(self, ids: Sequence[int]) -> list[ClaimLine]:
        """Return claims as lines."""
        if ids and self._wanted.order == "spent_on" and getattr(self._found, "is_whole", False):
            self._running |= running_sums(self._desk, self._wanted, ids, self._found)
        return register.claim_lines(self._desk, ids)

    def running(self, line: ClaimLine) -> str:
        """Return what the claims that fit amount to from the first day up to this one.

        "" when they are not sorted by day, and where none of them counts.
        """
        fen = self._running.get(line.rowid)
        return "" if fen is None or self._adds_up_to_nothing else yuan(fen)

    def adds_nothing(self, line: ClaimLine) -> bool:
        """Tell whether a claim does not count in the sums of the list."""
        return not counting.counts(self._wanted.states, line.state, is_reversed=line.is_reversed)

    def total(self, filter_text: str) -> str:
        """Return the sum of the claims that fit, and what does not count in it, in a sentence."""
        if self._adds_up_to_nothing:
            return "这些冲销了，不算合计" if self._wanted.is_reversed else "这些没有付，不算合计"
        if isinstance(self._found, Found):
            fen = self._found.amounts_to()
        else:
            fen = register.claim_sum(self._desk, replace(self._narrowed(), text=filter_text)).amount_fen
        left_out = counting.what_is_left_out(self._wanted.states)
        return f"合计 {yuan(fen)} 元" + (f"（{left_out}）" if left_out else "")

    @property
    def _adds_up_to_nothing(self) -> bool:
        return self._wanted.is_reversed or counting.none_counts(self._wanted.states)


class PastExpenses:
    """The expenses of earlier years as a ListSource."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        """Return the rowids of the expenses that fit, latest first."""
        del sort_key, descending
        return store.past_ids(self._desk, filter_text)

    def rows(self, ids: Sequence[int]) -> list[PastExpense]:
        """Return expenses as they were taken over."""
        return store.past_lines(self._desk, ids)

    def total(self, filter_text: str) -> str:
        """Return the sum of the expenses that fit, in a sentence."""
        lines = self.rows(self.ids(filter_text, "", descending=False))
        return f"合计 {yuan(sum(line.amount_fen for line in lines))} 元"


def standing(line: ClaimLine) -> str:
    """Return what a claim stands at as a list words it, in few characters."""
    return _SHORT.get(line.standing, STANDINGS[line.standing])


def tone(line: ClaimLine) -> Tone:
    """Return the tone of a claim's state."""
    return Tone.BAD if line.is_reversed else TONES[line.state]


def columns(source: Claims) -> tuple[Column[ClaimLine], ...]:
    """Return the register's columns, with the running sum of its source; what does not count in it stands back."""
    faint = source.adds_nothing
    running = Column(
        "running", "累计（元）", source.running, 122, align="right", sortable=False, spare=True, faint=faint
    )
    return (*_COLUMNS[:4], replace(_COLUMNS[4], faint=faint), running, *_COLUMNS[5:])


_COLUMNS: tuple[Column[ClaimLine], ...] = (
    Column("spent_on", "日期", lambda line: line.spent_on.isoformat(), 118),
    Column("payee", "收款人", lambda line: line.payee),
    Column("purpose", "用途", lambda line: line.purpose),
    Column("project", "项目", lambda line: line.project, 140, spare=True),
    Column("amount_fen", "金额（元）", lambda line: yuan(line.amount_fen), 112, align="right"),
    Column("state", "状态", standing, 136, tone=tone),
    Column("voucher", "凭证", lambda line: line.voucher, 118, spare=True, sortable=False),
)

PAST_COLUMNS: tuple[Column[PastExpense], ...] = (
    Column("spent_on", "日期", lambda line: line.spent_on.isoformat(), 114, sortable=False),
    Column("item", "开支项目", lambda line: line.item, sortable=False),
    Column("payee", "收款人", lambda line: line.payee, sortable=False),
    Column("amount_fen", "金额（元）", lambda line: yuan(line.amount_fen), 122, align="right", sortable=False),
    Column("source", "资金来源", lambda line: line.source, 140, spare=True, sortable=False),
    Column("invoice_number", "票据号", lambda line: line.invoice_number, 112, spare=True, sortable=False),
    Column("opinion", "审核意见", lambda line: line.opinion, 100, spare=True, sortable=False),
)
