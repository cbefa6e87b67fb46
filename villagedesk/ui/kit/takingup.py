"""What of a kept text comes back when its form is opened anew and the books may say something else by now."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from villagedesk.kernel.dates import chinese_date
from villagedesk.storage.unsaved import Typed, Unsaved
from villagedesk.ui.kit.fields import Field

_WHEN = "这是{day}写的。"
_GONE = "这几格原来选的已经不在了，请重新填：{fields}。"
_OVERTAKEN = "账里后来改过，请核对：{fields}。"
_NEVER_KEPT = "为了安全，这几格没有存，请重新填：{fields}。"


def taken_up(found: Unsaved, begun: Mapping[str, Typed], fields: Mapping[str, Field]) -> dict[str, Typed]:
    """Return what to put into the fields: what was typed, and where nothing was, what the books say now.

    ``begun`` is what the form is filled with now. A proposal that is no longer made stays as it was seen, and so does
    a day: the work was done on that one, not today.
    """
    return {
        name: now if _is_renewed(found, name, now) and not fields[name].is_day else found.typed[name]
        for name, now in begun.items()
        if name in found.typed
    }


def warned(found: Unsaved, begun: Mapping[str, Typed], fields: Mapping[str, Field], today: date) -> str:
    """Say what is to be looked at in what was taken up: since when it lies there, what is gone, what is new.

    Returns "" when there is nothing to say.
    """
    day, wanted = found.kept_at.date(), taken_up(found, begun, fields)
    gone = [field for name, field in fields.items() if name in wanted and field.typed() != wanted[name]]
    new = [fields[name] for name in begun if _is_overtaken(found, name, begun[name]) and not fields[name].is_day]
    never_kept = [field for field in fields.values() if not field.is_kept]
    said = (_worded(_GONE, gone), _worded(_OVERTAKEN, new), _worded(_NEVER_KEPT, never_kept))
    return "".join(("" if day == today else _WHEN.format(day=chinese_date(day)), *said))


def put_back(fields: Mapping[str, Field], typed: Mapping[str, Typed]) -> None:
    """Put the fields' contents back one by one, as a person types them: what hangs on a field follows it.

    What follows may fill other fields again; so they are gone through twice, and at last put right in silence.
    """

    def others() -> Iterator[Field]:
        return (field for name, field in fields.items() if name in typed and field.typed() != typed[name])

    for _ in range(2):
        for field in others():
            field.retype(typed[field.name])
            field.edited.emit()
    for field in others():
        field.retype(typed[field.name])


def _worded(words: str, fields: Iterable[Field]) -> str:
    labels = "、".join(field.label for field in fields)
    return words.format(fields=labels) if labels else ""


def _is_renewed(found: Unsaved, name: str, now: Typed) -> bool:
    """Tell whether a field was left as it was filled, and would be filled otherwise now."""
    return bool(now) and name in found.begun and found.typed[name] == found.begun[name] != now


def _is_overtaken(found: Unsaved, name: str, now: Typed) -> bool:
    """Tell whether something was typed into a field that the books say anew meanwhile."""
    if not now or name not in found.typed or name not in found.begun:
        return False
    return found.begun[name] not in (now, found.typed[name]) and found.typed[name] != now
