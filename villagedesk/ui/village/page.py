"""村情: the village with its money, bodies, officers and people."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagedesk.ui.intake.taken import show_taken
from villagedesk.ui.intake.wizard import take_sheet
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.doing import signed_in
from villagedesk.ui.kit.empty import Empty
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.page import Context, Page
from villagedesk.ui.kit.table import Listing, Texts
from villagedesk.ui.village.columns import COLUMNS, People
from villagedesk.ui.village.form import arrival_form, body_form, card_form, fund_form, members_form, officer_form
from villagedesk.ui.village.fund import FundRecord, plan_form
from villagedesk.ui.village.overview import Overview, Ways
from villagedesk.ui.village.person import PersonRecord
from villagedesk.ui.village.signing import chain_form, drop_form, kinship_form
from villagedesk.village.model import Fund
from villagedesk.village.store import PersonLine, names_like


class VillagePage(Page):
    """The village at a glance; over it the register of people, a person, and the forms."""

    title = "村情"
    tables = frozenset(
        {
            "offices", "officers", "households", "people", "bodies", "memberships", "kinships", "funds", "arrivals",
            "openings", "vouchers",
        }
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._people: Listing[PersonLine] | None = None
        self._overview: Overview | None = None
        self._fund = ""
        self._holder = QWidget()
        QVBoxLayout(self._holder).setContentsMargins(0, 0, 0, 0)
        self.show_first(self._holder, self._first_actions())

    def refresh(self, changed: frozenset[str] | None) -> None:
        """Draw the village anew, and the people if they are looked at."""
        del changed
        column = self._holder.layout()
        assert column
        top = self._overview.verticalScrollBar().value() if self._overview else 0
        if self._overview:
            column.removeWidget(self._overview)
            self._overview.hide()
            self._overview.deleteLater()
        self._overview = Overview(self.context.desk, self._ways())
        column.addWidget(self._overview)
        self._holder.setFocusProxy(self._overview)
        self._overview.verticalScrollBar().setValue(top)
        if self._people:
            self._people.reload()
        if self._fund and self.steps_in == 1:
            self.show_fund(self._fund)

    @property
    def record(self) -> str:
        """The id of the fund that is open, also while a form lies over it."""
        return self._fund

    def back(self, *, ask: bool = True) -> bool:
        """Take the top away; the list of people, or the fund, is forgotten with it."""
        went = super().back(ask=ask)
        if went and self.steps_in == 0:
            self._people, self._fund = None, ""
        return went

    def look_at(self, record: str) -> None:
        """Show a villager or a fund that another page, or a finding, pointed at."""
        if self.context.desk.find(Fund, "id = ?", [record]):
            self.show_fund(record)
        elif record:
            self.show_person(record)

    def jump(self, place: str) -> None:
        """Go where a finding can be put right."""
        page, _, record = place.partition(":")
        if page == "village":
            self.look_at(record)
        else:
            self.context.go(page, record)

    def show_fund(self, fund_id: str) -> None:
        """Show a fund with what can be done about it; what lay over the village goes, unless it may not be left."""
        while self.steps_in:
            if not self.back():
                return
        record = FundRecord(self.context.desk, fund_id)
        self.show_over(record.fund.label, record, self._fund_actions(record.fund))
        self._fund = fund_id

    def show_people(self) -> None:
        """Show the register of villagers."""
        empty = Empty(
            "户册还是空的", "导入县里系统导出的户册（CSV 或 Excel）。", "people", "导入户册", self.import_people
        )
        self._people = Listing[PersonLine](
            COLUMNS,
            People(self.context.desk),
            Texts("村民", "人", "找姓名、拼音首字母、户号、小组", empty),
            sort_key="household",
        )
        self._people.opened.connect(self._open_row)
        self._people.reload()
        self.show_over("村民册", self._people, self._import_actions())

    def show_person(self, person_id: str, *, in_full: bool = False) -> None:
        """Show one villager."""
        record = PersonRecord(self.context.desk, person_id, in_full=in_full)
        reveal = action(self, "显示全号", partial(self._reveal, person_id), icon="eye")
        self.show_over(record.person.name, record, [] if in_full else [reveal])

    def import_people(self) -> None:
        """Take in a household register."""
        take_sheet(self, "people")

    def import_roster(self) -> None:
        """Bring accounts and phones up to date from a subsidy roster."""
        take_sheet(self, "roster")

    def show_taken(self) -> None:
        """Show which registers and rosters were taken in, to take one back."""
        show_taken(self, "people", "roster")

    def open_fund(self) -> None:
        """Open the account of a year and source."""
        self._fill("开专账", lambda: fund_form(self.context.desk, self.jump))

    def _open_row(self, rowid: int) -> None:
        (line,) = People(self.context.desk).rows([rowid])
        self.show_person(line.person.id)

    def _reveal(self, person_id: str) -> None:
        """Show whole numbers to somebody who says who they are."""
        if signed_in(self.context):
            self.back(ask=False)
            self.show_person(person_id, in_full=True)

    def _fill(self, title: str, make: Callable[[], Form]) -> None:
        if not signed_in(self.context):
            return
        form = make()
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(lambda _saved: self._written())
        self.show_over(title, form, may_leave=form.may_leave)

    def _written(self) -> None:
        """Take a form away whose deed is done; a fund below it is shown as it is now."""
        self.back(ask=False)
        if self._fund:
            self.show_fund(self._fund)

    def _ways(self) -> Ways:
        desk = self.context.desk
        return Ways(
            show_fund=self.show_fund,
            change_card=partial(self._fill, "修改村情", lambda: card_form(desk)),
            set_up_body=partial(self._fill, "设立组织", lambda: body_form(desk)),
            change_members=lambda body: self._fill(f"{body.name}换成员", lambda: members_form(desk, body)),
            appoint=partial(self._fill, "添加办事人员", lambda: officer_form(desk)),
            choose_chain=partial(self._fill, "报账怎么审批", lambda: chain_form(desk)),
            record_kinship=partial(
                self._fill, "登记近亲属", lambda: kinship_form(desk, lambda text: names_like(desk, text))
            ),
        )

    def _import_actions(self) -> list[QAction]:
        return [
            action(self, "导入花名册", self.import_roster, icon="receive", hint="用一卡通花名册更新账号和电话"),
            action(self, "导入户册", self.import_people, icon="receive"),
            action(self, "导入过的表", self.show_taken, icon="list", is_rare=True, hint="看导入过什么，导错了撤销"),
        ]

    def _fund_actions(self, fund: Fund) -> list[QAction]:
        desk = self.context.desk
        change = partial(self._fill, "改计划", lambda: plan_form(desk, fund, self.jump))
        arrive = partial(self._fill, "登记到账", lambda: arrival_form(desk, fund.id, self.jump))
        return [
            action(self, "看明细账", lambda: self.context.go("ledger", f"fund:{fund.id}"), icon="book"),
            action(self, "登记到账", arrive, icon="plus", shortcut="Ctrl+N"),
            action(self, "改计划", change, icon="edit", shortcut="Ctrl+E", kind="primary"),
        ]

    def _first_actions(self) -> list[QAction]:
        arrive = partial(self._fill, "登记到账", lambda: arrival_form(self.context.desk, jump=self.jump))
        drop = partial(self._fill, "删去近亲属登记", lambda: drop_form(self.context.desk))
        return [
            *self._import_actions(),
            action(self, "删去近亲属登记", drop, icon="trash", is_rare=True, hint="登记错了的，写明原因删去"),
            action(self, "村民册", self.show_people, icon="people", shortcut="Ctrl+L"),
            action(self, "开专账", self.open_fund, icon="folder-new"),
            action(self, "登记到账", arrive, icon="plus", shortcut="Ctrl+N", kind="primary"),
        ]
