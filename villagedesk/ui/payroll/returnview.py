"""The bank's answer looked at before it is taken in: who was paid, who was not and why, or what is wrong with it."""

from collections.abc import Sequence

from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.kernel.money import yuan
from villagedesk.payroll.model import PayOutcome
from villagedesk.payroll.usecases.answers import ReturnPreview
from villagedesk.ui.kit.cards import Card, Scrolling
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone

_MANY = 200
_OUTCOMES = {PayOutcome.PAID: Tone.GOOD, PayOutcome.FAILED: Tone.BAD, PayOutcome.BOUNCED: Tone.BAD}


class ReturnView(Scrolling):
    """What taking the answer in would write down; those who were not paid stand first."""

    def __init__(self, seen: ReturnPreview, file_name: str) -> None:
        super().__init__()
        failed = seen.not_paid
        paid = len(seen.told) - len(failed)
        words = (
            f"“{file_name}”是{seen.batch.label}的回盘，{len(seen.told)}行和送出的逐行对上了。"
            f"{paid}人到账，共 {yuan(seen.paid_fen)} 元；{len(failed)}人没有到账。还没有登记，核对后点“登记回盘”。"
        )
        self.body.addWidget(Callout(words, Tone.WARN if failed else Tone.GOOD))
        if seen.note:
            self.body.addWidget(Callout(seen.note, Tone.WARN))
        rows = [
            (
                str(one.line.place), one.line.name, one.line.account, yuan(one.line.amount_fen),
                (one.outcome.label, _OUTCOMES[one.outcome]), "" if one.outcome is PayOutcome.PAID else one.reason,
            )
            for one in sorted(seen.told, key=lambda one: one.outcome is PayOutcome.PAID)[:_MANY]
        ]  # fmt: skip
        card = Card("逐人结果")
        card.add(ReadTable(("序号", "户名", "账号", "金额（元）", "结果", "原因"), rows, wide=(5,), amounts=(3,)))
        if len(seen.told) > _MANY:
            card.add(label(f"还有{len(seen.told) - _MANY}人到账，没有列出。", "soft"))
        self.body.addWidget(card)
        self.body.addStretch(1)


class ProblemsView(Scrolling):
    """Why an answer is not taken in, by row and column."""

    def __init__(self, fault: BadInput) -> None:
        super().__init__()
        self.body.addWidget(Callout(str(fault), Tone.BAD))
        if fault.problems:
            card = Card(f"哪里不对（{len(fault.problems)}处）")
            card.add(ReadTable(("行", "栏目", "怎样不对"), _rows(fault.problems), wide=(2,), amounts=(0,)))
            self.body.addWidget(card)
        self.body.addStretch(1)


def _rows(problems: Sequence[Problem]) -> list[tuple[str, str, str]]:
    rows = [(str(one.row), one.column, one.message) for one in problems[:_MANY]]
    more = len(problems) - len(rows)
    return [*rows, ("……", "", f"还有{more}处")] if more else rows
