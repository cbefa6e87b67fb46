"""Every piece of the kit with a village's records in it, to look at: python tests/ui/kit/gallery.py [SCREEN] [SCALE] [FILE]."""

import sys
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.kernel.money import yuan
from villagedesk.kernel.progress import Progress
from villagedesk.ui.kit.buttons import Segments, action, button
from villagedesk.ui.kit.cards import Card, FigureCard, Scrolling, TaskRow, Tiles
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.detail import Detail, Fact, Step
from villagedesk.ui.kit.dialogs import ask_reason, confirm, show_error, sign_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.fields import AmountField, CheckField, LongTextField, NumberField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Callout
from villagedesk.ui.kit.page import Context, Page, PageSpec
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.kit.tasks import ProgressDialog
from villagedesk.ui.shell import Office, Shell
from villagedesk.ui.textsize import choose_text_size
from villagedesk.ui.theme import Tone, dress
from villagedesk.ui.welcome import Ways, Welcome

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
    Column[Claim]("number", "编号", lambda row: f"村财〔2026〕{row.number + 1}号", 175, spare=True),
    Column[Claim]("day", "日期", lambda row: row.day.isoformat(), 120),
    Column[Claim]("purpose", "事由", lambda row: row.purpose),
    Column[Claim]("payee", "收款人", lambda row: row.payee, 150, spare=True),
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


def page_for(key: str, context: Context, count: int) -> Page:
    """Return the page that stands under a key."""
    return HomePage(context) if key == "home" else ClaimsPage(context, 0 if key == "people" else count)


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
            lambda context, key=key: page_for(key, context, count),  # type: ignore[misc]
            (lambda _desk, todo=todo: todo) if todo else None,  # type: ignore[misc]
        )
        for key, title, icon, todo in names
    )


def shell(*, practice: bool = False, count: int = 1204) -> Shell:
    """Return the window's frame with the gallery's pages."""
    office = Office("青山村", "李会计", "村会计", is_practice=practice)
    looked_at = SimpleNamespace(is_writable=False, actor=None)
    return Shell(cast("Any", looked_at), specs(count), lambda: office, lambda: True, lambda: None)


def record() -> Detail:
    """Return a claim to read."""
    return (
        Detail()
        .title(PURPOSES[2], ("等审核", Tone.ACTIVE), ("逾期 3 天", Tone.BAD), figure="7,234.50 元")
        .callout("王建国是经办人的近亲属，按规定不能审核这一张，请换一位理财小组成员。", Tone.WARN)
        .facts(
            [
                Fact("收款人", PEOPLE[5], wide=True),
                Fact("金额", "7,234.50 元", note="人民币柒仟贰佰叁拾肆元伍角"),
                Fact("开支日期", "2026年4月5日 星期日"),
                Fact("所属项目", "村内道路及路灯维护"),
                Fact("预算还剩", "16,765.50 元"),
                Fact("票据", "3 张"),
                Fact("收款账号", ""),
            ],
            title="单据内容",
        )
        .timeline(
            [
                Step("填写报账单", "李秀英（村会计）", "2026年4月5日 09:12"),
                Step("理财小组退回", "欧阳福生（组长）", "2026年4月6日 15:40", Tone.WARN, "缺二组签到册，请补上再送。"),
                Step("补交签到册，重新送审", "李秀英（村会计）", "2026年4月7日 08:30"),
                Step("理财小组审核", "3 人中 1 人已看", "2026年4月8日 10:02", Tone.ACTIVE),
                Step("村主要负责人审批"),
                Step("乡镇审核，财政所报账"),
            ]
        )
        .done()
    )


def home() -> Scrolling:
    """Return a page of cards."""
    page = Scrolling()
    page.body.addWidget(
        Tiles(
            [
                FigureCard("3", "张报账单等理财小组审核，最早的等了 6 天", tone=Tone.WARN, verb="去审核", act=print),
                FigureCard("128,430.00", "元，今年还能用的预算，占全年 42.8%", verb="看预算", act=print),
                FigureCard("15 天", "后要公布第二季度的账，还差 2 项", verb="去准备", act=print),
                FigureCard("1", "批数据乡镇退回，要在 4 月 20 日前改好", tone=Tone.BAD, verb="看原因", act=print),
            ]
        )
    )
    tasks = Card("今天要办的", extra=button("全部 12 件", print, kind="link"))
    tasks.body.setSpacing(0)
    tasks.add(TaskRow("乡镇退回第 3 批数据：2 张单据缺票据照片", "逾期 3 天", tone=Tone.BAD, verb="去看看", act=print))
    tasks.add(
        TaskRow(
            "三组至五组通户路灯电费（一季度）等审核", "送审 6 天了，还差 2 人", tone=Tone.WARN, verb="去审核", act=print
        )
    )
    tasks.add(TaskRow("4 月保洁员报酬还没有考核，考核以后才能发绩效", "4 月 15 日前", verb="去考核", act=print))
    page.body.addWidget(tasks)
    page.body.addWidget(Callout("最近一次备份是 3 天前，放在 U 盘“备份”里，已经核对过。", Tone.GOOD))
    page.body.addStretch(1)
    return page


