"""The practice year's works: contracts, the start, visits, acceptance, assessment, money that arrives."""

from datetime import date
from typing import TYPE_CHECKING

from villagedesk.app.practice import facts, villagers
from villagedesk.app.practice.board import tidy
from villagedesk.projects import usecases as projects
from villagedesk.projects.model import Contract, ContractKind, Inspection, InspectionKind, Project, ProjectState
from villagedesk.village import store as village_store
from villagedesk.village import usecases as village
from villagedesk.village.model import Arrival

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear

_STATES = ProjectState


def publicize_works(year: "PracticeYear") -> None:
    """What was resolved hangs on the board; the first money is there."""
    year.at(2, 9)
    for work in _begun(year):
        year.step(work, _STATES.PUBLICIZED, "公示表贴在村委会公示栏，公示7天")
    _arrive(year)


def start_works(year: "PracticeYear") -> None:
    """Granted, contracted, begun."""
    year.at(2, 25)
    for work in _begun(year):
        year.step(work, _STATES.GRANTED, "双石府〔2026〕17号批复")
    tidy(year)
    year.at(2, 28)
    for name, party, scope, amount in facts.CARETAKERS:
        _contract(year, name, ContractKind.CARETAKING, party, scope, amount, "按季发放")
    for work in _begun(year):
        if work.contractor:
            scope = f"{work.place}{work.name}"
            _contract(
                year, work.name, ContractKind.WORKS, work.contractor, scope, work.budget_fen * 7 // 10, "验收后付清"
            )
    year.at(3, 2)
    _arrive(year)
    for work in _begun(year):
        year.step(work, _STATES.RUNNING, "按实施方案开工")


def works_of(year: "PracticeYear", month: int) -> None:
    """Inspections of the month; acceptance and assessment of what is finished."""
    year.at(month, 28, 15)
    _arrive(year)
    running = [work for work in _begun(year) if _state(year, work) is _STATES.RUNNING]
    for place, work in enumerate(running):
        if (month + place) % 3 == 0:
            _inspect(year, work, InspectionKind.INSPECTION, 78 + (month * 7 + place * 5) % 20)
    for work in running:
        if (work.ends is _STATES.ASSESSED and month == 6) or (work.ends is _STATES.ACCEPTED and month == 9):
            _inspect(year, work, InspectionKind.ACCEPTANCE, 92)
            year.step(work, _STATES.ACCEPTED)
    _look_again(year, month)
    for work in _begun(year):
        if work.ends is _STATES.ASSESSED and month == 9:
            _inspect(year, work, InspectionKind.ASSESSMENT, 94)
            year.step(work, _STATES.ASSESSED)
        for name, score, note in facts.ASSESSMENTS:
            if work.name == name and month == 9:
                _inspect(year, work, InspectionKind.ASSESSMENT, score, note)
    villagers.work_days(year, month)
    villagers.ask_around(year, month)


def late_contract(year: "PracticeYear") -> None:
    """Enter a contract of September that was forgotten."""
    _contract(
        year,
        "饮用水管网维护",
        ContractKind.WORKS,
        "荣县恒通管业",
        "6组支管更换",
        280_000,
        "验收后付清",
        signed_on=date(2026, 9, 20),
    )


def _arrive(year: "PracticeYear") -> None:
    """Record the money that arrived by today and is not yet in the books."""
    today = year.clock.now().date()
    for source, _, document, arrivals in facts.FUNDS:
        came = village_store.fund_balance(year.village, year.funds[source]).arrived_fen
        for day, amount in arrivals:
            if came >= amount:
                came -= amount
            elif day <= today:
                arrival = Arrival(fund_id=year.funds[source], arrived_on=day, amount_fen=amount, document=document)
                village.record_arrival(year.village, arrival)
                came = 0


def _look_again(year: "PracticeYear", month: int) -> None:
    """In May a spot check finds something amiss; in June it is put right."""
    for looked_in, name, score, note in facts.SPOT_CHECKS:
        if looked_in == month:
            work = next(work for work in facts.WORKS if work.name == name)
            _inspect(year, work, InspectionKind.SPOT_CHECK, score, note)


def _contract(
    year: "PracticeYear",
    work: str,
    kind: ContractKind,
    party: str,
    scope: str,
    amount: int,
    cycle: str,
    signed_on: date | None = None,
) -> None:
    projects.sign_contract(
        year.village,
        Contract(
            project_id=year.projects[work],
            kind=kind,
            party=party,
            scope=scope,
            standard="按实施方案和质量标准，质量监督小组检查合格",
            amount_fen=amount,
            pay_cycle=cycle,
            signed_on=signed_on or year.clock.now().date(),
            first_day=date(2026, 3, 1),
            last_day=date(2026, 12, 31),
        ),
    )


def _inspect(year: "PracticeYear", work: facts.Work, kind: InspectionKind, score: int, note: str = "") -> None:
    projects.record_inspection(
        year.village,
        Inspection(
            project_id=year.projects[work.name],
            kind=kind,
            inspected_on=year.clock.now().date(),
            score=score,
            is_passed=score >= 60,
            inspectors=facts.INSPECTORS_INSTEAD.get(work.name, facts.INSPECTORS),
            note=note or ("路面、沟渠已看，现场拍照" if score < 90 else ""),
        ),
    )


def _begun(year: "PracticeYear") -> list[facts.Work]:
    begun = {_STATES.RUNNING, _STATES.ACCEPTED, _STATES.ASSESSED}
    return [work for work in facts.WORKS if work.ends in begun]


def _state(year: "PracticeYear", work: facts.Work) -> ProjectState:
    return year.village.get(Project, year.projects[work.name]).state
