"""What is done with one claim: by its state and chain, the actions a page offers, and the doing of them."""

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from villagedesk.app.course import first_step
from villagedesk.kernel.errors import VillageDeskError
from villagedesk.kernel.findings import blocks
from villagedesk.kernel.names import ungapped
from villagedesk.oversight import usecases as oversight
from villagedesk.payments import usecases
from villagedesk.payments.model import UNDER_WAY, Claim, ClaimState, Outcome
from villagedesk.payments.register import ClaimLine
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.dialogs import ask_reason, confirm, show_error
from villagedesk.ui.kit.doing import show_fault, signed_in
from villagedesk.ui.kit.filefield import PAPERS
from villagedesk.ui.kit.form import Form
from villagedesk.ui.kit.listpage import ListPage
from villagedesk.ui.payments import paper
from villagedesk.ui.payments.form import decision_form, post_form, redo_form, reverse_form, witness_form
from villagedesk.ui.payments.record import ClaimRecord

S = ClaimState


class ClaimSteps(ListPage[ClaimLine]):
    """A page that shows claims and does with an open one what its state allows."""

    @abstractmethod
    def new(self) -> None:
        """Write a new claim."""

    @abstractmethod
    def write(self, claim: Claim) -> None:
        """Go on with a draft."""

    def show_record(self, record_id: str) -> None:
        """Lay a claim's record over the list."""
        record = ClaimRecord(
            self.context.desk,
            record_id,
            go=self.open,
            jump=self.jump,
            add_papers=partial(self.add_papers, record_id),
        )
        self.show_over(f"报账单 {record.claim.number}", record, self._actions_of(record))

    def jump(self, place: str) -> None:
        """Go where a finding can be put right."""
        page, _, record = place.partition(":")
        self.context.go(page, record)

    def add_papers(self, claim_id: str) -> None:
        """Ask for photos of a claim's papers and keep them with it."""
        if not signed_in(self.context):
            return
        names, _ = QFileDialog.getOpenFileNames(self, "票据照片", "", PAPERS)
        if names:
            paths = [Path(name) for name in names]
            self.attempt(lambda: usecases.add_papers(self.context.desk, claim_id, paths))

    def attempt(self, deed: Callable[[], object]) -> bool:
        """Do something and tell whether it was done; why not is said in plain words. The page refreshes by itself."""
        try:
            deed()
        except VillageDeskError as fault:
            show_fault(self, fault)
            return False
        return True

    def fill(
        self,
        title: str,
        make: Callable[[], Form],
        saved: Callable[[object], None] | None = None,
        *,
        needs_person: bool = True,
    ) -> None:
        """Lay a form over the page; afterwards the open claim is shown again, unless ``saved`` goes elsewhere."""
        if needs_person and not signed_in(self.context):
            return
        form, shown = make(), self.shown
        form.left.connect(lambda: self.back(ask=False))
        form.saved.connect(lambda answer: saved(answer) if saved else self.open(shown))
        self.show_over(title, form, may_leave=form.may_leave)

    # What is offered

    def _actions_of(self, record: ClaimRecord) -> list[QAction]:
        claim = record.claim
        made = [action(self, "打印报账单", partial(paper.show_claim, self, claim), icon="print", shortcut="Ctrl+P")]
        made += [
            action(self, "支出审批单", partial(paper.show_approval, self, claim), icon="document", is_rare=True),
            action(self, "票据粘贴单", partial(paper.show_paste, self, claim), icon="document", is_rare=True),
        ]
        if claim.payroll_id:
            show = partial(paper.show_payroll, self, claim.payroll_id)
            made.insert(1, action(self, "打印发放表", show, icon="people"))
        made += self._ways_out(claim)
        made += self._next_steps(claim)
        if claim.state is not S.DRAFT:
            made.insert(0, action(self, "再记一笔", self.new, icon="plus", shortcut="Ctrl+N"))
        return made + self._about_voucher(record)

    def _about_voucher(self, record: ClaimRecord) -> list[QAction]:
        voucher, desk = record.voucher, self.context.desk
        if voucher is None:
            return []
        shown, reversed_ = (record.red, voucher) if record.red else (voucher, None)
        made = [action(self, "打印凭证", partial(paper.show_voucher, self, shown, reversed_), icon="seal")]
        if not record.red:
            reverse = partial(self.fill, "冲销", lambda: reverse_form(desk, voucher))
            redo = partial(self.fill, "冲销并重做", lambda: redo_form(desk, voucher), self._redone)
            made.append(action(self, "冲销", reverse, icon="undo", kind="danger"))
            made.append(action(self, "冲销并重做", redo, icon="edit", kind="danger"))
        return made

    def _ways_out(self, claim: Claim) -> list[QAction]:
        if claim.state is S.DRAFT:
            return [
                action(self, "删去草稿", partial(self._discard, claim), icon="trash", kind="danger"),
                action(self, "修改", partial(self.write, claim), icon="edit", shortcut="Ctrl+E"),
            ]
        if claim.state in UNDER_WAY:
            sentence = "作废以后不能恢复，这笔钱退回预算，原因会留在账里。要改内容，作废后重新记一张。"
            deed = partial(usecases.withdraw, self.context.desk, claim.id)
            ask = partial(self._with_reason, "作废报账单", sentence, "作废", deed)
            return [action(self, "作废", ask, icon="close", kind="danger")]
        return []

    def _next_steps(self, claim: Claim) -> list[QAction]:
        desk, go = self.context.desk, self.context.go
        if claim.state is S.REVIEWED:
            return self._words(claim, "审批同意", "村主要负责人", usecases.approve)
        if claim.state is S.WITNESSING:
            return self._witnessing(claim)
        one: dict[ClaimState, tuple[str, Callable[[], object], str, str]] = {
            S.DRAFT: ("提交审核", partial(self._submit, claim), "send", "primary"),
            S.SUBMITTED: ("去审核", partial(go, "oversight", claim.id), "scale", ""),
            S.SUPERVISING: ("去审核", partial(go, "oversight", claim.id), "scale", ""),
            S.QUERIED: ("答复", partial(self._answer, claim), "note", "primary"),
            S.DECIDING: ("选决议", partial(self.fill, "决议", lambda: decision_form(desk, claim)), "vote", "primary"),
            S.APPROVED: ("去上报", partial(go, "exchange", ""), "exchange", ""),
            S.SETTLING: ("去上报", partial(go, "exchange", ""), "exchange", ""),
            S.GRANTED: ("付款入账", partial(self.fill, "付款入账", lambda: post_form(desk, claim)), "yuan", "primary"),
            S.REFUSED: ("重报", partial(self._resubmit, claim), "refresh", "primary"),
            S.WITHDRAWN: ("重报", partial(self._resubmit, claim), "refresh", "primary"),
        }
        if claim.state not in one:
            return []
        verb, act, icon, kind = one[claim.state]
        return [action(self, verb, act, icon=icon, kind=kind)]

    def _witnessing(self, claim: Claim) -> list[QAction]:
        """Return what the witness may say, or, while somebody else is there, the way to record their signature."""
        actor = self.context.desk.actor
        if actor and ungapped(actor.name) == ungapped(claim.witness):
            return self._words(claim, "证明属实", "证明人", usecases.bear_witness)
        record = partial(self.fill, "证明人的签字", lambda: witness_form(self.context.desk, claim))
        return [action(self, "录入证明人签字", record, icon="attach", kind="primary")]

    def _words(
        self, claim: Claim, verb: str, who: str, say: Callable[[Desk, str, Outcome, str], object]
    ) -> list[QAction]:
        """Return 不同意, 有疑问 and the yes of somebody whose word a claim waits for."""

        def against(outcome: Outcome) -> None:
            deed = partial(say, self.context.desk, claim.id, outcome)
            sentence = "写清楚原因，让经办人知道怎么改。"
            self._with_reason(f"{who}：{outcome.label}", sentence, outcome.label, deed)

        def agree() -> None:
            if signed_in(self.context):
                self.attempt(lambda: say(self.context.desk, claim.id, Outcome.PASSED, ""))

        return [
            action(self, "不同意", partial(against, Outcome.REFUSED), icon="block", kind="danger"),
            action(self, "有疑问", partial(against, Outcome.QUERIED), icon="help"),
            action(self, verb, agree, icon="check", kind="primary"),
        ]

    # Doing

    def _submit(self, claim: Claim) -> None:
        """Submit a draft; a warning asks for its reason."""
        desk = self.context.desk
        if not signed_in(self.context):
            return
        reason = ""
        found = usecases.findings_of(desk, claim)
        if blocks(found):
            show_error(self, "\n".join(finding.message for finding in blocks(found)), title="还不能提交")
            return
        if found and not claim.excuse:
            words = "\n".join(finding.message for finding in found)
            reason = ask_reason(self, "还要提交，请写明理由", words, verb="提交审核") or ""
            if not reason:
                return
        self.attempt(lambda: usecases.submit(desk, claim.id, reason))

    def _discard(self, claim: Claim) -> None:
        sentence = f"删去草稿“{claim.payee}：{claim.purpose}”？"
        if signed_in(self.context) and confirm(self, sentence, "删去", danger=True):
            self.shown = ""
            self.attempt(lambda: usecases.discard(self.context.desk, claim.id))
            self.back(ask=False)

    def _answer(self, claim: Claim) -> None:
        sentence = f"答复以后送回{first_step(self.context.desk, claim)}。"
        self._with_reason(
            "答复疑问", sentence, "答复", partial(oversight.answer, self.context.desk, Claim.table, claim.id)
        )

    def _resubmit(self, claim: Claim) -> None:
        if signed_in(self.context):
            drafts: list[Claim] = []
            if self.attempt(lambda: drafts.append(usecases.resubmit(self.context.desk, claim.id))):
                self.write(drafts[0])

    def _redone(self, answer: object) -> None:
        """Open what was drafted in place of the reversed voucher."""
        assert isinstance(answer, tuple)
        _, draft = answer
        self.write(draft)

    def _with_reason(self, title: str, sentence: str, verb: str, deed: Callable[[str], object]) -> None:
        """Ask for the reason a deed needs, and do it."""
        if not signed_in(self.context):
            return
        reason = ask_reason(self, title, sentence, verb=verb, label="写在这里")
        if reason:
            self.attempt(lambda: deed(reason))
