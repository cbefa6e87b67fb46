"""A second officer's word on who may approve: the keeper of the books alone makes nobody a head or a reviewer.

While a desk is being set up nobody else can be asked: until one who approves has acted on it, the keeper appoints.
"""

from dataclasses import dataclass

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.village import store
from villagedesk.village.authority import proven
from villagedesk.village.model import Officer, Role

APPROVING = (Role.HEAD, Role.FINANCE_GROUP, Role.SUPERVISION, Role.LEADER)
"""Whose word lets money out or a notice onto the wall."""

ALONE = "没有别的人可以同意"
"""What the journal says of somebody who was made an approver, or dismissed, by the keeper alone, once others acted."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Who agrees, proved by their own password."""

    name: str
    password: str


def is_needed(desk: Desk, role: Role, leaving: str = "") -> bool:
    """Tell whether somebody who approves has to agree that another of this ``role`` may act, or no longer may.

    Not where none is left who could, besides the officer ``leaving`` (by id): whoever has moved away or died agrees to
    nothing. Then the journal says that the keeper did it alone.
    """
    return role in APPROVING and any(one.id != leaving for one in who_may(desk)) and _have_acted(desk)


def is_alone(desk: Desk, role: Role, leaving: str = "") -> bool:
    """Tell whether the keeper decides alone about somebody who approves, because nobody is left to agree."""
    return role in APPROVING and not is_needed(desk, role, leaving) and _have_acted(desk)


def who_may(desk: Desk) -> list[Officer]:
    """Return who may agree: everybody who approves and is not the one signed in."""
    keeper = desk.actor.id if desk.actor else ""
    return [one for one in store.active_officers(desk) if one.role in APPROVING and one.id != keeper]


def agreed(desk: Desk, role: Role, consent: Consent | None, leaving: str = "") -> str:
    """Return in words who agreed, for the journal. Raises RuleViolation where nobody did who must.

    The officer ``leaving`` (by id) may agree to it too.
    """
    able = {one.name: one for one in who_may(desk)}
    if not is_needed(desk, role, leaving) and not (consent and able and is_alone(desk, role, leaving)):
        return ALONE if is_alone(desk, role, leaving) else ""
    if consent is None or consent.name not in able:
        message = f"{role.label}管审批，不能由管账的人一个人添加、停用。请{'、'.join(able)}中的一位在这里写自己的密码。"
        stop_at([Finding("village.consent", message, "second")])
        return ""
    if proven(desk, consent.name, consent.password) is None:
        stop_at([Finding("village.consent", f"{consent.name}的密码不对，没有办成。", "second_password")])
    officer = able[consent.name]
    return f"{officer.name}（{officer.role.label}）同意"


def _have_acted(desk: Desk) -> bool:
    found = [one for one in desk.find(Officer, "village_id = ?", [desk.office_id]) if one.role in APPROVING]
    return any(desk.value("SELECT 1 FROM journal WHERE actor = ? LIMIT 1", [one.id]) for one in found)
