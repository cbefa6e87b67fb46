"""What is due is known from the first period with books, and from each event, until it hangs."""

import subprocess
import sys
from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.disclosure.books import Q1, Books, issued
from villagedesk.disclosure import usecases
from villagedesk.disclosure.due import (
    DueNotice,
    due_notices,
    due_on,
    next_due,
    offered_notices,
    period_of,
    periods_kept,
)
from villagedesk.disclosure.kind import Kind, Occasion, Scope
from villagedesk.disclosure.kinds import KINDS
from villagedesk.disclosure.model import Notice, NoticeState
from villagedesk.disclosure.rhythms import MONTHS, rhythms
from villagedesk.kernel.dates import Period
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.profile import NoticeRule, Rhythm, load

RULES = load().notices
QUARTERLY = [kind.code for kind in KINDS if RULES[kind.code].rhythm == "quarter" and RULES[kind.code].is_required]
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
MEETING = Occasion(Scope(Period(2026), "EVENT"), date(2026, 3, 2), "2026年村民代表会议第2次会议")


def periodic(desk: Desk, today: date) -> list[DueNotice]:
    """What is due for whole quarters."""
    return [one for one in due_notices(desk, today) if one.kind in QUARTERLY]


def test_the_light_look_at_the_profile_sees_what_the_whole_one_says() -> None:
    assert rhythms() == {code: (rule.rhythm.value, rule.is_required) for code, rule in RULES.items()}
    assert MONTHS.keys() == set(Rhythm) - {Rhythm.EVENT, Rhythm.FREE}


def test_a_quarter_is_due_in_the_middle_of_the_month_after_it() -> None:
    assert due_on(Period.quarter(2026, 3), RULES["funds"]) == date(2026, 10, 15)
    assert due_on(Period.quarter(2026, 4), RULES["funds"]) == date(2027, 1, 15)


def test_a_year_is_due_at_the_end_of_january_and_an_event_ten_days_after_it() -> None:
    assert due_on(Period(2026), RULES["annual"]) == date(2027, 1, 31)
    assert due_on(date(2028, 2, 20), RULES["votes"]) == date(2028, 3, 1)


@given(day=DAYS, rhythm=st.sampled_from(list(MONTHS)))
def test_every_day_lies_in_its_period_and_periods_follow_without_gap(day: date, rhythm: str) -> None:
    period = period_of(day, rhythm)
    assert day in period
    assert period.months == MONTHS[rhythm]
    assert period.last.day == monthrange(period.last.year, period.last.month)[1]
    after = period_of(period.last + timedelta(days=1), rhythm)
    assert after.first == period.last + timedelta(days=1)
    assert Period.parse(str(period)) == period


@given(day=DAYS)
def test_monthly_and_quarterly_matters_are_due_by_the_fifteenth(day: date) -> None:
    for rhythm in ("month", "quarter"):
        due = due_on(period_of(day, rhythm), RULES["funds"])
        assert due.day == 15
        assert due > day


def test_a_desk_without_money_or_projects_owes_nothing(desk: Desk) -> None:
    assert due_notices(desk, date(2026, 12, 1)) == []


def test_each_quarterly_kind_is_due_when_a_quarter_is_over(desk: Desk, books: Books) -> None:
    assert periodic(desk, date(2026, 3, 31)) == []
    due = periodic(desk, date(2026, 4, 1))
    assert [one.kind for one in due] == QUARTERLY
    assert {one.due_on for one in due} == {date(2026, 4, 15)}
    funds = due[QUARTERLY.index("funds")]
    assert funds.words == f"2026年第一季度“{funds.label}”公示"
    assert funds.note == "还没有做，应在2026年4月15日前张贴"
    assert (funds.scope, funds.name) == (Q1, "2026年第一季度")


