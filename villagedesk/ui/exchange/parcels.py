"""What went out and came in, as a table to read; and where the stick is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from villagedesk.exchange.model import Direction, Parcel, ParcelKind, ParcelState, Ruling
from villagedesk.ui.kit.readtable import ReadTable
from villagedesk.ui.kit.text import label
from villagedesk.ui.theme import Tone

STATES = {
    ParcelState.WRITTEN: Tone.ACTIVE,
    ParcelState.ACKNOWLEDGED: Tone.GOOD,
    ParcelState.APPLIED: Tone.GOOD,
}
RULINGS = {Ruling.PASSED: Tone.GOOD, Ruling.QUERIED: Tone.WARN, Ruling.RETURNED: Tone.BAD}


def parcel_table(parcels: Sequence[Parcel], empty: str) -> QWidget:
    """Return parcels as rows, in the order given; ``empty`` is said when there are none."""
    if not parcels:
        return label(empty, "soft", wrap=True)
    rows = [
        (
            f"{parcel.moved_at:%Y-%m-%d %H:%M}",
            f"{parcel.direction.label}{parcel.kind.label}",
            f"第{parcel.number}号",
            _content(parcel),
            _state(parcel),
        )
        for parcel in parcels
    ]
    return ReadTable(("时间", "收发", "编号", "内容", "情况"), rows, wide=(3,))


def _content(parcel: Parcel) -> str:
    if parcel.kind is ParcelKind.RECEIPT:
        return f"收到第{parcel.last_seq}条为止"
    return f"流水第{parcel.first_seq}条到第{parcel.last_seq}条"


def _state(parcel: Parcel) -> tuple[str, Tone]:
    if parcel.direction is Direction.OUT and parcel.kind is ParcelKind.RECEIPT:
        return "已写出", Tone.GOOD
    return parcel.state.label, STATES[parcel.state]
