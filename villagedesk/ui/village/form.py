"""The forms about the village itself: its card, a fund, money that arrived, a body, somebody who may act."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField, today_of
from villagedesk.ui.kit.fields import AmountField, LongTextField, NumberField, PasswordField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.formlines import Part
from villagedesk.ui.kit.notes import Jump
from villagedesk.village import bodies, consent, rules, store, usecases
from villagedesk.village.model import BODIES, OWNERS, SOURCES, Arrival, Body, Fund, Office, OfficeKind, Officer, Role

_BETWEEN_NAMES = re.compile(r"[\s,，、;；]+")
_TERM_YEARS = 5
_PAPER = "自筹的写哪一次会议定的；还没有拿到的，以后用“改计划”补上"


def card_form(desk: Desk) -> Form:
    """Return the form of the village's card."""
    office = store.office(desk)

    def facts(values: Values) -> Office:
        return replace(
            office,
            name=values["name"],
            township=values["township"],
            code=values["code"],
            households=int(values["households"] or 0),
            population=int(values["population"] or 0),
            contact=values["contact"],
            phone=values["phone"],
        )

    def check(values: Values) -> Sequence[Finding]:
        return [*_filled(values, name="村名"), *rules.sound_code(values["code"], OfficeKind.VILLAGE)]

    printed = "印在公示上，村民有异议找他"
    return Form(
        [
            (TextField("name", "村名"), TextField("township", "所在乡镇", optional=True)),
            TextField("code", "区划代码", hint="统计用区划代码，12位"),
            (
                NumberField("households", "户数", unit="户", optional=True),
                NumberField("population", "人口", unit="人", optional=True),
            ),
            (
                TextField("contact", "受理异议的人", hint=printed, optional=True),
                TextField("phone", "单位电话", hint="印在公示上，不要写个人手机号", optional=True),
            ),
        ],
        save=lambda values, _reason: usecases.update_card(desk, facts(values)),
        check=check,
        values={name: value or None for name, value in office.row().items()},
    )


def fund_form(desk: Desk, jump: Jump | None = None) -> Form:
    """Return the form that opens a fund."""

    def facts(values: Values) -> Fund:
        return Fund(
            year=int(values["year"] or 0),
            source=values["source"] or "",
            owner=values["owner"] or "",
            planned_fen=values["planned_fen"] or 0,
            document=values["document"],
        )

    def check(values: Values) -> Sequence[Finding]:
        fund = facts(values)
        return list(rules.sound_fund(fund.year, fund.source, fund.owner, fund.planned_fen))

    return Form(
        [
            (NumberField("year", "年度", unit="年"), ChoiceField("source", "资金来源", _named(SOURCES))),
            ChoiceField("owner", "资金归属", _named(OWNERS)),
            (AmountField("planned_fen", "计划金额"), TextField("document", "文号", hint=_PAPER, optional=True)),
        ],
        save=lambda values, _reason: usecases.open_fund(desk, facts(values)),
        check=check,
        verb="开专账",
        values={"year": desk.clock.now().year, "owner": OWNERS[0]},
        jump=jump,
    )


def arrival_form(desk: Desk, fund_id: str | None = None, jump: Jump | None = None) -> Form:
    """Return the form that records money that arrived, of a fund if one is named."""
    balances = store.fund_balances(desk)
    choices = [
        Choice(
            balance.fund.id,
            balance.fund.label,
            f"{balance.fund.owner}，计划{yuan(balance.fund.planned_fen)}，已到{yuan(balance.arrived_fen)}",
        )
        for balance in balances
    ]

    def facts(values: Values) -> Arrival:
        return Arrival(
            fund_id=values["fund_id"],
            arrived_on=values["arrived_on"],
            amount_fen=values["amount_fen"] or 0,
            document=values["document"],
        )

    def check(values: Values) -> Sequence[Finding]:
        missing = _filled(values, fund_id="哪一笔资金", arrived_on="到账日期")
        return missing or usecases.arrival_findings(desk, facts(values))

    return Form(
        [
            ChoiceField("fund_id", "哪一笔资金", choices),
            (
                AmountField("amount_fen", "到账金额"),
                DateField("arrived_on", "到账日期", today=today_of(desk)),
            ),
            TextField("document", "文号或回单号", optional=True),
        ],
        save=lambda values, reason: usecases.record_arrival(desk, facts(values), reason),
        check=check,
        verb="登记到账",
        values={
            "arrived_on": desk.clock.now().date(),
            "fund_id": fund_id or (balances[0].fund.id if len(balances) == 1 else None),
        },
        jump=jump,
    )


