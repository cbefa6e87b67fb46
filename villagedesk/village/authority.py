"""Who may do what: each use-case names the roles that may do it."""

from villagedesk.kernel.errors import NotSignedIn, RuleViolation
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.model import Role


def acting(desk: Desk, *roles: Role) -> Actor:
    """Return who acts on the desk when they have one of the roles.

    Raises NotSignedIn when nobody signed in, RuleViolation (``village.role``) when it is not their part.
    """
    if desk.actor is None:
        raise NotSignedIn
    if Role(desk.actor.role) not in roles:
        wanted = "、".join(role.label for role in roles)
        message = f"这一步由{wanted}办理，{desk.actor.name}（{Role(desk.actor.role).label}）不能办。请换人登录。"
        raise RuleViolation([Finding("village.role", message)])
    return desk.actor
