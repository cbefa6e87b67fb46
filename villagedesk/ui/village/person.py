"""A villager to read: who, in which household, and what was paid to them. Numbers show their ends until asked for."""

from villagedesk.kernel.dates import Period, chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.payments.store import pay_of
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.detail import Detail, Fact
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.village.masking import tail
from villagedesk.village.model import Household, Person


class PersonRecord(Detail):
    """One villager as a column of cards. ``in_full`` shows whole numbers."""

    def __init__(self, desk: Desk, person_id: str, *, in_full: bool = False) -> None:
        super().__init__()
        self.person = desk.get(Person, person_id)
        household = desk.get(Household, self.person.household_id)
        family = desk.find(Person, "household_id = ?", [household.id], "rowid")
        paid = pay_of(desk, person_id)
        self.facts(_facts(self.person, household, in_full=in_full), title=self.person.name)
        rows = [(one.name, one.relation, one.sex, one.born_on.isoformat(), tail(one.id_number)) for one in family]
        self.section(
            f"{household.number}户，{len(family)}人",
            ReadTable(("姓名", "关系", "性别", "出生日期", "身份证"), rows, wide=range(5)),
        )
        if paid:
            lines = [
                (Period.parse(sheet.period).label, line.area, yuan(line.amount_fen), line.note) for sheet, line in paid
            ]
            self.section(
                "发给本人的报酬", ReadTable(("期间", "区域", "金额（元）", "备注"), lines, wide=(3,), amounts=(2,))
            )
        self.done()


def _facts(person: Person, household: Household, *, in_full: bool) -> list[Fact]:
    shown = str if in_full else tail
    return [
        Fact("村民小组", household.team),
        Fact("与户主关系", person.relation, note=f"户主{household.head_name}" if person.relation != "户主" else ""),
        Fact("性别", person.sex),
        Fact("出生日期", chinese_date(person.born_on)),
        Fact("身份证号", shown(person.id_number)),
        Fact("联系电话", shown(person.phone)),
        Fact("一折通账号", shown(person.account)),
        Fact("开户银行", person.bank),
        Fact("备注", person.note),
    ]
