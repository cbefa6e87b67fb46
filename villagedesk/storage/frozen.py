"""What was recorded stayed: no later entry of a record changes what had frozen by then, and none takes it away.

The guards say so to whoever writes; here the journal is asked whether they were there when it was written.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from json import loads
from typing import Any

from villagedesk.storage.schema import TableRule

_OLD = re.compile(r"OLD\.(\w+)")
_THAWING = frozenset({"projects"})
"""Tables whose records may lawfully come back to where they change: a rejected project is proposed anew."""


class Frost:
    """What the dictionary freezes of a table, asked of one record's entries after the other."""

    def __init__(self, connection: sqlite3.Connection, rule: TableRule, defaults: Mapping[str, Any]) -> None:
        self._connection = connection
        self._rule = rule
        self._defaults = defaults
        self._named = _OLD.findall(rule.frozen_when)
        self._question = "SELECT " + _OLD.sub(r":\1", rule.frozen_when)
        self._answers: dict[tuple[Any, ...], bool] = {}
        self._free = {*rule.moving, "version"}

    def breaches(self, record_id: str, entries: Sequence[tuple[int, str | None]]) -> Iterator[str]:
        """Yield a sentence for each entry (number, body) of a record that touches what had frozen before it.

        Raises ValueError, TypeError or AttributeError when a body is no record.
        """
        kept: dict[str, Any] | None = None
        for seq, text in entries:
            if text is None:
                if kept:
                    yield f"{self._rule.title} {record_id} 登记以后又被删掉了（第{seq}条流水）。"
                kept = None
                continue
            body = {**self._defaults, **loads(text)}
            altered = [name for name in self._defaults if name not in self._free and kept and kept[name] != body[name]]
            if altered:
                yield f"{self._rule.title} {record_id} 登记以后又被改过（第{seq}条流水）：{'、'.join(altered)}。"
            stays = kept is not None and self._rule.table_name not in _THAWING
            kept = body if stays or self._is_frozen(body) else None

    def _is_frozen(self, body: dict[str, Any]) -> bool:
        values = tuple(body[name] for name in self._named)
        if values not in self._answers:
            named = dict(zip(self._named, values, strict=True))
            self._answers[values] = bool(self._connection.execute(self._question, named).fetchone()[0])
        return self._answers[values]
