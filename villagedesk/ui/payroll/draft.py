"""A pay sheet being made: its lines with their arithmetic, what is different from last time, what stands against it."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import PayrollLine
from villagedesk.payroll.drafting import FROM_POSTS, Difference
from villagedesk.payroll.runs import Run, arithmetic
from villagedesk.payroll.usecases import run_findings
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.notes import Callout, FindingLines, Jump
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.kit.table import Listing, Texts
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


class DraftView(QWidget):
    """The lines, and above them what is different and what stands against the sheet. ``run`` is what is drawn up."""

    def __init__(self, desk: Desk, run: Run, differences: Sequence[Difference], jump: Jump) -> None:
        super().__init__()
        self._desk = desk
        self._source = DraftLines(_numbered(run))
        self.findings = FindingLines()
        self.findings.jump = jump
        self.list = Listing[tuple[Run, PayrollLine]](COLUMNS, self._source, _texts(run), total=self._source.total)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap(12))
        column.addWidget(Callout(_words(run, differences), Tone.ACTIVE if differences else Tone.QUIET))
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
        self.show_run(replace(self.run, lines=tuple(lines)))

    def take_off(self, place: int) -> None:
        """Leave a line out."""
        lines = tuple(line for here, line in enumerate(self.run.lines) if here != place)
        self.show_run(replace(self.run, lines=lines))


def _numbered(run: Run) -> Run:
    return replace(run, lines=tuple(replace(line, place=place) for place, line in enumerate(run.lines, 1)))


def _words(run: Run, differences: Sequence[Difference]) -> str:
    how = "核对名单和金额；" if run.kind in FROM_POSTS else "一人一行加进来；"
    words = f"{run.title}。{how}回车可以改，不发的人去掉。没有点“生成发放表”以前什么都没有存。"
    if not differences:
        return words
    told = "；".join(str(one) for one in differences[:12])
    more = f"；还有{len(differences) - 12}处" if len(differences) > 12 else ""
    return f"{words}\n和上一期相比：{told}{more}。"


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
