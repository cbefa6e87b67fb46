"""What of a kept text comes back when its form is opened anew and the books may say something else by now."""

from collections.abc import Container, Mapping

from villagedesk.storage.unsaved import Typed, Unsaved


def taken_up(found: Unsaved, begun: Mapping[str, Typed], days: Container[str] = ()) -> dict[str, Typed]:
    """Return what to put into the fields: what was typed, and where nothing was, what the books say now.

    ``begun`` is what the form is filled with now. A proposal that is no longer made stays as it was seen, and so does
    a day (``days`` names the fields): the work was done on that one, not today.
    """
    return {
        name: now if _is_renewed(found, name, now) and name not in days else found.typed[name]
        for name, now in begun.items()
        if name in found.typed
    }


def overtaken(found: Unsaved, begun: Mapping[str, Typed], days: Container[str] = ()) -> list[str]:
    """Return the fields something was typed into that the books say anew meanwhile: to be looked at again."""
    return [
        name
        for name, now in begun.items()
        if name in found.typed and name in found.begun and name not in days and now
        if found.begun[name] not in (now, found.typed[name]) and found.typed[name] != now
    ]


def _is_renewed(found: Unsaved, name: str, now: Typed) -> bool:
    """Tell whether a field was left as it was filled, and would be filled otherwise now."""
    return bool(now) and name in found.begun and found.typed[name] == found.begun[name] != now
