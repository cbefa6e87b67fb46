"""Notices as commands name and answer them."""

from villagedesk.cli.session import chosen
from villagedesk.disclosure import papers, store
from villagedesk.disclosure.model import Issuance, Notice
from villagedesk.storage.desk import Desk


def notice_by(desk: Desk, written: str) -> Notice:
    """Return the notice named by its id, the end of it, or its number (村务公示〔2026〕3号). Misuse otherwise."""
    by_number = [issued.notice_id for issued in store.issuances(desk).values() if number_of(desk, issued) == written]
    found: Notice = chosen(
        "公示", [one for one in store.notices(desk) if one.id in by_number or one.id.endswith(written.upper())]
    )
    return found


def number_of(desk: Desk, issuance: Issuance | None) -> str:
    """Return an issue's number, "" while there is none."""
    return papers.number_of(desk, issuance) if issuance else ""


def plain(one: Notice) -> dict[str, object]:
    """Return what a program is told of a notice."""
    return {"id": one.id, "kind": one.kind, "period": one.period, "state": one.state, "title": one.title}
