"""Checks of the days: nothing waits for weeks, queries are answered, the clock goes forward."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.oversight.checks.found import late
from villagedesk.payments.chains import TOWNSHIP, WAITING
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store

_CLAIMS = (*(state for state in WAITING if state not in TOWNSHIP), ClaimState.GRANTED)
_NOTICES = (NoticeState.SUBMITTED, NoticeState.REVIEWED)
_STANDING = {
    Claim.table: """SELECT '报账单“' || payee || '：' || purpose || '”' AS name, j.at
        FROM claims c JOIN journal j ON j.record_id = c.id AND j.version = c.version AND j.table_name = 'claims'
       WHERE c.village_id = ? AND c.state = ? ORDER BY j.seq""",
    Notice.table: """SELECT '《' || title || '》' AS name, j.at
        FROM notices n JOIN journal j ON j.record_id = n.id AND j.version = n.version AND j.table_name = 'notices'
       WHERE n.village_id = ? AND n.state = ? ORDER BY j.seq""",
}


def nothing_waits_too_long(desk: Desk, today: date) -> Iterator[Finding]:
    """Nothing waits for somebody for weeks."""
    patience = village_store.profile(desk).disclosure.patience_days
    waiting: list[tuple[str, str, str]] = [(Claim.table, state, state.label) for state in _CLAIMS]
    waiting += [(Notice.table, state, state.label) for state in _NOTICES]
    for table, state, label in waiting:
        for name, since in _standing(desk, table, state):
            days = (today - since).days
            if days > patience:
                yield late("waiting", f"{name}“{label}”已经{days}天。")


def queries_answered(desk: Desk, today: date) -> Iterator[Finding]:
    """A query is answered within the days the rules give for objections."""
    limit = village_store.profile(desk).disclosure.objection_days
    for table, state in ((Claim.table, ClaimState.QUERIED), (Notice.table, NoticeState.QUERIED)):
        for name, since in _standing(desk, table, state):
            if today > since + timedelta(days=limit):
                yield late("unanswered", f"{name}的疑问从{chinese_date(since)}起还没有答复，应在{limit}天内答复。")


def _standing(desk: Desk, table: str, state: str) -> Iterator[tuple[str, date]]:
    """Yield the name of each claim or notice that stands in a state, and since when."""
    rows = desk.rows(_STANDING[table], [desk.office_id, state])
    return ((row["name"], datetime.fromisoformat(row["at"]).date()) for row in rows)


def clock_goes_forward(desk: Desk, today: date) -> Iterator[Finding]:
    """Entries of the journal follow one another in time, and none lies in the future."""
    rows = desk.rows(
        """SELECT j.seq, j.at, b.at AS before FROM journal j
             JOIN journal b ON b.seq = j.seq - 1
            WHERE (j.at < b.at OR substr(j.at, -6) <> substr(b.at, -6)) AND julianday(j.at) < julianday(b.at)
            ORDER BY j.seq"""  # moments of one zone are told apart as they are written
    )
    for row in rows:
        yield late("clock", f"流水第{row['seq']}笔的时间（{row['at'][:16]}）比前一笔（{row['before'][:16]}）还早。")
    last = desk.value("SELECT max(at) FROM journal")
    if last and datetime.fromisoformat(last).date() > today:
        yield late("clock", f"流水里最后一笔（{last[:10]}）在今天之后，请看看电脑的日期对不对。")
