"""Foreign sheets taken in and taken back: an earlier year's expenses, a pay sheet made elsewhere."""

import shutil
from pathlib import Path

from hypothesis import strategies as some
from hypothesis.stateful import rule

from tests.money.deeds.core import any_of_many, deaths
from tests.money.deeds.pay import Pay
from tests.payments.paying import EXPENSES
from villagedesk.app.practice.papers import write_pay_sheet
from villagedesk.kernel.dates import Period
from villagedesk.payments.model import Voucher
from villagedesk.payments.usecases import import_expenses, undo_expenses
from villagedesk.payroll.elsewhere import REASON
from villagedesk.payroll.usecases import import_payroll, undo_payroll
from villagedesk.projects.model import Project
from villagedesk.village.intake import Way
from villagedesk.village.model import Import, Person


class Sheets(Pay):
    """What comes in by a file."""

    @rule(death=deaths, second=some.booleans())
    def last_years_expenses_come_in(self, death: int, *, second: bool) -> None:
        path = Path(shutil.copy(EXPENSES, self.stick / "上年支出.xlsx"))
        self._do("expenses in", "李会计", lambda desk: import_expenses(desk, path), death=death, second=second)

    @rule(quarter=some.integers(1, 2), yuan=some.integers(1, 60), death=deaths, is_said=some.booleans())
    def a_pay_sheet_comes_in(self, quarter: int, yuan: int, death: int, *, is_said: bool = True) -> None:
        (cleaning,) = self.desk.find(Project, "name = '垃圾清运'")
        period = Period.quarter(2026, 1) if quarter == 1 else Period.quarter(2025, 4)  # the second is not begun yet
        lines = [(one.name, "1组", one.account, float(yuan)) for one in self.desk.find(Person, order="rowid")]
        path = write_pay_sheet(self.stick, period, cleaning.name, lines)
        way = Way(said={REASON: "两份活"} if is_said else {})
        self._do("sheet in", "李会计", lambda desk: import_payroll(desk, path, cleaning.id, way), death=death)

    @rule(quarter=some.integers(1, 2), is_paid=some.booleans())
    def a_pay_sheet_is_passed_and_then_taken_back(self, quarter: int, *, is_paid: bool) -> None:
        """Until it is paid; then only its voucher can be reversed."""
        self.a_pay_sheet_comes_in(quarter, 7, 0, is_said=True)
        sheet = self._any(Import, -1, "kind = 'payroll'")
        self.a_sheet_is_passed_by_everybody(-1)
        if is_paid:
            self.a_claim_is_paid(-1, "李会计", 0, 0, second=False)
        if sheet:
            before = self.desk.find(Voucher)
            self._do("sheet back", "李会计", lambda desk: undo_payroll(desk, sheet.id, "导错了"))
            assert self.desk.find(Voucher) == before

    @rule(which=any_of_many, death=deaths)
    def a_sheet_is_taken_back(self, which: int, death: int) -> None:
        """A pay sheet until it is paid, the expenses at any time; each once."""
        taken = self._any(Import, which, "kind IN ('payroll', 'expenses')")
        if taken and taken.kind == "payroll":
            self._do("sheet back", "李会计", lambda desk: undo_payroll(desk, taken.id, "导错了"), death=death)
        elif taken:
            self._do("expenses back", "李会计", lambda desk: undo_expenses(desk, taken.id, "导错了"), death=death)
