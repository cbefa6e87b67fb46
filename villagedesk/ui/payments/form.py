"""The smaller forms about money out: a payment, a reversal, a pay sheet to take in, a period to print."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from villagedesk.deliberation.model import Motion
from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.payments import evidence, rules, store, usecases
from villagedesk.payments.model import Claim, Voucher
from villagedesk.projects.model import Project
from villagedesk.projects.store import resolving_motion_ids
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField, today_of
from villagedesk.ui.kit.doing import TABLES
from villagedesk.ui.kit.fields import Field, LongTextField
from villagedesk.ui.kit.filefield import FileField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.payments.periods import periods

_DECIDING = "village_id = ? AND is_passed = 1 AND id IN (SELECT motion_id FROM motion_projects WHERE project_id = ?)"


def post_form(desk: Desk, claim: Claim) -> Form:
    """Return the form that pays a granted claim."""
    from villagedesk.app import posting

    def check(values: Values) -> Sequence[Finding]:
        day, today = values["posted_on"], desk.clock.now().date()
        if day is None:
            return [asked("posted_on", "入账日期")]
        return list(rules.in_order(day, store.last_posted(desk, day.year), today))

    number = store.next_number(desk, desk.clock.now().year)
    words = f"{claim.payee}：{claim.purpose}，{yuan(claim.amount_fen)} 元"
    return Form(
        [
            words,
            DateField("posted_on", "入账日期", today=today_of(desk), hint=f"入账后得到凭证号，今天是第{number}号。"),
        ],
        save=lambda values, _reason: posting.post(desk, claim.id, values["posted_on"]),
        check=check,
        verb="付款入账",
        values={"posted_on": desk.clock.now().date()},
    )


def reverse_form(desk: Desk, voucher: Voucher) -> Form:
    """Return the form that reverses a voucher."""

    def save(values: Values, _reason: str) -> object:
        return usecases.reverse(desk, voucher.id, values["reason"], values["posted_on"])

    hint = "红字凭证和原因会公示。原来的凭证还在，钱退回预算。"
    return _taking_back(desk, voucher, "冲销", LongTextField("reason", "为什么冲销", hint=hint, lines=3), save)


def redo_form(desk: Desk, voucher: Voucher) -> Form:
    """Return the form that reverses a voucher and drafts its claim anew; what it saves is (red voucher, draft)."""

    def save(values: Values, _reason: str) -> object:
        return usecases.redo(desk, voucher.id, values["reason"], values["posted_on"])

    hint = "原来的凭证用红字冲销，同时起草一张内容一样的报账单，改好再提交。原因会公示。"
    return _taking_back(desk, voucher, "冲销并重做", LongTextField("reason", "为什么要重做", hint=hint, lines=3), save)


def _taking_back(desk: Desk, voucher: Voucher, verb: str, reason: Field, save: Callable[[Values, str], object]) -> Form:
    def check(values: Values) -> Sequence[Finding]:
        day, today = values["posted_on"], desk.clock.now().date()
        if day is None:
            return [asked("posted_on", "冲销日期")]
        return [*rules.with_reason(values["reason"]), *rules.in_order(day, store.last_posted(desk, day.year), today)]

    return Form(
        [
            f"{verb}凭证{voucher.label}，{yuan(voucher.amount_fen)} 元",
            *_already_paid(desk, voucher),
            reason,
            DateField("posted_on", "冲销日期", today=today_of(desk)),
        ],
        save=save,
        check=check,
        verb=verb,
        values={"posted_on": desk.clock.now().date()},
    )


def _already_paid(desk: Desk, voucher: Voucher) -> list[str]:
    """Return what must be known before pay is reversed: that the bank has paid it all the same."""
    payroll_id = desk.get(Claim, voucher.claim_id).payroll_id
    people, fen = evidence.paid_by_bank(desk, payroll_id) if payroll_id else (0, 0)
    said = f"银行已经按这张表付给{people}人{yuan(fen)}元，冲销账上的凭证，钱不会回来。冲销以后要重做、再入账。"
    return [said] if people else []


def witness_form(desk: Desk, claim: Claim) -> Form:
    """Return the form that records the witness's signature from a scanned paper."""

    def check(values: Values) -> Sequence[Finding]:
        return [] if values["paper"] else [Finding("form.missing", "请选证明人签了字的单子。", "paper")]

    return Form(
        [
            f"证明人{claim.witness}：{claim.payee}，{claim.purpose}，{yuan(claim.amount_fen)} 元",
            FileField("paper", "签了字的单子", hint="照片、扫描件或PDF。经手人自己不能代录，请别的人登录。"),
        ],
        save=lambda values, _reason: usecases.bear_witness(desk, claim.id, paper=values["paper"]),
        check=check,
        verb="记上证明人签字",
    )


