"""Who of the register a foreign sheet means: certain by name, account or id; what is doubtful is asked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from villagedesk.storage.desk import Desk
from villagedesk.storage.foreign import plain
from villagedesk.storage.foreign.reading import Choice, Doubt
from villagedesk.village.model import Household, Person

_DOTS = str.maketrans("•・‧．∙●。.", "········")
_TEAM = re.compile(r"第?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:村民)?小?组")
_TENS = "十,十一,十二,十三,十四,十五,十六,十七,十八,十九,二十"
_CHINESE = {sign: at for at, sign in enumerate([*"一二三四五六七八九", *_TENS.split(",")], 1)}
_MOST_CHOICES = 6
UNKNOWN = "户册里没有这个人，请先导入户册或核对姓名"
SEVERAL = "有几个同名的人，请在账号一栏写上本人的账号"


@dataclass(frozen=True, slots=True)
class Match:
    """Who is meant: a ``person``, or None with those it may be, the likeliest first; ``why`` is not certain."""

    person: Person | None
    candidates: tuple[Person, ...] = ()
    why: str = ""


class Register:
    """The villagers as foreign sheets ask for them: by name, account, id number, and by sound."""

    def __init__(self, people: Iterable[Person], teams: dict[str, str] | None = None) -> None:
        self._people = list(people)
        self._teams = teams or {}
        self._named: dict[str, list[Person]] = defaultdict(list)
        self._by_account: dict[str, list[Person]] = defaultdict(list)
        self.by_id_number: dict[str, Person] = {}
        for person in self._people:
            self._named[_key(person.name)].append(person)
            self.by_id_number[person.id_number] = person
            if person.account:
                self._by_account[person.account].append(person)

    @classmethod
    def of(cls, desk: Desk) -> "Register":
        """Return the register of a desk's village."""
        households = desk.find(Household, "village_id = ?", [desk.office_id])
        teams = {household.id: household.team for household in households}
        return cls(desk.find(Person, "village_id = ?", [desk.office_id]), teams)

    def team(self, person: Person) -> str:
        """Return a person's team (村民小组), "" when it is not known."""
        return self._teams.get(person.household_id, "")

    def other_team(self, person: Person, written: str) -> str:
        """Return a team as a sheet writes it when it is another than a person's, "" when it is theirs or unclear."""
        own, told = _number_of(self.team(person)), _number_of(written)
        return written if own and told and own != told else ""

    def holders(self, account: str) -> Sequence[Person]:
        """Return whose an account is."""
        return self._by_account.get(account, ())

    def match(self, name: str, *, account: str = "", id_number: str = "", team: str = "") -> Match:
        """Return who is meant. A name alone is certain when one person has it; an id number decides before all else.

        Whoever only sounds alike, or has the account under another name, is a candidate and never taken unasked.
        """
        named = self._named.get(_key(name), [])
        if id_number:
            known = self.by_id_number.get(id_number)
            if known in named:
                return Match(known)
            return Match(None, tuple(self._likely(name, account, team, known)), UNKNOWN)
        if len(named) == 1:
            return Match(named[0])
        if named:
            return self._of_several(named, account, team)
        return Match(None, tuple(self._likely(name, account, team)), UNKNOWN)

    def _of_several(self, named: Sequence[Person], account: str, team: str) -> Match:
        for fitting in (
            [person for person in named if account and person.account == account],
            [person for person in named if team and self.team(person) == team],
        ):
            if len(fitting) == 1:
                return Match(fitting[0])
        return Match(None, tuple(named), SEVERAL)

    def _likely(self, name: str, account: str, team: str, known: Person | None = None) -> list[Person]:
        """Return who may be meant by a name nobody has: by id, by account, by sound (the same team first)."""
        sounding = [person for person in self._sounding(name) if person is not known]
        sounding.sort(key=lambda person: not (team and self.team(person) in team))
        found = [*([known] if known else []), *self._by_account.get(account, []), *sounding]
        return list(dict.fromkeys(found))[:_MOST_CHOICES]

    def _sounding(self, name: str) -> list[Person]:
        if "?" in name or "？" in name or "\ufffd" in name:
            return [person for person in self._people if _fits(person.name, name)]
        return self._by_sound.get(_sound(name), []) if len(name) > 1 else []

    @cached_property
    def _by_sound(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = defaultdict(list)
        for person in self._people:
            found[_sound(person.name)].append(person)
        return dict(found)


def person_doubt(
    register: Register, match: Match, row: int, column: str, written: str, *, account: str = "", nth: int = 1
) -> Doubt:
    """Return the question who is meant; the ``nth`` of a name and account on a sheet is asked about on its own."""
    choices = tuple(Choice(person.id, told_apart(register, person)) for person in match.candidates)
    return Doubt(
        key=f"{written}|{account}" if nth == 1 else f"{written}|{account}|{nth}",
        row=row,
        column=column,
        question=f"“{written}”是户册里的哪一位？",
        choices=choices,
        unanswered=f"“{written}”{match.why}",
    )


def told_apart(register: Register, person: Person) -> str:
    """Return a person with what tells them from others of the same name: team, year of birth, end of id and account."""
    ends = [
        person.id_number[-4:] and f"身份证尾号{person.id_number[-4:]}",
        person.account and f"账号尾号{person.account[-4:]}",
    ]
    return "，".join([person.name, register.team(person), f"{person.born_on.year}年生", *filter(None, ends)])


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same but for gaps and the kind of dot in a long name."""
    return _key(one) == _key(other)


def _number_of(team: str) -> int:
    """Return the number of a team, however it is written (3组, 第三村民小组), 0 where it has none or several."""
    found = _TEAM.findall(plain(team))
    if len(found) != 1:
        return 0
    return int(found[0]) if found[0].isdecimal() else _CHINESE.get(found[0], 0)


def _key(name: str) -> str:
    """Return a name as it is compared: gaps out, every dot of a long name the same."""
    return "".join(name.split()).translate(_DOTS)


def _fits(name: str, broken: str) -> bool:
    """Tell whether a name is the broken one with characters in place of its question marks."""
    return len(name) == len(broken) and all(
        lost in "?？\ufffd" or lost == found for found, lost in zip(name, broken, strict=True)
    )


def _sound(name: str) -> str:
    """Return how a name sounds, tones aside: 张艳 → ``"zhang yan"``."""
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(_key(name)))
