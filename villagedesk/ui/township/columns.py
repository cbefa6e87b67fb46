"""The lists of the township as data: the villages, and the claims that wait for its word."""

from collections.abc import Callable, Sequence

from villagedesk.kernel.money import yuan
from villagedesk.storage.desk import Desk
from villagedesk.township import store
from villagedesk.township.model import VillageLine, WaitingClaim
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.theme import Tone


class Villages:
    """The enrolled villages as a ListSource; a township has some dozens, so they are held. ``year`` is looked at."""

    def __init__(self, desk: Desk, year: Callable[[], int]) -> None:
        self._desk, self._year = desk, year
        self._lines: dict[str, VillageLine] = {}

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the villages that fit, in order."""
        lines = store.villages(self._desk, self._year())
        if sort_key:
            lines.sort(key=_ORDERS[sort_key], reverse=descending)
        self._lines = {line.peer.office_id: line for line in lines}
        return [line.peer.office_id for line in lines if filter_text in line.peer.name or filter_text in line.peer.code]

    def rows(self, ids: Sequence[str]) -> list[VillageLine]:
        """Return the villages."""
        return [self._lines[key] for key in ids]

    def total(self, filter_text: str) -> str:
        """Return the sums of the villages that fit, in a sentence."""
        lines = self.rows(self.ids(filter_text, "", descending=False))
        arrived, paid = sum(line.arrived_fen for line in lines), sum(line.paid_fen for line in lines)
        return f"到账合计 {yuan(arrived)} 元，支出合计 {yuan(paid)} 元"


class Waiting:
    """The claims that wait for the township's word as a ListSource."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lines: dict[str, WaitingClaim] = {}

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the claims that fit, in order."""
        lines = store.waiting_claims(self._desk)
        if sort_key:
            lines.sort(key=_WAITING_ORDERS[sort_key], reverse=descending)
        self._lines = {line.claim.id: line for line in lines}
        return [line.claim.id for line in lines if filter_text in _words(line)]

    def rows(self, ids: Sequence[str]) -> list[WaitingClaim]:
        """Return the claims."""
        return [self._lines[key] for key in ids]

    def total(self, filter_text: str) -> str:
        """Return the sum of the claims that fit, in a sentence."""
        lines = self.rows(self.ids(filter_text, "", descending=False))
        return f"合计 {yuan(sum(line.claim.amount_fen for line in lines))} 元"


def answered(line: VillageLine) -> tuple[str, Tone]:
    """Return how the township stands with a village: what it has to do, or that nothing is open."""
    if not line.peer.public_key:
        return "名片已作废", Tone.BAD
    if line.last_at is None:
        return "还没有报过", Tone.QUIET
    if waiting := [
        *([f"{line.waiting}张待审核"] if line.waiting else []),
        *([f"{line.wishes}份反结账待批"] if line.wishes else []),
    ]:
        return "，".join(waiting), Tone.ACTIVE
    return ("该写回执", Tone.WARN) if line.needs_receipt else ("已回执", Tone.GOOD)


def _reported(line: VillageLine) -> str:
    return f"{line.last_at:%Y-%m-%d}" if line.last_at else "—"


def _words(line: WaitingClaim) -> str:
    return f"{line.village} {line.project} {line.claim.payee} {line.claim.purpose}"


_ORDERS: dict[str, Callable[[VillageLine], str | int]] = {
    "name": lambda line: line.peer.code,
    "reported": lambda line: line.last_at.isoformat() if line.last_at else "",
    "state": lambda line: answered(line)[0],
    "projects": lambda line: line.projects,
    "arrived": lambda line: line.arrived_fen,
    "paid": lambda line: line.paid_fen,
    "left": lambda line: line.left_fen,
}

VILLAGES: tuple[Column[VillageLine], ...] = (
    Column("name", "村", lambda line: line.peer.name),
    Column("reported", "最近上报", _reported, 120),
    Column("state", "情况", lambda line: answered(line)[0], 250, tone=lambda line: answered(line)[1]),
    Column("projects", "项目", lambda line: str(line.projects), 80, align="right", spare=True),
    Column("arrived", "到账（元）", lambda line: yuan(line.arrived_fen), 130, align="right"),
    Column("paid", "支出（元）", lambda line: yuan(line.paid_fen), 130, align="right"),
    Column("left", "结余（元）", lambda line: yuan(line.left_fen), 130, align="right", spare=True),
)

_WAITING_ORDERS: dict[str, Callable[[WaitingClaim], str | int]] = {
    "village": lambda line: line.village,
    "day": lambda line: line.claim.spent_on.isoformat(),
    "project": lambda line: line.project,
    "payee": lambda line: line.claim.payee,
    "purpose": lambda line: line.claim.purpose,
    "amount": lambda line: line.claim.amount_fen,
    "waits": lambda line: line.waits_for.label,
}

WAITING: tuple[Column[WaitingClaim], ...] = (
    Column("village", "村", lambda line: line.village, 110),
    Column("day", "日期", lambda line: line.claim.spent_on.isoformat(), 122),
    Column("project", "项目", lambda line: line.project, 190, spare=True),
    Column("payee", "收款人", lambda line: line.claim.payee, 160),
    Column("purpose", "用途", lambda line: line.claim.purpose),
    Column("amount", "金额（元）", lambda line: yuan(line.claim.amount_fen), 130, align="right"),
    Column("waits", "等谁审核", lambda line: line.waits_for.label, 130, spare=True),
)
