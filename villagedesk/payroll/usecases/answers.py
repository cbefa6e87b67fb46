"""What a person does with the bank's word: take in its answer to a batch, write down by hand what it said later."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from villagedesk.kernel.canonical import digest_of
from villagedesk.kernel.errors import BadInput, Problem, stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.kernel.progress import Progress
from villagedesk.payroll import bankrules, matching, store
from villagedesk.payroll.bankreturn import ReturnLine, read_return
from villagedesk.payroll.matching import Told
from villagedesk.payroll.model import BankAnswer, Batch, BatchLine, PayOutcome
from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import read_bytes
from villagedesk.village.authority import acting
from villagedesk.village.model import Import, Role

IMPORT_KIND = "bank_return"
_NO_MAPPING = "{}"


@dataclass(frozen=True, slots=True)
class ReturnPreview:
    """What taking in a bank's answer would write down: of which batch, what of each line.

    ``note`` says that the very same file was the answer to another batch: two months may be paid alike, or it is the
    wrong file.
    """

    batch: Batch
    told: tuple[Told, ...]
    note: str = ""

    @property
    def not_paid(self) -> list[Told]:
        """Who did not get the money."""
        return [one for one in self.told if one.outcome is not PayOutcome.PAID]

    @property
    def paid_fen(self) -> int:
        """What arrived, in fen."""
        return sum(one.line.amount_fen for one in self.told if one.outcome is PayOutcome.PAID)


def preview_return(desk: Desk, path: Path, batch_id: str = "", progress: Progress | None = None) -> ReturnPreview:
    """Return what a bank's answer says of a batch; without ``batch_id`` of the open batch it fits best.

    Raises BadInput with every problem by row and column when it does not agree with what was sent, line by line.
    """
    return _preview(desk, path.name, read_bytes(path), batch_id, progress)


def take_in_return(
    desk: Desk, path: Path, batch_id: str = "", told_on: date | None = None, progress: Progress | None = None
) -> ReturnPreview:
    """Take in the bank's answer to a batch (default: the open one it fits): all of it or nothing.

    Each line is paid or failed from now on, those written down by hand before excepted; the file is kept. Raises
    BadInput with every problem by row and column, RuleViolation when the batch is answered already, other than by hand
    before, or the day (default: today) cannot be.
    """
    actor = acting(desk, Role.ACCOUNTANT)
    content = read_bytes(path)
    with desk.change("payroll.return.taken_in", reason=path.name) as change:
        seen = _preview(desk, path.name, content, batch_id, progress)
        today = change.at.date()
        day = told_on or today
        stop_at([*bankrules.told_in_time(day, seen.batch.made_on, today), *_first_answers(desk, seen)])
        fresh = [one for one in seen.told if store.last_word(desk, one.line.id) is None]
        paper = change.attach(path.name, "text/plain", content)
        taken = change.put(
            Import(
                kind=IMPORT_KIND,
                file_name=path.name,
                attachment_id=paper.id,
                shape=digest_of(IMPORT_KIND.encode()),
                mapping=_NO_MAPPING,
                count=len(fresh),
                made_by=actor.id,
            )
        )
        change.put_all(
            BankAnswer(
                batch_line_id=one.line.id,
                outcome=one.outcome,
                reason="" if one.outcome is PayOutcome.PAID else one.reason,
                told_on=day,
                import_id=taken.id,
            )
            for one in fresh
        )
    return seen


def record_answer(
    desk: Desk, batch_line_id: str, outcome: PayOutcome, reason: str = "", told_on: date | None = None
) -> BankAnswer:
    """Write down what the bank said of one line: paid or failed where it gave no file, or that it bounced later (退票).

    Raises RuleViolation when it was answered already, when nothing was paid that could bounce, or without a reason.
    """
    acting(desk, Role.ACCOUNTANT)
    with desk.change(f"payroll.answer.{outcome}", reason=reason) as change:
        line = desk.get(BatchLine, batch_line_id)
        today = change.at.date()
        day = told_on or today
        stop_at(answer_findings(desk, line, outcome, reason, day))
        return change.put(BankAnswer(batch_line_id=line.id, outcome=outcome, reason=reason.strip(), told_on=day))


def record_refusal(desk: Desk, batch_id: str, reason: str, told_on: date | None = None) -> list[BankAnswer]:
    """Write down that the bank took none of a batch, or that its file never got there: every line failed.

    Raises RuleViolation when the bank answered any line already, or without a reason.
    """
    acting(desk, Role.ACCOUNTANT)
    with desk.change("payroll.batch.refused", reason=reason) as change:
        lines = store.batch_lines(desk, batch_id)
        day = told_on or change.at.date()
        found = [one for line in lines for one in answer_findings(desk, line, PayOutcome.FAILED, reason, day)]
        stop_at(found[:1])
        return change.put_all(
            BankAnswer(batch_line_id=line.id, outcome=PayOutcome.FAILED, reason=reason.strip(), told_on=day)
            for line in lines
        )


def answer_findings(desk: Desk, line: BatchLine, outcome: PayOutcome, reason: str, told_on: date) -> list[Finding]:
    """Return all that stands against an answer written down by hand."""
    before = store.last_word(desk, line.id)
    findings = list(bankrules.may_be_told(before.outcome if before else None, outcome))
    findings += bankrules.told_with_reason(outcome, reason)
    made_on = before.told_on if before else desk.get(Batch, line.batch_id).made_on
    findings += bankrules.told_in_time(told_on, made_on, desk.clock.now().date())
    last = desk.find(BatchLine, "payroll_line_id = ?", [line.payroll_line_id], "rowid DESC LIMIT 1")
    return findings + list(bankrules.latest(is_latest=last[0].id == line.id))


def _preview(desk: Desk, name: str, content: bytes, batch_id: str, progress: Progress | None) -> ReturnPreview:
    answers, problems = read_return(name, content, progress)
    if problems:
        raise _refused(name, problems)
    batch = desk.get(Batch, batch_id) if batch_id else _fitting(desk, name, answers)
    told, problems = matching.match(store.file_rows(desk, batch), answers)
    if problems:
        raise _refused(name, problems, batch.label)
    return ReturnPreview(batch, tuple(told), _known_file(desk, batch, content))


def _known_file(desk: Desk, batch: Batch, content: bytes) -> str:
    """Return what is said of a file that was taken in for another batch, "" for a new one."""
    other = store.batch_answered_by(desk, digest_of(content))
    if other is None or other.id == batch.id:
        return ""
    return f"这个文件和{other.label}登记过的回盘一模一样，请看清楚是不是{batch.label}的回盘，不要拿错。"


def _fitting(desk: Desk, name: str, answers: list[ReturnLine]) -> Batch:
    """Return the open batch most of the answers are about."""
    fitting = [(matching.fit(store.file_rows(desk, one), answers), one) for one in store.open_batches(desk)]
    if not fitting:
        raise BadInput(name, "没有等待回盘的批次。请先生成银行文件，或检查是不是已经导入过。")
    return max(fitting, key=lambda one: one[0])[1]


def _refused(name: str, problems: list[Problem], label: str = "") -> BadInput:
    whose = f"和{label}对不上：" if label else ""
    return BadInput(name, f"{whose}有{len(problems)}处不对，请核对是不是这一批的回盘，或向银行要一份完整的。", problems)


def _first_answers(desk: Desk, seen: ReturnPreview) -> list[Finding]:
    """A batch is answered once; what was written down by hand before stands, and must agree."""
    before = [store.last_word(desk, one.line.id) for one in seen.told]
    if all(before) or any(word and word.import_id for word in before):
        return [Finding("payroll.answered", f"{seen.batch.label}的回盘已经登记过，没有再登记。")]
    for one, word in zip(seen.told, before, strict=True):
        if word and word.outcome not in (one.outcome, PayOutcome.BOUNCED):
            message = (
                f"第{one.line.place}行“{one.line.name}”先前登记的是{word.outcome.label}，回盘写的是{one.outcome.label}，"
                "一行也没有登记。请问清银行，再逐人办理。"
            )
            return [Finding("payroll.answered", message)]
        if one.outcome is PayOutcome.BOUNCED:
            message = f"第{one.line.place}行是退票：款要先到账才会退，请银行按成功或失败回盘，退票另外登记。"
            return [Finding("payroll.not_paid", message)]
    return []
