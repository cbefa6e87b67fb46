"""The register of villagers as data: where its rows come from, its columns. Numbers show only their ends."""

from collections.abc import Sequence

from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.rows import Column
from villagedesk.ui.village.masking import tail
from villagedesk.village import store
from villagedesk.village.store import PersonLine


class People:
    """The villagers as a ListSource."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ids(self, filter_text: str, sort_key: str, descending: bool) -> Sequence[int]:
        """Return the rowids of the villagers that fit, in order; by household of itself."""
        return store.person_ids(self._desk, filter_text, sort_key or "household", descending=descending)

    def rows(self, ids: Sequence[int]) -> list[PersonLine]:
        """Return villagers as lines."""
        return store.person_lines(self._desk, ids)


COLUMNS: tuple[Column[PersonLine], ...] = (
    Column("household", "户号", lambda line: line.household, 92),
    Column("team", "村民小组", lambda line: line.team, 110, spare=True),
    Column("name", "姓名", lambda line: line.person.name),
    Column("relation", "与户主关系", lambda line: line.person.relation, 122, sortable=False),
    Column("sex", "性别", lambda line: line.person.sex, 80, spare=True, sortable=False),
    Column("born_on", "出生日期", lambda line: line.person.born_on.isoformat(), 126, spare=True),
    Column("id_number", "身份证", lambda line: tail(line.person.id_number), 124, sortable=False),
    Column("account", "一折通", lambda line: tail(line.person.account) or "—", 124, sortable=False),
    Column("phone", "电话", lambda line: tail(line.person.phone) or "—", 124, spare=True, sortable=False),
)
