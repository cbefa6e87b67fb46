"""The bank's file: only after the chain, every line once, nothing replaced, frozen with its digest."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.payroll.posts import (
    CHECKED,
    MARCH,
    PLAIN,
    REGISTER,
    ROSTER,
    a_post,
    as_,
    granted,
    person_with,
    standings,
    the_quarter,
    told,
)
from villagedesk.kernel.errors import FrozenRecord, NotSaved, RuleViolation
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import parse_yuan, yuan
from villagedesk.ledger.model import CashMove, CashMoveKind
from villagedesk.payments.model import ClaimState, PayrollKind
from villagedesk.payroll import store
from villagedesk.payroll.channels import channels
from villagedesk.payroll.drafting import proposed, recounted, work_line
from villagedesk.payroll.model import Batch, BatchLine
from villagedesk.payroll.usecases import (
    batch_findings,
    correct_account,
    make_payroll,
    record_refusal,
    write_again,
    write_batch,
)
from villagedesk.projects.model import Project
from villagedesk.storage.attachments import Attachment
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import read_grid
from villagedesk.village.model import Person, Purse
from villagedesk.village.purse import lowest
from villagedesk.village.usecases import import_roster


def test_the_bank_is_told_only_after_the_whole_chain(peopled: Desk, project: Project, tmp_path: Path) -> None:
    a_post(peopled, project, person_with(peopled, told()[0].account))
    payroll, claim = make_payroll(peopled, proposed(peopled, PayrollKind.BASE, project.id, MARCH), CHECKED)
    for state in set(ClaimState) - {ClaimState.GRANTED, ClaimState.PAID, ClaimState.DRAFT}:
        with peopled.change("test.state") as change:
            claim = change.put(replace(claim, state=state))
        with pytest.raises(RuleViolation) as refusal:
            write_batch(peopled, payroll.id, PLAIN, tmp_path, "有理由")
        assert [finding.code for finding in refusal.value.findings] == ["payroll.not_granted"]
    assert list(tmp_path.glob("*.txt")) == []
    granted(peopled, claim)
    write_batch(peopled, payroll.id, PLAIN, tmp_path)


def test_the_bank_is_not_told_to_pay_what_it_does_not_hold(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    _leave_in_bank(peopled, payroll.total_fen - 1)
    with pytest.raises(RuleViolation) as refusal:
        write_batch(peopled, payroll.id, PLAIN, tmp_path)
    assert [finding.code for finding in refusal.value.findings] == ["payroll.not_covered"]
    assert f"只有{yuan(payroll.total_fen - 1)}元" in str(refusal.value)
    assert list(tmp_path.glob("*.txt")) == []
    write_batch(peopled, payroll.id, PLAIN, tmp_path, "县里的钱今天到账，回单明天拿到再登记")


def test_what_the_bank_was_told_before_is_counted_in(peopled: Desk, tmp_path: Path) -> None:
    quarter, claim = the_quarter(peopled)
    month, claim = make_payroll(peopled, proposed(peopled, PayrollKind.BASE, claim.project_id, MARCH), CHECKED)
    granted(peopled, claim)
    _leave_in_bank(peopled, quarter.total_fen + month.total_fen - 1)
    write_batch(peopled, quarter.id, PLAIN, tmp_path)
    with pytest.raises(RuleViolation) as refusal:
        write_batch(peopled, month.id, PLAIN, tmp_path)
    assert [finding.code for finding in refusal.value.findings] == ["payroll.not_covered"]


def test_the_text_for_the_bank_is_what_its_answer_repeats(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    batch, file = write_batch(peopled, payroll.id, PLAIN, tmp_path)
    lines = file.read_bytes().decode("gbk").splitlines()
    assert lines[0] == "000001|5103209138144144653373|丁青强|1071.48|"
    assert len(lines) == len(told()) == batch.count
    assert batch.total_fen == payroll.total_fen
    assert file.name == "青山村2026年第一季度农村公共服务运行维护人员报酬发放表（绩效报酬）-2026年第1批.txt"


def test_the_batch_is_frozen_and_the_desk_keeps_the_file_by_its_digest(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    batch, file = write_batch(peopled, payroll.id, PLAIN, tmp_path)
    assert batch.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert peopled.get(Attachment, batch.digest).name == file.name
    assert peopled.content(batch.digest) == file.read_bytes()
    for record in (batch, store.batch_lines(peopled, batch.id)[0]):
        with pytest.raises(FrozenRecord), peopled.change("test.changed") as change:
            change.put(record)


def test_writing_it_is_logged(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    before, _, _ = peopled.tip()
    write_batch(peopled, payroll.id, PLAIN, tmp_path)
    written = list(peopled.entries(before))
    assert {entry.action for entry in written} == {"payroll.batch.written"}
    assert {entry.table_name for entry in written} == {"batches", "batch_lines", "attachments"}


def test_nobody_is_sent_to_the_bank_twice(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    write_batch(peopled, payroll.id, PLAIN, tmp_path)
    with pytest.raises(RuleViolation) as refusal:
        write_batch(peopled, payroll.id, PLAIN, tmp_path, "再写一次")
    assert [finding.code for finding in refusal.value.findings] == ["payroll.nobody"]


def test_the_schema_lets_no_line_go_twice_either(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    batch, _ = write_batch(peopled, payroll.id, PLAIN, tmp_path)
    (line, *_) = store.batch_lines(peopled, batch.id)
    with pytest.raises(FrozenRecord, match="不能再送"), peopled.change("test.sneaked_in") as change:
        change.put(replace(line, id="", version=0, place=99))


def test_a_lost_file_is_written_again_to_the_byte(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    batch, file = write_batch(peopled, payroll.id, PLAIN, tmp_path)
    content = file.read_bytes()
    file.unlink()
    assert write_again(peopled, batch.id, tmp_path).read_bytes() == content


def test_a_file_that_lies_there_is_not_covered(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    name = f"青山村{payroll.title}-2026年第1批.txt"
    (tmp_path / name).write_text("别人的", "utf-8")
    with pytest.raises(RuleViolation, match="没有覆盖"):
        write_batch(peopled, payroll.id, PLAIN, tmp_path)
    assert (tmp_path / name).read_text("utf-8") == "别人的"
    assert peopled.find(Batch) == []


def test_a_folder_that_is_gone_leaves_no_batch_behind(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    with pytest.raises(NotSaved, match="不见了"):
        write_batch(peopled, payroll.id, PLAIN, tmp_path / "U盘")
    assert peopled.find(Batch) == []
    assert set(standings(peopled, payroll.id).values()) == {"waiting"}


def test_when_the_books_cannot_be_written_no_file_is_left(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)

    def fails(content: object) -> None:
        del content
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("villagedesk.storage.change.Change.check_unbroken", fails)
        with pytest.raises(KeyboardInterrupt):
            write_batch(peopled, payroll.id, PLAIN, tmp_path)
    assert list(tmp_path.glob("*.txt")) == []
    assert peopled.find(Batch) == []


def test_a_character_the_bank_cannot_read_is_named_and_nothing_is_written(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    person = person_with(peopled, told()[0].account)
    with peopled.change("test.renamed") as change:
        change.put(replace(person, name="王𬭎"))
    with pytest.raises(RuleViolation) as refusal:
        write_batch(peopled, payroll.id, PLAIN, tmp_path, "有理由")
    (finding,) = refusal.value.findings
    assert finding.code == "payroll.unwritable"
    assert "“王𬭎”的户名" in finding.message
    assert "“𬭎”（U+2CB4E）" in finding.message
    assert list(tmp_path.glob("*.txt")) == []
    assert peopled.find(Batch) == []
    for key in ("bank_text_utf8", "one_card_roster"):
        assert "payroll.unwritable" not in [one.code for one in _findings(peopled, payroll.id, key)]


def _findings(desk: Desk, payroll_id: str, key: str) -> list[Finding]:
    from villagedesk.payroll.usecases import batch_findings

    return list(batch_findings(desk, payroll_id, key))


def test_a_bar_in_a_name_would_part_the_line_and_is_named(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    with peopled.change("test.renamed") as change:
        change.put(replace(person_with(peopled, told()[0].account), name="丁|强"))
    with pytest.raises(RuleViolation, match=r"“\|”（U\+007C）"):
        write_batch(peopled, payroll.id, PLAIN, tmp_path)


@pytest.mark.parametrize("key", [one.key for one in channels()])
def test_every_channel_writes_a_file_that_says_the_same(peopled: Desk, tmp_path: Path, key: str) -> None:
    payroll, _ = the_quarter(peopled)
    _, file = write_batch(peopled, payroll.id, key, tmp_path)
    said = read_grid(file).rows
    accounts = [line.account for line in told()]
    column = next(place for place, cell in enumerate(said[-1]) if cell == accounts[-1])
    assert [row[column] for row in said][-len(accounts) :] == accounts, "accounts are text, to the last figure"


def test_the_same_batch_is_the_same_file_to_the_byte(peopled: Desk) -> None:
    from villagedesk.payroll import bank
    from villagedesk.payroll.usecases import sending

    payroll, _ = the_quarter(peopled)
    payments = sending(peopled, payroll.id).payments
    for one in channels():
        assert bank.written(one, payments) == bank.written(one, payments)


def test_the_rosters_17_columns_are_those_of_the_platform_cell_by_cell(
    peopled: Desk, project: Project, tmp_path: Path
) -> None:
    assert REGISTER.exists()
    import_roster(peopled, ROSTER)
    wanted = read_grid(ROSTER).rows
    by_id = {person.id_number: person for person in peopled.find(Person)}
    lines = [
        work_line(peopled, by_id[str(row[11])], standard_fen=parse_yuan(str(row[15])), work="地力补贴")
        for row in wanted[1:]
    ]
    run = replace(proposed(peopled, PayrollKind.RENT, project.id, MARCH), lines=tuple(lines))
    payroll, claim = make_payroll(peopled, recounted(run), CHECKED)
    granted(peopled, claim)
    _, file = write_batch(peopled, payroll.id, "one_card_roster", tmp_path)
    assert file.read_bytes()[:8] == bytes.fromhex("d0cf11e0a1b11ae1"), "a real .xls, no .xlsx by another name"
    assert read_grid(file).rows == wanted


def test_what_failed_is_paid_again_to_the_corrected_account(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    first, _ = write_batch(peopled, payroll.id, PLAIN, tmp_path)
    record_refusal(peopled, first.id, "银行说格式不对，整批退回")
    with pytest.raises(RuleViolation) as refusal:
        write_batch(peopled, payroll.id, PLAIN, tmp_path)
    assert [finding.code for finding in refusal.value.findings] == ["payroll.same_account"]
    second, _ = write_batch(peopled, payroll.id, PLAIN, tmp_path, "格式已经改好，账号没有错")
    assert (second.reissues_id, second.number, second.count) == (first.id, 2, first.count)


def test_who_is_paid_again_has_an_account_in_the_register(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    first, _ = write_batch(peopled, payroll.id, PLAIN, tmp_path)
    record_refusal(peopled, first.id, "整批退回")
    with peopled.change("test.account") as change:
        change.put(replace(person_with(peopled, told()[0].account), account=""))
    with pytest.raises(RuleViolation) as refusal:
        write_batch(peopled, payroll.id, PLAIN, tmp_path, "账号没有错")
    assert "payroll.no_account" in [finding.code for finding in refusal.value.findings]


def test_a_batch_that_was_answered_is_not_refused_as_a_whole(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    batch, _ = write_batch(peopled, payroll.id, PLAIN, tmp_path)
    record_refusal(peopled, batch.id, "整批退回")
    with pytest.raises(RuleViolation, match="已经答复过"):
        record_refusal(peopled, batch.id, "又退回")


def test_an_account_that_moved_after_the_sheet_is_told(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    with peopled.change("test.account") as change:
        change.put(replace(person_with(peopled, told()[0].account), account="6214591510225522956"))
    with pytest.raises(RuleViolation) as refusal:
        write_batch(peopled, payroll.id, PLAIN, tmp_path)
    assert [finding.code for finding in refusal.value.findings] == ["payroll.moved_account"]
    batch, _ = write_batch(peopled, payroll.id, PLAIN, tmp_path, "旧账号还在用")
    assert store.batch_lines(peopled, batch.id)[0].account == told()[0].account, "the sheet is a frozen snapshot"


def test_an_account_nobody_put_right_is_not_paid_to_in_silence(peopled: Desk, tmp_path: Path) -> None:
    """The sheet's account was said to be right, failed for another reason, and the register still has the old one."""
    payroll, _ = the_quarter(peopled)
    person = person_with(peopled, told()[0].account)
    with peopled.change("test.account") as change:
        person = change.put(replace(person, account="5103201234567890123456"))
    batch, _ = write_batch(peopled, payroll.id, PLAIN, tmp_path, "表上的是新存折")
    record_refusal(peopled, batch.id, "银行系统维护")
    found = {one.code: one.message for one in batch_findings(peopled, payroll.id, PLAIN)}
    assert set(found) == {"payroll.same_account", "payroll.old_account"}
    assert found["payroll.old_account"].startswith(f"“{person.name}”上次送的是表上的账号")
    correct_account(peopled, person.id, "5103201234567890123457", reason="换了新存折，照存折核对过")
    assert [one.code for one in batch_findings(peopled, payroll.id, PLAIN)] == ["payroll.same_account"]


