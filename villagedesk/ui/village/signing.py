"""Who signs: the sign-off chain of the village, and who is whose relative; as cards, and as forms to change them."""

from collections.abc import Callable, Sequence

from villagedesk.kernel.findings import Finding
from villagedesk.storage.desk import Desk
from villagedesk.ui.kit.choicefield import Choice, ChoiceField
from villagedesk.ui.kit.fields import LongTextField, TextField
from villagedesk.ui.kit.form import Form, Values
from villagedesk.ui.kit.suggestfield import SuggestField
from villagedesk.village import rules, store, usecases
from villagedesk.village.model import Kinship
from villagedesk.village.moneyrules import Chain


def way_of(chain: Chain) -> str:
    """Return a chain in words: 民主理财小组 → 村主要负责人 → …."""
    return " → ".join(step.who.label for step in chain.steps)


def chain_now(desk: Desk) -> Chain | None:
    """Return the chain new claims go by, None when the profile has dropped it."""
    return store.profile(desk).chains.get(store.office(desk).chain)


def chain_form(desk: Desk) -> Form:
    """Return the form that chooses the sign-off chain."""
    chains, now = store.profile(desk).chains, store.office(desk).chain
    field = ChoiceField(
        "chain",
        "审批流程",
        [Choice(one.key, one.label, way_of(one)) for one in chains.values()],
        hint="以后提交的报账单按它走；已经在路上的不变。",
    )
    return Form(
        [field, LongTextField("reason", "为什么改", hint="例如：按县里的通知", lines=2)],
        save=lambda values, _reason: usecases.choose_chain(desk, values["chain"] or "", values["reason"]),
        check=lambda values: _reasoned(values, now),
        verb="就用这一种",
        values={"chain": now if now in chains else None},
    )


def kinship_form(desk: Desk, names: Callable[[str], Sequence[str]]) -> Form:
    """Return the form that records a close relative of somebody who holds an office; ``names`` proposes people."""

    def facts(values: Values) -> Kinship:
        return Kinship(holder=values["holder"], relative=values["relative"], relation=values["relation"])

    return Form(
        [
            (SuggestField("holder", "任职的人", names), SuggestField("relative", "他的近亲属", names)),
            TextField("relation", "什么关系", optional=True, sample="例如：儿子"),
        ],
        save=lambda values, _reason: usecases.record_kinship(desk, facts(values)),
        check=lambda values: list(rules.sound_kinship(facts(values), store.kinships(desk))),
        verb="登记",
    )


def drop_form(desk: Desk) -> Form:
    """Return the form that takes back a relative who was recorded by mistake."""
    known = [
        Choice(one.id, f"{one.relative}（{one.holder}的{one.relation or '亲属'}）") for one in store.kinships(desk)
    ]

    def check(values: Values) -> list[Finding]:
        found = [] if values["kinship"] else [Finding("form.missing", "请选删去哪一条。", "kinship")]
        return found + ([] if values["reason"].strip() else [Finding("form.missing", "请写明为什么删去。", "reason")])

    return Form(
        [ChoiceField("kinship", "删去哪一条", known), LongTextField("reason", "为什么删去", lines=2)],
        save=lambda values, _reason: usecases.drop_kinship(desk, values["kinship"] or "", values["reason"]),
        check=check,
        verb="删去",
    )


def _reasoned(values: Values, now: str) -> list[Finding]:
    if not values["chain"]:
        return [Finding("form.missing", "请选一种审批流程。", "chain")]
    if values["chain"] != now and not values["reason"].strip():
        return [Finding("form.missing", "请写明为什么改，以后查账的人要看。", "reason")]
    return []
