"""Reading at the board: is this paper ours, does it say what was issued, is it the latest."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from villagedesk.disclosure import store
from villagedesk.disclosure.kinds import correction
from villagedesk.disclosure.model import Issuance, Notice
from villagedesk.disclosure.papers import number_of
from villagedesk.disclosure.proof import MARK, SHOWN, Printed, check_code_of, in_groups, printed_code
from villagedesk.kernel.canonical import canonical, digest_of
from villagedesk.kernel.dates import chinese_date
from villagedesk.kernel.errors import DiskGone
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.model import Office


class Authenticity(StrEnum):
    """What can be said of a paper."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """What is said of it in a word or two."""
        return _LABELS[self]


_LABELS = {
    Authenticity.GENUINE: "是真的",
    Authenticity.ALTERED: "对不上，不能当真",
    Authenticity.UNKNOWN: "账里没有，不能当真",
    Authenticity.ELSEWHERE: "不是本村的",
    Authenticity.UNREADABLE: "看不懂",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said of a paper, in whole sentences. ``notice`` is None when there is none to show.

    ``is_latest`` says that no correction took its place.
    """

    found: Authenticity
    sentences: tuple[str, ...]
    notice: Notice | None = None
    is_latest: bool = False

    @property
    def words(self) -> str:
        """All of it, a sentence a line."""
        return "\n".join(self.sentences)


_ASK = "请把这张纸交给村务监督委员会看一看。"
_HOW = "请扫二维码，或输入文号（如 2026-3、村务公示〔2026〕3号），也可以输入二维码下面的16位校验码。"
_CHECK = re.compile(rf"[0-9A-F]{{{SHOWN}}}")
_NUMBER = re.compile(r"(?P<series>[^\d]*?)[\[(〔【{<《]*(?P<year>\d{4})[\])〕】}>》年./_:#-]+第?(?P<number>\d{1,6})号?")
_ALONE = re.compile(r"(?P<series>[^\d]*?)第?(?P<number>\d{1,6})号?")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－ー", "-"))
_LOOKALIKES = str.maketrans("OIL", "011")


def judge(desk: Desk, typed: str) -> Judgement:
    """Say of a scanned or typed code, a number in any spelling, or a check code, what paper it stands for and is worth.

    A number alone names a notice of this year. Full-width signs and gaps make no difference.
    """
    text = "".join(unicodedata.normalize("NFKC", typed).translate(_DASHES).split()).upper()
    if text.startswith("VD"):
        return _of_code(desk, text)
    if code := _check_code(text):
        return _of_check_code(desk, code)
    match = _NUMBER.fullmatch(text) or _ALONE.fullmatch(text)
    if not match:
        return Judgement(Authenticity.UNREADABLE, (f"“{typed.strip()}”不是公示的文号，也不是校验码。{_HOW}",))
    found = match.groupdict()
    return _of_number(desk, found["series"], int(found.get("year") or desk.clock.now().year), int(found["number"]))


def _check_code(text: str) -> str:
    code = text.replace("-", "").translate(_LOOKALIKES)
    return code if _CHECK.fullmatch(code) else ""


def _of_code(desk: Desk, text: str) -> Judgement:
    printed = printed_code(text)
    if printed is None:
        if not text.startswith(f"{MARK}:"):
            return Judgement(Authenticity.UNREADABLE, ("这个码是更新版本的程序印的，这里还看不懂。请先升级程序再查。",))
        return Judgement(Authenticity.UNREADABLE, (f"这个码不完整，可能没有扫全或抄漏了。请再扫一次。{_HOW}",))
    offices = [one for one in desk.find(Office) if one.code.upper() == printed.village_code]
    if not offices:
        own = village_store.office(desk).name
        where = f"这是别处（代码{printed.village_code}）的公示，{own}的账里查不到，真不真要到那里去查。"
        return Judgement(Authenticity.ELSEWHERE, (where,))
    issuance = store.issuance_numbered(desk, offices[0].id, printed.year, printed.number)
    if issuance is None:
        return _unknown(
            f"{offices[0].name}的账里没有{printed.year}年第{printed.number}号公示，这个码不是本程序发布的。"
        )
    return _of_issuance(desk, issuance, printed)


def _of_check_code(desk: Desk, code: str) -> Judgement:
    for issuance in reversed(desk.find(Issuance, "instr(facts, ?)", [in_groups(code)])):
        printed = _proof_of(issuance)
        if printed and printed.code == code:
            return _of_issuance(desk, issuance, printed)
    return _unknown(f"账里没有校验码是{in_groups(code)}的公示。请核对有没有抄错；没有抄错，这张纸就不是本村发布的。")


def _of_number(desk: Desk, series: str, year: int, number: int) -> Judgement:
    own = village_store.profile(desk).disclosure.series
    if series.strip("第") not in {"", own.upper()}:
        words = f"“{series}”不是公示的文号，本村公示的文号以“{own}”开头。{_HOW}"
        return Judgement(Authenticity.UNREADABLE, (words,))
    issuance = store.issuance_numbered(desk, desk.office_id, year, number)
    if issuance is None:
        return _unknown(f"账里没有{own}〔{year}〕{number}号，这个文号没有发布过。")
    return _of_issuance(desk, issuance, None)


def _unknown(why: str) -> Judgement:
    return Judgement(Authenticity.UNKNOWN, (f"{why}{_ASK}",))


