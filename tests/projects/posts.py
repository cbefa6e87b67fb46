"""Posts for tests: a running project, a family of the register, somebody who looks after the road."""

from datetime import date
from typing import Any

from tests.works import running
from villagedesk.projects.model import Inspection, InspectionKind, Mark, Post, Project
from villagedesk.projects.scoresheets import template_named
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Household, Person


def family(desk: Desk, number: str = "0001", names: tuple[str, ...] = ("王桂香", "王小路")) -> list[Person]:
    """Enter a household, its head first; nobody else has an account."""
    with desk.change("village.people.imported") as change:
        household = change.put(Household(number=number, team="三组", head_name=names[0]))
        return [
            change.put(
                Person(
                    household_id=household.id,
                    name=name,
                    initials="wgx",
                    relation="户主" if name == names[0] else "子女",
                    sex="女",
                    id_number=f"5103221965030{number}{place}",
                    born_on=date(1965, 3, 2),
                    account="6217001234567890123" if name == names[0] else "",
                )
            )
            for place, name in enumerate(names)
        ]


def post(project: Project, person: Person, **changed: Any) -> Post:
    """A post as it is typed in."""
    typed: dict[str, Any] = {
        "project_id": project.id,
        "person_id": person.id,
        "payee_id": person.id,
        "duty": "护路员",
        "area": "三组",
        "base_fen": 500_00,
        "performance_fen": 375_00,
        "bands": "three",
        "first_day": date(2026, 3, 1),
    }
    return Post(**(typed | changed))


def road(desk: Desk) -> tuple[Project, list[Person]]:
    """A running project and a family."""
    return running(desk), family(desk)


def filled(template: str = "caretaker", *off: int, notes: bool = True) -> list[Mark]:
    """A score sheet with points taken off its first items."""
    from dataclasses import replace

    found = template_named(template)
    assert found
    blank = found.blank()
    points = (*off, *(0,) * (len(blank) - len(off)))
    return [
        replace(mark, deducted=off, note=f"第{mark.place}项看到了" if off and notes else "")
        for mark, off in zip(blank, points, strict=True)
    ]


def assessed(project: Project, **changed: Any) -> Inspection:
    """An assessment as it is typed in."""
    typed: dict[str, Any] = {
        "project_id": project.id,
        "kind": InspectionKind.ASSESSMENT,
        "inspected_on": date(2026, 7, 3),
        "score": 0,
        "is_passed": True,
        "inspectors": "周监督、吴代表",
        "template": "caretaker",
    }
    return Inspection(**(typed | changed))
