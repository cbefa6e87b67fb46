"""The bank's answer goes in whole or not at all; who failed is paid again, until everybody is paid."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.payroll.posts import ANSWER, CHECKED, PLAIN, as_, person_with, sent, standings, told
from villagedesk.kernel.errors import BadInput, FrozenRecord, RuleViolation
from villagedesk.payroll import store
from villagedesk.payroll.model import BankAnswer, PayOutcome
from villagedesk.payroll.store import Standing
from villagedesk.payroll.usecases import preview_return, record_answer, record_refusal, take_in_return, write_batch
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Import

FAILED = ("方琴桂", "解海华")


def correct(desk: Desk, name: str, account: str) -> None:
    """Put somebody's account right in the register."""
    account_now = next(line.account for line in told() if line.name == name)
    with desk.change("test.account") as change:
        change.put(replace(person_with(desk, account_now), account=account))


def test_the_real_answer_goes_in_untouched(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    seen = take_in_return(peopled, ANSWER)
    assert seen.batch == batch
    assert tuple(one.line.name for one in seen.not_paid) == FAILED
    where = standings(peopled, batch.payroll_id)
    assert {name for name, standing in where.items() if standing == "failed"} == set(FAILED)
    assert {standing for name, standing in where.items() if name not in FAILED} == {"paid"}
    reasons = {one.reason for _, one in store.unpaid(peopled)}
    assert reasons == {"户名不符"}


def test_a_preview_says_it_all_and_writes_nothing(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    before = peopled.tip()
    seen = preview_return(peopled, ANSWER)
    assert len(seen.told) == batch.count
    assert seen.paid_fen == batch.total_fen - sum(one.line.amount_fen for one in seen.not_paid)
    assert peopled.tip() == before


def test_the_file_is_kept_with_the_taking_in(peopled: Desk, tmp_path: Path) -> None:
    sent(peopled, tmp_path)
    take_in_return(peopled, ANSWER)
    (taken,) = peopled.find(Import, "kind = 'bank_return'")
    assert (taken.kind, taken.file_name, taken.count) == ("bank_return", ANSWER.name, len(told()))
    assert peopled.content(taken.attachment_id) == ANSWER.read_bytes()
    assert {answer.import_id for answer in peopled.find(BankAnswer)} == {taken.id}


def test_it_goes_in_once(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    take_in_return(peopled, ANSWER)
    with pytest.raises(BadInput, match="没有等待回盘的批次"):
        take_in_return(peopled, ANSWER)
    with pytest.raises(RuleViolation, match="已经登记过"):
        take_in_return(peopled, ANSWER, batch.id)
    assert len(peopled.find(BankAnswer)) == batch.count


def test_a_name_the_bank_could_not_write_is_matched_all_the_same(peopled: Desk, tmp_path: Path) -> None:
    sent(peopled, tmp_path)
    printed = tmp_path / "回盘.txt"
    printed.write_bytes(ANSWER.read_bytes().decode("gbk").replace("陈龑", "陈?").encode("gbk"))
    assert len(take_in_return(peopled, printed).told) == len(told())


@pytest.mark.parametrize("name", ["陈某", "?", "陈??", "陈龑龑"])
def test_another_name_is_not_matched(peopled: Desk, tmp_path: Path, name: str) -> None:
    batch = sent(peopled, tmp_path)
    printed = tmp_path / "回盘.txt"
    printed.write_bytes(ANSWER.read_bytes().decode("gbk").replace("陈龑", name).encode("gbk"))
    with pytest.raises(BadInput) as refusal:
        take_in_return(peopled, printed, batch.id)
    assert [(problem.row, problem.column) for problem in refusal.value.problems] == [(13, "户名")]


def test_the_batch_is_found_by_what_the_file_is_about(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    take_in_return(peopled, ANSWER)
    for name, account in zip(FAILED, ("5103201234567890123456", "5103201234567890123457"), strict=True):
        correct(peopled, name, account)
    again, file = write_batch(peopled, batch.payroll_id, PLAIN, tmp_path)
    answer = tmp_path / "回盘2.txt"
    lines = file.read_bytes().decode("gbk").splitlines()
    answer.write_bytes("".join(f"{line}成功|\r\n" for line in lines).encode("gbk"))
    assert take_in_return(peopled, answer).batch == again
    assert store.unpaid(peopled) == []
    assert set(standings(peopled, batch.payroll_id).values()) == {"paid"}


def test_money_that_comes_back_later_bounces_and_is_paid_again(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    take_in_return(peopled, ANSWER)
    (line, *_) = store.batch_lines(peopled, batch.id)
    record_answer(peopled, line.id, PayOutcome.BOUNCED, "账户已销户")
    assert standings(peopled, batch.payroll_id)[line.name] == "bounced"
    for name, account in zip((line.name, *FAILED), ("5103201234567890123456", "5103201234567890123457", "5103201234567890123458"),
                             strict=True):  # fmt: skip
        correct(peopled, name, account)
    again, _ = write_batch(peopled, batch.payroll_id, PLAIN, tmp_path)
    assert {one.name for one in store.batch_lines(peopled, again.id)} == {line.name, *FAILED}


def test_what_was_not_paid_cannot_bounce_and_nothing_is_answered_twice(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    (line, *_) = store.batch_lines(peopled, batch.id)
    with pytest.raises(RuleViolation, match="还没有到账"):
        record_answer(peopled, line.id, PayOutcome.BOUNCED, "账户已销户")
    record_answer(peopled, line.id, PayOutcome.PAID)
    for outcome in (PayOutcome.PAID, PayOutcome.FAILED):
        with pytest.raises(RuleViolation, match="不能再改"):
            record_answer(peopled, line.id, outcome, "又说一次")


def test_an_old_batch_says_nothing_more_once_the_line_went_out_again(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    (line, *_) = store.batch_lines(peopled, batch.id)
    record_refusal(peopled, batch.id, "整批退回")
    write_batch(peopled, batch.payroll_id, PLAIN, tmp_path, CHECKED)
    with pytest.raises(RuleViolation, match="登记在补发的那一批"):
        record_answer(peopled, line.id, PayOutcome.BOUNCED, "退票")


def test_what_did_not_arrive_has_a_reason(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    (line, *_) = store.batch_lines(peopled, batch.id)
    with pytest.raises(RuleViolation, match="原因"):
        record_answer(peopled, line.id, PayOutcome.FAILED, " ")


@pytest.mark.parametrize(("day", "code"), [(date(2026, 4, 9), "ahead"), (date(2026, 4, 7), "before")])
def test_the_bank_answers_after_it_was_told_and_not_in_the_future(
    peopled: Desk, tmp_path: Path, day: date, code: str
) -> None:
    sent(peopled, tmp_path)
    with pytest.raises(RuleViolation) as refusal:
        take_in_return(peopled, ANSWER, told_on=day)
    assert [finding.code for finding in refusal.value.findings] == [f"payroll.told_{code}"]
    assert peopled.find(BankAnswer) == []


def test_an_answer_is_frozen(peopled: Desk, tmp_path: Path) -> None:
    sent(peopled, tmp_path)
    take_in_return(peopled, ANSWER)
    answer = peopled.find(BankAnswer, "outcome = 'failed'")[0]
    with pytest.raises(FrozenRecord), peopled.change("test.changed") as change:
        change.put(replace(answer, outcome=PayOutcome.PAID))


def test_a_sheet_shows_how_many_are_paid_and_how_many_came_back(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    before = store.sheet_line(peopled, batch.payroll_id)
    take_in_return(peopled, ANSWER)
    after = store.sheet_line(peopled, batch.payroll_id)
    assert (before.sent, before.paid, before.back) == (14, 0, 0)
    assert (after.sent, after.paid, after.back) == (0, 12, 2)
    assert [one.standing for _, one in store.unpaid(peopled)] == [Standing.FAILED] * 2


def test_only_the_accountant_takes_the_answer_in(peopled: Desk, tmp_path: Path) -> None:
    sent(peopled, tmp_path)
    as_(peopled, "周监督")
    with pytest.raises(RuleViolation, match="由村会计办理"):
        take_in_return(peopled, ANSWER)


def rewritten(folder: Path, change: Callable[[int, list[str]], list[str]]) -> Path:
    """Write the bank's real answer with each of its rows changed; ``change`` is told the place, from 1."""
    rows = [line.split("|") for line in ANSWER.read_bytes().decode("gbk").splitlines()]
    file = folder / "另写的回盘.txt"
    file.write_bytes("".join("|".join(change(at, row)) + "\r\n" for at, row in enumerate(rows, 1)).encode("gbk"))
    return file


def test_the_banks_own_numbers_are_not_taken_for_ours(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    file = rewritten(tmp_path, lambda at, row: [f"20260408{at:08d}", *row[1:]])
    assert len(take_in_return(peopled, file).told) == batch.count


def test_without_numbers_a_row_is_known_by_its_account_and_amount(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    file = rewritten(tmp_path, lambda at, row: ["", *row[1:]])
    assert len(take_in_return(peopled, file).told) == batch.count


def test_a_line_written_down_by_hand_stands_and_the_rest_come_in(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    lines = {line.name: line for line in store.batch_lines(peopled, batch.id)}
    record_answer(peopled, lines[FAILED[0]].id, PayOutcome.FAILED, "银行来电话：户名不符")
    take_in_return(peopled, ANSWER)
    assert len(peopled.find(BankAnswer)) == batch.count
    assert standings(peopled, batch.payroll_id)[FAILED[0]] == "failed"
    with pytest.raises(RuleViolation, match="已经登记过"):
        take_in_return(peopled, ANSWER, batch.id)


def test_a_line_written_down_by_hand_otherwise_is_asked_about(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    line = next(one for one in store.batch_lines(peopled, batch.id) if one.name == FAILED[0])
    record_answer(peopled, line.id, PayOutcome.PAID)
    with pytest.raises(RuleViolation, match=f"“{FAILED[0]}”先前登记的是成功，回盘写的是失败"):
        take_in_return(peopled, ANSWER)
    assert len(peopled.find(BankAnswer)) == 1
    record_answer(peopled, line.id, PayOutcome.BOUNCED, "银行说没有发成")
    take_in_return(peopled, ANSWER)
    assert standings(peopled, batch.payroll_id)[FAILED[0]] == "bounced"


def test_a_file_that_answered_another_batch_is_told(peopled: Desk, tmp_path: Path) -> None:
    batch = sent(peopled, tmp_path)
    answer = rewritten(tmp_path, lambda at, row: [*row[:4], "失败", "系统维护", ""])
    assert take_in_return(peopled, answer).note == ""
    write_batch(peopled, batch.payroll_id, PLAIN, tmp_path, CHECKED)
    seen = preview_return(peopled, answer)
    assert seen.note.startswith("这个文件和2026年第1批登记过的回盘一模一样，请看清楚是不是2026年第2批的回盘")
