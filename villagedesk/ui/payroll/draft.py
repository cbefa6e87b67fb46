"""A pay sheet being made: its lines with their arithmetic, what is different from last time, what stands against it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import PayrollLine
from villagedesk.payroll.drafting import FROM_POSTS
from villagedesk.payroll.runs import Run, arithmetic
from villagedesk.payroll.usecases import run_findings
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import button
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.notes import Callout, FindingLines, Jump
from villagedesk.ui.kit.page import Unfinished
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.payroll.unfinished import UnfinishedSheet, anew, keeping_of, typed_of
from villagedesk.ui.theme import Tone, gap

_MOST_SAID = 8


class DraftLines:
    """The lines of a run as a ListSource; nothing is stored yet."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        """Return the places of the lines that fit."""
        del sort_key, descending
        return [
            place for place, line in enumerate(self.run.lines) if filter_text in f"{line.name}{line.work}{line.area}"
        ]

    def rows(self, ids: Sequence[int]) -> list[tuple[Run, PayrollLine]]:
        """Return the lines, each with the run it belongs to."""
        return [(self.run, self.run.lines[place]) for place in ids]

    def total(self, filter_text: str) -> str:
        """Return what the whole sheet comes to."""
        del filter_text
        return f"合计 {yuan(self.run.total_fen)} 元"


class DraftView(Unfinished):
    """The lines, and above them what is different and what stands against the sheet. ``run`` is what is drawn up.

    With the first line that is changed the sheet is kept beside the books, until it is drawn up or not wanted.
    """

    def __init__(self, desk: Desk, run: Run, told: Sequence[str], jump: Jump) -> None:
        """``told`` is how the sheet differs from the one it was copied from."""
        super().__init__()
        self._desk, self._told = desk, tuple(told)
        self._keeping = keeping_of(desk, run)
        self._keeping.setParent(self)
        self._keeping.told.connect(self._say_kept)
        self._is_changed = False
        self._source = DraftLines(_numbered(run))
        self.findings = FindingLines()
        self.findings.jump = jump
        self.list = Listing[tuple[Run, PayrollLine]](COLUMNS, self._source, _texts(run), total=self._source.total)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(12))
        self._again = QVBoxLayout()
        column.addLayout(self._again)
        self._about = Callout(_words(run, told), Tone.ACTIVE if told else Tone.QUIET)
        column.addWidget(self._about)
        self._fault = Callout("", Tone.WARN)
        self._fault.hide()
        column.addWidget(self._fault)
        column.addWidget(self.findings)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.show_run(run)

    @property
    def run(self) -> Run:
        """What is drawn up now."""
        return self._source.run

    def show_run(self, run: Run) -> None:
        """Show other lines, and what stands against them."""
        self._source.run = _numbered(run)
        self.list.reload()
        self.findings.show_findings(self.against()[:_MOST_SAID])

    def take_up(self, sheet: UnfinishedSheet) -> None:
        """Go on with the sheet as it was kept; the person may throw it away and begin anew."""
        self._is_changed, self._told = True, sheet.told
        self.show_run(sheet.run)
        anew = button("不要了，重新算", lambda: self._begin_anew(note))
        note = Callout(_words(sheet.run, sheet.told), title=_went_on(self._desk, sheet), extra=anew)
        self._again.addWidget(note)
        self._about.hide()

    def forget(self) -> None:
        """Do not keep the sheet any more: it was drawn up, or nobody wants it."""
        self._is_changed = False
        self._keeping.let_go()

    def keep_under(self, desk: Desk, key: Sequence[str]) -> None:
        """Leave it as it is: a sheet is found again by what it is for, from wherever it was begun."""

    def put_by(self) -> None:
        """Keep the sheet as it stands: this goes."""
        self._store()
        self._keeping.settle()

    @property
    def is_kept(self) -> bool:
        """Whether nothing is lost when this goes."""
        return not self._is_changed or not self._keeping.fault

    def may_leave(self) -> bool:
        """Tell whether nothing would be lost, or the person does not mind."""
        if self.is_kept:
            return True
        from villagedesk.ui.kit.dialogs import confirm

        return confirm(self, "这张表现在存不住，离开就没有了。", "离开，不保存", stay="接着做")

    def against(self) -> list[Finding]:
        """Return what stands against the sheet now."""
        return run_findings(self._desk, self.run)

    def keep(self, line: PayrollLine, place: int | None = None) -> None:
        """Put a line in its place, or at the end."""
        lines = list(self.run.lines)
        if place is None:
            lines.append(line)
        else:
            lines[place] = line
        self._change(tuple(lines))

    def take_off(self, place: int) -> None:
        """Leave a line out."""
        self._change(tuple(line for here, line in enumerate(self.run.lines) if here != place))

    def _change(self, lines: tuple[PayrollLine, ...]) -> None:
        self.show_run(replace(self.run, lines=lines))
        self._is_changed = True
        self._store()

    def _store(self) -> None:
        if self._is_changed:
            self._keeping.keep(typed_of(self.run, self._told), at_once=True)

    def _begin_anew(self, note: QWidget) -> None:
        self.forget()
        run, told = anew(self._desk, self.run)
        self._told = tuple(told)
        self.show_run(run)
        self._about.set_words(_words(run, told))
        self._about.show()
        note.hide()

    def _say_kept(self, fault: str) -> None:
        self._fault.set_words(fault)
        self._fault.setVisible(bool(fault))


def _numbered(run: Run) -> Run:
    return replace(run, lines=tuple(replace(line, place=place) for place, line in enumerate(run.lines, 1)))


def _went_on(desk: Desk, sheet: UnfinishedSheet) -> str:
    today = desk.clock.now().date()
    words = "上次没做完的，接着做。" + ("" if sheet.last_on == today else f"这是{chinese_date(sheet.last_on)}做的。")
    return words + (f"村民册里已经没有{'、'.join(sheet.gone)}，去掉了。" if sheet.gone else "")


def _words(run: Run, told: Sequence[str]) -> str:
    how = "核对名单和金额；" if run.kind in FROM_POSTS else "一人一行加进来；"
    words = f"{run.title}。{how}回车可以改，不发的人去掉。改的随时都存着，点“生成发放表”才算数。"
    if not told:
        return words
    more = f"；还有{len(told) - 12}处" if len(told) > 12 else ""
    return f"{words}\n和上一期相比：{'；'.join(told[:12])}{more}。"


def _texts(run: Run) -> Texts:
    if run.kind in FROM_POSTS:
        empty = Empty("这个项目这一期没有可以发的岗位", "先到“项目”里给项目设岗位，写上标准，再来做表。", "people")
    else:
        empty = Empty("表里还没有人", "点“加一个人”，一人一行写进来。", "people")
    return Texts("名单", "行", "找姓名、事项", empty)


COLUMNS: tuple[Column[tuple[Run, PayrollLine]], ...] = (
    Column("place", "序号", lambda row: str(row[1].place), 64, align="right", sortable=False),
    Column("name", "姓名", lambda row: row[1].name, 120, sortable=False),
    Column("work", "岗位或事项", lambda row: "，".join(p for p in (row[1].work, row[1].area) if p), sortable=False),
    Column("how", "怎样算的", lambda row: arithmetic(row[0].kind, row[0].period, row[1]), 300, sortable=False),
    Column("amount", "实发（元）", lambda row: yuan(row[1].amount_fen), 120, align="right", sortable=False),
    Column(
        "note",
        "备注",
        lambda row: "；".join(p for p in (row[1].note, row[1].reason) if p),
        200,
        sortable=False,
        spare=True,
    ),
)