def _of_issuance(desk: Desk, issuance: Issuance, printed: Printed | None) -> Judgement:
    """Judge what was issued; ``printed`` is what stood on the paper, None when only its number was typed."""
    notice, kept = desk.get(Notice, issuance.notice_id), _proof_of(issuance)
    number = number_of(desk, issuance)
    wrong = _altered(desk, issuance, kept, printed)
    if wrong:
        return Judgement(Authenticity.ALTERED, (f"{number}《{notice.title}》{wrong}{_ASK}",), notice)
    answers = _answers(desk, notice)
    is_latest = not any(each.kind == correction.CODE for each, _ in answers)
    sentences = (
        f"是真的：{number}《{notice.title}》，{chinese_date(issuance.issued_on)}发布。",
        *_standing(desk, notice, answers),
        *_places(desk, notice),
        *_to_compare(issuance, kept, printed),
        *_paper(desk, issuance),
    )
    return Judgement(Authenticity.GENUINE, sentences, notice, is_latest)


def _altered(desk: Desk, issuance: Issuance, kept: Printed | None, printed: Printed | None) -> str:
    """Return what is not as it was issued, "" when all is: the frozen facts, the journal, then the paper itself."""
    if kept and check_code_of(issuance.facts) != kept.code:
        return "在账里的内容和发布时的校验码对不上，账本可能被别的程序改过。"
    if issuance.village_id == desk.office_id and not _stands_in_journal(desk, issuance):
        return "在流水里找不到发布的那一笔，账本可能被别的程序改过。"
    if printed and kept is None:
        return "发布的时候还没有二维码，这张纸上的码是后来加的。"
    if printed and kept and (printed.code, printed.link) != (kept.code, kept.link):
        return "这个文号是发布过的，可是码和发布时的不一样，纸上的内容可能被改过。"
    return ""


def _stands_in_journal(desk: Desk, issuance: Issuance) -> bool:
    """Tell whether the journal holds this very issue, and its link is one the journal had come to just before."""
    entry = "SELECT seq, body FROM journal WHERE record_id = ? AND version = ? AND table_name = 'issuances'"
    entries = desk.rows(entry, [issuance.id, issuance.version])
    if not entries or entries[0]["body"] != canonical(issuance.row()).decode():
        return False
    before = "SELECT count(*) FROM journal WHERE link = ? AND seq BETWEEN ? AND ?"
    return bool(desk.value(before, [issuance.link, entries[0]["seq"] - 3, entries[0]["seq"] - 1]))


def _answers(desk: Desk, notice: Notice) -> list[tuple[Notice, Issuance]]:
    """Return what was issued to correct or supplement a notice after it."""
    found = store.answers_to(desk, notice.corrects_id or notice.id)
    if notice.corrects_id is None:
        return found
    own = [each.id for each, _ in found].index(notice.id)
    return [pair for pair in found[own + 1 :] if notice.kind == correction.CODE or pair[0].kind == correction.CODE]


def _standing(desk: Desk, notice: Notice, answers: list[tuple[Notice, Issuance]]) -> Iterator[str]:
    corrected = [issued for each, issued in answers if each.kind == correction.CODE]
    more = "、".join(number_of(desk, issued) for each, issued in answers if each.kind != correction.CODE)
    if notice.corrects_id and (first := store.issuance_of(desk, notice.corrects_id)):
        verb = "更正" if notice.kind == correction.CODE else "补充"
        yield f"它是用来{verb}{number_of(desk, first)}的，请和那一份一起看。"
    if corrected:
        yield f"它不是最新的：已经由{number_of(desk, corrected[-1])}更正，以那一份为准。"
    else:
        yield "它是最新的，发布以后没有更正过。"
    if more:
        yield f"另有{more}作了补充，请一起看。"


def _places(desk: Desk, notice: Notice) -> Iterator[str]:
    postings = store.postings_of(desk, notice.id)
    if not postings:
        yield "还没有登记张贴在哪里。"
    taken = store.takedowns_of(desk, notice.id)
    for posting in postings:
        down = taken.get(posting.id)
        until = f"{chinese_date(down.taken_on)}取下" if down else f"应贴到{chinese_date(posting.last_day)}"
        yield f"贴在{posting.board}：{chinese_date(posting.first_day)}起，{until}。"
    if filing := store.filing_of(desk, notice.id):
        yield f"原件归档在{filing.place}。"


def _to_compare(issuance: Issuance, kept: Printed | None, printed: Printed | None) -> Iterator[str]:
    """Yield what is still to be looked at on the paper when only its number was typed."""
    if printed is None and kept:
        yield f"请再核对纸上的校验码是不是 {in_groups(kept.code)}，一样才是原样的纸。"
    elif kept is None:
        yield f"它发布的时候还没有二维码，只能按文号查。请核对页脚的账目校验码是不是 {issuance.link[:SHOWN]}…，标题是不是一样。"


def _paper(desk: Desk, issuance: Issuance) -> Iterator[str]:
    """Yield what is wrong with the kept paper; it can be drawn again from what is frozen, so it proves nothing."""
    try:
        is_whole = digest_of(desk.content(issuance.paper_id)) == issuance.paper_id
    except DiskGone:
        is_whole = False
    if not is_whole:
        yield "账本里存的那份打印稿不见了或者坏了，内容还在，可以重新打印；请先备份再检查磁盘。"


def _proof_of(issuance: Issuance) -> Printed | None:
    """Return the code printed on an issue, None for one issued before there were codes."""
    proof = json.loads(issuance.facts).get("proof")
    return printed_code(proof["code"]) if proof else None