def test_an_account_of_another_household_never_reaches_the_bank(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    paid = person_with(peopled, told()[0].account)
    thief = peopled.find(Person, "account <> '' AND household_id <> ?", [paid.household_id], "rowid DESC")[0]
    with peopled.change("test.account") as change:
        change.put(replace(thief, account=paid.account))
    with pytest.raises(RuleViolation) as refusal:
        write_batch(peopled, payroll.id, PLAIN, tmp_path, "有理由")
    assert [finding.code for finding in refusal.value.findings] == ["village.strangers_account"]
    assert f"在户册里是“{thief.name}”的，不是同一户" in str(refusal.value)
    assert list(tmp_path.glob("*.txt")) == []


def test_only_the_accountant_writes_the_banks_file(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    as_(peopled, "钱组长")
    with pytest.raises(RuleViolation, match="由村会计办理"):
        write_batch(peopled, payroll.id, PLAIN, tmp_path)
    assert peopled.find(BatchLine) == []


def test_the_schema_writes_no_batch_of_a_claim_under_way(peopled: Desk, tmp_path: Path) -> None:
    payroll, _ = the_quarter(peopled)
    batch, _ = write_batch(peopled, payroll.id, PLAIN, tmp_path)
    record_refusal(peopled, batch.id, "整批退回")
    claim = store.claim_of(peopled, payroll.id)
    assert claim
    with peopled.change("test.queried") as change:
        change.put(replace(claim, state=ClaimState.QUERIED))
    with pytest.raises(FrozenRecord, match="没有审核完"), peopled.change("test.sneaked_in") as change:
        change.put(replace(batch, id="", version=0, number=9))


@pytest.mark.parametrize("state", [ClaimState.WITHDRAWN, ClaimState.QUERIED, ClaimState.REFUSED])
def test_a_claim_whose_money_is_at_the_bank_is_held(peopled: Desk, tmp_path: Path, state: ClaimState) -> None:
    payroll, _ = the_quarter(peopled)
    write_batch(peopled, payroll.id, PLAIN, tmp_path)
    claim = store.claim_of(peopled, payroll.id)
    assert claim
    with pytest.raises(FrozenRecord, match="已经送银行"), peopled.change("test.withdrawn") as change:
        change.put(replace(claim, state=state))
    with peopled.change("test.paid") as change:
        change.put(replace(claim, state=ClaimState.PAID))


def test_a_sheet_posted_without_a_file_for_the_bank_was_perhaps_paid_already(peopled: Desk, tmp_path: Path) -> None:
    payroll, claim = the_quarter(peopled)
    with peopled.change("test.posted") as change:
        change.put(replace(claim, state=ClaimState.PAID))
    assert store.sheet_line(peopled, payroll.id).is_posted_only
    with pytest.raises(RuleViolation) as refusal:
        write_batch(peopled, payroll.id, PLAIN, tmp_path)
    assert [finding.code for finding in refusal.value.findings] == ["payroll.paid_elsewhere"]
    write_batch(peopled, payroll.id, PLAIN, tmp_path, "先入账后送的银行")
    assert not store.sheet_line(peopled, payroll.id).is_posted_only


def _leave_in_bank(desk: Desk, left_fen: int) -> None:
    """Take all but so much from the bank into the cash box."""
    day = desk.clock.now().date()
    taken = lowest(desk, Purse.BANK, day) - left_fen
    with desk.change("ledger.cash.moved") as change:
        change.put(CashMove(kind=CashMoveKind.WITHDRAWN, moved_on=day, amount_fen=taken, made_by=change.actor_id))