@pytest.mark.parametrize(
    ("today", "days"), [(date(2026, 4, 15), 0), (date(2026, 4, 16), 1), (date(2026, 4, 18), 3), (date(2026, 5, 15), 30)]
)
def test_it_is_late_the_day_after_the_due_day_and_says_by_how_much(
    desk: Desk, books: Books, today: date, days: int
) -> None:
    due = periodic(desk, today)
    assert {one.days_late for one in due} == {days}
    assert {one.is_late for one in due} == {days > 0}
    assert (f"已过期{days}天，应在2026年4月15日前张贴" in due[0].note) is (days > 0)


def test_it_is_due_until_it_hangs(desk: Desk, books: Books) -> None:
    notice, _ = issued(desk, "funds")
    today = date(2026, 4, 8)
    assert "待张贴" in next(one for one in periodic(desk, today) if one.kind == "funds").note
    usecases.post_up(desk, notice.id, "村委会公示栏")
    assert [one.kind for one in periodic(desk, today)] == [code for code in QUARTERLY if code != "funds"]


@pytest.mark.parametrize("state", list(NoticeState))
def test_what_hung_is_not_due_again_in_whatever_state_it_ended(desk: Desk, books: Books, state: NoticeState) -> None:
    draft = usecases.prepare(desk, "funds", Q1)
    with desk.change("test.state") as change:
        change.put(replace(draft, state=state))
    due = {one.kind: one for one in periodic(desk, date(2026, 4, 8))}
    hung = {NoticeState.POSTED, NoticeState.CORRECTED, NoticeState.TAKEN_DOWN, NoticeState.FILED}
    assert ("funds" in due) is (state not in hung)
    if state not in hung:
        notice = due["funds"].notice
        assert (notice.id if notice else None) == (None if state is NoticeState.REFUSED else draft.id)


def test_older_quarters_come_first(desk: Desk, books: Books) -> None:
    assert periods_kept(desk, date(2026, 10, 1), "quarter") == [Period.quarter(2026, number) for number in (1, 2, 3)]
    days = [one.due_on for one in due_notices(desk, date(2027, 3, 1))]
    assert days == sorted(days)
    assert next_due(desk, date(2026, 10, 1)) == (Period.quarter(2026, 4), date(2027, 1, 15))


def test_months_and_years_are_kept_from_where_the_books_begin(desk: Desk, books: Books) -> None:
    assert periods_kept(desk, date(2026, 3, 31), "month") == [Period(2026, 1, 1), Period(2026, 2, 1)]
    assert periods_kept(desk, date(2026, 12, 31), "year") == []
    assert periods_kept(desk, date(2027, 1, 1), "year") == [Period(2026)]
    assert {one.kind for one in due_notices(desk, date(2027, 1, 1)) if one.period == Period(2026)} >= {"annual"}


