"""Large sheets and second thoughts: little memory, a limit that is told, Cancel that leaves nothing, a file that moved on."""

import tracemalloc
from pathlib import Path

import pytest

from tests.foreign.sources import EXPENSES, PAYROLL, workbook
from tests.foreign.variants import very_long
from tests.payments.paying import REGISTER
from villagedesk.app.intake import look_at, take_in, undo_import
from villagedesk.kernel.errors import BadInput, Cancelled, RuleViolation
from villagedesk.kernel.progress import Progress
from villagedesk.payments.model import PastExpense
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import Cell, read_grid
from villagedesk.village.intake import Way, imports, remembered
from villagedesk.village.model import Household, Membership, Person
from villagedesk.village.store import people_by_id_number
from villagedesk.village.usecases import import_people


class Impatient(Progress):
    """Somebody who presses Cancel after so many steps of a stretch."""

    def __init__(self, label: str, after: int) -> None:
        super().__init__()
        self._wanted, self._after = label, after

    def step(self, count: int = 1) -> None:
        """Press Cancel when it is time."""
        if self.label == self._wanted and self.done >= self._after:
            self.cancel()
        super().step(count)


def test_two_hundred_thousand_rows_are_refused_in_little_memory(tmp_path: Path) -> None:
    file = very_long(EXPENSES, tmp_path)
    tracemalloc.start()
    with pytest.raises(BadInput, match="超过5万行"):
        read_grid(file)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30 * 1024 * 1024


@pytest.mark.parametrize("stretch", ["读表", "逐行核对", "存入"])
def test_cancel_leaves_nothing_at_any_stretch(desk: Desk, stretch: str) -> None:
    before = desk.tip()
    with pytest.raises(Cancelled):
        take_in(desk, EXPENSES.file, "expenses", progress=Impatient(stretch, 40))
    assert desk.tip() == before
    assert desk.find(PastExpense) == []
    assert list((desk.folder / "attachments").rglob("*.xlsx")) == []


def test_a_mapping_is_remembered_by_the_shape_until_it_is_undone(desk: Desk, tmp_path: Path) -> None:
    rows = EXPENSES.rows
    rows[1] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"]
    file = workbook(tmp_path / "怪.xlsx", rows)
    assert look_at(desk, file, "expenses").opened.missing == ("日期", "开支项目", "收款人", "金额")
    way = Way(columns={"spent_on": "甲", "item": "乙", "payee": "C", "amount": "丁"})
    take_in(desk, file, "expenses", way)
    seen = look_at(desk, file, "expenses")
    assert seen.opened.is_remembered
    assert not seen.opened.missing
    (taken,) = imports(desk)
    assert remembered(desk, "expenses", taken.shape)
    undo_import(desk, taken.id, "试试")
    assert remembered(desk, "expenses", taken.shape) is None
    assert look_at(desk, file, "expenses").opened.missing


def test_of_several_fitting_sheets_the_one_read_is_told_and_another_may_be_chosen(desk: Desk, tmp_path: Path) -> None:
    import openpyxl

    file = tmp_path / "两年.xlsx"
    book = openpyxl.load_workbook(EXPENSES.file)
    other = book.copy_worksheet(book.worksheets[0])
    other.title = "2024年支出"
    other["A1"] = "青山村2024年支出明细"
    book.save(file)
    seen = look_at(desk, file, "expenses")
    assert any("“2024年支出”也像，没有读" in note for note in seen.notes)
    chosen = look_at(desk, file, "expenses", Way(sheet="2024年支出"))
    assert chosen.problems[0].message == "是2025年的，标题写的是2024年"
    with pytest.raises(BadInput, match="里面没有叫“2023”的表，有的是“2025年支出、2024年支出”"):
        look_at(desk, file, "expenses", Way(sheet="2023"))


def test_a_far_too_long_sheet_beside_the_wanted_one_is_not_in_the_way(desk: Desk, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(EXPENSES.file)
    book.create_sheet("流水").cell(60_000, 1, "尾")
    book.save(tmp_path / "两张.xlsx")
    assert look_at(desk, tmp_path / "两张.xlsx", "expenses").is_ready
    with pytest.raises(BadInput, match="超过5万行"):
        look_at(desk, tmp_path / "两张.xlsx", "expenses", Way("流水"))


def test_amounts_in_ten_thousands_are_read_as_such(desk: Desk, tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["2025年支出明细", "", "", ""],
        ["日期", "开支项目", "收款人", "金额（万元）"],
        ["2025-03-01", "道路修补", "双石镇建材经营部", 1.2345],
    ]
    take_in(desk, workbook(tmp_path / "万元.xlsx", rows), "expenses")
    assert [one.amount_fen for one in desk.find(PastExpense)] == [1_234_500]


# Taking a register back


def test_a_register_is_taken_back_with_everybody_who_came_with_it(desk: Desk) -> None:
    import_people(desk, REGISTER)
    undo_import(desk, imports(desk, "people")[0].id, "导错了村")
    assert desk.find(Person) == []
    assert desk.find(Household) == []
    assert import_people(desk, REGISTER) == (600, 0)


def test_people_who_were_changed_since_are_not_changed_back(desk: Desk) -> None:
    import_people(desk, REGISTER)
    person = people_by_id_number(desk)["510322193908305305"]
    with desk.change("test.moved") as change:
        change.put(Person.from_row({**person.row(), "phone": "13800000000"}))
    before = desk.tip()
    with pytest.raises(RuleViolation, match="“朱芬青”在导入以后又改过，不能整批撤销"):
        undo_import(desk, imports(desk, "people")[0].id, "导错了村")
    assert desk.tip() == before


def test_people_who_are_paid_already_are_not_taken_away(desk: Desk) -> None:
    from tests.payments.paying import grant_project, open_fund

    import_people(desk, REGISTER)
    project = grant_project(desk, fund=open_fund(desk))
    take_in(desk, PAYROLL.file, "payroll", project_id=project.id)
    before = desk.tip()
    with pytest.raises(RuleViolation, match="有的已经用在别的地方"):
        undo_import(desk, imports(desk, "people")[0].id, "导错了村")
    assert desk.tip() == before
    assert len(desk.find(Person)) == 600
    assert desk.find(Membership) == []
