"""今天: what is to do, and where the money stands."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from villagedesk.app.today import Figure, Todo, figures, funds_of_latest_year, todos
from villagedesk.kernel.errors import ReadOnlyDesk
from villagedesk.ui.kit.bars import MoneyBars
from villagedesk.ui.kit.cards import Card, FigureCard, Scrolling, TaskRow, Tiles, footnote
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone
from villagedesk.village.store import FundBalance, office

_MOST = 8
_PRACTICE = "这是练习村，人和钱都是编的，随便按，弄不坏真账。所有的纸上都印着“练习”。登录时每个人的密码都是：{password}"


class HomePage(Page):
    """The first page of an open desk."""

    title = "今天"
    tables = frozenset(
        {"claims", "notices", "vouchers", "funds", "arrivals", "parcels", "peers", "verdicts", "reviews", "postings"}
        | {
            "takedowns",
            "objections",
            "replies",
            "projects",
            "steps",
            "scores",
            "wishes",
            "meetings",
            "motions",
            "levies",
            "closings",
            "reopenings",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._column = Scrolling()
        self.show_first(self._column)

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Draw the page anew; it is small."""
        del changed
        body, desk = self._column.body, self.context.desk
        self._column.clear()
        if not desk.is_writable:
            body.addWidget(Callout(ReadOnlyDesk.sentence, Tone.WARN))
        if office(desk).is_practice:
            body.addWidget(_practice_note())
        found, funds = todos(desk), funds_of_latest_year(desk)
        body.addWidget(Tiles([_tile(figure) for figure in figures(desk, found, funds)]))
        body.addWidget(self._todo_card(found))
        if funds:
            body.addWidget(_money_card(funds))
        body.addStretch(1)

    def _todo_card(self, found: Sequence[Todo]) -> QWidget:
        card = Card("要办的事")
        card.body.setSpacing(0)
        for todo in found[:_MOST]:
            note = "，".join(part for part in (todo.note, f"由{todo.role.label}办") if part)
            go = partial(self.context.go, todo.page, "")
            card.add(TaskRow(todo.words, note, tone=_tone(todo), verb="去办", act=go))
        if len(found) > _MOST:
            card.add(footnote(f"还有{len(found) - _MOST}件，办完上面的就会显示。"))
        if not found:
            card.add(label("都办完了，没有要办的事。", "soft"))
        return card


def _tone(todo: Todo) -> Tone:
    return Tone.BAD if todo.is_late else Tone.ACTIVE


def _tile(figure: Figure) -> FigureCard:
    return FigureCard(figure.number, figure.words, tone=Tone.BAD if figure.is_late else Tone.PLAIN)


def _money_card(funds: Sequence[FundBalance]) -> QWidget:
    card = Card(f"{funds[0].fund.year}年的钱")
    lines = [(one.fund.name, one.available_fen, one.had_fen - one.carried_fen, one.paid_fen) for one in funds]
    card.add(MoneyBars(lines))
    card.add(footnote("整条是计划数：深绿是已支出，斜纹是到账还没用的，空白是还没到账的。"))
    return card


def _practice_note() -> QWidget:
    from villagedesk.app.practice import PASSWORD

    return Callout(_PRACTICE.format(password=PASSWORD), Tone.QUIET, title="练习村")