def test_a_village_that_must_disclose_monthly_is_asked_monthly(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ruled(monkeypatch, desk, rhythm=Rhythm.MONTH):
        due = [one for one in due_notices(desk, date(2026, 3, 20)) if one.kind == "funds"]
    assert [(str(one.period), one.due_on, one.days_late) for one in due] == [
        ("2026-01", date(2026, 2, 15), 33),
        ("2026-02", date(2026, 3, 15), 5),
    ]


def test_what_nobody_requires_is_offered_and_never_late(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ruled(monkeypatch, desk, is_required=False):
        assert "funds" not in {one.kind for one in due_notices(desk, date(2026, 12, 1))}
        offered = [one for one in offered_notices(desk, date(2026, 12, 1)) if one.kind == "funds"]
    assert [one.is_late for one in offered] == [False] * 3
    assert offered[0].note == "还没有做，不是必须公开的，要公开请在2026年4月15日前张贴"


@contextmanager
def ruled(monkeypatch: pytest.MonkeyPatch, desk: Desk, **changes: object) -> Iterator[NoticeRule]:
    """Let other rules hold for the funds notice."""
    profile = village_store.profile(desk)
    rule: NoticeRule = replace(profile.notices["funds"], **changes)  # type: ignore[arg-type]
    changed = replace(profile, notices={**profile.notices, "funds": rule})
    with monkeypatch.context() as patch:
        patch.setattr(village_store, "profile", lambda _desk: changed)
        patch.setattr(
            "villagedesk.disclosure.due.rhythms", lambda: {**rhythms(), "funds": (rule.rhythm.value, rule.is_required)}
        )
        yield rule


# Events


@pytest.fixture
def one_meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the votes of one meeting of 2 March, and one from before the books, ask for notices."""
    before = replace(MEETING, scope=Scope(Period(2025), "OLD"), happened_on=date(2025, 12, 31))

    def occasions(kind: Kind, _desk: Desk, until: date) -> list[Occasion]:
        return [one for one in (before, MEETING) if kind.code == "votes" and one.happened_on <= until]

    monkeypatch.setattr(Kind, "occasions", occasions)


@pytest.mark.usefixtures("one_meeting")
@pytest.mark.parametrize(("today", "days"), [(date(2026, 3, 2), 0), (date(2026, 3, 12), 0), (date(2026, 3, 13), 1)])
def test_an_event_is_due_within_ten_days(desk: Desk, books: Books, today: date, days: int) -> None:
    (due,) = [one for one in due_notices(desk, today) if one.scope.topic_id]
    assert (due.kind, due.scope, due.due_on, due.days_late) == ("votes", MEETING.scope, date(2026, 3, 12), days)
    assert due.words == f"{MEETING.name}“{due.label}”公示"


@pytest.mark.usefixtures("one_meeting")
def test_an_event_is_due_until_a_notice_about_it_hangs(desk: Desk, books: Books) -> None:
    with desk.change("test.notices") as change:
        blank = Notice(
            slot=1, kind="votes", period="2026", topic_id="ANOTHER", title="表决", facts="{}",
            made_by=change.actor_id, profile_version="1", state=NoticeState.POSTED,
        )  # fmt: skip
        change.put(blank)
        draft = change.put(replace(blank, topic_id="EVENT", state=NoticeState.REVIEWED))
    (due,) = [one for one in due_notices(desk, date(2026, 3, 20)) if one.scope.topic_id]
    assert due.notice == draft
    with desk.change("test.notices") as change:
        change.put(replace(draft, state=NoticeState.TAKEN_DOWN))
    assert [one for one in due_notices(desk, date(2026, 3, 20)) if one.scope.topic_id] == []


def test_the_events_of_the_books_are_due(desk: Desk, books: Books) -> None:
    events = [one for one in due_notices(desk, date(2026, 4, 8)) if RULES[one.kind].rhythm is Rhythm.EVENT]
    assert "votes" in {one.kind for one in events}
    assert all(one.due_on >= date(2026, 1, 1) for one in events)


def test_events_are_asked_for_without_loading_a_kind(desk: Desk, books: Books) -> None:
    asked = (
        "import sys\nfrom datetime import date\nfrom pathlib import Path\n"
        "from villagedesk.storage.desk import Desk\nfrom villagedesk.disclosure.due import due_notices\n"
        "with Desk.open(Path(sys.argv[1]), write=False) as desk: due_notices(desk, date(2026, 4, 8))\n"
        "print(*(name for name in sys.modules if name.startswith('villagedesk.disclosure.kinds.')))"
    )
    words = [sys.executable, "-c", asked, str(desk.folder)]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert done.stdout.strip() == ""


# Many years


def test_the_calendar_takes_no_more_questions_for_many_years_than_for_one(
    desk: Desk, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    rows = desk.rows

    def counted(sql: str, values: Any = ()) -> Any:
        asked.append(sql)
        return rows(sql, values)

    monkeypatch.setattr(desk, "rows", counted)
    monkeypatch.setattr(Kind, "occasions", lambda *_: [])
    few = len(due_notices(desk, date(2026, 4, 8)))
    questions = len(asked)
    many = len(due_notices(desk, date(2046, 4, 8)))
    assert many > 50 * few / 2
    assert len(asked) - questions == questions <= 10
