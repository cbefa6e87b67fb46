"""The form that changes one's own password."""

from collections.abc import Sequence

from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.fields import PasswordField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.village import rules, usecases


def password_form(desk: Desk) -> Form:
    """Return the form in which the one who is signed in changes their password."""
    from villagedesk.village.secrets import SHORTEST_PASSWORD

    def check(values: Values) -> Sequence[Finding]:
        found = list(rules.sound_password(values["password"], SHORTEST_PASSWORD))
        if values["again"] != values["password"]:
            found.append(Finding("form.again", "两次写的不一样，请重新写。", "again"))
        if not values["old"]:
            found.append(Finding("form.missing", "请写原来的密码。", "old"))
        return found

    return Form(
        [
            PasswordField("old", "原来的密码"),
            (
                PasswordField("password", "新密码", hint=f"至少{SHORTEST_PASSWORD}位"),
                PasswordField("again", "新密码再写一次"),
            ),
        ],
        save=lambda values, _reason: usecases.change_password(desk, values["old"], values["password"]),
        check=check,
        verb="改密码",
    )