def body_form(desk: Desk) -> Form:
    """Return the form that sets up a body with its members."""
    standing = {body.kind for body in store.bodies(desk)}
    today = desk.clock.now().date()

    def save(values: Values, _reason: str) -> object:
        return usecases.set_up_body(desk, values["kind"], _people(values), values["first_day"], values["last_day"])

    def check(values: Values) -> Sequence[Finding]:
        missing = _filled(values, kind="哪个组织", leader="负责人", first_day="任期开始", last_day="任期结束")
        if not missing and values["last_day"] < values["first_day"]:
            missing = [Finding("village.term", "任期结束早于开始，请核对。", "last_day")]
        return missing

    return Form(
        [
            (
                ChoiceField("kind", "哪个组织", _named([kind for kind in BODIES if kind not in standing])),
                TextField("leader", "组长或负责人"),
            ),
            LongTextField("members", "成员", hint="姓名用顿号或换行分开", optional=True, lines=3),
            (
                DateField("first_day", "任期开始", today=today_of(desk)),
                DateField("last_day", "任期结束", today=today_of(desk)),
            ),
        ],
        save=save,
        check=check,
        verb="设立",
        values={"first_day": today, "last_day": _term_from(today)},
    )


def members_form(desk: Desk, body: Body) -> Form:
    """Return the form that lets a body have other members from a day on, filled with those of today."""
    today, known = desk.clock.now().date(), store.members(desk, body.id)
    leader = next((one.name for one in known if one.duty == "组长"), "")
    role = bodies.REVIEWING.get(body.kind)

    def save(values: Values, _reason: str) -> object:
        days = values["first_day"], values["last_day"]
        return usecases.change_members(desk, body.id, _people(values), *days, consent_in(values))

    def check(values: Values) -> Sequence[Finding]:
        missing = _filled(values, leader="负责人", first_day="从哪天起", last_day="任期结束")
        return missing or list(
            bodies.sound_members(_people(values), values["first_day"], values["last_day"], desk.clock.now().date())
        )

    return Form(
        [
            TextField("leader", "组长或负责人"),
            LongTextField("members", "成员", hint="留下的也要写；姓名用顿号或换行分开", optional=True, lines=3),
            (
                DateField("first_day", "从哪天起", today=today_of(desk)),
                DateField("last_day", "任期结束", today=today_of(desk)),
            ),
            *(consent_fields(desk) if role and consent.is_needed(desk, role) else ()),
        ],
        save=save,
        check=check,
        verb="换成员",
        values={
            "leader": leader,
            "members": "、".join(one.name for one in known if one.name != leader),
            "first_day": today,
            "last_day": max([one.last_day for one in known if one.last_day >= today], default=_term_from(today)),
        },
    )


def officer_form(desk: Desk) -> Form:
    """Return the form that lets somebody act."""
    from villagedesk.village.secrets import SHORTEST_PASSWORD

    is_township = store.office(desk).kind is OfficeKind.TOWNSHIP
    roles = [Choice(role.value, role.label) for role in Role if (role in {Role.CLERK, Role.LEADER}) == is_township]
    asks = any(consent.is_needed(desk, role) for role in consent.APPROVING)

    def check(values: Values) -> Sequence[Finding]:
        missing = _filled(values, name="姓名", role="职责")
        return [*missing, *rules.sound_password(values["password"], SHORTEST_PASSWORD)]

    def save(values: Values, _reason: str) -> Officer:
        return usecases.appoint(desk, values["name"], Role(values["role"]), values["password"], consent_in(values))

    return Form(
        [
            (TextField("name", "姓名"), ChoiceField("role", "职责", roles)),
            PasswordField("password", "第一个密码", hint=f"至少{SHORTEST_PASSWORD}位，请本人来写"),
            *(consent_fields(desk) if asks else ()),
        ],
        save=save,
        check=check,
        verb="添加",
    )


def dismissal_form(desk: Desk, officer: Officer) -> Form:
    """Return the form that stops somebody who approves acting: one who approves agrees to it."""
    return Form(
        consent_fields(desk),
        save=lambda values, _reason: usecases.dismiss(desk, officer.id, consent_in(values)),
        check=lambda values: _filled(values, second="同意的人"),
        verb="停用",
    )


def consent_fields(desk: Desk) -> list[Part]:
    """Return the fields in which somebody who approves agrees, with their own password."""
    people = [Choice(one.name, one.name, one.role.label) for one in consent.who_may(desk)]
    hint = "请本人来写自己的密码"
    return [
        (
            ChoiceField("second", "谁同意（管审批的人才要）", people, optional=True),
            PasswordField("second_password", "同意的人的密码", hint=hint),
        )
    ]


def consent_in(values: Values) -> consent.Consent | None:
    """Return who agreed by what a form holds, None when nobody did."""
    return consent.Consent(values["second"], values["second_password"]) if values.get("second") else None


def _people(values: Values) -> list[tuple[str, str]]:
    """Return who is in a body by what a form holds: the 组长 first, who may stand among the members once more."""
    members = [name for name in _BETWEEN_NAMES.split(values["members"]) if name and name != values["leader"]]
    return [(values["leader"], "组长"), *((name, "成员") for name in members)]


def _term_from(day: date) -> date:
    return date(day.year + _TERM_YEARS - 1, 12, 31)


def _named(names: Sequence[str]) -> list[Choice]:
    return [Choice(name, name) for name in names]


def _filled(values: Values, **labels: str) -> list[Finding]:
    return [Finding("form.missing", f"请填{label}。", name) for name, label in labels.items() if not values[name]]
