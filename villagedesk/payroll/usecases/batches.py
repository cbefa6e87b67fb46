"""What a person does to have people paid: write the bank's file once and for good, and again if it is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from villagedesk.kernel.canonical import digest_of
from villagedesk.kernel.errors import DamagedDesk, stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.payments.model import ClaimState, Payroll
from villagedesk.payroll import bank, bankrules, rules, store
from villagedesk.payroll.bank import Payment
from villagedesk.payroll.channels import Channel, channel
from villagedesk.payroll.model import Batch, BatchLine
from villagedesk.payroll.store import TO_SEND, LineStanding, Standing
from villagedesk.storage.desk import Desk
from villagedesk.storage.saving import file_name, save_file
from villagedesk.village.accounts import own_accounts
from villagedesk.village.authority import acting
from villagedesk.village.model import Purse, Role
from villagedesk.village.purse import lowest
from villagedesk.village.store import account_holders, office

_MEDIA_TYPES = {
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
}


@dataclass(frozen=True, slots=True)
class Sending:
    """What would go to the bank now: the lines still to be paid, each with its payment."""

    payroll: Payroll
    lines: tuple[LineStanding, ...]
    payments: tuple[Payment, ...]

    @property
    def total_fen(self) -> int:
        """What all of it comes to, in fen."""
        return sum(pay.amount_fen for pay in self.payments)


def sending(desk: Desk, payroll_id: str) -> Sending:
    """Return what of a sheet would go to the bank now; what failed goes to the account the register has today."""
    payroll = desk.get(Payroll, payroll_id)
    lines = tuple(one for one in store.standings(desk, payroll_id) if one.standing in TO_SEND)
    return Sending(payroll, lines, tuple(_payments(desk, payroll, lines)))


def batch_findings(desk: Desk, payroll_id: str, channel_key: str) -> list[Finding]:
    """Return all that stands against a batch, for the page, the command and the writing of it alike."""
    return _findings(desk, sending(desk, payroll_id), channel(channel_key))


def write_batch(desk: Desk, payroll_id: str, channel_key: str, folder: Path, reason: str = "") -> tuple[Batch, Path]:
    """Write the file for the bank into a folder, and freeze what went into it; returns the batch and the file.

    The first batch pays the whole sheet; the next ones (补发) what failed or bounced. The desk keeps the file under
    its digest, sealed whenever it travels. Warnings pass with a written ``reason``. Raises RuleViolation when the
    claim is not through its chain, when nobody is to be paid, or when a character cannot be written; NotSaved when
    the folder cannot be written. Nothing is stored and no file is left then.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    wanted = channel(channel_key)
    file: Path | None = None
    try:
        with desk.change("payroll.batch.written", reason=reason) as change:  # who is paid is read in this moment
            going = sending(desk, payroll_id)
            stop_at(_findings(desk, going, wanted), reason)
            rows = bank.as_rows(wanted, going.payments)
            content = bank.written(wanted, rows)
            batch = change.put(_batch(desk, going, wanted, len(rows), content, actor.id))
            change.put_all(_batch_lines(batch, going))
            change.attach(batch.file_name, _MEDIA_TYPES.get(wanted.ending, "text/plain"), content)
            stop_at(bankrules.free_name(batch.file_name, is_taken=(folder / batch.file_name).exists()))
            file = folder / batch.file_name
            save_file(file, content)
    except BaseException:
        if file:
            file.unlink(missing_ok=True)
        raise
    return batch, file


def write_again(desk: Desk, batch_id: str, folder: Path) -> Path:
    """Write a batch's file once more, to the byte as it was kept: for a stick that was lost before the bank had it.

    Raises NotSaved when the folder cannot be written, DamagedDesk when what was kept is not what was sent.
    """
    acting(desk, Role.ACCOUNTANT)
    batch = desk.get(Batch, batch_id)
    content = desk.content(batch.digest)
    if digest_of(content) != batch.digest:
        raise DamagedDesk(detail=f"附件“{batch.file_name}”和登记的指纹不一样")
    save_file(folder / batch.file_name, content)
    return folder / batch.file_name


