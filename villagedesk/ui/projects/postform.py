"""The forms about posts: who does which duty for how much, and when a post ends."""

from collections.abc import Sequence
from datetime import date

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.money import yuan
from villagedesk.projects import rules, store, usecases
from villagedesk.projects.model import Post, Project
from villagedesk.projects.payshare import performance_for
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.datefield import DateField, today_of
from villagedesk.ui.kit.fields import AmountField, Field, LongTextField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.notes import Jump
from villagedesk.ui.projects.form import missing
from villagedesk.village.model import Household, Person
from villagedesk.village.store import person_ids, person_lines, profile
from villagedesk.village.workrules import IN_FULL, in_percent

_MOST = 60


class PostForm(Form):
    """A person's job on a project: duty, area, base and performance pay, by which bands, whose account."""

    def __init__(self, desk: Desk, project: Project, *, jump: Jump | None = None) -> None:
        self._desk, self._project = desk, project
        self._person = ChoiceField(
            "person_id", "谁来做", self._find, sample="写姓名或拼音字头来选", choice_of=self._choice
        )
        self._payee = ChoiceField(
            "payee_id", "报酬打给谁", self._find, hint="本人，或这一户的户主", choice_of=self._choice
        )
        self._base = AmountField("base_fen", "每月基本报酬", optional=True)
        self._performance = AmountField("performance_fen", "每季度绩效报酬", optional=True, hint="考核以后按得分发")
        self._proposed: int | None = None
        super().__init__(
            self._asked(),
            save=lambda values, reason: usecases.set_up_post(desk, self._typed(values), reason),
            check=self._findings,
            verb="设岗位",
            values={"first_day": self._today(), "bands": next(iter(profile(desk).works.bands))},
            jump=jump,
        )
        self._person.edited.connect(self._propose_payee)
        for field in (self._base, self.fields["bands"]):
            field.edited.connect(self._propose_performance)

    def _asked(self) -> list[Field | tuple[Field, ...]]:
        bands = [Choice(rule.key, rule.name, rule.label) for rule in profile(self._desk).works.bands.values()]
        contracts = [
            Choice(one.id, f"{one.party}：{one.scope}", f"{yuan(one.amount_fen)}元")
            for one in store.contracts_of(self._desk, self._project.id)
        ]
        return [
            (self._person, self._payee),
            (
                TextField("duty", "岗位", sample="护路员、保洁员、水管员……"),
                TextField("area", "负责区域", optional=True, sample="三组、主干道……"),
            ),
            (
                self._base,
                self._performance,
            ),
            ChoiceField("bands", "绩效按得分怎么付", [Choice("", "全额，不看得分"), *bands]),
            ChoiceField("contract_id", "按哪份合同", contracts, optional=True),
            (
                DateField("first_day", "起日", today=self._today),
                DateField("last_day", "止日", today=self._today, optional=True),
            ),
        ]

    def _find(self, text: str) -> Sequence[Choice]:
        lines = person_lines(self._desk, list(person_ids(self._desk, text.strip()))[:_MOST])
        return [Choice(line.person.id, line.person.name, f"{line.household}号，{line.team}") for line in lines]

    def _choice(self, person_id: str) -> Choice:
        person = self._desk.get(Person, person_id)
        return Choice(person.id, person.name, self._desk.get(Household, person.household_id).team)

    def _propose_payee(self) -> None:
        """Propose the person; the head of the household where the person has no account."""
        if (chosen := self._person.value()) is None:
            return
        person = self._desk.get(Person, chosen)
        household = self._desk.get(Household, person.household_id)
        if not person.account:
            heads = self._desk.find(Person, "household_id = ? AND name = ?", [household.id, household.head_name])
            person = next((head for head in heads if head.account), person)
        self._payee.set_value(person.id)

    def _propose_performance(self) -> None:
        """Propose performance pay that splits the pay as the profile says, unless another sum was typed."""
        works = profile(self._desk).works
        bands = works.bands.get(self.fields["bands"].value() or "", IN_FULL)
        proper = performance_for(self._base.value() or 0, bands, works.pay_share) or None
        if self._performance.value() in (None, self._proposed):
            self._performance.set_value(proper)
            self._proposed = proper
        share = works.pay_share.base
        told = f"规则是基本{in_percent(share)}、绩效{in_percent(1 - share)}"
        self._performance.set_hint(f"考核以后按得分发。{told}" + (f"，应是{yuan(proper)}元" if proper else ""))

    def _today(self) -> date:
        return self._desk.clock.now().date()

    def _typed(self, values: Values) -> Post:
        return Post(
            project_id=self._project.id,
            person_id=values["person_id"] or "",
            payee_id=values["payee_id"] or "",
            contract_id=values["contract_id"] or None,
            duty=values["duty"],
            area=values["area"],
            base_fen=values["base_fen"] or 0,
            performance_fen=values["performance_fen"] or 0,
            bands=values["bands"] or "",
            first_day=values["first_day"],
            last_day=values["last_day"],
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, first_day="起日"):
            return empty
        return usecases.post_findings(self._desk, self._typed(values))


class EndPostForm(Form):
    """The last day of one of a project's posts."""

    def __init__(self, desk: Desk, project: Project) -> None:
        self._desk = desk
        self._open = {post.id: post for post in store.posts_of(desk, project.id) if post.last_day is None}
        choices = [Choice(post.id, store.post_name(desk, post), f"{post.first_day}起") for post in self._open.values()]
        super().__init__(
            [
                ChoiceField("post_id", "哪个岗位", choices),
                DateField("last_day", "最后一天", today=today_of(desk)),
                LongTextField("why", "为什么", optional=True, lines=2),
            ],
            save=lambda values, _reason: usecases.end_post(desk, values["post_id"], values["last_day"], values["why"]),
            check=self._findings,
            verb="结束岗位",
            values={"last_day": desk.clock.now().date(), "post_id": choices[0].id if len(choices) == 1 else None},
        )

    def _findings(self, values: Values) -> Sequence[Finding]:
        if empty := missing(values, post_id="岗位", last_day="最后一天"):
            return empty
        return list(rules.may_end(self._open[values["post_id"]], values["last_day"]))
