"""Who is meant by a foreign sheet: certain, or asked; never guessed."""

from datetime import date

import pytest

from villagedesk.village.matching import SEVERAL, UNKNOWN, Register, person_doubt, same_name
from villagedesk.village.model import Person


def somebody(name: str, number: str, team: str = "a", account: str = "") -> Person:
    return Person(
        id=number, household_id=team, name=name, initials="", relation="", sex="女", id_number=f"51032219700101{number}",
        born_on=date(1970, 1, 1), account=account,
    )  # fmt: skip


ZHANG, OTHER = somebody("张艳", "0001", "a", "6214001"), somebody("张艳", "0002", "b", "6214002")
LIU, KHAN, RARE = somebody("刘燕", "0003"), somebody("刘·买买提", "0004"), somebody("王𬭎", "0005", "b", "6214005")
REGISTER = Register([ZHANG, OTHER, LIU, KHAN, RARE], {"a": "1组", "b": "2组"})


def test_a_name_that_one_person_has_is_certain_whatever_gaps_and_dots_it_is_written_with() -> None:
    assert REGISTER.match("刘　燕").person is LIU
    assert [REGISTER.match(f"刘{dot}买买提").person for dot in "·•・．"] == [KHAN] * 4
    assert REGISTER.match("刘燕", account="999").person is LIU


@pytest.mark.parametrize(
    ("told", "person"),
    [({"account": "6214002"}, OTHER), ({"team": "1组"}, ZHANG), ({"id_number": OTHER.id_number}, OTHER)],
)
def test_of_several_of_one_name_account_team_or_id_decides(told: dict[str, str], person: Person) -> None:
    assert REGISTER.match("张艳", **told).person is person


def test_without_any_of_these_it_is_asked() -> None:
    match = REGISTER.match("张艳", account="1")
    assert (match.person, match.candidates, match.why) == (None, (ZHANG, OTHER), SEVERAL)


def test_who_only_sounds_alike_is_asked_about_the_same_team_first() -> None:
    match = REGISTER.match("章燕", team="2组")
    assert (match.person, match.candidates, match.why) == (None, (OTHER, ZHANG), UNKNOWN)
    assert REGISTER.match("刘艳").candidates == (LIU,)


def test_an_account_under_another_name_is_asked_about() -> None:
    assert REGISTER.match("李四", account="6214005").candidates == (RARE,)
    assert REGISTER.match("李四").candidates == ()


def test_an_id_under_another_name_is_asked_about_and_never_overruled_by_the_name() -> None:
    match = REGISTER.match("刘燕", id_number=ZHANG.id_number)
    assert match.person is None
    assert match.candidates[0] is ZHANG


def test_characters_an_encoding_lost_are_asked_about() -> None:
    assert REGISTER.match("王?").candidates == (RARE,)
    assert REGISTER.match("？燕").candidates == (LIU,)


def test_a_doubt_tells_its_candidates_apart() -> None:
    doubt = person_doubt(REGISTER, REGISTER.match("张艳"), 4, "姓名", "张艳")
    assert [choice.label for choice in doubt.choices] == [
        "张艳，1组，1970年生，身份证尾号0001，账号尾号4001",
        "张艳，2组，1970年生，身份证尾号0002，账号尾号4002",
    ]
    assert doubt.unanswered == f"“张艳”{SEVERAL}"


def test_names_are_the_same_but_for_gaps_and_dots() -> None:
    assert same_name("刘·买买提", "刘•买 买提")
    assert not same_name("张艳", "张燕")


@pytest.mark.parametrize(
    ("written", "is_other"),
    [
        ("1组", False),
        ("第一村民小组", False),
        ("一组", False),
        ("十二组", True),
        ("2组", True),
        ("河东", False),
        ("", False),
    ],
)
def test_a_team_is_another_only_where_both_have_a_number(written: str, *, is_other: bool) -> None:
    assert bool(REGISTER.other_team(ZHANG, written)) == is_other
