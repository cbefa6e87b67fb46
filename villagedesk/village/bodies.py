"""The village's bodies and who is in them: set up once, and with other members after an election or when one leaves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.storage.change import Change
from villagedesk.storage.desk import Desk
from villagedesk.village import store
from villagedesk.village.authority import acting
from villagedesk.village.consent import Consent, agreed
from villagedesk.village.model import Body, Membership, Role

REVIEWING: Mapping[str, Role] = MappingProxyType({
    "民主理财小组": Role.FINANCE_GROUP,
    "质量监督小组": Role.SUPERVISION,
    "村务监督委员会": Role.SUPERVISION,
})  # fmt: skip
"""The bodies whose members pass claims and notices, and as whom they sign in."""

_ONE_DAY = timedelta(1)


def set_up_body(desk: Desk, kind: str, people: Sequence[tuple[str, str]], first_day: date, last_day: date) -> Body:
    """Set up a body with its members as (name, duty) and their term. Raises RuleViolation when it already stands."""
    acting(desk, Role.ACCOUNTANT)
    if store.body_of_kind(desk, kind):
        stop_at([Finding("village.body", f"“{kind}”已经设立。换届、换人，在它后面按【换成员】。", "kind")])
    with desk.change("village.body.set_up") as change:
        body = change.put(Body(kind=kind, name=kind))
        _let_in(change, body, people, first_day, last_day)
    return body


def change_members(
    desk: Desk,
    body_id: str,
    people: Sequence[tuple[str, str]],
    first_day: date,
    last_day: date,
    consent: Consent | None = None,
) -> Body:
    """Let a body have these members, as (name, duty), from a day on (换届、换成员); its others leave the day before.

    Raises RuleViolation without anybody or for a day ahead, and, for a group that reviews, without another's
    ``consent``: the keeper of the books alone does not say whose signature counts.
    """
    acting(desk, Role.ACCOUNTANT)
    body = desk.get(Body, body_id)
    stop_at(sound_members(people, first_day, last_day, desk.clock.now().date()))
    role = REVIEWING.get(body.kind)
    why = agreed(desk, role, consent) if role else ""
    with desk.change("village.body.members_changed", reason=why) as change:
        for one in desk.find(Membership, "body_id = ? AND last_day >= ?", [body.id, first_day.isoformat()], "rowid"):
            if one.first_day >= first_day:
                change.discard(one)
            else:
                change.put(replace(one, last_day=first_day - _ONE_DAY))
        _let_in(change, body, people, first_day, last_day)
    return body


def sound_members(people: Sequence[tuple[str, str]], first_day: date, last_day: date, today: date) -> Iterator[Finding]:
    """Somebody is in a body, each once, from a day that has come."""
    names = [name.strip() for name, _ in people]
    if not any(names) or not all(names):
        yield Finding("village.members", "请写上成员的姓名。", "leader")
    for name in dict.fromkeys(name for place, name in enumerate(names) if name and name in names[:place]):
        yield Finding("village.members", f"“{name}”写了两次，请核对；真有同名的，请加字区分。", "members")
    if first_day > today:
        yield Finding("village.term", f"{chinese_date(first_day)}还没有到，到了那一天再换。", "first_day")
    if last_day < first_day:
        yield Finding("village.term", "任期结束早于开始，请核对。", "last_day")


def _let_in(change: Change, body: Body, people: Sequence[tuple[str, str]], first_day: date, last_day: date) -> None:
    change.put_all(
        Membership(body_id=body.id, name=name, duty=duty, first_day=first_day, last_day=last_day)
        for name, duty in people
    )
