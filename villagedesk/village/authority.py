"""Who may do what: each use-case names the roles that may do it, and some the second person who must say yes."""

from villagedesk.kernel.errors import NotSignedIn, RuleViolation, WrongPassword
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.model import Officer, Role
from villagedesk.village.store import credential_of


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


def countersigned(desk: Desk, name: str, password: str, *roles: Role) -> Actor:
    """Return the second person, of one of the roles, who says yes beside who acts, by their own password.

    Raises RuleViolation when nobody is named, it is who acts, or it is not their part; WrongPassword.
    """
    labels = "、".join(role.label for role in roles)
    if not name.strip():
        raise RuleViolation(
            [Finding("village.second_person", f"这一步要由{labels}中的一位用自己的密码确认。", "second")]
        )
    if desk.actor is not None and name == desk.actor.name:
        message = f"办理的人不能自己确认，请{labels}中的一位来确认。"
        raise RuleViolation([Finding("village.second_person", message, "second")])
    officer = proven(desk, name, password)
    if officer is None:
        raise WrongPassword
    if officer.role not in roles:
        message = f"{name}（{officer.role.label}）不能确认这一步，请{labels}中的一位来确认。"
        raise RuleViolation([Finding("village.second_person", message, "second")])
    return Actor(officer.id, officer.name, officer.role)


def proven(desk: Desk, name: str, password: str) -> Officer | None:
    """Return the officer of this name whose password this is, None when there is none such."""
    from villagedesk.village.secrets import Sealed, unseal

    known = credential_of(desk, name)
    if known is None:
        return None
    officer, credential = known
    fits, _ = unseal(password, Sealed(credential.salt, credential.verifier, credential.wrapped_key))
    return officer if fits else None
