"""The five slots: set up as the profile names them, renamed, confirmed."""

from villagedesk.disclosure import store
from villagedesk.disclosure.model import Slot
from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Role


def set_up_slots(desk: Desk) -> list[Slot]:
    """Set up the five disclosures as the profile names them. Raises RuleViolation when they already are."""
    acting(desk, Role.ACCOUNTANT)
    if store.slots(desk):
        stop_at([Finding("disclosure.slots", "五个公开栏目已经设好，可以逐个修改。")])
    with desk.change("disclosure.slots.set_up") as change:
        return change.put_all(
            Slot(number=slot.number, name=slot.name, basis=slot.basis)
            for slot in village_store.profile(desk).slots
        )  # fmt: skip


def update_slot(desk: Desk, slot: Slot) -> Slot:
    """Store a slot with another name or basis, or as confirmed by the county. Raises RuleViolation without a name."""
    acting(desk, Role.ACCOUNTANT)
    if not slot.name.strip() or not slot.basis.strip():
        stop_at([Finding("disclosure.slot_name", "请写上栏目名称和依据。", "name")])
    with desk.change("disclosure.slot.updated") as change:
        return change.put(slot)