def decision_form(desk: Desk, claim: Claim) -> Form:
    """Return the form that lets a claim rest on what a meeting decided."""
    found = decisions_about(desk, claim.project_id)
    hint = "" if found else "账里还没有关于这个项目的决议。请先到“议事”记下这次会议，表决事项里选上这个项目。"
    return Form(
        [
            f"{claim.payee}，{claim.purpose}，{yuan(claim.amount_fen)} 元",
            ChoiceField("motion_id", "哪次会议的决议", found, hint=hint),
        ],
        save=lambda values, _reason: usecases.decide(desk, claim.id, values["motion_id"]),
        check=lambda values: [] if values["motion_id"] else [Finding("form.missing", "请选决议。", "motion_id")],
        verb="按这次决议办",
        values={"motion_id": claim.decision_id},
    )


def decisions_about(desk: Desk, project_id: str) -> list[Choice]:
    """Return what meetings passed about a project after it was resolved, the newest first."""
    founding = resolving_motion_ids(desk, project_id)
    passed = desk.find(Motion, _DECIDING, [desk.office_id, project_id], "rowid DESC")
    return [Choice(motion.id, motion.subject) for motion in passed if motion.id not in founding]


def payroll_form(desk: Desk) -> Form:
    """Return the form that asks for a pay sheet and its project; what it saves is (file, project's id)."""

    def check(values: Values) -> Sequence[Finding]:
        found = [] if values["project_id"] else [Finding("form.missing", "请选从哪个项目支出。", "project_id")]
        if values["project_id"]:
            found += rules.project_pays(desk.get(Project, values["project_id"]))
        return found + ([] if values["file"] else [Finding("form.missing", "请选发放表的文件。", "file")])

    return Form(
        [
            ChoiceField("project_id", "从哪个项目支出", projects_that_pay(desk), sample="写项目名里的字来选"),
            FileField(
                "file",
                "报酬发放表",
                kinds=TABLES,
                hint="一行一人，要有“合计”行。姓名按户册核对，有一处不对就全不导入。",
            ),
        ],
        save=lambda values, _reason: (values["file"], values["project_id"]),
        check=check,
        verb="导入",
    )


def period_form(desk: Desk, verb: str = "看登记簿") -> Form:
    """Return the form that asks for a period; what it saves is the Period, by a button that says ``verb``."""

    def save(values: Values, _reason: str) -> Period:
        stop_at([] if values["period"] else [asked("period", "期间")])
        return Period.parse(values["period"])

    return Form(
        [ChoiceField("period", "哪一段时间", periods(desk))],
        save=save,
        verb=verb,
        values={"period": str(Period.quarter_of(desk.clock.now().date()))},
    )


def projects_that_pay(desk: Desk) -> Callable[[str], Sequence[Choice]]:
    """Return a search for the projects that may pay, by characters or by the initials of their pinyin."""
    states = ", ".join(f"'{state}'" for state in rules.PAYING_STATES)
    found = desk.find(Project, f"village_id = ? AND state IN ({states})", [desk.office_id], "year DESC, name")
    plain = [Choice(project.id, project.name, f"{project.year}年") for project in found]
    spelt: list[Choice] = []

    def find(text: str) -> Sequence[Choice]:
        wanted = text.strip().lower()
        if wanted and wanted.isascii() and not spelt:
            from villagedesk.village.register import initials

            spelt.extend(replace(choice, search=initials(choice.label)) for choice in plain)
        return [choice for choice in spelt or plain if choice.fits(wanted)]

    return find


def asked(name: str, label: str) -> Finding:
    """Return the finding that a field is empty."""
    return Finding("form.missing", f"请填{label}。", name)
