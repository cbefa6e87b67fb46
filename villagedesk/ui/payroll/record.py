"""A pay sheet to read: what comes next, its figures, everybody on it with where the money is, its batches."""

from PySide6.QtWidgets import QWidget

from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import ClaimState, PayrollKind
from villagedesk.payroll import store
from villagedesk.payroll.bankrules import SENDABLE
from villagedesk.payroll.channels import channel
from villagedesk.payroll.model import Batch
from villagedesk.payroll.papers import paper_lines
from villagedesk.payroll.runs import arithmetic
from villagedesk.payroll.store import LineStanding, SheetLine, Standing
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.detail import Detail, Fact
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.payroll.columns import TONES, state_of
from villagedesk.ui.theme import Tone
from villagedesk.ui.village.masking import tail

_MANY = 60
"""More people than this are not all laid out: the paper has them."""


class PaySheetRecord(Detail):
    """One pay sheet as a column of cards."""

    def __init__(self, desk: Desk, payroll_id: str) -> None:
        super().__init__()
        self.sheet = store.sheet_line(desk, payroll_id)
        self.standings = store.standings(desk, payroll_id)
        payroll = self.sheet.payroll
        figure = f"{yuan(payroll.total_fen)} 元"
        self.title(payroll.title, state_of(self.sheet), (payroll.kind.label, Tone.QUIET), figure=figure)
        words, tone = next_step(self.sheet)
        self.callout(words, tone, title="下一步")
        self.facts(_facts(self.sheet), across=3)
        if back := [one for one in self.standings if one.standing in (Standing.FAILED, Standing.BOUNCED)]:
            self.section(f"没有到账的{len(back)}人", _back(back, in_full=desk.actor is not None))
        self.section(f"名单（{len(self.standings)}人）", _people(desk, self.sheet, self.standings))
        if batches := store.batches_of(desk, payroll_id):
            self.section("送银行的批次", _batches(desk, batches))
        self.done()


def next_step(sheet: SheetLine) -> tuple[str, Tone]:
    """Return what is to be done with a sheet next, and how pressing it is."""
    if not sheet.is_living:
        return "这张表的报账单没有通过、已作废或已冲销，不再发放。要发的话重新做一张。", Tone.QUIET
    if sheet.claim_state is ClaimState.DRAFT:
        return "报账单已经起草。到“支出”里核对，提交审核。", Tone.WARN
    if sheet.claim_state not in SENDABLE:
        label = sheet.claim_state.label if sheet.claim_state else ""
        return f"报账单{label}。审核全部通过以后，才能生成银行文件。", Tone.ACTIVE
    if sheet.is_posted_only:
        words = "已经付款入账，没有从这里送过银行。在别处发放过的不用再办；确实还没有发的，生成银行文件。"
        return words, Tone.QUIET
    if sheet.back:
        return f"{sheet.back}人没有到账。先在名单里改正账号，再生成补发的银行文件。", Tone.BAD
    if sheet.sent:
        return "银行文件已经生成。拿到银行的回盘文件以后，点“导入回盘”。", Tone.ACTIVE
    if sheet.waiting:
        return "审核已经通过。生成银行文件，送银行或一卡通平台发放。", Tone.WARN
    return "所有人都已到账。以后有退票的，在名单里登记退票再补发。", Tone.GOOD


def _facts(sheet: SheetLine) -> list[Fact]:
    payroll = sheet.payroll
    sent = [f"{count}人{word}" for count, word in (
        (sheet.paid, "已到账"), (sheet.sent, "待回盘"), (sheet.back, "待补发"), (sheet.waiting, "未送银行"),
    ) if count]  # fmt: skip
    return [
        Fact("期间", Period.parse(payroll.period).label),
        Fact("项目", sheet.project),
        Fact("制表日期", chinese_date(payroll.sheet_date)),
        Fact("人数", f"{sheet.people}人"),
        Fact("报账单", sheet.claim_state.label if sheet.claim_state else ""),
        Fact("发放", "，".join(sent)),
    ]


def _back(back: list[LineStanding], *, in_full: bool) -> QWidget:
    shown = str if in_full else tail
    rows = [
        (
            one.line.name, shown(one.sent.account if one.sent else one.line.account), yuan(one.line.amount_fen),
            (one.standing.label, TONES[one.standing]), one.reason, one.told_on.isoformat() if one.told_on else "",
        )
        for one in back
    ]  # fmt: skip
    return ReadTable(("姓名", "账号", "金额（元）", "情况", "原因", "日期"), rows, wide=(4,), amounts=(2,))


def _people(desk: Desk, sheet: SheetLine, standings: list[LineStanding]) -> QWidget:
    payroll = sheet.payroll
    period = Period.parse(payroll.period)
    where = {one.line.id: one.standing for one in standings}
    is_sent = any(one.standing is not Standing.WAITING for one in standings)
    rows = []
    for one in paper_lines(desk, payroll.id)[:_MANY]:
        how = arithmetic(payroll.kind, period, one.line)
        doing = "，".join(part for part in (one.line.work, one.line.area) if part)
        row: list[str | tuple[str, Tone]] = [
            str(one.line.place), one.name, "\n".join(part for part in (doing, one.note) if part),
            how if how != yuan(one.line.amount_fen) else "按标准", yuan(one.line.amount_fen),
        ]  # fmt: skip
        if payroll.kind is PayrollKind.IMPORTED:
            row[3] = "照导入的表"
        rows.append([*row, *([(where[one.line.id].label, TONES[where[one.line.id]])] if is_sent else [])])
    heads = ["序号", "姓名", "岗位、事项和备注", "怎样算的", "金额（元）", *(["发放"] if is_sent else [])]
    return ReadTable(heads, rows, wide=(2, 3), amounts=(4,))


def _batches(desk: Desk, batches: list[Batch]) -> QWidget:
    rows = [
        (
            f"{batch.label}{'（补发）' if batch.reissues_id else ''}", chinese_date(batch.made_on),
            f"{batch.count}人", yuan(batch.total_fen), f"{channel(batch.channel).name}\n{batch.file_name}",
            _answered(desk, batch),
        )
        for batch in batches
    ]  # fmt: skip
    return ReadTable(("批次", "日期", "人数", "金额（元）", "文件", "回盘"), rows, wide=(4,), amounts=(3,))


def _answered(desk: Desk, batch: Batch) -> tuple[str, Tone]:
    words = [store.last_word(desk, line.id) for line in store.batch_lines(desk, batch.id)]
    if None in words:
        return "等回盘", Tone.ACTIVE
    failed = sum(1 for word in words if word and word.outcome != "paid")
    return (f"{failed}人没到账", Tone.WARN) if failed else ("全部到账", Tone.GOOD)
