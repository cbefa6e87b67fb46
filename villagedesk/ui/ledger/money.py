"""银行现金: where the money is, what stands open, advances and statements, as cards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from villagedesk.kernel.findings import Severity
from villagedesk.kernel.money import yuan
from villagedesk.ledger import store
from villagedesk.ledger.figures import AdvanceLine
from villagedesk.ledger.model import Statement
from villagedesk.ledger.standing import standing
from villagedesk.payments.model import Claim, Voucher
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.cards import Card, FigureCard, Scrolling, TaskRow, Tiles
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.theme import Tone
from villagedesk.village.store import profile

_MOST = 20


@dataclass(frozen=True, slots=True)
class Ways:
    """What the cards lead to."""

    settle: Callable[[AdvanceLine], object]
    set_off: Callable[[Voucher, AdvanceLine], object]
    show_statement: Callable[[Statement], object]
    look: Callable[[str], object]


class MoneyView(Scrolling):
    """Bank, cash box and advances today, and what was held against them."""

    def __init__(self, desk: Desk, ways: Ways) -> None:
        super().__init__()
        today = desk.clock.now().date()
        there, rule = store.holdings(desk, today), profile(desk).cash
        over = there.cash_fen > rule.most_fen or there.cash_fen < 0
        self.body.addWidget(
            Tiles(
                [
                    FigureCard(yuan(there.bank_fen), "元，银行账上", tone=_below(there.bank_fen)),
                    FigureCard(
                        yuan(there.cash_fen),
                        f"元，现金（限额{yuan(rule.most_fen)}元）",
                        tone=Tone.BAD if over else Tone.PLAIN,
                    ),
                    FigureCard(yuan(there.advanced_fen), "元，预借在外"),
                    FigureCard(yuan(there.total_fen), "元，合计，等于各项资金结余"),
                ]
            )
        )
        for finding in standing(desk, today):
            self.body.addWidget(
                Callout(finding.message, Tone.WARN if finding.severity is Severity.WARNING else Tone.BAD)
            )
        if forgotten := store.unsettled_vouchers(desk):
            self.body.addWidget(self._forgotten(desk, forgotten, ways))
        self.body.addWidget(self._advances(desk, ways))
        self.body.addWidget(self._statements(desk, ways))
        self.body.addStretch(1)

    def _forgotten(self, desk: Desk, voucher_ids: Sequence[str], ways: Ways) -> QWidget:
        card = Card("用预借的钱付的、还没有结清预借的凭证")
        for voucher_id in voucher_ids[:_MOST]:
            voucher = desk.get(Voucher, voucher_id)
            advance = store.advance_line(desk, desk.get(Claim, voucher.claim_id).advance_id or "")
            words = f"凭证{voucher.label}　{voucher.purpose}　{yuan(voucher.amount_fen)} 元"
            note = f"{advance.taker}{advance.given_on}预借{yuan(advance.amount_fen)}元，还有{yuan(advance.open_fen)}元没有结清"
            card.add(TaskRow(words, note, tone=Tone.BAD, verb="结清预借", act=partial(ways.set_off, voucher, advance)))
        return card

    def _advances(self, desk: Desk, ways: Ways) -> QWidget:
        today = desk.clock.now().date()
        card = Card("没有结清的预借")
        lines = [one for one in store.advance_lines(desk, today) if one.open_fen > 0]
        for one in lines[:_MOST]:
            words = f"{one.taker}　{one.purpose}　还有 {yuan(one.open_fen)} 元"
            note = f"{one.given_on}预借{yuan(one.amount_fen)}元，应在{one.due_on}前结清"
            tone = Tone.BAD if one.is_overdue(today) else Tone.ACTIVE
            card.add(TaskRow(words, note, tone=tone, verb="登记归还", act=partial(ways.settle, one)))
        if not lines:
            card.add(Callout("没有人借着钱。预借用报账单结清的，记一笔时选上那笔预借。"))
        return card

    def _statements(self, desk: Desk, ways: Ways) -> QWidget:
        card = Card("对账和盘点")
        found = store.statements(desk)[:_MOST]
        if not found:
            card.add(Callout("还没有对过账。每月按银行对账单对一次，现金点一次，和账面核对。"))
            return card
        for one in found:
            rest = one.amount_fen - one.books_fen
            words = f"{one.stated_on}　{one.kind.label} {yuan(one.amount_fen)} 元，账面 {yuan(one.books_fen)} 元"
            note = "两边一样" if not rest else f"相差 {yuan(rest)} 元，有未达账项或说明"
            tone = Tone.GOOD if not rest else Tone.WARN
            card.add(TaskRow(words, note, tone=tone, verb="看表", act=partial(ways.show_statement, one)))
        return card


def _below(fen: int) -> Tone:
    return Tone.BAD if fen < 0 else Tone.PLAIN