def _findings(desk: Desk, going: Sending, wanted: Channel) -> list[Finding]:
    claim = store.claim_of(desk, going.payroll.id)
    state = claim.state if claim else None
    taken_back = bool(claim and store.is_reversed(desk, claim.id))
    findings = list(bankrules.sendable(state, is_reversed=taken_back))
    findings += bankrules.not_paid_elsewhere(state, has_batches=bool(store.batches_of(desk, going.payroll.id)))
    findings += bankrules.has_unpaid(len(going.payments))
    if state is ClaimState.GRANTED:  # once it is posted, the books have taken the money from the bank already
        in_bank = lowest(desk, Purse.BANK, desk.clock.now().date())
        findings += bankrules.covered(going.total_fen, in_bank - store.sent_unposted_fen(desk, going.payroll.id))
    lines = [replace(one.line, account=pay.account) for one, pay in zip(going.lines, going.payments, strict=True)]
    members = store.people(desk, [one for line in lines for one in (line.person_id, line.payee_id) if one])
    findings += rules.to_the_person(lines, members, store.households(desk, members.values()))
    pay = [(one.place, one.payee, one.account) for one in going.payments]
    findings += own_accounts(pay, account_holders(desk, (one.account for one in going.payments)).__getitem__)
    pairs = list(zip(going.lines, going.payments, strict=True))
    again = [(one.line, one.sent.account, pay.account) for one, pay in pairs if one.sent]
    first = [(one.line, pay.payee.account) for one, pay in pairs if one.standing is Standing.WAITING]
    findings += bankrules.corrected(again)
    moved = [one for one, pay in pairs if one.sent and one.sent.account != pay.account]
    findings += bankrules.corrected_since([one.line.name for one in moved if not _is_corrected(desk, one)])
    findings += bankrules.as_on_the_sheet(first)
    findings += bank.one_account_each(wanted, going.payments)
    return findings + list(bank.writable(wanted, bank.as_rows(wanted, going.payments)))


def _is_corrected(desk: Desk, one: LineStanding) -> bool:
    """Tell whether the register of who is paid by a line was changed after the line went out last."""
    assert one.sent
    changed = desk.history(one.line.payee_id or one.line.person_id)[-1]
    return changed.seq > desk.history(one.sent.id)[0].seq


def _payments(desk: Desk, payroll: Payroll, lines: Sequence[LineStanding]) -> list[Payment]:
    members = store.people(desk, [one for line in lines for one in (line.line.person_id, line.line.payee_id) if one])
    homes = store.households(desk, members.values())
    heads = {key: store.head_of(desk, home) for key, home in homes.items()}
    village, day = office(desk).name, desk.clock.now().date()
    made = []
    for place, one in enumerate(lines, 1):
        person, payee = members[one.line.person_id], members[one.line.payee_id or one.line.person_id]
        account = one.line.account if one.standing is Standing.WAITING else payee.account
        made.append(
            Payment(
                place=place,
                person=person,
                payee=payee,
                head=heads[payee.household_id],
                household=homes[payee.household_id],
                account=account,
                bank=payee.bank,
                amount_fen=one.line.amount_fen,
                day=day,
                village=village,
                purpose=payroll.brief,
            )
        )
    return made


def _batch(desk: Desk, going: Sending, wanted: Channel, count: int, content: bytes, made_by: str) -> Batch:
    today = desk.clock.now().date()
    number = store.next_batch_number(desk, today.year)
    earlier = store.batches_of(desk, going.payroll.id)
    return Batch(
        year=today.year,
        number=number,
        payroll_id=going.payroll.id,
        channel=wanted.key,
        made_on=today,
        count=count,
        total_fen=going.total_fen,
        file_name=file_name(f"{office(desk).name}{going.payroll.title}-{today.year}年第{number}批", wanted.ending),
        digest=digest_of(content),
        reissues_id=earlier[-1].id if earlier else None,
        made_by=made_by,
    )


def _batch_lines(batch: Batch, going: Sending) -> list[BatchLine]:
    return [
        BatchLine(
            batch_id=batch.id,
            place=pay.place,
            payroll_line_id=one.line.id,
            name=pay.payee.name,
            account=pay.account,
            bank=pay.bank,
            amount_fen=pay.amount_fen,
        )
        for one, pay in zip(going.lines, going.payments, strict=True)
    ]
