"""The form that founds a new desk: whose it is, who keeps it, where it lies."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from villagedesk.app.remembered import remember
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.dialogs import Question
from villagedesk.ui.kit.fields import PasswordField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.village import rules
from villagedesk.village.model import Office, OfficeKind


def ask_new_desk(parent: QWidget) -> Desk | None:
    """Show the form until a desk is founded or the person leaves. Returns the new desk, signed in."""
    dialog = Question(parent, "新建账本", "给本村（或乡镇财政所）建一本账。填好后就可以记账。")
    founded: list[Desk] = []
    form = Form(
        [
            (
                ChoiceField("kind", "谁的账", [Choice("village", "村"), Choice("township", "乡镇")]),
                TextField("name", "名称", sample="如：青山村"),
            ),
            (
                TextField("code", "区划代码", sample="村12位，乡镇9位"),
                TextField("township", "所在乡镇", sample="如：双石镇", optional=True),
            ),
            (
                TextField("contact", "受理异议的人", optional=True),
                TextField("phone", "单位电话", optional=True),
            ),
            "谁来管账",
            (TextField("owner", "管账人姓名"), PasswordField("password", "密码")),
            TextField("folder", "账本放在哪里"),
        ],
        save=lambda values, _reason: founded.append(_found(values)),
        check=_findings,
        verb="建账",
        values={"kind": "village", "folder": str(Path.home() / "村务公开账")},
    )
    form.saved.connect(dialog.accept)
    form.left.connect(dialog.reject)
    dialog.body.addWidget(form)
    dialog.setMinimumSize(760, 620)
    return founded[0] if dialog.exec() == QDialog.DialogCode.Accepted and founded else None


def _findings(values: Values) -> list[Finding]:
    from villagedesk.village.secrets import SHORTEST_PASSWORD

    found = [*rules.sound_code(values["code"], OfficeKind(values["kind"] or "village"))]
    found += rules.sound_password(values["password"], SHORTEST_PASSWORD)
    for field, label in (("name", "名称"), ("owner", "管账人姓名"), ("folder", "账本放在哪里")):
        if not values[field]:
            found.append(Finding("village.missing", f"请填{label}。", field))
    return found


def _found(values: dict[str, Any] | Values) -> Desk:
    from villagedesk.village.usecases import found_desk

    office = Office(
        kind=OfficeKind(values["kind"]),
        name=values["name"],
        code=values["code"],
        township=values["township"],
        contact=values["contact"],
        phone=values["phone"],
    )
    folder = Path(values["folder"]).expanduser() / values["name"]
    desk = found_desk(folder, office, values["owner"], values["password"])
    remember(office.name, folder)
    return desk
