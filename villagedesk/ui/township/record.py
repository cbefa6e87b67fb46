"""A village to read as a column of cards: its money, what it sent, what waits."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from villagedesk.exchange import store as exchange
from villagedesk.kernel.money import yuan
from villagedesk.oversight.unfounded import unfounded
from villagedesk.storage.desk import Desk
from villagedesk.township import store
from villagedesk.township.model import VillageLine, WaitingClaim
from villagedesk.ui.exchange.parcels import parcel_table
from villagedesk.ui.kit.chart import ChartView
from villagedesk.ui.kit.detail import Detail, Fact
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone
from villagedesk.ui.township.columns import answered
from villagedesk.village.charts import funds_chart, standing
from villagedesk.village.store import fund_balances

_PARCELS = 10
_ASK = "请马上打电话问清楚，查清以前不要再同意这个村的报账单。下一份回执会写明这些。"


class VillageRecord(Detail):
    """One village: its money, what it sent, what waits."""

    def __init__(self, desk: Desk, line: VillageLine, year: int) -> None:
        super().__init__()
        peer = line.peer
        self.title(f"{peer.name}（{peer.code}）", answered(line))
        if peer.public_key and (line.needs_receipt or line.wishes):
            self.callout(_next(line), Tone.WARN, title="下一步")
        if doubts := unfounded(desk, peer.office_id):
            self.callout("\n".join([*(one.words for one in doubts), _ASK]), Tone.BAD, title="必须核实")
        facts = (
            Fact("收到的数据包", f"到第{peer.last_number}号" if peer.last_number else "还没有"),
            Fact("收到的流水", f"{peer.last_seq:,}条", note="每一条都和村里的账对得上"),
            Fact(f"{year}年项目", f"{line.projects}个"),
        )
        self.facts(facts, title="上报")
        balances = fund_balances(desk, peer.office_id, year)
        chart = ChartView(funds_chart(map(standing, balances))) if balances else None
        self.section(f"{year}年的钱", chart or label("村里还没有报来资金。", "soft"))
        waiting = store.waiting_claims(desk, peer.office_id)
        if waiting:
            self.section("等乡镇审核的报账单", _waiting(waiting))
        if granted := store.granted_projects(desk, peer.office_id, year):
            self.section("村里写着乡镇批复过的项目，请和本乡镇的批复核对", _granted(granted))
        parcels = exchange.parcels(desk, peer.office_id, _PARCELS)
        self.section("收发记录", parcel_table(parcels, "还没有收发过。")).done()


def _next(line: VillageLine) -> str:
    if waiting := [
        *([f"{line.waiting}张报账单没有审核"] if line.waiting else []),
        *([f"{line.wishes}份反结账申请没有给意见"] if line.wishes else []),
    ]:
        return f"还有{'，'.join(waiting)}。办完再写回执，意见就能一起带回去。"
    words = f"{line.untold}条意见还没有发给村里。" if line.untold else "收到的数据包还没有回执。"
    return f"{words}按“写回执”写到U盘，交给村里带回去。"


def _granted(lines: Sequence[tuple[str, str, str]]) -> QWidget:
    rows = [(name, day, paper or "没有写文号") for name, day, paper in lines]
    return ReadTable(("项目", "日期", "批复"), rows, wide=(0, 2))


def _waiting(lines: Sequence[WaitingClaim]) -> QWidget:
    rows = [
        (str(line.claim.spent_on), line.claim.payee, line.claim.purpose, yuan(line.claim.amount_fen)) for line in lines
    ]
    return ReadTable(("日期", "收款人", "用途", "金额（元）"), rows, wide=(1, 2), amounts=(3,))
