"""Foreign sheets on the command line: looked at, their columns named, their doubts answered, taken back."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.shell import Typed
from tests.foreign.sources import EXPENSES, PAYROLL, workbook
from tests.payments.paying import EXPENSES as FILE
from tests.payments.paying import REGISTER, grant_project, open_fund
from villagedesk.storage.desk import Desk
from villagedesk.village.usecases import import_people


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """A village with a register, a fund and a granted project."""
    import_people(desk, REGISTER)
    grant_project(desk, fund=open_fund(desk))
    return desk


@pytest.fixture
def odd(tmp_path: Path) -> str:
    """An expense sheet whose heads nobody knows, without its year."""
    rows = EXPENSES.rows
    rows[0][0], rows[1][:4] = "支出明细", ["几号", "干什么", "给谁", "多少"]
    return str(workbook(tmp_path / "土表.xlsx", rows))


def test_looking_tells_what_would_be_stored_and_stores_nothing(typed: Typed, desk: Desk) -> None:
    answer = typed("import", "expenses", FILE, "--look", by="")
    assert answer.code == 0
    assert "日期=日期，开支项目=开支项目，收款人=收款人，金额(元)=金额" in answer.out
    assert "第3行　2025-01-04　防汛物资储备" in answer.out
    assert "接收2025年支出91笔，共260,516.90元" in answer.out
    assert typed("import", "expenses", FILE).code == 0


def test_columns_and_the_year_are_named_by_options(typed: Typed, odd: str) -> None:
    looked = typed("import", "expenses", odd, "--look").out
    assert "缺：日期、开支项目、收款人、金额。请用 --map 指明是哪一栏" in looked
    named = ["--map", "几号=日期", "--map", "B=开支项目", "--map", "给谁=收款人", "--map", "多少=amount"]
    assert "请补充：--say year=…" in typed("import", "expenses", odd, *named, "--look").out
    assert "标题里没有写明是哪一年" in typed("import", "expenses", odd, *named).err
    assert typed("import", "expenses", odd, *named, "--say", "year=2025").out.startswith("导入完：2025年支出91笔")


def test_of_several_columns_of_money_the_paid_one_is_asked_for_by_their_names(typed: Typed, tmp_path: Path) -> None:
    rows = PAYROLL.rows
    rows[2][4:6] = ["劳务费金额", "考核金额"]
    file = workbook(tmp_path / "两栏.xlsx", rows)
    looked = typed("import", "payroll", file, "--project", "垃圾清运", "--look").out
    assert "请指明：“劳务费金额”、“考核金额”都像“金额”，看不出是哪一栏。" in looked
    assert "还不能导入" in looked
    refused = typed("import", "payroll", file, "--project", "垃圾清运")
    assert (refused.code, "都像“金额”，看不出是哪一栏。请指明是哪一栏。" in refused.err) == (1, True)
    named = typed("import", "payroll", file, "--project", "垃圾清运", "--map", "劳务费金额=金额")
    assert "共21,601.00元。报账单" in named.out


@pytest.mark.parametrize(("option", "value"), [("--map", "几号"), ("--map", "几号=天气"), ("--say", "2025")])
def test_an_option_that_says_nothing_is_misuse(typed: Typed, odd: str, option: str, value: str) -> None:
    answer = typed("import", "expenses", odd, option, value)
    assert answer.code == 2
    assert f"“{value}”看不懂" in answer.err


def test_a_doubt_is_listed_with_its_answers_and_settled_by_one(typed: Typed, tmp_path: Path) -> None:
    rows = PAYROLL.rows
    rows[4][1] = "于荣望"
    file = workbook(tmp_path / "表.xlsx", rows)
    asked = typed("import", "payroll", file, "--project", "垃圾清运")
    assert asked.code == 1
    assert "“于荣望”户册里没有这个人" in asked.err
    found = re.search(r"--answer '([^']+)'（于荣旺", asked.err)
    assert found
    taken = typed("import", "payroll", file, "--project", "垃圾清运", "--answer", found[1])
    assert "共21,601.00元。报账单" in taken.out


def test_what_was_taken_in_is_listed_and_taken_back(typed: Typed) -> None:
    typed("import", "expenses", FILE)
    newest = typed("import", "list", by="").out.splitlines()[0]
    assert newest.endswith("　expenses-2025.xlsx　91条")
    number = newest.split("　")[0]
    assert typed("import", "undo", number).code == 2
    assert typed("import", "undo", number, "--reason", "导错了村").out == "已撤销：expenses-2025.xlsx。\n"
    assert typed("import", "undo", number, "--reason", "再撤").code == 1
    assert json.loads(typed("import", "list", as_json=True).out)[0]["undone"] is True
    assert typed("import", "expenses", FILE).code == 0
