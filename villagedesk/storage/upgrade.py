"""An older desk is backed up, then brought to today's schema in one transaction.

A step is one file ``db/migrations/NNN.sql`` that stands for itself: it names every table and column in full and uses
nothing that may change later. A table that gets another shape is renamed, made anew in the words of ``db/schema.sql``,
filled and dropped, so that an upgraded file cannot be told from a new one. The journal is never rewritten: in its
old bodies a column that is gone is passed over and a newer one has its default. So a new column has a default, and a
step gives old rows exactly that.
"""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from villagedesk.kernel.errors import DamagedDesk
from villagedesk.kernel.places import own_file
from villagedesk.storage import opening, schema
from villagedesk.storage.backup import back_up

if TYPE_CHECKING:
    from sqlite_utils import Database

_NO_SUCH_TABLES = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT)
"""What SQLite says of a step that finds other tables than it leads on from."""


def upgrade(connection: sqlite3.Connection, file: Path, version: int) -> None:
    """Bring an open desk from schema ``version`` to today's, step by step, all or nothing.

    A proved copy is written to ``backups/`` first. Guards are taken down before and made anew after, so that a step
    may reshape what is frozen. Raises DamagedDesk when the tables are not that version's, or the outcome is not the
    declared schema; the file is as it was.
    """
    from sqlite_utils import Database

    back_up(file, f"升级前-第{version}版")
    database = Database(connection)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA legacy_alter_table = ON")  # a renamed table does not drag its name into others
    try:
        with database.atomic():
            _take_down_guards(database)
            for number in range(version + 1, schema.SCHEMA_VERSION + 1):
                for statement in schema.statements(step(number)):
                    connection.execute(statement)
            schema.raise_all_guards(connection)
            _check_upgraded(connection)
            connection.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION}")
    except (sqlite3.OperationalError, sqlite3.IntegrityError) as error:
        if error.sqlite_errorcode & 0xFF not in _NO_SUCH_TABLES:
            raise
        raise DamagedDesk(detail=opening.UNLIKE_ITS_VERSION) from error
    finally:
        connection.execute("PRAGMA legacy_alter_table = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # an older program is told by the file's head


def step(number: int) -> str:
    """Return the SQL that leads from schema ``number - 1`` to ``number``."""
    return own_file(f"db/migrations/{number:03d}.sql").read_text("utf-8")


def _take_down_guards(database: "Database") -> None:
    for trigger in database.triggers:
        database.execute(f"DROP TRIGGER {trigger.name}")


def _check_upgraded(connection: sqlite3.Connection) -> None:
    for name in opening.altered_parts(connection):
        raise DamagedDesk(detail=f"升级后“{name}”与新版不符")
    for table, *_ in connection.execute("PRAGMA foreign_key_check"):
        raise DamagedDesk(detail=f"升级后“{table}”里有对不上的记录")
