"""The forms about the bank: which file to write where, an account put right, money that came back, days absent."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import PayrollKind
from villagedesk.payroll import rules, store, usecases
from villagedesk.payroll.channels import DEFAULT, channels
from villagedesk.payroll.model import PayOutcome, Timesheet
from villagedesk.payroll.runs import TENTHS, absence_fen, days_of
from villagedesk.payroll.store import LineStanding
from villagedesk.payroll.usecases import sending
from villagedesk.projects.model import Post, Project
from villagedesk.projects.store import posts_held
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField, today_of
from villagedesk.ui.kit.fields import AmountField, Field, NumberField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Jump
from villagedesk.ui.kit.stick import stick_folder
from villagedesk.ui.kit.text import ElidedLabel
from villagedesk.ui.payroll.startform import periods
from villagedesk.village.model import Person


class FolderField(Field):
    """A folder to write into. ``value`` is a Path, None while none is chosen; a plugged-in stick is proposed."""

    def __init__(self, name: str, label: str, *, hint: str = "") -> None:
        self._path: Path | None = None
        self._shown = ElidedLabel("没有选文件夹", "soft")
        choose = button("选文件夹…", self._choose, icon="folder")
        super().__init__(name, label, choose, hint=hint)
        self._body.setStretch(0, 0)
        self._body.addWidget(self._shown, 1)
        self.set_value(Path(stick) if (stick := stick_folder()) else None)

    def value(self) -> Path | None:
        """Return the chosen folder."""
        return self._path

    def set_value(self, value: Path | None) -> None:
        """Show a folder."""
        self._path = value
        self._shown.setText(str(value) if value else "没有选文件夹")

    def _choose(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, "存到哪个文件夹", str(self._path or "")):
            self.set_value(Path(chosen))
            self.edited.emit()


class BatchForm(Form):
    """Which file for the bank, and where to; ``saved`` carries the batch and the file."""

    def __init__(self, desk: Desk, payroll_id: str, jump: Jump) -> None:
        going = sending(desk, payroll_id)
        again = any(one.sent for one in going.lines)
        words = f"{'补发：' if again else ''}{len(going.payments)}人，{yuan(going.total_fen)} 元"

        def check(values: Values) -> Sequence[Finding]:
            if not values["channel"]:
                return [Finding("form.missing", "请选文件格式。", "channel")]
            found = usecases.batch_findings(desk, payroll_id, values["channel"])
            missing = [] if values["folder"] else [Finding("form.missing", "请选存到哪个文件夹。", "folder")]
            return [*found, *missing]

        hint = "银行收的是明文，送到以后请把U盘上的文件删掉；账本里留着一份，随时可以核对。"
        super().__init__(
            [
                words,
                ChoiceField("channel", "文件格式", [Choice(one.key, one.name) for one in channels()]),
                FolderField("folder", "存到", hint=hint),
            ],
            save=lambda values, reason: usecases.write_batch(
                desk, payroll_id, values["channel"], values["folder"], reason
            ),
            check=check,
            verb="生成银行文件",
            values={"channel": DEFAULT},
            jump=jump,
        )


class AccountForm(Form):
    """A villager's account put right."""

    def __init__(self, desk: Desk, person: Person) -> None:
        super().__init__(
            [
                f"{person.name}　现在的账号：{person.account or '没有'}",
                TextField("account", "正确的账号", hint="照存折或银行卡填，中间可以有空格", longest=40, is_kept=False),
                TextField("bank", "开户银行", optional=True),
                TextField("why", "为什么改", sample="换了新存折"),
            ],
            save=lambda values, reason: usecases.correct_account(
                desk, person.id, values["account"], values["bank"], "；".join(p for p in (values["why"], reason) if p)
            ),
            check=lambda values: [
                _moved(one, reason="why")
                for one in usecases.account_findings(desk, person.id, "".join(values["account"].split()), values["why"])
            ],
            verb="改正账号",
            values={"bank": person.bank},
        )


