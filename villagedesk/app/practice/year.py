"""The practice year: 青山村 and its township 双石镇 from December to November, by the same use-cases people use."""

import os
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from villagedesk.app.practice import facts
from villagedesk.app.practice.board import disclose
from villagedesk.app.practice.money import Purse
from villagedesk.app.practice.papers import REGISTER, SCORES, WISHES, shipped
from villagedesk.deliberation import usecases as deliberation
from villagedesk.deliberation.model import Meeting, MotionFacts, Presence
from villagedesk.exchange import store as exchange_store
from villagedesk.exchange import usecases as exchange
from villagedesk.exchange.card import fingerprint
from villagedesk.exchange.model import Ruling
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.kernel.dates import Period
from villagedesk.kernel.ids import seeded_chance
from villagedesk.kernel.progress import Progress
from villagedesk.payments.model import Claim, ClaimState
from villagedesk.projects import usecases as projects
from villagedesk.projects.model import Contract, ContractKind, Inspection, InspectionKind, Project, ProjectState
from villagedesk.storage.desk import Desk
from villagedesk.township import usecases as township
from villagedesk.village import store as village_store
from villagedesk.village import usecases as village
from villagedesk.village.model import Arrival, Fund, Office, OfficeKind, Person, Role

VILLAGE = "青山村"
TOWNSHIP = "双石镇"
_SEED = 20260101
_STATES = ProjectState


