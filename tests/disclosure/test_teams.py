"""The teams a place names are read from the words people write."""

import pytest

from villagedesk.disclosure.teams import in_order, teams_named

TEAMS = [f"{number}组" for number in (10, 1, 2, 3, 4, 5, 6, 7, 8, 9)]


@pytest.mark.parametrize(
    ("place", "teams"),
    [
        ("1至5组", "1组 2组 3组 4组 5组"),
        ("1组至4组村道", "1组 2组 3组 4组"),
        ("2、3组", "2组 3组"),
        ("2组、7组提灌站", "2组 7组"),
        ("村委会至6组", "6组"),
        ("10组", "10组"),
        ("8至11组", "8组 9组 10组"),
        ("全村8个组", "1组 2组 3组 4组 5组 6组 7组 8组 9组 10组"),
        ("村文化广场", ""),
        ("", ""),
        ("11组", ""),
    ],
)
def test_a_place_names_its_teams(place: str, teams: str) -> None:
    assert teams_named(place, TEAMS) == teams.split()


def test_a_team_without_a_number_is_named_by_its_name() -> None:
    assert teams_named("学堂湾组水沟", ["学堂湾组", "1组"]) == ["学堂湾组"]
    assert in_order(["学堂湾组", "10组", "9组"]) == ["9组", "10组", "学堂湾组"]
