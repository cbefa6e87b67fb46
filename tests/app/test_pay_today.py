"""The first page says whose pay came back, until it is paid again."""

from pathlib import Path

from tests.payroll.posts import ANSWER, CHECKED, PLAIN, REGISTER, in_april, sent
from villagedesk.app.today import todos
from villagedesk.kernel.clock import SetClock
from villagedesk.payroll.usecases import take_in_return, write_batch
from villagedesk.storage.desk import Desk
from villagedesk.ui.pages import PAGES
from villagedesk.village.usecases import import_people


def test_two_failures_are_to_be_paid_again(desk: Desk, clock: SetClock, tmp_path: Path) -> None:
    in_april(clock)
    import_people(desk, REGISTER)
    batch = sent(desk, tmp_path)
    count = next(page.todo for page in PAGES if page.key == "payroll")
    assert count
    assert not [todo for todo in todos(desk) if todo.page == "payroll"]
    take_in_return(desk, ANSWER)
    assert [(todo.count, todo.words) for todo in todos(desk) if todo.page == "payroll"] == [
        (2, "2笔报酬没有到账，改正账号后补发")
    ]
    assert count(desk) == 2
    write_batch(desk, batch.payroll_id, PLAIN, tmp_path, CHECKED)
    assert not [todo for todo in todos(desk) if todo.page == "payroll"]
    assert count(desk) == 0
