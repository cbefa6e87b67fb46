"""When the township got another key on a village's desk, and who said yes to it; told from the journal."""

import json
from dataclasses import dataclass
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.storage.desk import Actor, Desk
from villagedesk.village.model import OfficeKind, Role
from villagedesk.village.store import officer_name

_WITH = "换钥匙，经"


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """A change of the township's key: the day, the township's name, who did it, and who beside them ("" = nobody)."""

    on: date
    name: str
    by: str
    second: str

    @property
    def sentence(self) -> str:
        """The change in a sentence."""
        beside = f"经{self.second}确认" if self.second else "没有第二个人确认"
        return f"乡镇“{self.name}”的名片在{chinese_date(self.on)}换过钥匙，{self.by}办理，{beside}。"


def said_by(second: Actor, reason: str) -> str:
    """Return the journal's reason for a new key that a second person said yes to."""
    more = f"。{reason}" if reason.strip() else ""
    return f"{_WITH}{second.name}（{Role(second.role).label}）确认{more}"


def rekeyed(desk: Desk) -> list[Rekeyed]:
    """Return each change of the township's key on this desk, oldest first; making it invalid is none of them."""
    keys: dict[str, str] = {}
    found = []
    for row in desk.rows(_ENTRIES):
        peer = json.loads(row["body"])
        key, before = peer["public_key"], keys.get(peer["id"])
        if before is not None and key and key != before:
            second = row["reason"].removeprefix(_WITH).partition("确认")[0] if row["reason"].startswith(_WITH) else ""
            found.append(
                Rekeyed(date.fromisoformat(row["at"][:10]), peer["name"], officer_name(desk, row["actor"]), second)
            )
        keys[peer["id"]] = key or before or ""
    return found


_ENTRIES = f"""
SELECT at, actor, reason, body FROM journal
 WHERE record_id IN (SELECT id FROM peers WHERE kind = '{OfficeKind.TOWNSHIP.value}') AND table_name = 'peers'
   AND body IS NOT NULL ORDER BY seq
"""  # noqa: S608
