"""The first page says how many objections wait, and which is due first."""

from datetime import timedelta

from tests.disclosure.books import issued, keep_books
from villagedesk.app.today import Todo, todos
from villagedesk.disclosure import usecases
from villagedesk.disclosure.model import ReplyOutcome
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk


def said(desk: Desk) -> list[Todo]:
    return [todo for todo in todos(desk) if todo.page == "objections"]


def test_what_waits_for_an_answer_is_one_thing_to_do_red_when_late(desk: Desk, clock: SetClock) -> None:
    keep_books(desk, clock)
    notice, _ = issued(desk)
    assert said(desk) == []
    one, two = (usecases.register_objection(desk, notice.id, text) for text in ("问一", "问二"))
    (todo,) = said(desk)
    assert (todo.words, todo.is_late) == ("2件异议等答复", False)
    assert todo.note == "异议〔2026〕1号：还剩3天，应在2026年4月11日前答复"
    usecases.pause(desk, one.id, "等复核")
    clock.set(clock.now() + timedelta(days=5))
    (todo,) = said(desk)
    assert (todo.note, todo.is_late) == ("异议〔2026〕2号：过期2天，应在2026年4月11日前答复", True)
    usecases.reply(desk, two.id, ReplyOutcome.EXPLAINED, "答")
    (todo,) = said(desk)
    assert (todo.words, todo.is_late) == ("1件异议等答复", False)
    assert todo.note == "异议〔2026〕1号：从2026年4月8日起暂停计时，恢复以后接着算"
    usecases.reply(desk, one.id, ReplyOutcome.EXPLAINED, "答")
    assert said(desk) == []
