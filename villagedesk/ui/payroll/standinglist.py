"""People on pay sheets with where their money is, as a list: to put an account right, to write down what came back."""

from collections.abc import Callable, Sequence

from villagedesk.kernel.money import yuan
from villagedesk.payments.model import Payroll
from villagedesk.payroll.store import LineStanding
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.payroll.columns import TONES
from villagedesk.ui.village.masking import tail

Row = tuple[Payroll, LineStanding]


class Standings:
    """Pay lines as a ListSource; ``read`` asks the desk for them."""

    def __init__(self, read: Callable[[], Sequence[Row]]) -> None:
        self._read = read
        self._rows: dict[str, Row] = {}

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[str]:
        """Return the lines that fit, in the order of their sheets."""
        del sort_key, descending
        self._rows = {row[1].line.id: row for row in self._read()}
        return [key for key, row in self._rows.items() if filter_text in f"{row[1].line.name}{row[1].reason}"]

    def rows(self, ids: Sequence[str]) -> list[Row]:
        """Return the lines with where their money is."""
        return [self._rows[one] for one in ids]

    def total(self, filter_text: str) -> str:
        """Return what the lines that fit come to."""
        fitting = self.rows(self.ids(filter_text, "", descending=False))
        return f"合计 {yuan(sum(row[1].line.amount_fen for row in fitting))} 元"


def standing_list(read: Callable[[], Sequence[Row]], empty: Empty, *, in_full: bool) -> Listing[Row]:
    """Return a list of people with where their money is; ``in_full`` shows whole accounts."""
    source = Standings(read)
    listing = Listing[Row](
        _columns(in_full=in_full), source, Texts("人员", "笔", "找姓名、原因", empty), total=source.total
    )
    listing.reload()
    return listing


def _columns(*, in_full: bool) -> tuple[Column[Row], ...]:
    def account(row: Row) -> str:
        one = row[1]
        whole = one.sent.account if one.sent else one.line.account
        return whole if in_full else tail(whole)

    return (
        Column("name", "姓名", lambda row: row[1].line.name, 120, sortable=False),
        Column("sheet", "发放表", lambda row: row[0].brief, 220, sortable=False, spare=True),
        Column("account", "账号", account, 230, sortable=False),
        Column("amount", "金额（元）", lambda row: yuan(row[1].line.amount_fen), 120, align="right", sortable=False),
        Column(
            "standing",
            "情况",
            lambda row: row[1].standing.label,
            190,
            tone=lambda row: TONES[row[1].standing],
            sortable=False,
        ),
        Column("reason", "原因", lambda row: row[1].reason, sortable=False),
    )
