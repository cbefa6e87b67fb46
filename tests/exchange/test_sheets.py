"""The card on paper, as a person approved it."""

from pathlib import Path

from tests.golden import assert_golden
from villagedesk.exchange.card import Card
from villagedesk.exchange.sheets import card_sheet
from villagedesk.reports.pdf import draw
from villagedesk.village.model import Office, OfficeKind

HERE = Path(__file__).parent / "golden"
VILLAGE = Office(id="V1", village_id="V1", name="青山村", code="510322105207", township="双石镇")


def _card(office: Office) -> Card:
    return Card(
        kind=office.kind, office_id=office.id, name=office.name, code=office.code, township=office.township,
        desk_id="D1", public_key="ab" * 32, is_practice=office.is_practice,
    )  # fmt: skip


def test_a_village_hands_its_card_over() -> None:
    sheet = card_sheet(VILLAGE, _card(VILLAGE))
    assert_golden(sheet, HERE / "card-village.txt")
    assert draw(sheet).startswith(b"%PDF")


def test_a_township_hands_its_card_over() -> None:
    township = Office(
        id="T1", village_id="T1", kind=OfficeKind.TOWNSHIP, name="双石镇", code="510322105", is_practice=True
    )
    assert_golden(card_sheet(township, _card(township)), HERE / "card-township.txt")
