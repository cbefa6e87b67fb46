"""What has not gone out yet: the entries that a village's next package carries to the township."""

from villagedesk.storage.desk import Desk
from villagedesk.storage.schema import TableRule


def travels(rule: TableRule | None) -> bool:
    """Tell whether the records of a table leave the village at all."""
    return rule is not None and rule.travels != "private" and rule.owner in ("village", "oversight")


def travelling_since(desk: Desk, seq: int) -> int:
    """Return how many entries after ``seq`` are for the township to see."""
    tables = [name for name, rule in desk.table_rules.items() if travels(rule)]
    marks = ", ".join("?" * len(tables))
    entries = f"SELECT count(*) FROM journal WHERE seq > ? AND table_name IN ({marks})"  # noqa: S608
    return int(desk.value(entries, [seq, *tables]))


def unsent(desk: Desk) -> int:
    """Return how many entries of a village's desk are in no package yet."""
    reached = desk.value("SELECT max(last_seq) FROM parcels WHERE direction = 'out' AND kind = 'package'")
    return travelling_since(desk, reached or 0)