class HomePage(Page):
    """A page of cards."""

    title = "今天"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.show_first(home(), [action(self, "插入U盘上报", print, icon="send", kind="primary")])


def sheet_pdf() -> bytes:
    """Return three pages of paper."""
    from io import BytesIO

    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(file)
    for page in range(3):
        canvas.setFont("Helvetica", 40)
        canvas.drawString(80, 700, f"Page {page + 1}")
        canvas.rect(80, 80, 435, 600)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def show(screen: str, window: Shell) -> None:
    """Bring the window to a screen."""
    page = window.current
    assert isinstance(page, ClaimsPage)
    if screen.startswith("form"):
        show_form(screen, page)
    elif screen == "detail":
        act = action(page, "审核通过", print, icon="check", kind="primary")
        back = action(page, "退回", print, icon="undo", kind="danger")
        page.show_over("报账单 村财〔2026〕12号", record(), [act, back, action(page, "打印", print, icon="print")])
    elif screen == "preview":
        preview = Preview()
        page.show_over("公示 第3号", preview)
        QApplication.processEvents()
        preview.show_pdf(sheet_pdf(), "公示.pdf")
    elif screen == "empty":
        window.go("people")
    elif screen == "home":
        window.go("home")
    elif screen == "find":
        page.list.filter.setText("张飞飞")
        page.list.reload()


def show_form(screen: str, page: ClaimsPage) -> None:
    """Bring the form to a state."""
    page.new()
    form = page.findChild(Form)
    assert isinstance(form, Form)
    filled = {"fen": 723_450, "day": date(2026, 4, 5), "project": 1}
    if screen == "formbad":
        form.set_values(filled)
        form.try_save()
    elif screen == "formwarn":
        form.set_values({**filled, "purpose": PURPOSES[2], "payee": PEOPLE[5]})
        form.try_save()
    elif screen == "formchoice":
        QTimer.singleShot(200, form.fields["payee"].editor.click)  # type: ignore[attr-defined]
    elif screen == "formdate":
        QTimer.singleShot(200, form.fields["day"]._open_calendar)  # type: ignore[attr-defined]


DIALOGS: dict[str, Callable[[Shell], object]] = {
    "confirm": lambda window: confirm(window, "这张报账单作废以后不能恢复，作废的原因会公开。", "作废", danger=True),
    "error": lambda window: show_error(
        window, "磁盘满了，刚才这一步没有记上，之前记的都在。请删掉不用的文件腾出空间，再做一次。"
    ),
    "reason": lambda window: ask_reason(window, "退回报账单", "退回的理由会写进办理经过，经办人看得到。", verb="退回"),
    "signin": lambda window: sign_in(
        window,
        [Choice(name, name, "理财小组") for name in PEOPLE],
        chosen=PEOPLE[0],
        fault="姓名或密码不对。账没有变动。请看清大小写后再试一次。",
    ),
    "commands": lambda window: window.show_commands(),
    "textsize": lambda window: choose_text_size(window),
    "progress": lambda window: ProgressDialog(window, "正在核对账目", half_way()).exec(),
}


def half_way() -> Progress:
    """Return a task half done."""
    progress = Progress()
    progress.start("核对凭证", 12_000)
    progress.step(5_400)
    return progress


def welcome() -> Welcome:
    """Return the first page."""
    recent = [
        ("青山村", Path("D:/账本/青山村")),
        ("双石镇", Path("D:/乡镇账本/双石镇农村公共服务运行维护专账二〇二六年")),
    ]
    return Welcome(Ways(print, print, print, print, print, recent))


def save(window: QWidget, file: str) -> None:
    """Save what stands on the screen: the window with its popup or dialog."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    picture = window.grab()
    over = app.activeModalWidget() or app.activePopupWidget()
    if over:
        painter = QPainter(picture)
        place = over.pos() - window.pos()
        if over.isModal():
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 60))
            place = window.rect().center() - over.rect().center()
        painter.drawPixmap(place, over.grab())
        painter.end()
    picture.save(file)


def main() -> None:
    """Show one screen, or save its picture and end."""
    screen, percent, file = (*sys.argv[1:], *("list", "100", "")[len(sys.argv) - 1 :])
    app = QApplication.instance() or QApplication(["gallery", "-style", "Fusion"])
    assert isinstance(app, QApplication)
    dress(app, int(percent))
    window: QWidget = welcome() if screen == "welcome" else shell(practice=screen == "practice")
    window.resize(1366, 728)
    window.show()
    if isinstance(window, Shell):
        window.go("claims")
        show(screen, window)
        if screen in DIALOGS:
            QTimer.singleShot(100, lambda: DIALOGS[screen](window))
    if file:
        QTimer.singleShot(400, lambda: (save(window, file), app.exit()))  # type: ignore[func-returns-value]
    app.exec()


if __name__ == "__main__":
    main()
