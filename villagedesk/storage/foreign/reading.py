"""What came of reading a sheet: its lines, what is wrong with it, what must be asked, what should be told."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.storage.foreign import values
from villagedesk.storage.foreign.cells import Cell, is_blank
from villagedesk.storage.foreign.heads import Laid

L = TypeVar("L")
V = TypeVar("V")

FAILED = "这一格的公式出了错（像 #REF!、#N/A 这样），没有算出数来，请在原表里改好，再导入"
UNWORKED = "这一格是公式，存文件时没有算出数来，请用 WPS 打开、保存一次，再导入"
SHARED = "和上下的格合并成了一格，看不出各是多少，请拆开分别填"


@dataclass(frozen=True, slots=True)
class Choice:
    """A possible answer to a doubt: what is kept, and what a person reads."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about one cell that only a person can answer. ``key`` is what the answer is kept under.

    ``unanswered`` is the problem it is while nobody has answered; ``suggested`` what was answered last time.
    """

    key: str
    row: int
    column: str
    question: str
    choices: tuple[Choice, ...]
    unanswered: str
    suggested: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """Something the sheet does not say itself and must be told: ``field`` is kept under, ``why`` is said otherwise."""

    field: str
    label: str
    why: str


@dataclass(slots=True)
class Reading(Generic[L]):
    """A sheet as it was read so far, its lines in the sheet's order."""

    lines: list[L] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    totals: list[str] = field(default_factory=list)

    def tell(self, row: int, column: str, message: str) -> None:
        """Note something wrong."""
        self.problems.append(Problem(row, column, message))

    def settled(self, name: str) -> None:
        """Raise BadInput when anything is wrong or was not answered, every place of it by row and column."""
        for ask in self.asks:
            raise BadInput(name, ask.why)
        problems = [*self.problems, *(Problem(one.row, one.column, one.unanswered) for one in self.doubts)]
        if problems:
            problems.sort(key=lambda problem: problem.row)
            raise BadInput(name, f"有{len(problems)}处不对，请按行改好后再导入。", problems)

    def value(self, row: int, column: str, parse: Callable[[Cell], V], cell: Cell) -> V | None:
        """Return what a cell holds, or note why it does not."""
        try:
            return parse(cell)
        except ValueError as error:
            self.tell(row, column, str(error))
            return None

    def amount(self, laid: Laid, row: int, cell: Cell, field_name: str = "amount") -> int | None:
        """Return an amount in fen, or note why there is none: no number, shared by several rows, never worked out."""
        label = laid.label(field_name)
        if is_blank(cell) and laid.is_faulty(row, field_name):
            self.tell(row, label, FAILED if laid.is_failed(row, field_name) else UNWORKED)
            return None
        if laid.is_shared(row, field_name):
            self.tell(row, label, SHARED)
            return None
        return self.value(row, label, lambda found: values.amount(found, laid.unit), cell)


def row_notes(laid: Laid) -> list[str]:
    """Say which rows the file hides or strikes through: they were read all the same."""
    told = ((laid.grid.hidden, "在原表里是隐藏的"), (laid.grid.struck, "在原表里有划掉的字（删除线）"))
    notes = [_note(rows, words) for found, words in told if (rows := sorted(laid.body_rows(found)))]
    if not laid.grid.is_seen:
        notes.append("原表里有没有隐藏的行、划掉的行，程序看不出来，请打开原表看一看。")
    return notes


def _note(rows: Sequence[int], words: str) -> str:
    shown = "、".join(map(str, rows[:8]))
    return f"第{shown}行{'等' if len(rows) > 8 else ''}{words}，也一起读进来了（共{len(rows)}行）。"


def unanswered(doubts: Iterable[Doubt], answers: Mapping[str, str]) -> list[Doubt]:
    """Return the doubts nobody has answered with one of their choices."""
    return [one for one in doubts if answers.get(one.key) not in {choice.value for choice in one.choices}]
