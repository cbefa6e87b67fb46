"""The forms about cash and bank: moves between them, advances, the bank's statement, the count of the cash box."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.kernel.words import amount_in_words
from villagedesk.ledger import rules, store, usecases
from villagedesk.ledger.counting import VALUES, sum_of, value_label
from villagedesk.ledger.figures import AdvanceLine, Book
from villagedesk.ledger.model import (
    Advance,
    CashMove,
    CashMoveKind,
    Statement,
    StatementKind,
    Uncashed,
    UncashedSide,
)
from villagedesk.ledger.returned import proposed_items
from villagedesk.payments.model import PayWay
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import AmountField, Field, NumberField, TextField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.suggestfield import SuggestField
from villagedesk.village.store import names_like, profile

ITEMS, _MOST = 2, 12
"""How many uncashed items a statement's form has room for at first, and at most."""
_WAYS = (Choice(PayWay.TRANSFER, "转账"), Choice(PayWay.CASH, "现金"))


def move_form(desk: Desk, kind: CashMoveKind = CashMoveKind.WITHDRAWN) -> Form:
    """Return the form that writes down money taken from the bank or put there."""

    def facts(values: Values) -> CashMove:
        return CashMove(
            kind=values["kind"] or kind,
            moved_on=values["moved_on"],
            amount_fen=values["amount_fen"] or 0,
            document=values["document"],
            note=values["note"],
        )

    there = store.holdings(desk, _today(desk))
    return Form(
        [
            Callout(f"今天账上：银行 {yuan(there.bank_fen)} 元，现金 {yuan(there.cash_fen)} 元。"),
            ChoiceField("kind", "做什么", [Choice(one, one.label) for one in CashMoveKind]),
            (AmountField("amount_fen", "金额"), _day(desk, "moved_on", "日期")),
            (TextField("document", "支票或回单号", optional=True), TextField("note", "备注", optional=True)),
        ],
        save=lambda values, reason: usecases.record_cash_move(desk, facts(values), reason),
        check=lambda values: _dated(values, "moved_on") or usecases.move_findings(desk, facts(values)),
        verb="登记",
        values={"kind": kind, "moved_on": _today(desk)},
    )


def advance_form(desk: Desk) -> Form:
    """Return the form that gives an advance."""

    def facts(values: Values) -> Advance:
        return Advance(
            taker=values["taker"],
            purpose=values["purpose"],
            amount_fen=values["amount_fen"] or 0,
            pay_way=values["pay_way"] or PayWay.TRANSFER,
            given_on=values["given_on"],
            due_on=values["due_on"],
        )

    def check(values: Values) -> Sequence[Finding]:
        return _dated(values, "given_on", "due_on") or usecases.advance_findings(desk, facts(values))

    return Form(
        [
            SuggestField("taker", "预借人", lambda text: names_like(desk, text)),
            TextField("purpose", "用途"),
            (AmountField("amount_fen", "金额"), ChoiceField("pay_way", "怎样给", _WAYS)),
            (_day(desk, "given_on", "预借日期"), _day(desk, "due_on", "最迟归还日期")),
        ],
        save=lambda values, reason: usecases.give_advance(desk, facts(values), reason),
        check=check,
        verb="登记预借",
        values={
            "pay_way": PayWay.TRANSFER,
            "given_on": _today(desk),
            "due_on": _today(desk) + timedelta(days=profile(desk).cash.advance_days),
        },
    )


def settle_form(desk: Desk, advance: AdvanceLine) -> Form:
    """Return the form that takes back what was not spent of an advance."""

    def check(values: Values) -> Sequence[Finding]:
        amount, day = values["amount_fen"] or 0, values["settled_on"]
        return _dated(values, "settled_on") or usecases.settle_findings(desk, advance.id, amount, day)

    return Form(
        [
            Callout(
                f"{advance.taker}预借{yuan(advance.amount_fen)}元（{advance.purpose}），还有{yuan(advance.open_fen)}元没有结清。"
            ),
            (AmountField("amount_fen", "归还金额"), ChoiceField("pay_way", "怎样还", _WAYS)),
            _day(desk, "settled_on", "归还日期"),
        ],
        save=lambda values, _reason: usecases.settle_advance(
            desk, advance.id, values["amount_fen"], values["settled_on"], values["pay_way"]
        ),
        check=check,
        verb="登记归还",
        values={
            "amount_fen": advance.open_fen,
            "pay_way": PayWay.CASH if advance.is_cash else PayWay.TRANSFER,
            "settled_on": _today(desk),
        },
    )


def bank_form(desk: Desk) -> Form:
    """Return the form that holds the bank's statement against the books.

    What the bank could not pay or sent back stands in it already, as of the statement's day.
    """
    told, proposed = Callout(""), _Proposed(desk)

    def facts(values: Values) -> tuple[Statement, list[Uncashed]]:
        stated = Statement(
            kind=StatementKind.BANK, stated_on=values["stated_on"], amount_fen=values["amount_fen"] or 0,
            note=values["note"],
        )  # fmt: skip
        return stated, _items(values)

    def check(values: Values) -> Sequence[Finding]:
        if missing := _dated(values, "stated_on"):
            return missing
        stated, items = facts(values)
        books_fen = store.held(desk, Book.BANK, stated.stated_on)
        rest = rules.unexplained(stated.amount_fen, books_fen, items)
        there = f"{stated.stated_on}账面余额 {yuan(books_fen)} 元。{proposed.words}"
        if values["amount_fen"] is None:
            told.set_words(there)
            return [Finding("ledger.statement", "请写上对账单上的余额。", "amount_fen")]
        told.set_words(there + ("对账以后两边相等。" if not rest else f"对账以后银行比账上多 {yuan(rest)} 元。"))
        return usecases.statement_findings(desk, stated, items)

    form = Form(
        [
            told,
            (_day(desk, "stated_on", "对账单截至"), AmountField("amount_fen", "对账单余额")),
            "未达账项（一边记了、另一边还没有记的）",
            *(part for place in range(_MOST) for part in _item(desk, place)),
            TextField("note", "说明", optional=True, hint="对完还差的，写明原因"),
            FileField("paper", "对账单（扫描或照片）", optional=True),
        ],
        save=lambda values, _reason: usecases.assert_balance(desk, *facts(values), paper=values["paper"]),
        check=check,
        verb="对账",
        values={"stated_on": _today(desk)},
    )

    def propose() -> None:
        proposed.fill(form)
        check(form.values())

    form.fields["stated_on"].edited.connect(propose)
    for place in range(_MOST):
        for field in (form.fields[f"{name}_{place}"] for name in _PARTS):
            field.edited.connect(lambda: proposed.make_room(form))
    propose()
    return form


