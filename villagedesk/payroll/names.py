"""Names on a pay sheet: people of one name are told apart, only where needed; outside of it a name is veiled."""

from collections import Counter
from collections.abc import Iterable, Mapping

from villagedesk.payments.model import PayrollLine
from villagedesk.village.model import Household, Person


def told_apart(
    lines: Iterable[PayrollLine], people: Mapping[str, Person], households: Mapping[str, Household]
) -> dict[str, str]:
    """Return how everybody on a sheet is called, by person id: 孙荣（3组）, or 孙荣（尾号2315）in the same team."""
    names = {line.person_id: line.name for line in lines}
    teams = {person_id: households[people[person_id].household_id].team for person_id in names}
    same_name = Counter(names.values())
    same_team = Counter((name, teams[person_id]) for person_id, name in names.items())
    called = {}
    for person_id, name in names.items():
        team = teams[person_id]
        if same_name[name] == 1:
            called[person_id] = name
        elif team and same_team[name, team] == 1:
            called[person_id] = f"{name}（{team}）"
        else:
            called[person_id] = f"{name}（尾号{people[person_id].id_number[-4:]}）"
    return called


def veiled(name: str, account: str) -> str:
    """Return who is meant for whoever has the sheet beside it, and for nobody else: 丁某某（尾号3373）."""
    return f"{name[:1]}{'某' * max(len(name) - 1, 1)}（尾号{account[-4:]}）"
