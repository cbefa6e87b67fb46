"""A file that came: judged on a worker, shown as a plan, taken in when the person says so."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from villagedesk.exchange import usecases
from villagedesk.exchange.model import ParcelKind
from villagedesk.exchange.plan import PackagePlan, Plan, ReceiptPlan, Standing
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.money import yuan
from villagedesk.payments.model import Claim
from villagedesk.storage.desk import Desk
from villagedesk.ui.exchange.parcels import RULINGS
from villagedesk.ui.kit.buttons import action
from villagedesk.ui.kit.detail import Detail, Fact
from villagedesk.ui.kit.dialogs import show_note
from villagedesk.ui.kit.doing import signed_in, take_file
from villagedesk.ui.kit.page import Page
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.stick import stick_folder
from villagedesk.ui.kit.tasks import run_task
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone

PARCELS = "数据包和回执 (*.zip);;所有文件 (*)"
_SOUND = "签名是{who}登记过的钥匙签的，内容一个字也没有变，{same}。按“接收”才会记进账里。"

_SAME = {
    ParcelKind.PACKAGE: "和以前的流水接得上",
    ParcelKind.RECEIPT: "乡镇收到的条数和凭证合计与本村的账一致",
    ParcelKind.RETURN: "都是本村以前报过、恢复备份以后缺的。收下以后请再写一份数据包，从头报一次",
}


class PlanView(Detail):
    """What a parcel would bring, to be read before it is taken in."""

    def __init__(self, desk: Desk, plan: Plan) -> None:
        super().__init__()
        said = plan.particulars
        self.title(f"{said.office_name}　第{said.number}号{said.kind.label}", (plan.standing.label, Tone.ACTIVE))
        self.callout(_SOUND.format(who=said.office_name, same=_SAME[said.kind]), Tone.GOOD, title="核对无误")
        if plan.doubts:
            self.callout("\n".join(plan.doubts), Tone.BAD, title="必须核实：乡镇没有给过的意见")
        if isinstance(plan, PackagePlan):
            self._show_package(plan)
        else:
            self._show_receipt(desk, plan)
        self.done()

    def _show_package(self, plan: PackagePlan) -> None:
        said = plan.particulars
        facts = (
            Fact("新的变动", f"{len(plan.entries)}条", note=f"到第{said.last_seq}条流水为止"),
            Fact("附件", f"{len(plan.papers)}件"),
            Fact("新入账的凭证", f"{yuan(plan.paid_fen)} 元"),
        )
        self.facts(facts, title="概况")
        rows = [(line.title, *(str(n or "—") for n in (line.added, line.changed, line.removed))) for line in plan.lines]
        self.section("会记进来的", ReadTable(("内容", "新增", "变动", "删去"), rows, wide=(0,), amounts=(1, 2, 3)))

    def _show_receipt(self, desk: Desk, plan: ReceiptPlan) -> None:
        said = plan.particulars
        facts = (
            Fact("乡镇收到了", f"第{said.previous_number}号数据包" if said.previous_number else "还没有收到数据包"),
            Fact("收到的流水", f"到第{said.last_seq}条为止"),
            Fact("新的乡镇意见", f"{len(plan.verdicts)}条"),
        )
        self.facts(facts, title="概况")
        self.section("乡镇意见", _verdicts(desk, plan))


def take_parcel(page: Page, title: str, said: Callable[[Plan], str]) -> None:
    """Ask for a file, show what it would bring, and take it in when told to; ``said`` words what came of it."""
    if not signed_in(page.context):
        return
    name, _ = QFileDialog.getOpenFileName(page, title, stick_folder(), PARCELS)
    if name:
        look_at(page, Path(name), said)


def look_at(page: Page, path: Path, said: Callable[[Plan], str]) -> None:
    """Judge a file that is already chosen and show its plan."""
    desk = page.context.desk

    def judged() -> Plan:
        with desk.sibling() as own:
            return usecases.look(own, path)

    def shown(plan: Plan) -> None:
        if plan.standing is Standing.HAD:
            show_note(page, plan.summary, title="以前收过了")
            return
        take = action(page, "接收", lambda: _take(page, path, plan, said), icon="check", kind="primary")
        page.show_over("核对收到的文件", PlanView(desk, plan), [take])

    run_task(page, "正在核对文件", lambda _progress: judged(), shown)


def _take(page: Page, path: Path, plan: Plan, said: Callable[[Plan], str]) -> None:
    page.back(ask=False)
    take_file(
        page,
        "正在接收",
        path,
        lambda desk, file, progress: usecases.receive(desk, file, progress, seen=plan.digest),
        said,
    )


def _verdicts(desk: Desk, plan: ReceiptPlan) -> QWidget:
    if not plan.verdicts:
        return label("这份回执里没有新的意见。", "soft")
    rows = [
        (
            desk.get(Claim, verdict.subject_id).purpose,
            (verdict.outcome.label, RULINGS[verdict.outcome]),
            verdict.note,
            chinese_date(verdict.due_on) if verdict.due_on else "",
        )
        for verdict in plan.verdicts
    ]
    return ReadTable(("报账单", "意见", "说明", "要求办好"), rows, wide=(0, 2))