class _Proposed:
    """The items the books propose for a statement's day, filled in as long as nobody has changed them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._items: list[Uncashed] = []

    @property
    def words(self) -> str:
        """Say that something is filled in already."""
        return "没有发成的和退票的，已经照报酬的回盘填在下面，请和对账单核对。" if self._items else ""

    def fill(self, form: Form) -> None:
        """Propose what is open on the form's day, unless the items were changed by hand."""
        values = form.values()
        if values["stated_on"] and _items(values) == self._items:
            self._items = proposed_items(self._desk, values["stated_on"])[:_MOST]
            blank: dict[str, object] = {f"{name}_{place}": None for name in _PARTS for place in range(_MOST)}
            for place, item in enumerate(self._items):
                facts = (item.side, item.what, item.since, item.amount_fen)
                blank |= {f"{name}_{place}": fact for name, fact in zip(_PARTS, facts, strict=True)}
            for name, value in blank.items():
                form.fields[name].set_value(value)
        self.make_room(form)

    def make_room(self, form: Form) -> None:
        """Show the items that are written, and one more to write."""
        values = form.values()
        used = [place for place in range(_MOST) if any(values[f"{name}_{place}"] for name in _PARTS)]
        shown = max(ITEMS, used[-1] + 2 if used else 0)
        for place in range(_MOST):
            for name in _PARTS:
                form.fields[f"{name}_{place}"].setVisible(place < shown)


def count_form(desk: Desk) -> Form:
    """Return the form that counts the cash box: the number of each note, the sum as it is typed."""
    told = Callout("")

    def counted(values: Values) -> dict[int, int]:
        return {value: int(values[f"count_{value}"] or 0) for value in VALUES}

    def facts(values: Values) -> Statement:
        return Statement(
            kind=StatementKind.CASH, stated_on=values["stated_on"], amount_fen=sum_of(counted(values)),
            note=values["note"], witness=values["witness"],
        )  # fmt: skip

    def tell(values: Values) -> None:
        day = values["stated_on"] or _today(desk)
        fen, books_fen = sum_of(counted(values)), store.held(desk, Book.CASH, day)
        rest = fen - books_fen
        matches = "账实相符" if not rest else f"{'多' if rest > 0 else '少'}{yuan(abs(rest))}元"
        told.set_words(f"点得 {yuan(fen)} 元（{amount_in_words(fen)}），账面 {yuan(books_fen)} 元：{matches}。")

    def check(values: Values) -> Sequence[Finding]:
        if missing := _dated(values, "stated_on"):
            return missing
        return usecases.statement_findings(desk, facts(values), (), counted(values))

    boxes = [NumberField(f"count_{value}", value_label(value), unit="张", optional=True) for value in VALUES]
    form = Form(
        [
            told,
            (_day(desk, "stated_on", "盘点日期"), TextField("witness", "监盘人")),
            *(tuple(boxes[place : place + 3]) for place in range(0, len(boxes), 3)),
            TextField("note", "说明", optional=True, hint="账实不符的，写明原因"),
        ],
        save=lambda values, _reason: usecases.assert_balance(desk, facts(values), (), counted(values)),
        check=check,
        verb="记下盘点",
        values={"stated_on": _today(desk)},
    )
    for field in form.fields.values():
        field.edited.connect(lambda: tell(form.values()))
    tell(form.values())
    return form


_PARTS = ("side", "what", "since", "fen")
"""The fields of an uncashed item, each with its place behind it."""


def _item(desk: Desk, place: int) -> list[Field | tuple[Field, ...]]:
    return [
        TextField(f"what_{place}", "事项", optional=True),
        (
            ChoiceField(f"side_{place}", "种类", [Choice(one, one.label) for one in UncashedSide], optional=True),
            _day(desk, f"since_{place}", "发生日期", optional=True),
            AmountField(f"fen_{place}", "金额", optional=True),
        ),
    ]


def _items(values: Values) -> list[Uncashed]:
    """Return the items that were begun; what is missing in them is said by the rules."""
    blank = Uncashed(side=UncashedSide.BANK_IN, what="", since=values["stated_on"], amount_fen=0)
    found = []
    for place in range(_MOST):
        side, what, since, fen = (values[f"{name}_{place}"] for name in _PARTS)
        if side or what or fen:
            item = replace(blank, side=side or blank.side, what=what if side else "", since=since or blank.since)
            found.append(replace(item, amount_fen=fen or 0))
    return found


def _dated(values: Values, *names: str) -> list[Finding]:
    return [Finding("ledger.day", "请写上日期。", name) for name in names if values[name] is None]


def _day(desk: Desk, name: str, label: str, *, optional: bool = False) -> DateField:
    return DateField(name, label, optional=optional, today=lambda: _today(desk))


def _today(desk: Desk) -> date:
    return desk.clock.now().date()
