"""Pay sheets proposed from what the desk knows: posts, attendance, assessments, an earlier sheet. Nothing is stored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from villagedesk.kernel.dates import Period
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import Payroll, PayrollKind, PayrollLine
from villagedesk.payroll import quantities, store
from villagedesk.payroll.runs import MONTHLY, Run, days, days_of, held_tenths, worth
from villagedesk.projects.model import Post
from villagedesk.projects.store import assessment_of, bands_of
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Person

FROM_POSTS = (*MONTHLY, PayrollKind.PERFORMANCE)
"""Kinds whose lines come from posts; the others are written line by line."""

_TITLES = {
    PayrollKind.BASE: "农村公共服务运行维护人员报酬发放表（基本报酬）",
    PayrollKind.PERFORMANCE: "农村公共服务运行维护人员报酬发放表（绩效报酬）",
    PayrollKind.LABOUR: "村级务工补贴发放表",
    PayrollKind.POST: "工资结算单",
    PayrollKind.RENT: "承包费、土地租金发放明细表",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """How a sheet differs from the one it was copied from: ``what`` for whom, what stood there and what stands now."""

    what: str
    name: str
    was: str = ""
    now: str = ""

    def __str__(self) -> str:
        change = f"：{self.was}→{self.now}" if self.was or self.now else ""
        return f"{self.what} {self.name}{change}"


def title_of(kind: PayrollKind, period: Period) -> str:
    """Return what a sheet of a kind is called for a period."""
    return f"{period.label}{_TITLES[kind]}"


def proposed(desk: Desk, kind: PayrollKind, project_id: str, period: Period) -> Run:
    """Return a run for a project: with a line for each of its posts, or without lines for labour, rent and the like.

    A post that is not assessed yet, or gets nothing, stands on it with nothing: it is assessed first or taken off.
    """
    lines: Iterable[PayrollLine] = ()
    if kind in FROM_POSTS:
        lines = (line for post in store.posts_in(desk, project_id, period) for line in _line(desk, kind, period, post))
    return _run(desk, kind, project_id, period, lines)


def copied(desk: Desk, payroll_id: str, period: Period) -> tuple[Run, list[Difference]]:
    """Return a sheet for another period after an earlier one, with today's people and accounts, and what is different.

    Labour has no days and no work yet: they are written down anew. Raises RuleViolation for a sheet that was taken in:
    it does not say what its amounts were made from.
    """
    before = desk.get(Payroll, payroll_id)
    if before.kind not in _TITLES:
        message = "导入的发放表不能照着做下一期。请导入下一期的表，或者在这里新做一张。"
        stop_at([Finding("payroll.not_copied", message)])
    old = store.lines_of(desk, payroll_id)
    if before.kind in FROM_POSTS:
        run = proposed(desk, before.kind, before.project_id, period)
    else:
        lines = [_again(desk, before.kind, line) for line in old]
        run = _run(desk, before.kind, before.project_id, period, lines)
    return replace(run, previous_id=before.id), list(_differences(desk, old, run.lines))


def work_line(
    desk: Desk,
    person: Person,
    *,
    standard_fen: int,
    day_tenths: int = 0,
    quantity: Decimal | None = None,
    unit: str = "",
    work: str = "",
    area: str = "",
    payee: Person | None = None,
) -> PayrollLine:
    """Return a line that pays somebody for work or land, to their own account or, without one, to the household's head.

    ``quantity`` counts what is rented in a ``unit``: 5.5 亩 at ``standard_fen`` each. The amount is still nothing:
    ``recounted`` fills it in.
    """
    payee = payee or payee_for(desk, person)
    return PayrollLine(
        payroll_id="",
        place=1,
        person_id=person.id,
        name=person.name,
        area=area,
        account=payee.account,
        amount_fen=0,
        payee_id=None if payee.id == person.id else payee.id,
        standard_fen=standard_fen,
        day_tenths=day_tenths,
        ratio="" if quantity is None else quantities.kept(quantity),
        work=quantities.with_unit(work, unit) if quantity is not None and unit else work,
    )


def payee_for(desk: Desk, person: Person) -> Person:
    """Return whose account a person is paid by: their own, or that of the head of their household."""
    if person.account:
        return person
    head = store.head_of(desk, store.households(desk, [person])[person.household_id])
    return head if head and head.account else person


def recounted(run: Run) -> Run:
    """Return the run with each amount as its arithmetic gives it, where nobody changed it with a reason, and places."""
    lines = (
        line if line.reason else replace(line, amount_fen=worth(run.kind, run.period, line).fen) for line in run.lines
    )
    return replace(run, lines=tuple(replace(line, place=place) for place, line in enumerate(lines, 1)))


def _run(desk: Desk, kind: PayrollKind, project_id: str, period: Period, lines: Iterable[PayrollLine]) -> Run:
    run = Run(
        project_id=project_id,
        kind=kind,
        period=period,
        title=title_of(kind, period),
        sheet_date=desk.clock.now().date(),
        lines=tuple(lines),
    )
    return recounted(run)


def _line(desk: Desk, kind: PayrollKind, period: Period, post: Post) -> Iterator[PayrollLine]:
    """Yield the line of a post, none when the kind pays nothing for it."""
    standard = post.performance_fen if kind is PayrollKind.PERFORMANCE else post.base_fen
    if not standard:
        return
    person, payee = desk.get(Person, post.person_id), desk.get(Person, post.payee_id)
    held = held_tenths(period, post.first_day, post.last_day)
    line = PayrollLine(
        payroll_id="",
        place=1,
        person_id=person.id,
        name=person.name,
        area=post.area,
        account=payee.account,
        amount_fen=0,
        note=_held_note(period, post) if held else "",
        payee_id=None if payee.id == person.id else payee.id,
        post_id=post.id,
        standard_fen=standard,
        day_tenths=held,
        work=post.duty,
    )
    yield _scored(desk, period, post, line) if kind is PayrollKind.PERFORMANCE else _attended(desk, period, post, line)


def _attended(desk: Desk, period: Period, post: Post, line: PayrollLine) -> PayrollLine:
    sheet = store.timesheet_of(desk, post.id, str(period))
    if sheet is None:
        return line
    absent = f"缺勤{days(sheet.absent_tenths)}天" if sheet.absent_tenths else ""
    note = "，".join(part for part in (line.note, absent, sheet.note) if part)
    return replace(line, deduction_fen=sheet.deduction_fen, note=note)


def _scored(desk: Desk, period: Period, post: Post, line: PayrollLine) -> PayrollLine:
    """A post that is not assessed is worth nothing yet."""
    assessment = assessment_of(desk, post, period)
    if assessment is None:
        return replace(line, ratio="0", note="本季度未考核")
    rule = bands_of(desk, post.bands)
    band = rule.band(assessment.score)
    note = "，".join(part for part in (f"考核{assessment.score}分（{band.name}）", line.note) if part)
    return replace(line, ratio=str(rule.ratio(assessment.score)), inspection_id=assessment.id, note=note)


def _held_note(period: Period, post: Post) -> str:
    first, last = max(post.first_day, period.first), min(post.last_day or period.last, period.last)
    return f"任职{_short(first)}至{_short(last)}，{(last - first).days + 1}/{days_of(period)}天"


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _again(desk: Desk, kind: PayrollKind, line: PayrollLine) -> PayrollLine:
    """Return a line written for the next period: today's name and account, nothing that was only about the old one."""
    person = desk.get(Person, line.person_id)
    payee = payee_for(desk, person)
    is_labour = kind is PayrollKind.LABOUR
    fresh = work_line(
        desk,
        person,
        standard_fen=line.standard_fen or line.amount_fen,
        work="" if is_labour else line.work,
        area=line.area,
        payee=payee,
    )
    return replace(fresh, ratio=line.ratio, note="" if line.reason else line.note)


def _differences(desk: Desk, old: Iterable[PayrollLine], new: Iterable[PayrollLine]) -> Iterator[Difference]:
    was, now = _by_key(old), _by_key(new)
    for key, line in now.items():
        before = was.get(key)
        if before is None:
            yield Difference("新增", line.name)
            continue
        if before.account != line.account:
            yield Difference("换了账号", line.name, _tail(before.account), _tail(line.account))
        if before.standard_fen != line.standard_fen:
            yield Difference("标准变了", line.name, yuan(before.standard_fen), yuan(line.standard_fen))
        if before.name != line.name:
            yield Difference("改了姓名", line.name, before.name, line.name)
    yield from (Difference("不在了", line.name) for key, line in was.items() if key not in now)


def _by_key(lines: Iterable[PayrollLine]) -> dict[tuple[str, str, int], PayrollLine]:
    """Return lines by whose they are and for what; a third and fourth line of the same are counted."""
    found: dict[tuple[str, str, int], PayrollLine] = {}
    for line in lines:
        count = 0
        while (key := (line.person_id, line.area, count)) in found:
            count += 1
        found[key] = line
    return found


def _tail(account: str) -> str:
    return f"尾号{account[-4:]}" if account else "没有账号"
