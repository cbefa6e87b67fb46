"""The list of pay sheets as data: where its rows come from, its columns, the tones of where the money is."""

from collections.abc import Callable, Sequence

from villagedesk.kernel.money import yuan
from villagedesk.payroll import store
from villagedesk.payroll.bankrules import SENDABLE
from villagedesk.payroll.store import SheetLine, Standing
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.theme import Tone

TONES = {
    Standing.WAITING: Tone.QUIET,
    Standing.SENT: Tone.ACTIVE,
    Standing.PAID: Tone.GOOD,
    Standing.FAILED: Tone.BAD,
    Standing.BOUNCED: Tone.BAD,
}

STRETCHES: tuple[tuple[str, str, Callable[[SheetLine], bool]], ...] = (
    ("all", "全部", lambda _line: True),
    ("chain", "审核中", lambda line: line.is_living and line.claim_state not in SENDABLE),
    ("send", "待发放", lambda line: is_to_send(line)),
    ("bank", "待回盘", lambda line: line.sent > 0),
    ("back", "待补发", lambda line: line.back > 0),
)
"""Which sheets people look for: key, label, which of them."""

_KEEPS = {key: keeps for key, _, keeps in STRETCHES}


class PaySheets:
    """The office's pay sheets as a ListSource. ``stretch`` tells which are looked at."""

    def __init__(self, desk: Desk, stretch: Callable[[], str]) -> None:
        self._desk, self._stretch = desk, stretch

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the sheets that fit, in order."""
        found = store.sheet_ids(self._desk, filter_text, sort_key, descending=descending or not sort_key)
        keeps = _KEEPS[self._stretch()]
        if self._stretch() == "all":
            return found
        return [line.payroll.id for line in store.sheet_lines(self._desk, found) if keeps(line)]

    def rows(self, ids: Sequence[str]) -> list[SheetLine]:
        """Return the sheets with their sums."""
        return store.sheet_lines(self._desk, ids)

    def total(self, filter_text: str) -> str:
        """Return what the living sheets that fit come to, in a sentence."""
        lines = [line for line in self.rows(self.ids(filter_text, "", descending=False)) if line.is_living]
        return f"合计 {yuan(sum(line.payroll.total_fen for line in lines))} 元"


def is_to_send(line: SheetLine) -> bool:
    """Tell whether a sheet may go to the bank now and somebody on it was not sent yet."""
    return line.is_living and line.claim_state in SENDABLE and line.waiting > 0 and not line.is_posted_only


def state_of(line: SheetLine) -> tuple[str, Tone]:
    """Return where a sheet stands, in a few words, and its tone."""
    if not line.is_living:
        return (
            "已冲销" if line.is_reversed else line.claim_state.label if line.claim_state else "没有报账单",
            Tone.QUIET,
        )
    if line.claim_state not in SENDABLE:
        return (line.claim_state.label if line.claim_state else "", Tone.ACTIVE)
    if line.is_posted_only:
        return "已付款入账", Tone.GOOD
    if line.back:
        return f"{line.back}人待补发", Tone.BAD
    if line.sent:
        return f"{line.sent}人待回盘", Tone.ACTIVE
    if line.waiting:
        return "待送银行", Tone.WARN
    return "都已到账", Tone.GOOD


COLUMNS: tuple[Column[SheetLine], ...] = (
    Column("period", "发放表", lambda line: line.payroll.title),
    Column("project", "项目", lambda line: line.project, 160, sortable=False, spare=True),
    Column("people", "人数", lambda line: str(line.people), 70, align="right", sortable=False),
    Column("total", "金额（元）", lambda line: yuan(line.payroll.total_fen), 130, align="right"),
    Column(
        "state", "到哪一步", lambda line: state_of(line)[0], 190, tone=lambda line: state_of(line)[1], sortable=False
    ),
)