class BouncedForm(Form):
    """Money the bank paid and sent back later (退票), or an answer it gave on paper."""

    def __init__(self, desk: Desk, one: LineStanding) -> None:
        sent = one.sent
        assert sent
        told = store.last_word(desk, sent.id)
        offered = (PayOutcome.BOUNCED,) if told else (PayOutcome.PAID, PayOutcome.FAILED)

        def check(values: Values) -> Sequence[Finding]:
            if values["told_on"] is None or not values["outcome"]:
                return [Finding("form.missing", "请填结果和日期。", "told_on")]
            outcome = PayOutcome(values["outcome"])
            return usecases.answer_findings(desk, sent, outcome, values["reason"], values["told_on"])

        super().__init__(
            [
                f"{sent.name}　{yuan(sent.amount_fen)} 元",
                ChoiceField("outcome", "银行的答复", [Choice(word.value, word.label) for word in offered]),
                TextField("reason", "原因", optional=told is None, sample="账户已销户"),
                DateField("told_on", "日期", today=today_of(desk)),
            ],
            save=lambda values, _reason: usecases.record_answer(
                desk, sent.id, PayOutcome(values["outcome"]), values["reason"], values["told_on"]
            ),
            check=check,
            verb="登记",
            values={"outcome": offered[0].value, "told_on": desk.clock.now().date()},
        )


class AttendanceForm(Form):
    """How many days of a month somebody was absent, and what is taken off."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        today = desk.clock.now().date()
        months = periods(PayrollKind.BASE, today)
        self._month = ChoiceField("month", "月份", [Choice(str(month), month.label) for month in months])
        self._post = ChoiceField("post_id", "谁的岗位", [])
        self._absent = NumberField("absent", "缺勤", unit="天", places=1, optional=True)
        self._off = AmountField("deduction_fen", "扣除款", optional=True, hint="按月标准和当月天数算出来，可以改")
        super().__init__(
            [(self._month, self._post), (self._absent, self._off), TextField("note", "说明", optional=True)],
            save=lambda values, reason: usecases.record_timesheet(desk, self._typed(values), reason),
            check=self._findings,
            verb="登记考勤",
            values={"month": str(months[1])},
        )
        self._month.edited.connect(self._offer_posts)
        self._post.edited.connect(self._show_kept)
        self._absent.edited.connect(self._propose)
        self._offer_posts()

    def _offer_posts(self) -> None:
        desk = self._desk
        if not self._month.value():
            return
        held = [post for post in posts_held(desk, Period.parse(self._month.value())) if post.base_fen]
        self._post.set_choices(
            [
                Choice(post.id, desk.get(Person, post.person_id).name,
                       f"{post.duty}，{desk.get(Project, post.project_id).name}，每月{yuan(post.base_fen)}元")
                for post in held
            ]
        )  # fmt: skip
        self._show_kept()

    def _show_kept(self) -> None:
        """Show what was written down before for this post and month."""
        if not (self._post.value() and self._month.value()):
            return
        kept = store.timesheet_of(self._desk, self._post.value(), self._month.value())
        self._absent.set_value(Decimal(kept.absent_tenths) / TENTHS if kept else None)
        self._off.set_value(kept.deduction_fen if kept else None)

    def _propose(self) -> None:
        if self._post.value() and self._month.value() and not self._absent.fault():
            base = self._desk.get(Post, self._post.value()).base_fen
            self._off.set_value(absence_fen(base, _tenths(self._absent.value()), Period.parse(self._month.value())))

    def _typed(self, values: Values) -> Timesheet:
        return Timesheet(
            post_id=values["post_id"],
            month=values["month"],
            absent_tenths=_tenths(values["absent"]),
            deduction_fen=values["deduction_fen"] or 0,
            note=values["note"],
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if not values["month"] or not values["post_id"]:
            return [Finding("form.missing", "请选月份和岗位。", "post_id")]
        sheet, base = self._typed(values), self._desk.get(Post, values["post_id"]).base_fen
        days = days_of(Period.parse(sheet.month))
        found = rules.sound_timesheet(sheet.absent_tenths, sheet.deduction_fen, base, days)
        return [_moved(one, absent_tenths="absent") for one in found]


def _moved(finding: Finding, **fields: str) -> Finding:
    """Return a finding at the field the form has for it."""
    return replace(finding, field=fields.get(finding.field, finding.field))


def _tenths(days: Decimal | int | None) -> int:
    return int((days or 0) * TENTHS)
