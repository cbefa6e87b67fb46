"""The village's own words for a kind of notice: templates with named fields, read without ever running anything."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from villagedesk.disclosure.kind import Kind
from villagedesk.disclosure.model import Wording
from villagedesk.disclosure.personal import Register, numbers_in
from villagedesk.kernel.dates import Period
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Office
from villagedesk.village.profile import NoticeRule, Rhythm

MATTER = "事项"
"""The field that stands for what the notice is about; no lead goes without it."""
PERIOD = "期间"
FIELDS: Mapping[str, str] = {
    MATTER: "公示的事项，例如 2026年第一季度资金收支情况",
    PERIOD: "公示的期间，例如 2026年第一季度",
    "年份": "例如 2026",
    "种类": "公示的种类，例如 资金公开",
    "栏目": "公开栏目的名称",
    "村名": "本村的名称",
    "乡镇": "所属乡镇的名称",
}
"""The named fields a template may hold, each with what stands in its place."""
PARTS: Mapping[str, str] = {"subject": "标题", "lead": "开头", "ending": "结尾"}
"""What a village may word itself, and what it is called."""
LONGEST = 300
"""Characters of a template."""

_BRACES = str.maketrans("｛｝", "{}")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a notice's kind as templates. ``version`` is the stored wording's, 0 for the shipped words."""

    subject: str
    lead: str
    ending: str = ""
    version: int = 0


SHIPPED = Words("{事项}", "现将我村{事项}公示如下，请大家监督。")
"""The words as shipped, the same for every kind: what it is about says each kind itself."""


def facts_of(office: Office, kind: Kind, slot_name: str, period: Period, matter: str) -> dict[str, str]:
    """Return what stands in the place of each field."""
    values = (matter, period.label, str(period.year), kind.label, slot_name, office.name, office.township)
    return dict(zip(FIELDS, values, strict=True))


def filled(template: str, facts: Mapping[str, str]) -> str:
    """Return a template with its fields filled in. Raises ValueError, in Chinese, for a broken or unknown field."""
    return "".join(text + (facts[name] if name else "") for text, name in _parsed(template))


def sound(words: Words, rule: NoticeRule, register: Register) -> Iterator[Finding]:
    """Words hold known fields only, what they must say, and nobody's number."""
    for part, label in PARTS.items():
        template = getattr(words, part)
        try:
            names = {name for _, name in _parsed(template)}
        except ValueError as fault:
            yield Finding("disclosure.template", f"{label}：{fault}", part)
            continue
        yield from _complete(part, template, names, rule)
        for number in numbers_in(template, register):
            message = f"{label}里有村民的{number.what}（尾号{number.digits[-4:]}），公示上不能有，请删去。"
            yield Finding("disclosure.personal", message, part, "个人信息保护法")


def stored(desk: Desk, kind: str) -> Wording | None:
    """Return the village's own wording of a kind, sound or not; None when it never had one."""
    found = desk.find(Wording, "village_id = ? AND kind = ?", [desk.office_id, kind])
    return found[0] if found else None


def in_force(desk: Desk, kind: str, rule: NoticeRule, register: Register) -> tuple[Words, list[Finding]]:
    """Return the words a new notice of a kind gets.

    Stored words that are broken (an older desk's) are passed over for the shipped ones; the finding says so.
    """
    wording = stored(desk, kind)
    own = _words(wording.row(), wording.version) if wording else SHIPPED
    faults = [finding.message for finding in sound(own, rule, register)] if own.version else []
    if not faults:
        return own, []
    message = f"本村给这种公示写的措辞用不了，改用了程序原来的措辞：{''.join(faults)}请在“公示”里按“措辞”改好。"
    return SHIPPED, [Finding("disclosure.wording", message, severity=Severity.WARNING)]


def of_version(desk: Desk, kind: str, version: int) -> Words:
    """Return the words of a version, from the journal; the shipped ones for 0 and for a version nobody wrote."""
    wording = stored(desk, kind)
    bodies = (entry.body for entry in desk.history(wording.id) if entry.version == version) if wording else ()
    body = next((body for body in bodies if body), None) if version else None
    return _words(json.loads(body), version) if body else SHIPPED


def _words(row: Mapping[str, object], version: int) -> Words:
    """Return stored words; those that say what the shipped ones say are the shipped ones."""
    subject, lead, ending = (str(row[part]) for part in PARTS)
    return SHIPPED if (subject, lead, ending) == _said(SHIPPED) else Words(subject, lead, ending, version)


def _said(words: Words) -> tuple[str, str, str]:
    return words.subject, words.lead, words.ending


def _complete(part: str, template: str, names: set[str], rule: NoticeRule) -> Iterator[Finding]:
    label = PARTS[part]
    if len(template) > LONGEST or "\n" in template:
        yield Finding("disclosure.template", f"{label}请写成一段，不超过{LONGEST}个字。", part)
    if part == "ending":
        return
    if not template.strip():
        yield Finding("disclosure.template", f"请写{label}。", part)
    elif part == "lead" and MATTER not in names:
        yield Finding("disclosure.template", f"开头里要有{{{MATTER}}}，村民才知道公示的是什么。", part)
    elif part == "subject" and not _tells_apart(names, rule):
        wanted = f"{{{MATTER}}}" if _is_event(rule) else f"{{{MATTER}}}或{{{PERIOD}}}"
        yield Finding("disclosure.template", f"标题里要有{wanted}，不然几份公示分不清。", part)


def _tells_apart(names: set[str], rule: NoticeRule) -> bool:
    return MATTER in names or (PERIOD in names and not _is_event(rule))


def _is_event(rule: NoticeRule) -> bool:
    return rule.rhythm in {Rhythm.EVENT, Rhythm.FREE}


def _parsed(template: str) -> Iterator[tuple[str, str]]:
    """Yield (text, field after it, "" for none). Raises ValueError, in Chinese, for anything but a bare known field."""
    allowed = "、".join(f"{{{name}}}" for name in FIELDS)
    try:
        parsed = list(Formatter().parse(template.translate(_BRACES)))
    except ValueError:
        raise ValueError(f"花括号没有成对。可以用的有：{allowed}。") from None
    for text, name, form, conversion in parsed:
        if name is not None and (name not in FIELDS or form or conversion):
            written = name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
            raise ValueError(f"没有“{{{written}}}”这一项。可以用的有：{allowed}。")
        yield text, name or ""
