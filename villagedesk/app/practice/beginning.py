"""The practice year's beginning: the offices enrol each other; people, bodies, wishes and funds are taken in."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from villagedesk.app.practice import facts, moneyfacts
from villagedesk.app.practice.board import open_board
from villagedesk.app.practice.meetings import council_names, with_duties
from villagedesk.app.practice.papers import REGISTER, WISHES, shipped
from villagedesk.exchange import usecases as exchange
from villagedesk.exchange.card import fingerprint
from villagedesk.projects import usecases as projects
from villagedesk.projects.model import Project
from villagedesk.village import usecases as village
from villagedesk.village.model import Fund, Kinship, Person, Role

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear


def take_in_people(year: "PracticeYear") -> None:
    """Enrol the township, appoint the officers, take in the register, set up the bodies, write down who is kin."""
    with TemporaryDirectory() as folder:
        _enrol(year, Path(folder))
    for name, role in facts.OFFICERS:
        village.appoint(year.village, name, Role(role), facts.PASSWORD)
    village.import_people(year.village, shipped(REGISTER))
    term = (date(2025, 12, 20), date(2028, 12, 19))
    for kind, names in facts.BODIES:
        village.set_up_body(year.village, kind, with_duties(names), *term)
    village.set_up_body(year.village, "议事会", with_duties(council_names()), *term)
    heads = year.village.find(Person, "relation = '户主'", order="rowid")
    year.representatives = [person.name for person in heads[:: len(heads) // facts.REPRESENTATIVES]][
        : facts.REPRESENTATIVES
    ]
    village.set_up_body(year.village, "村民代表会议", with_duties(year.representatives), *term)
    village.set_up_body(year.village, "村民小组会议", with_duties(facts.TEAM_LEADERS), *term)
    for holder, relative, relation in moneyfacts.KINSHIPS:
        village.record_kinship(year.village, Kinship(holder=holder, relative=relative, relation=relation))


def take_in_wishes(year: "PracticeYear") -> None:
    """Take in the households' wishes and list what may be done."""
    year.at(1, 21)
    projects.import_wishes(year.village, shipped(WISHES), 2026)
    year.at(1, 22)
    for work in facts.WORKS:
        project = projects.shortlist(
            year.village,
            Project(
                year=2026,
                name=work.name,
                class_code=work.class_code,
                item=work.item,
                place=work.place,
                manager=work.manager,
                budget_fen=work.budget_fen,
            ),
        )
        year.projects[work.name] = project.id


def open_funds(year: "PracticeYear") -> None:
    """Open the year's funds, and the board."""
    year.at(1, 26)
    for source, planned, document, _ in facts.FUNDS:
        fund = Fund(year=2026, source=source, planned_fen=planned, document=document)
        year.funds[source] = village.open_fund(year.village, fund).id
    open_board(year)


def _enrol(year: "PracticeYear", folder: Path) -> None:
    """The two offices exchange their cards and compare the fingerprints."""
    for here, there in ((year.village, year.township), (year.township, year.village)):
        path = folder / f"{there.office_id}.card"
        card = exchange.write_card(there, path)
        exchange.enrol(here, path, fingerprint(card).reading)
