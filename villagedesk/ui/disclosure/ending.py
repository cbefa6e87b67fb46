"""The forms about a notice's end: taken down from the board, filed in the binder; and photos added later."""

from collections.abc import Sequence

from villagedesk.disclosure import rules
from villagedesk.disclosure.model import Posting
from villagedesk.disclosure.pending import binders
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.ui.disclosure.form import PHOTO_HINT, typed
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField
from villagedesk.ui.kit.fields import TextField
from villagedesk.ui.kit.filesfield import FilesField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.suggestfield import SuggestField


def take_down_form(desk: Desk, hanging: Sequence[Posting], *, is_corrected: bool = False) -> Form:
    """Return the form that says which posting came down, when, and how the paper was found."""
    today = desk.clock.now().date()
    known = {posting.id: posting for posting in hanging}

    def check(values: Values) -> Sequence[Finding]:
        asked = {"posting": "请选从哪里取下。", "taken_on": "请填哪天取下的。"}
        missing = [Finding("form.missing", words, name) for name, words in asked.items() if values[name] is None]
        posting = known.get(values["posting"])
        if missing or posting is None:
            return missing
        return list(rules.hung_its_time(posting, values["taken_on"], today, is_corrected=is_corrected))

    return Form(
        [
            ChoiceField("posting", "从哪里取下", [_choice(posting) for posting in hanging]),
            DateField("taken_on", "哪天取下的", today=lambda: today),
            TextField("note", "取下时的样子", optional=True, hint="如：完好；右下角破了；有人写了字。", longest=60),
            FilesField("photos", "取下时的照片", optional=True, hint=PHOTO_HINT),
        ],
        save=typed,
        check=check,
        verb="登记取下",
        values={"posting": hanging[0].id if hanging else None, "taken_on": today, "note": "完好"},
    )


def file_form(desk: Desk) -> Form:
    """Return the form that says which binder the signed paper went into."""
    known = binders(desk)

    def check(values: Values) -> Sequence[Finding]:
        return [] if values["place"] else [Finding("form.missing", "请写明放在哪个卷宗或盒子里。", "place")]

    hint = "签字盖章的原件放在哪里，以后好找。"
    return Form(
        [SuggestField("place", "放在哪个卷宗", lambda text: [one for one in known if text in one], hint=hint)],
        save=typed,
        check=check,
        verb="登记归档",
        values={"place": known[0] if known else f"{desk.clock.now().year}年村务公开卷宗"},
    )


def photos_form(postings: Sequence[Posting]) -> Form:
    """Return the form that adds photos to a posting."""

    def check(values: Values) -> Sequence[Finding]:
        found = [] if values["posting"] else [Finding("form.missing", "请选是哪一处的照片。", "posting")]
        return found if values["photos"] else [*found, Finding("form.missing", "请选照片。", "photos")]

    return Form(
        [
            ChoiceField("posting", "哪一处的照片", [_choice(posting) for posting in postings]),
            FilesField("photos", "照片", hint=PHOTO_HINT),
        ],
        save=typed,
        check=check,
        verb="存下照片",
        values={"posting": postings[-1].id if postings else None},
    )


def _choice(posting: Posting) -> Choice:
    return Choice(posting.id, posting.board, f"{chinese_date(posting.first_day)}至{chinese_date(posting.last_day)}")
