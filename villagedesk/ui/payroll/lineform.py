"""The forms about one line of a pay sheet that is being made: written anew, or its amount changed with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import PayrollKind, PayrollLine
from villagedesk.payroll import rules
from villagedesk.payroll.drafting import FROM_POSTS, work_line
from villagedesk.payroll.quantities import PLACES, UNITS, what_and_unit
from villagedesk.payroll.runs import TENTHS, Run, arithmetic, worth
from villagedesk.payroll.sheets import when_and_what
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.fields import AmountField, Field, NumberField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.suggestfield import SuggestField
from villagedesk.village.model import Household, Person
from villagedesk.village.store import person_ids, person_lines

_MOST = 60


class LineForm(Form):
    """A line of a run; ``saved`` carries it. Without a ``line`` it is a new one, of somebody of the register."""

    def __init__(self, desk: Desk, run: Run, line: PayrollLine | None = None) -> None:
        self._desk, self._run, self._line = desk, run, line
        self._counted = Callout("")
        super().__init__(
            [*self._facts(), self._counted, *self._changes()],
            save=lambda values, _reason: self.typed(values),
            check=self._findings,
            verb="改好" if line else "加到表里",
            values=self._values(),
        )
        for field in self.fields.values():
            field.edited.connect(self._recount)
        self._recount()

    def typed(self, values: Values) -> PayrollLine:
        """Return the line as it is typed; the amount follows the arithmetic unless another is typed."""
        line = self._made(values)
        other = values["amount_fen"]
        given = worth(self._run.kind, self._run.period, line).fen
        is_other = other is not None and other != given
        return replace(
            line,
            amount_fen=other if is_other else given,
            reason=values["reason"] if is_other else "",
            note=values["note"],
        )

    def _made(self, values: Values) -> PayrollLine:
        if self._run.kind in FROM_POSTS:
            assert self._line
            return self._line
        line = work_line(
            self._desk,
            self._desk.get(Person, values["person_id"]),
            standard_fen=values["standard_fen"] or 0,
            day_tenths=int((values.get("days") or Decimal(0)) * TENTHS),
            quantity=values.get("quantity"),
            unit=values.get("unit", ""),
            work=" ".join(part for part in (values.get("when", ""), values["what"]) if part),
            area=self._line.area if self._line else "",
        )
        return replace(line, deduction_fen=values.get("deduction_fen") or 0)

    def _facts(self) -> list[Field | str | tuple[Field, ...]]:
        if self._run.kind in FROM_POSTS:
            line = self._line
            assert line
            return [f"{line.name}　{line.work}　{line.area}"]
        person = ChoiceField("person_id", "谁", self._find, sample="写姓名或拼音字头来选", choice_of=self._choice)
        if self._run.kind is PayrollKind.LABOUR:
            return [
                person,
                (
                    TextField("when", "用工日期", sample="3月8日至13日"),
                    TextField("what", "用工事项", sample="清理排水沟"),
                ),
                (AmountField("standard_fen", "单价（一个工日）"), NumberField("days", "工日", unit="个", places=1)),
            ]
        return [
            person,
            TextField("what", "承包或租赁内容", sample="东沟水田"),
            (
                NumberField("quantity", "数量", places=PLACES, optional=True, hint="亩数、间数；按总数约定的不填"),
                SuggestField("unit", "单位", lambda text: [unit for unit in UNITS if unit.startswith(text)]),
            ),
            (
                AmountField("standard_fen", "单价", hint="没有填数量的，写约定的金额"),
                AmountField("deduction_fen", "扣除款", optional=True),
            ),
        ]

    def _changes(self) -> list[Field | str | tuple[Field, ...]]:
        return [
            (
                AmountField("amount_fen", "实发改为", optional=True, hint="不改就空着"),
                TextField("reason", "调整原因", optional=True, hint="改了金额就要写，会印在表上"),
            ),
            TextField("note", "备注", optional=True),
        ]

    def _values(self) -> Values:
        line = self._line
        if line is None:
            return {"unit": UNITS[0]}
        what, unit = what_and_unit(line) if self._run.kind is PayrollKind.RENT else (line.work, "")
        when, what = when_and_what(what) if self._run.kind is PayrollKind.LABOUR else ("", what)
        is_other = worth(self._run.kind, self._run.period, line).fen != line.amount_fen and bool(line.reason)
        return {
            "person_id": line.person_id,
            "standard_fen": line.standard_fen,
            "days": _decimal(line.day_tenths),
            "when": when,
            "what": what,
            "quantity": line.ratio or None,
            "unit": unit or UNITS[0],
            "deduction_fen": line.deduction_fen or None,
            "amount_fen": line.amount_fen if is_other else None,
            "reason": line.reason,
            "note": line.note,
        }

    def _findings(self, values: Values) -> Sequence[Finding]:
        found = [
            Finding("form.missing", f"请填{label}。", name)
            for name, label in _asked(self._run.kind).items()
            if not values[name]
        ]
        if found:
            return found
        line = self.typed(values)
        if self._run.kind is PayrollKind.RENT:
            found += [replace(one, field=_BOUND[one.field]) for one in rules.sound_parts(_alone(self._run, line))]
        if line.amount_fen <= 0 and not found:
            found.append(Finding("payroll.amount", "实发金额应大于零。", "amount_fen"))
        given = worth(self._run.kind, self._run.period, line).fen
        if line.amount_fen != given and not line.reason:
            found.append(Finding("payroll.unexplained", "改了金额，请写明调整原因。", "reason"))
        return found

    def _recount(self) -> None:
        values = self.values()
        missing = [name for name in _asked(self._run.kind) if not values[name]]
        if missing:
            self._counted.set_words("填好以后，这里会算出金额。")
            return
        line = self.typed(values)
        self._counted.set_words(f"计算：{arithmetic(self._run.kind, self._run.period, line)} 元")

    def _find(self, text: str) -> Sequence[Choice]:
        lines = person_lines(self._desk, list(person_ids(self._desk, text.strip()))[:_MOST])
        return [Choice(line.person.id, line.person.name, f"{line.household}号，{line.team}") for line in lines]

    def _choice(self, person_id: str) -> Choice:
        person = self._desk.get(Person, person_id)
        return Choice(person.id, person.name, self._desk.get(Household, person.household_id).team)


_BOUND = {"ratio": "quantity", "work": "unit", "deduction_fen": "deduction_fen"}
"""The fields of a line of rent by what the rules call them."""


def _alone(run: Run, line: PayrollLine) -> Run:
    return replace(run, lines=(line,))


def _asked(kind: PayrollKind) -> dict[str, str]:
    """Return the fields a line cannot do without, with what they are called."""
    if kind in FROM_POSTS:
        return {}
    asked = {"person_id": "谁", "what": "内容", "standard_fen": "金额"}
    if kind is PayrollKind.LABOUR:
        asked |= {"when": "用工日期", "what": "用工事项", "standard_fen": "单价", "days": "工日"}
    return asked


def _decimal(tenths: int) -> Decimal | None:
    return Decimal(tenths) / TENTHS if tenths else None