def home() -> Path:
    """Return where the practice village lies when nobody says otherwise."""
    base = os.environ.get("XDG_DATA_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".local" / "share"
    return Path(base) / "villagedesk" / "practice"


def build(folder: Path, progress: Progress | None = None) -> Path:
    """Make both desks under ``folder`` and return the village's. A cancelled or failed making leaves nothing."""
    progress = progress or Progress()
    target = folder / VILLAGE
    try:
        PracticeYear(folder, progress).run()
    except BaseException:
        for name in (VILLAGE, TOWNSHIP):
            shutil.rmtree(folder / name, ignore_errors=True)
        raise
    return target


class PracticeYear:
    """The making of the practice year: two desks on one clock, and who is at which."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self.clock = SetClock(datetime(2025, 12, 20, 9, 0, tzinfo=CHINA))
        self.chance = seeded_chance(_SEED)
        self.progress = progress
        self.village = self._found(folder / VILLAGE, OfficeKind.VILLAGE, VILLAGE, "510322105207", facts.ACCOUNTANT)
        self.township = self._found(folder / TOWNSHIP, OfficeKind.TOWNSHIP, TOWNSHIP, "510322105", facts.CLERK)
        self.funds: dict[str, str] = {}
        self.projects: dict[str, str] = {}

    def run(self) -> None:
        """Live the year, then close both desks."""
        with self.village, self.township:
            self.progress.start("建练习村", 16)
            for chapter in (self._people, self._wishes, self._money, self._council, self._assembly, self._start_works):
                chapter()
                self.progress.step()
            purse = Purse(self)
            for month in range(3, 12):
                if month in (4, 7, 10):
                    disclose(self, Period.quarter(2026, month // 3))
                if month in (7, 8):
                    self._flood_supplies(month)
                purse.month(month)
                if month != 11:
                    self._works_of(month)
                self.progress.step()
            purse.left_open()
            self.progress.step()

    def at(self, month: int, day: int, hour: int = 9, year: int = 2026) -> None:
        """Set the clock both desks look at."""
        self.clock.set(datetime(year, month, day, hour, 0, tzinfo=CHINA))

    def acts(self, name: str) -> None:
        """Let an officer of the village sign in."""
        village.sign_in(self.village, name, facts.PASSWORD)

    def step(self, work: facts.Work, state: ProjectState, note: str = "") -> None:
        """Take a work's project a step further today."""
        projects.take_step(self.village, self.projects[work.name], state, self.clock.now().date(), note)

    def _found(self, folder: Path, kind: OfficeKind, name: str, code: str, owner: str) -> Desk:
        is_village = kind is OfficeKind.VILLAGE
        office = Office(
            kind=kind,
            name=name,
            code=code,
            township=TOWNSHIP if is_village else "",
            households=180 if is_village else 0,
            population=600 if is_village else 0,
            contact=facts.HEAD if is_village else facts.CLERK,
            phone="0813-6200001" if is_village else "0813-6200000",
            is_practice=True,
        )
        return village.found_desk(folder, office, owner, facts.PASSWORD, clock=self.clock, chance=self.chance)

    def report(self, month: int) -> None:
        """Exchange with the township: a package up, a verdict on every claim, the receipt back."""
        self.at(month, 25, 9)
        sent = exchange.export(self.village, self.village.folder / "outbox")
        self.at(month, 25, 14)
        exchange.receive(self.township, sent.path)
        for claim in self.township.find(Claim, "state = ?", [ClaimState.APPROVED]):
            township.give_verdict(self.township, claim, Ruling.PASSED)
        peer = exchange_store.peer_named(self.township, VILLAGE)
        assert peer
        back = exchange.receipt(self.township, peer, self.township.folder / "outbox")
        self.at(month, 26, 9)
        exchange.receive(self.village, back.path)

    def late_contract(self) -> None:
        """Enter a contract of September that was forgotten."""
        self._contract(
            "饮用水管网维护",
            ContractKind.WORKS,
            "荣县恒通管业",
            "6组支管更换",
            280_000,
            "验收后付清",
            signed_on=date(2026, 9, 20),
        )

    def _enrol(self, folder: Path) -> None:
        """The two offices exchange their cards and compare the fingerprints."""
        for here, there in ((self.village, self.township), (self.township, self.village)):
            path = folder / f"{there.office_id}.card"
            card = exchange.write_card(there, path)
            exchange.enrol(here, path, fingerprint(card).reading)

    def _people(self) -> None:
        with TemporaryDirectory() as folder:
            self._enrol(Path(folder))
        for name, role in facts.OFFICERS:
            village.appoint(self.village, name, Role(role), facts.PASSWORD)
        village.import_people(self.village, shipped(REGISTER))
        term = (date(2025, 12, 20), date(2028, 12, 19))
        for kind, names in facts.BODIES:
            village.set_up_body(self.village, kind, _with_duties(names), *term)
        village.set_up_body(self.village, "议事会", _with_duties(_council_names()), *term)
        heads = self.village.find(Person, "relation = '户主'", order="rowid")
        self.representatives = [person.name for person in heads[:: len(heads) // facts.REPRESENTATIVES]][
            : facts.REPRESENTATIVES
        ]
        village.set_up_body(self.village, "村民代表会议", _with_duties(self.representatives), *term)

    def _wishes(self) -> None:
        self.at(1, 21)
        projects.import_wishes(self.village, shipped(WISHES), 2026)
        self.at(1, 22)
        for work in facts.WORKS:
            project = projects.shortlist(
                self.village,
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
            self.projects[work.name] = project.id

    def _money(self) -> None:
        self.at(1, 26)
        for source, planned, document, _ in facts.FUNDS:
            fund = Fund(year=2026, source=source, planned_fen=planned, document=document)
            self.funds[source] = village.open_fund(self.village, fund).id

    def _council(self) -> None:
        """The council scores the candidates; the committees propose."""
        self.at(2, 3)
        deliberation.import_scores(self.village, shipped(SCORES), 2026)
        names = _council_names()
        self._meet(
            "议事会", "议事会", "2026年议事会第1次", names, 21, 19, [MotionFacts("量分结果和初选项目", 18, 0, 1)]
        )
        for work in facts.WORKS:
            project = self.village.get(Project, self.projects[work.name])
            if work.budget_fen:
                fund_id = self.funds[work.source]
                projects.revise(self.village, _with_fund(project, fund_id))
            if work.ends is not _STATES.SHORTLISTED:
                self.step(work, _STATES.PROPOSED)

    def _assembly(self) -> None:
        """The representatives decide: eight works pass, one is voted down."""
        self.at(2, 8)
        motions = [
            MotionFacts(f"{work.name}立项和预算", 52 - place, place % 3, 1, project_ids=(self.projects[work.name],))
            if work.ends is not _STATES.REJECTED
            else MotionFacts(f"{work.name}立项和预算", 24, 25, 4, project_ids=(self.projects[work.name],))
            for place, work in enumerate(facts.WORKS)
            if work.ends not in (_STATES.PROPOSED, _STATES.SHORTLISTED) and work.name != "防汛物资储备"
        ]
        motions.append(MotionFacts("选举民主理财小组、质量监督小组", 51, 0, 2))
        motions = [_filled(motion, 53) for motion in motions]
        self._meet("村民代表会议", "村民代表会议", "2026年村民代表会议第1次", self.representatives, 60, 53, motions)

    def _flood_supplies(self, month: int) -> None:
        """In July the representatives decide on flood supplies; in August the township grants them."""
        work = next(work for work in facts.WORKS if work.name == "防汛物资储备")
        if month == 8:
            self.at(8, 3)
            self.step(work, _STATES.GRANTED, "双石府〔2026〕58号批复")
            return
        self.at(7, 16)
        motion = _filled(MotionFacts(f"{work.name}立项和预算", 40, 2, 1, project_ids=(self.projects[work.name],)), 43)
        self._meet("村民代表会议", "村民代表会议", "2026年村民代表会议第2次", self.representatives, 60, 43, [motion])
        self.at(7, 18)
        self.step(work, _STATES.PUBLICIZED, "公示表贴在村委会公示栏")

    def _start_works(self) -> None:
        """Posted, granted, contracted, begun."""
        for state, (month, day), note in (
            (_STATES.PUBLICIZED, (2, 9), "公示表贴在村委会公示栏，公示7天"),
            (_STATES.GRANTED, (2, 25), "双石府〔2026〕17号批复"),
        ):
            self.at(month, day)
            for work in self._begun():
                self.step(work, state, note)
        self.at(2, 28)
        for name, party, scope, amount in facts.CARETAKERS:
            self._contract(name, ContractKind.CARETAKING, party, scope, amount, "按季发放")
        for work in self._begun():
            if work.contractor:
                scope = f"{work.place}{work.name}"
                self._contract(
                    work.name, ContractKind.WORKS, work.contractor, scope, work.budget_fen * 7 // 10, "验收后付清"
                )
        self.at(3, 2)
        self._arrive()
        for work in self._begun():
            self.step(work, _STATES.RUNNING, "按实施方案开工")

    def _works_of(self, month: int) -> None:
        """Inspections of the month; acceptance and assessment of what is finished."""
        self.at(month, 28, 15)
        self._arrive()
        running = [work for work in self._begun() if self._state(work) is _STATES.RUNNING]
        for place, work in enumerate(running):
            if (month + place) % 3 == 0:
                self._inspect(work, InspectionKind.INSPECTION, 78 + (month * 7 + place * 5) % 20)
        for work in running:
            if (work.ends is _STATES.ASSESSED and month == 6) or (work.ends is _STATES.ACCEPTED and month == 9):
                self._inspect(work, InspectionKind.ACCEPTANCE, 92)
                self.step(work, _STATES.ACCEPTED)
        for work in self._begun():
            if work.ends is _STATES.ASSESSED and month == 9:
                self._inspect(work, InspectionKind.ASSESSMENT, 94)
                self.step(work, _STATES.ASSESSED)

    def _begun(self) -> list[facts.Work]:
        begun = {_STATES.RUNNING, _STATES.ACCEPTED, _STATES.ASSESSED}
        return [work for work in facts.WORKS if work.ends in begun]

    def _state(self, work: facts.Work) -> ProjectState:
        return self.village.get(Project, self.projects[work.name]).state

    def _arrive(self) -> None:
        """Record the money that arrived by today and is not yet in the books."""
        today = self.clock.now().date()
        for source, _, document, arrivals in facts.FUNDS:
            came = village_store.fund_balance(self.village, self.funds[source]).arrived_fen
            for day, amount in arrivals:
                if came >= amount:
                    came -= amount
                elif day <= today:
                    arrival = Arrival(fund_id=self.funds[source], arrived_on=day, amount_fen=amount, document=document)
                    village.record_arrival(self.village, arrival)
                    came = 0

    def _contract(
        self,
        work: str,
        kind: ContractKind,
        party: str,
        scope: str,
        amount: int,
        cycle: str,
        signed_on: date | None = None,
    ) -> None:
        projects.sign_contract(
            self.village,
            Contract(
                project_id=self.projects[work],
                kind=kind,
                party=party,
                scope=scope,
                standard="按实施方案和质量标准，质量监督小组检查合格",
                amount_fen=amount,
                pay_cycle=cycle,
                signed_on=signed_on or self.clock.now().date(),
                first_day=date(2026, 3, 1),
                last_day=date(2026, 12, 31),
            ),
        )

    def _inspect(self, work: facts.Work, kind: InspectionKind, score: int) -> None:
        projects.record_inspection(
            self.village,
            Inspection(
                project_id=self.projects[work.name],
                kind=kind,
                inspected_on=self.clock.now().date(),
                score=score,
                is_passed=score >= 60,
                inspectors="周监督、郑监督、卫监督",
                note="路面、沟渠已看，现场拍照" if score < 90 else "",
            ),
        )

    def _meet(
        self,
        kind: str,
        basis: str,
        number: str,
        names: list[str],
        entitled: int,
        present: int,
        motions: list[MotionFacts],
    ) -> None:
        body = village_store.body_of_kind(self.village, kind)
        assert body
        roll = [
            (name, Presence.PRESENT if place < present else Presence.ABSENT) for place, name in enumerate(_apart(names))
        ]
        meeting = Meeting(
            body_id=body.id,
            basis=basis,
            number=number,
            held_on=self.clock.now().date(),
            place="村委会二楼会议室",
            chair=facts.HEAD,
            recorder=facts.ACCOUNTANT,
            entitled=entitled,
            present=present,
            minutes="逐项说明实施方案和预算，代表提问后表决，结果当场宣布。",
            profile_version="",
            recorded_by="",
        )
        deliberation.record_meeting(self.village, meeting, roll, motions)


def _council_names() -> list[str]:
    from villagedesk.storage.foreign import read_grid

    rows = read_grid(shipped(SCORES)).rows
    return list(dict.fromkeys(str(row[0]) for row in rows[1:]))


def _with_duties(names: tuple[str, ...] | list[str]) -> list[tuple[str, str]]:
    return [(name, "组长" if place == 0 else "成员") for place, name in enumerate(_apart(list(names)))]


def _apart(names: list[str]) -> list[str]:
    """Return the names with a mark where one stands twice."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return told


def _filled(motion: MotionFacts, present: int) -> MotionFacts:
    """Return the motion with whoever neither agreed nor objected among the abstentions."""
    return replace(motion, abstain=present - motion.yes - motion.no)


def _with_fund(project: Project, fund_id: str) -> Project:
    return replace(project, fund_id=fund_id)
