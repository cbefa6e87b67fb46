"""Who gets several lines of a sheet stands once in the platform's roster, with the sum, and the answer tells them all."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.payroll.posts import CHECKED, MARCH, PLAIN, granted, person_with, told
from villagedesk.app.intake import look_at
from villagedesk.kernel.errors import RuleViolation
from villagedesk.payments.model import Payroll, PayrollKind
from villagedesk.payroll import papers, store
from villagedesk.payroll.drafting import proposed, recounted, work_line
from villagedesk.payroll.usecases import make_payroll, take_in_return, write_batch
from villagedesk.projects.model import Project
from villagedesk.reports.sheet import text_of
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import read_grid
from villagedesk.village.model import Person

ROSTER = "one_card_roster"
OTHER = "6214578859271147013"


@pytest.fixture
def labour(peopled: Desk, project: Project) -> Payroll:
    """A sheet that pays one person for two pieces of work, and another for one; its claim is granted."""
    first, second = (person_with(peopled, line.account) for line in told()[:2])
    lines = (
        work_line(peopled, first, standard_fen=10_000, day_tenths=55, work="3月2日 清沟"),
        work_line(peopled, second, standard_fen=10_000, day_tenths=5, work="3月2日 清沟"),
        work_line(peopled, first, standard_fen=12_000, day_tenths=10, work="3月9日 铺路"),
    )
    run = recounted(replace(proposed(peopled, PayrollKind.LABOUR, project.id, MARCH), lines=lines))
    payroll, claim = make_payroll(peopled, run, CHECKED)
    granted(peopled, claim)
    return payroll


def answer(folder: Path, rows: list[str]) -> Path:
    file = folder / "回盘.txt"
    file.write_bytes("".join(f"{row}\r\n" for row in rows).encode("gbk"))
    return file


def test_the_roster_has_a_row_for_each_person_and_our_own_reader_takes_it(
    peopled: Desk, labour: Payroll, tmp_path: Path
) -> None:
    batch, file = write_batch(peopled, labour.id, ROSTER, tmp_path)
    rows = read_grid(file).rows
    assert [(row[0], row[10], row[15]) for row in rows[1:]] == [
        (1.0, told()[0].name, "670.00"), (2.0, told()[1].name, "50.00"),
    ]  # fmt: skip
    assert (batch.count, batch.total_fen, len(store.batch_lines(peopled, batch.id))) == (2, 72_000, 3)
    assert look_at(peopled, file, "roster").problems == ()
    assert "670.00" in text_of(papers.batch_sheet(peopled, batch.id))


def test_a_channel_that_lets_people_stand_twice_has_a_row_for_each_line(
    peopled: Desk, labour: Payroll, tmp_path: Path
) -> None:
    batch, file = write_batch(peopled, labour.id, PLAIN, tmp_path)
    assert len(file.read_bytes().splitlines()) == 3
    assert [row.amount_fen for row in store.file_rows(peopled, batch)] == [55_000, 5_000, 12_000]


def test_the_answer_about_a_row_is_about_all_its_lines(peopled: Desk, labour: Payroll, tmp_path: Path) -> None:
    one, two = told()[:2]
    write_batch(peopled, labour.id, ROSTER, tmp_path)
    file = answer(
        tmp_path, [f"1|{one.account}|{one.name}|670.00|失败|户名不符", f"2|{two.account}|{two.name}|50.00|成功|"]
    )
    seen = take_in_return(peopled, file)
    assert [(told.line.amount_fen, told.outcome.value) for told in seen.told] == [
        (55_000, "failed"), (12_000, "failed"), (5_000, "paid"),
    ]  # fmt: skip
    assert [one.standing.value for one in store.standings(peopled, labour.id)] == ["failed", "paid", "failed"]
    again, _ = write_batch(peopled, labour.id, ROSTER, tmp_path, "户名已经和银行核对")
    assert (again.count, again.total_fen) == (1, 67_000)


def test_somebody_paid_to_two_accounts_cannot_be_one_row(peopled: Desk, labour: Payroll, tmp_path: Path) -> None:
    from villagedesk.payroll.bank import as_rows, one_account_each
    from villagedesk.payroll.channels import channel
    from villagedesk.payroll.usecases import sending

    payments = list(sending(peopled, labour.id).payments)
    payments[2] = replace(payments[2], account=OTHER)
    (finding,) = one_account_each(channel(ROSTER), payments)
    assert finding.code == "payroll.two_accounts"
    assert list(one_account_each(channel(PLAIN), payments)) == []
    assert len(as_rows(channel(PLAIN), payments)) == 3


def test_two_lines_to_two_accounts_write_no_roster(peopled: Desk, project: Project, tmp_path: Path) -> None:
    first = person_with(peopled, told()[0].account)
    land = [
        work_line(peopled, first, standard_fen=60_000, quantity=Decimal(one), unit="亩", work=f"{one}号田")
        for one in ("1", "2")
    ]
    run = recounted(replace(proposed(peopled, PayrollKind.RENT, project.id, MARCH), lines=tuple(land)))
    payroll, claim = make_payroll(peopled, run, CHECKED)
    granted(peopled, claim)
    (_, second) = store.lines_of(peopled, payroll.id)
    with pytest.MonkeyPatch.context() as patch:
        lines = store.lines_of(peopled, payroll.id)
        patch.setattr(store, "lines_of", lambda desk, one: [lines[0], replace(second, account=OTHER)])
        with pytest.raises(RuleViolation, match="打到不同的账号"):
            write_batch(peopled, payroll.id, ROSTER, tmp_path, "有理由")
    assert list(tmp_path.glob("*.xls")) == []


def test_a_couple_with_one_account_is_told_apart_by_name_where_the_bank_gives_no_numbers(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    first = person_with(peopled, told()[0].account)
    wife = peopled.find(Person, "household_id = ? AND id <> ?", [first.household_id, first.id])[0]
    with peopled.change("test.account") as change:
        wife = change.put(replace(wife, account=first.account))
    lines = tuple(work_line(peopled, one, standard_fen=10_000, day_tenths=10, work="清沟") for one in (first, wife))
    run = recounted(replace(proposed(peopled, PayrollKind.LABOUR, project.id, MARCH), lines=lines))
    payroll, claim = make_payroll(peopled, run, CHECKED)
    granted(peopled, claim)
    write_batch(peopled, payroll.id, PLAIN, tmp_path)
    rows = [f"|{one.account}|{one.name}|100.00|{word}" for one, word in ((wife, "失败|户名不符|"), (first, "成功||"))]
    seen = take_in_return(peopled, answer(tmp_path, rows))
    assert [(one.line.name, one.outcome) for one in seen.told] == [(first.name, "paid"), (wife.name, "failed")]
