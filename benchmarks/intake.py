"""Foreign sheets taken in: an earlier year's expenses and a pay sheet, looked at and stored, all of it or nothing."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.books import ACCOUNTANT, act, built, cache, copied, founded
from benchmarks.figures import Figure, ratio, seconds, side_by_side
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.payments.usecases import import_expenses, look_at_expenses
from villagedesk.payroll.usecases import import_payroll, look_at_payroll
from villagedesk.projects.model import Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Arrival, Fund, Household, Person

_EXPENSES = ("日期", "开支项目", "收款人", "金额（元）", "资金来源", "经手人", "票据号", "审核意见")
_PAY = ("序号", "姓 名", "负责区域", "账 号", "金额", "备注")
_DAY = date(2026, 4, 5)


def intake(rows: int = 20_000, few: int = 2_000, rounds: int = 3) -> Iterator[Figure]:
    """Look at a long sheet and a short one and take them in, in turn, each into books that do not have it yet."""
    cache().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=cache()) as place:
        for kind, (write, look, take) in _KINDS.items():
            sheets = {count: write(Path(place) / f"{kind}-{count}.xlsx", count) for count in (rows, few)}
            for name, act_on in (("look", look), ("take", take)):
                acts = {str(count): partial(_on_new_books, rows, act_on, sheet) for count, sheet in sheets.items()}
                taken = side_by_side(acts, rounds)
                said = "looked at: read, understood, checked" if name == "look" else "taken in: looked at and stored"
                whole = median(taken[str(rows)])
                yield Figure(f"intake.{kind}_{name}", whole, "s", f"{rows} rows {said}")
                over = ratio(taken[str(rows)], taken[str(few)])
                yield Figure(
                    f"intake.{kind}_{name}_ratio", over, "times", f"over {few} rows; even would be {rows / few:g}"
                )


def _on_new_books(people: int, act_on: Callable[[Desk, Path], object], sheet: Path) -> float:
    with copied(_village(people)) as folder, Desk.open(folder, clock=SetClock(_at(_DAY))) as desk:
        act(desk, ACCOUNTANT)
        return seconds(lambda: act_on(desk, sheet))


def _village(people: int) -> Path:
    """Return the folder of a desk with so many people, each with an account, and a project that can pay them."""
    return built(f"people-{people}", lambda folder: _settle(folder / "青山村", people), Path(__file__)) / "青山村"


def _settle(folder: Path, people: int) -> None:
    with founded(folder, SetClock(_at(date(2026, 1, 4)))) as desk, desk.change("village.people.imported") as change:
        fund = change.put(Fund(year=2026, source="县级补助", planned_fen=10**12))
        change.put(Arrival(fund_id=fund.id, arrived_on=date(2026, 1, 4), amount_fen=10**12))
        change.put(
            Project(
                year=2026, name="人居环境管护", class_code="1", item="农村垃圾、污水集中处理", budget_fen=10**11,
                fund_id=fund.id, state=ProjectState.RUNNING,
            )
        )  # fmt: skip
        home = change.put(Household(number="0001", team="1组", head_name=_name(0)))
        change.put_all(
            Person(
                household_id=home.id, name=_name(place), initials="x", relation="户主", sex="男",
                id_number=f"51032219700101{place % 10000:04}{place // 10000}", born_on=date(1970, 1, 1),
                account=_account(place),
            )
            for place in range(people)
        )  # fmt: skip


def _name(place: int) -> str:
    """Return a name that nobody else has, of three characters."""
    return "赵钱孙李周吴郑王冯陈"[place % 10] + chr(0x4E00 + place // 10 % 150) + chr(0x5000 + place // 1500)


def _account(place: int) -> str:
    return f"5103{place:018}"


def _expense_sheet(file: Path, count: int) -> Path:
    chance = random.Random(count)
    first = date(2025, 1, 1)
    rows = [
        (
            (first + timedelta(days=place * 364 // count)).isoformat(), "道路修补", "双石镇建材经营部",
            f"{chance.randrange(5_000, 900_000) / 100:.2f}", "村集体", "薛福", f"{place:08}", "同意",
        )
        for place in range(count)
    ]  # fmt: skip
    return _written(file, "青山村2025年农村公共服务运行维护支出明细", _EXPENSES, rows)


def _pay_sheet(file: Path, count: int) -> Path:
    rows: list[Sequence[object]] = [
        (place + 1, _name(place), "1组庄台", _account(place), 1200, "") for place in range(count)
    ]
    rows.append(("合 计", "", "", "", 1200 * count, ""))
    title = "2026年第一季度农村公共服务运行维护人员报酬发放表"
    return _written(file, title, _PAY, rows, ("单位：青山村", "", "", "2026年4月5日", "", "单位：元"))


def _written(
    file: Path, title: str, heads: Sequence[str], rows: Sequence[Sequence[object]], below: Sequence[str] = ()
) -> Path:
    from xlsxwriter import Workbook

    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate([(title,), *([below] if below else []), heads, *rows]):
            sheet.write_row(place, 0, row)
    return file


def _project(desk: Desk) -> str:
    return desk.find(Project)[0].id


_KINDS: dict[
    str, tuple[Callable[[Path, int], Path], Callable[[Desk, Path], object], Callable[[Desk, Path], object]]
] = {
    "expenses": (_expense_sheet, look_at_expenses, import_expenses),
    "payroll": (
        _pay_sheet,
        lambda desk, path: look_at_payroll(desk, path, _project(desk)),
        lambda desk, path: import_payroll(desk, path, _project(desk)),
    ),
}
"""How each kind of sheet is written, looked at and taken in."""


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
