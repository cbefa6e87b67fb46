"""Every piece of the kit with a village's records in it, to look at: python tests/ui/kit/gallery.py [SCREEN] [SCALE] [FILE]."""

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtWidgets import QApplication

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.ui.kit.buttons import Segments, action
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.fields import AmountField, CheckField, LongTextField, NumberField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.page import Context, Page, PageSpec
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.shell import Office, Shell
from villagedesk.ui.theme import Tone, dress

PURPOSES = (
    "三组至五组通户路灯电费（一季度）",
    "村口公厕保洁人员报酬",
    "二组沟渠清淤，雇工 6 人 11 个工日，含挖机台班费及运渣车辆两趟往返油料补助并附签到册和照片",
    "农家书屋报刊订阅",
    "水管站水泵更换轴承",
    "垃圾清运 4 月承包费",
    "文化广场健身器材维修",
)
PEOPLE = (
    "李秀英",
    "王建国",
    "张䶮",
    "欧阳福生",
    "刘德海",
    "四川省富顺县青山镇惠民建筑劳务有限责任公司青山分公司",
    "陈桂香",
)
STATES = (
    ("草稿", Tone.QUIET),
    ("等审核", Tone.ACTIVE),
    ("已审核", Tone.GOOD),
    ("退回", Tone.WARN),
    ("逾期 3 天", Tone.BAD),
    ("已入账", Tone.GOOD),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A made-up claim."""

    number: int
    day: date
    purpose: str
    payee: str
    fen: int
    state: str
    tone: Tone


def claim(number: int) -> Claim:
    """Return the claim with this number; the same one each time."""
    state, tone = STATES[number * 7 % 6]
    day = date(2026, 11, 20) - timedelta(days=number // 3)
    return Claim(
        number, day, PURPOSES[number % 7], PEOPLE[number * 3 % 7], 12_345 * (number * 31 % 97 + 1), state, tone
    )


class Claims:
    """A source of made-up claims."""

    def __init__(self, count: int) -> None:
        self.count = count

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        """Return the numbers that fit."""
        if not filter_text:
            return array("q", range(self.count))
        return array("q", (n for n in range(self.count) if filter_text in claim(n).purpose + claim(n).payee))

    def rows(self, ids: Sequence[int]) -> list[Claim]:
        """Return the claims."""
        return [claim(number) for number in ids]


COLUMNS = (
    Column[Claim]("number", "编号", lambda row: f"村财〔2026〕{row.number + 1}号", 175),
    Column[Claim]("day", "日期", lambda row: row.day.isoformat(), 120),
    Column[Claim]("purpose", "事由", lambda row: row.purpose),
    Column[Claim]("payee", "收款人", lambda row: row.payee, 150),
    Column[Claim]("fen", "金额（元）", lambda row: yuan(row.fen), 130, align="right"),
    Column[Claim]("state", "状态", lambda row: row.state, 140, tone=lambda row: row.tone),
)


class ClaimsPage(Page):
    """A page with a list, a form and a record."""

    title = "报账单"
    tables = frozenset({"claims"})

    def __init__(self, context: Context, count: int = 1204) -> None:
        super().__init__(context)
        self.list = Listing[Claim](
            COLUMNS,
            Claims(count),
            Texts(
                "报账单",
                "张",
                "找编号、事由、收款人",
                Empty(
                    "还没有报账单",
                    "有票据要报，就按“新报账单”填一张，理财小组审核以后才能入账。",
                    "document",
                    "新报账单",
                    self.new,
                ),
            ),
            total=lambda _text: "合计 1,284,300.50 元",
            sort_key="day",
            descending=True,
        )
        self.states = Segments((("all", "全部"), ("waiting", "等审核 3"), ("posted", "已入账")), "按状态筛选")
        self.list.add_to_bar(self.states)
        new = action(self, "新报账单", self.new, icon="plus", shortcut="Ctrl+N", kind="primary")
        show = action(self, "打开", self.new, icon="eye")
        out = action(self, "导出表格", self.new, icon="send", shortcut="Ctrl+E")
        paper = action(self, "打印", self.new, icon="print", shortcut="Ctrl+P")
        self.list.set_menu([show, paper])
        self.show_first(self.list, [new, out, paper])

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Look again."""
        self.list.reload()

    def new(self) -> None:
        """Open the form."""
        form = claim_form()
        form.left.connect(lambda: self.back(ask=False))
        self.show_over("新报账单", form, may_leave=form.may_leave)


def check(values: Values) -> list[Finding]:
    """Return what is wrong with a claim."""
    found = []
    if not values["purpose"]:
        found.append(Finding("claims.no_purpose", "请写清楚钱花在什么事上。", "purpose"))
    if values["fen"] is None:
        found.append(Finding("claims.no_amount", "请填金额。", "fen"))
    elif values["fen"] > 500_000 and not values["transfer"]:
        found.append(
            Finding(
                "claims.cash", "超过 5,000 元不应付现金，请改走转账。", "fen", "本村支出制度第七条", Severity.WARNING
            )
        )
    if not values["payee"]:
        found.append(Finding("claims.no_payee", "请选择收款人。", "payee"))
    return found


def claim_form() -> Form:
    """Return a form with every kind of field."""
    people = [Choice(name, name, f"{place}组", "") for place, name in enumerate(PEOPLE * 3, start=1)]
    projects = [Choice(1, "村内道路及路灯维护", "预算 24,000.00 元"), Choice(2, "环境卫生保洁"), Choice(3, "沟渠清淤")]
    return Form(
        [
            TextField("purpose", "事由", sample="写清楚什么事、哪里、几次"),
            (DateField("day", "开支日期"), AmountField("fen", "金额")),
            (ChoiceField("payee", "收款人", people), ChoiceField("project", "所属项目", projects)),
            (
                NumberField("bills", "票据张数", unit="张"),
                TextField("account", "收款账号", optional=True, hint="一折通账号，22 位"),
            ),
            CheckField("transfer", "通过一折通或银行转账支付"),
            LongTextField("note", "说明", optional=True, lines=2),
        ],
        save=lambda values, reason: values,
        check=check,
        verb="交理财小组审核",
    )


def specs(count: int = 1204) -> tuple[PageSpec, ...]:
    """Return the pages of a village."""
    names = (
        ("home", "今天", "home", 0),
        ("projects", "项目", "tools", 2),
        ("meetings", "议事", "vote", 0),
        ("claims", "报账", "yuan", 12),
        ("review", "理财审核", "shield", 3),
        ("board", "公开栏", "board", 1),
        ("people", "人员", "people", 0),
        ("exchange", "上报乡镇", "send", 0),
        ("books", "设置", "settings", 0),
    )
    return tuple(
        PageSpec(
            key,
            title,
            icon,
            lambda context, key=key: ClaimsPage(context, 0 if key == "people" else count),  # type: ignore[misc]
            (lambda _desk, todo=todo: todo) if todo else None,  # type: ignore[misc]
        )
        for key, title, icon, todo in names
    )


def shell(*, practice: bool = False, count: int = 1204) -> Shell:
    """Return the window's frame with the gallery's pages."""
    office = Office("青山村", "李会计", "村会计", is_practice=practice)
    return Shell(cast("Any", None), specs(count), lambda: office, lambda: True, lambda: None)


def main() -> None:
    """Show one screen, or save its picture."""
    screen, percent, file = [*sys.argv[1:], "list", "100", ""][:3] if len(sys.argv) < 4 else sys.argv[1:4]
    if len(sys.argv) == 2:
        screen, percent, file = sys.argv[1], "100", ""
    elif len(sys.argv) == 3:
        screen, percent, file = sys.argv[1], sys.argv[2], ""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    dress(app, int(percent))
    window = shell(practice=screen == "practice")
    window.resize(1366, 768 - 40)
    window.show()
    page = window.current
    assert isinstance(page, ClaimsPage)
    if screen == "form":
        page.new()
    if screen == "formbad":
        page.new()
        form = page.findChild(Form)
        form.set_values({"fen": 723_450, "day": date(2026, 4, 5), "purpose": "", "project": 1})
        form.try_save()
    if screen == "formwarn":
        page.new()
        form = page.findChild(Form)
        form.set_values(
            {"fen": 723_450, "day": date(2026, 4, 5), "purpose": PURPOSES[2], "project": 1, "payee": PEOPLE[5]}
        )
        form.try_save()
    if screen == "empty":
        window.go("people")
    for _ in range(5):
        app.processEvents()
    if file:
        window.grab().save(file)
    else:
        app.exec()


if __name__ == "__main__":
    main()
