"""The sums between and below a sheet's lines: each must be what its part, or all lines so far, come to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from villagedesk.kernel.money import yuan
from villagedesk.storage.foreign.cells import Cell, is_blank, squeezed
from villagedesk.storage.foreign.heads import Laid
from villagedesk.storage.foreign.reading import Reading

L = TypeVar("L")

_WORD = r"(?:小计|合计|总计|累计|共计|总额|总数|总和|总金额|汇总)(?:金额|数额|数|额)?"
_IN_WORDS = r"[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]*"
_ADDED = rf"(?:人民币)?(?:\(.{{0,4}}\)|（.{{0,4}}）|大写)?[:：]?(?:\d{{1,5}}[人户笔名项])?{_IN_WORDS}"
_SUM = re.compile(rf".{{0,12}}{_WORD}{_ADDED}")
_PLAIN_SUM = re.compile(rf"[总共本页]{{0,2}}{_WORD}{_ADDED}")


def is_sum(row: Sequence[Cell]) -> bool:
    """Tell whether a row holds sums: its first text says so (``1月小计``), or one cell says nothing else."""
    texts = [squeezed(cell) for cell in row if isinstance(cell, str) and ("计" in cell or "总" in cell)]
    if not texts:
        return False
    first = next((squeezed(cell) for cell in row if not is_blank(cell)), "")
    return _SUM.fullmatch(first) is not None or any(_PLAIN_SUM.fullmatch(written) for written in texts)


@dataclass(slots=True)
class Sums:
    """What the lines so far come to, in fen: since the last sum row, and from the top.

    ``must_hold`` says that a sum that was never worked out is a fault, where others pass it over;
    ``counts_figures`` that a sum may also leave out the amounts typed as text, as a spreadsheet's SUM does.
    ``checked`` counts the sum rows that hold a number, ``blank`` is the last row that should and does not, counted
    from the last that does; ``uncovered`` is what the lines come to that no sum stands below.
    """

    must_hold: bool = False
    counts_figures: bool = False
    part: int = 0
    whole: int = 0
    checked: int = 0
    blank: int = 0
    uncovered: int = 0
    _on_top: tuple[int, Cell] | None = None
    _part_in_figures: int = 0
    _column_in_figures: int = 0

    def add(self, fen: int, cell: Cell = None) -> None:
        """Count a line whose amount stands in ``cell``."""
        self.part += fen
        self.whole += fen
        self.uncovered += fen
        if isinstance(cell, float):
            self._part_in_figures += fen
            self._column_in_figures += fen

    def check(
        self, laid: Laid, reading: Reading[L], number: int, cells: Mapping[str, Cell], row: Sequence[Cell]
    ) -> None:
        """Compare a sum row with its part and with the whole, and begin the next part.

        A sum that does not agree is named only when the lines themselves are right.
        """
        cell = cells.get("amount")
        if is_blank(cell) and not (self.must_hold and laid.is_faulty(number, "amount")):
            self.blank = number
        else:
            self.checked += 1
            self.blank = self.uncovered = 0
            if not self.whole and not any(word in squeezed(one) for one in row for word in ("小计", "累计")):
                self._on_top = self._on_top or (number, cell)
            fen = self._written(laid, reading, number, cell) if self.whole else None
            if fen is not None:
                self._compare(laid, reading, number, fen, is_part=any("小计" in squeezed(one) for one in row))
        self.part = self._part_in_figures = 0

    def close(self, laid: Laid, reading: Reading[L]) -> None:
        """Compare a sum that stands above all lines with what they came to."""
        if self._on_top is None or not self.whole:
            return
        number, cell = self._on_top
        fen = self._written(laid, reading, number, cell)
        if fen != 0:  # a formula that was never worked out may stand there as nothing
            self.uncovered = 0
        if fen:
            self.part = self._part_in_figures = 0
            self._compare(laid, reading, number, fen, is_part=False)

    def _written(self, laid: Laid, reading: Reading[L], number: int, cell: Cell) -> int | None:
        """Return what a sum row says, None while the lines themselves are not right."""
        return None if reading.problems or reading.doubts else reading.amount(laid, number, cell)

    def _compare(self, laid: Laid, reading: Reading[L], number: int, fen: int, *, is_part: bool) -> None:
        word, lines, found = ("小计", "上面各行", self.part) if is_part else ("合计", "各行", self.whole)
        ways = {self.part, self.whole}
        in_figures = {self._part_in_figures, self._column_in_figures} if self.counts_figures else set()
        self._column_in_figures += fen
        if fen in ways | in_figures:
            short = "" if fen in ways else "（没有算写成文字的金额）"
            reading.totals.append(f"第{number}行{word}{yuan(fen)}元，和上面各行加起来一致{short}")
            return
        last = "请核对有没有漏行" if is_part else "请核对"
        reading.tell(number, laid.label("amount"), f"{word}写的是{yuan(fen)}元，{lines}加起来是{yuan(found)}元，{last}")
