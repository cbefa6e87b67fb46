"""The first page says which month should be closed by now, and what waits for the head."""

from tests.closing.months import a_month, closed, on, prepared
from villagedesk.app.today import todos
from villagedesk.closing.usecases import ask_reopening
from villagedesk.kernel.clock import SetClock
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Role


def told(desk: Desk) -> list[tuple[str, Role, bool]]:
    return [(todo.words, todo.role, todo.is_late) for todo in todos(desk) if todo.page == "closing"]


def test_a_month_is_named_once_it_should_be_closed(desk: Desk, clock: SetClock) -> None:
    a_month(desk, clock)
    on(clock, 2, 10)
    assert told(desk) == []
    on(clock, 2, 11)
    assert told(desk) == [("2026年1月还没有结账", Role.ACCOUNTANT, True)]
    (todo,) = [todo for todo in todos(desk) if todo.page == "closing"]
    assert todo.note == "应在2026年2月10日前结账"
    prepared(desk)
    assert told(desk) == [("2026年1月的结账办好了，等人确认", Role.HEAD, False)]
    closing = closed(desk)
    assert told(desk) == []
    ask_reopening(desk, closing.id, "漏记", 3)
    assert told(desk) == [("有一份反结账申请等您同意", Role.HEAD, False)]
