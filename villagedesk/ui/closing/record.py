"""A month to read: what is to be seen to and where, its sums, its papers, what was asked about it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.closing import facts, store
from villagedesk.closing.checklist import GROUPS
from villagedesk.closing.model import Month, MonthState
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding, blocks
from villagedesk.kernel.money import yuan
from villagedesk.ledger.closedmonths import altered_months, month_figures
from villagedesk.ledger.model import Closing, Reopening, ReopeningState
from villagedesk.ledger.monthfigures import FundSum, MonthFigures, altered_words, kept_figures
from villagedesk.storage.desk import Desk
from villagedesk.ui.closing.months import ALTERED, TONES, days_late, note_of
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.cards import footnote
from villagedesk.ui.kit.detail import Detail, Step
from villagedesk.ui.kit.notes import SignedLine, tone_of
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone, gap
from villagedesk.village.store import officer_name

_MOST = 6
_OPEN = frozenset({MonthState.READY, MonthState.PREPARED, MonthState.REOPENED, MonthState.LAPSED})
_NEXT: Mapping[MonthState, str] = {
    MonthState.RUNNING: "这个月还没有过完，下面是到今天为止的数。",
    MonthState.LATER: "前面还有月份没有结账，月份要一个接一个地结。",
    MonthState.READY: "把下面的事办完，再由会计按“办结账”。办完以后由另一位确认，账才关上。",
    MonthState.PREPARED: "会计已经办好。请村主要负责人或理财小组成员登录，看清数字，按“确认结账”。办的人不能自己确认。",
    MonthState.CLOSED: "账已经关上：这个月不能再登记、改动、删除。要补记请记到没有结账的月份；确需改动请申请反结账。",
    MonthState.ASKED: "账还关着。村主要负责人同意以后随数据包报乡镇，乡镇同意的回执收下以后才打开。",
    MonthState.REOPENED: "这个月暂时打开着。改完请重新办结账；到期没有重新结账，账也会自动关上。",
    MonthState.LAPSED: "开放的日子过了，账已经自动关上。请重新办结账，把新的数字定下来。",
}


class MonthRecord(Detail):
    """One month: ``findings`` is what is to be seen to, ``go`` leads to where, ``show_paper`` shows a kept paper."""

    def __init__(
        self,
        desk: Desk,
        month: Month,
        findings: Sequence[Finding],
        due_days: int,
        go: Callable[[str], object],
        show_paper: Callable[[Closing, str], object],
    ) -> None:
        super().__init__()
        today = desk.clock.now().date()
        late = days_late(month, due_days, today) > 0
        self.title(month.period.label, (month.state.label, Tone.BAD if late else TONES[month.state]))
        if str(month.period) in altered_months(desk):
            self.callout(altered_words(month.period), Tone.BAD, title=ALTERED)
        tone = Tone.BAD if late or month.state is MonthState.LAPSED else Tone.QUIET
        self.callout(f"{_NEXT[month.state]}{note_of(desk, month, due_days, today)}", tone, title="下一步")
        if month.state in _OPEN:
            self.section(_head(findings), _listed(findings, go))
        closing = month.closing if month.closing and month.state is not MonthState.LAPSED else None
        is_kept = closing is not None and month.state in {MonthState.CLOSED, MonthState.ASKED}
        figures = kept_figures(closing) if closing and is_kept else month_figures(desk, month.period)
        self.section("本月的数", _figures(figures))
        for one in reversed(month.closings):
            if papers := facts.papers_of(one):
                self.section(_papers_title(one), _papers(one, papers, show_paper))
        if closing and (left := facts.passed_over(closing)):
            self.section("结账时没有办完、写了说明的事", _passed_over(left, closing.excuse))
        if asked := [wish for one in month.closings for wish in store.reopenings_of(desk, one.id)]:
            self.timeline([step for wish in asked for step in _way(desk, wish)], title="反结账")
        self.done()


def _head(findings: Sequence[Finding]) -> str:
    if not findings:
        return "结账清单"
    stopping = len(blocks(findings))
    must = f"，其中{stopping}件必须先办" if stopping else ""
    return f"结账清单：还有{len(findings)}件{must}"


def _listed(findings: Sequence[Finding], go: Callable[[str], object]) -> QWidget:
    made, column = _column()
    if not findings:
        column.addWidget(SignedLine("都办好了，可以结账。", Tone.GOOD))
    for code, heading in GROUPS.items():
        part = [finding for finding in findings if finding.code == code]
        if not part:
            continue
        column.addWidget(label(f"{heading}（{len(part)}）", "label"))
        for finding in part[:_MOST]:
            link = button("去办 ›", partial(go, finding.place), kind="link") if finding.place else None
            if link:
                link.setAccessibleName(f"去办：{finding.message}")
            column.addWidget(SignedLine(finding.message, tone_of(finding), link))
        if len(part) > _MOST:
            column.addWidget(footnote(f"还有{len(part) - _MOST}件，办完上面的就会显示。"))
    return made


def _figures(figures: MonthFigures) -> QWidget:
    made, column = _column()
    heads: dict[str, Callable[[FundSum], int]] = {
        "月初结余": lambda fund: fund.opening_fen,
        "收入": lambda fund: fund.in_fen,
        "结转": lambda fund: fund.carried_fen,
        "支出": lambda fund: fund.out_fen,
        "月末结余（元）": lambda fund: fund.closing_fen,
    }
    if not any(fund.carried_fen for fund in figures.funds):
        del heads["结转"]
    rows = [(fund.name, *(yuan(amount(fund)) for amount in heads.values())) for fund in figures.funds]
    table = ReadTable(("资金", *heads), rows, wide=(0,), amounts=range(1, len(heads) + 1))
    column.addWidget(table if rows else label("没有资金。", "soft"))
    vouchers = f"{figures.first}号至{figures.last}号，共{figures.vouchers}张" if figures.vouchers else "没有"
    red = f"，其中红字冲销{figures.reversals}张" if figures.reversals else ""
    column.addWidget(label(f"凭证：{vouchers}{red}；到账{figures.arrivals}笔。", wrap=True, selectable=True))
    held = (
        f"月末银行存款{yuan(figures.bank_fen)}元，库存现金{yuan(figures.cash_fen)}元，"
        f"预借未还{yuan(figures.advanced_fen)}元。"
    )
    column.addWidget(label(held, wrap=True, selectable=True))
    return made


def _passed_over(left: Sequence[str], excuse: str) -> QWidget:
    made, column = _column()
    for message in left:
        column.addWidget(label(f"· {message}", wrap=True, selectable=True))
    column.addWidget(label(f"说明：{excuse}", "soft", wrap=True, selectable=True))
    return made


def _papers_title(closing: Closing) -> str:
    when = chinese_date(closing.closed_on) if closing.closed_on else ""
    return f"第{closing.number}次结账的报表（{when}存下，再印一个字也不会变）"


def _papers(closing: Closing, papers: Mapping[str, str], show: Callable[[Closing, str], object]) -> QWidget:
    made, column = _column()
    for title in papers:
        link = button(f"{title} ›", partial(show, closing, title), kind="link", icon="document")
        link.setAccessibleName(f"看{title}")
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    return made


def _way(desk: Desk, wish: Reopening) -> list[Step]:
    """Return the way of a wish to open the month again: asked, agreed, granted or refused, closed again."""
    told = desk.history(wish.id)
    when = [entry.at[:10] for entry in told]
    steps = [
        Step(f"申请反结账，开放{wish.days}天", officer_name(desk, wish.asked_by), when[0], note=wish.reason),
    ]
    if wish.agreed_by:
        steps.append(Step("村主要负责人同意", officer_name(desk, wish.agreed_by), when[1]))
    if wish.state is ReopeningState.REFUSED:
        said = "SELECT note FROM verdicts WHERE subject_id = ? ORDER BY id DESC LIMIT 1"
        why = desk.value(said, [wish.id]) or told[-1].reason
        who = "乡镇没有同意" if wish.agreed_by else "村主要负责人没有同意"
        return [*steps, Step(who, "", when[-1], Tone.BAD, why)]
    if wish.open_until is None:
        return [*steps, Step(wish.state.label)]
    steps.append(Step("乡镇同意", "", when[2], note=f"开放到{chinese_date(wish.open_until)}"))
    closed_again = when[3] if wish.state is ReopeningState.ENDED else ""
    return [*steps, Step("重新结账", "", closed_again)]


def _column() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(gap(8))
    return made, column
