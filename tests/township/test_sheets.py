"""The overview of the villages on paper, as a person approved it."""

from datetime import date, datetime
from pathlib import Path

from tests.golden import assert_golden
from villagedesk.exchange.model import Peer
from villagedesk.kernel.clock import CHINA
from villagedesk.reports.pdf import draw
from villagedesk.township.model import VillageLine
from villagedesk.township.sheets import villages_sheet
from villagedesk.village.model import Office, OfficeKind

HERE = Path(__file__).parent / "golden"
OFFICE = Office(id="T1", village_id="T1", kind=OfficeKind.TOWNSHIP, name="双石镇", code="510322105")


def _line(name: str, code: str, last_at: datetime | None = None, *sums: int) -> VillageLine:
    peer = Peer(office_id=name, kind=OfficeKind.VILLAGE, name=name, code=code, desk_id="D", public_key="ab" * 32)
    projects, planned, arrived, paid, waiting, waiting_fen = sums or (0,) * 6
    return VillageLine(peer, last_at, projects, planned, arrived, paid, waiting, waiting_fen, 0, False)


def test_the_overview_of_the_villages() -> None:
    lines = [
        _line(
            "青山村",
            "510322105207",
            datetime(2026, 11, 25, 14, tzinfo=CHINA),
            12,
            27500000,
            25412500,
            13959007,
            2,
            240950,
        ),
        _line("白水村", "510322105208"),
    ]
    sheet = villages_sheet(OFFICE, 2026, lines, date(2026, 12, 1))
    assert_golden(sheet, HERE / "villages.txt")
    assert draw(sheet).startswith(b"%PDF")
