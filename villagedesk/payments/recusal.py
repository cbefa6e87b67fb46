"""Who stands back from a claim (回避), and whether anybody is left to pass it at each step of its chain."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from villagedesk.kernel.findings import Finding
from villagedesk.kernel.names import ungapped
from villagedesk.payments import evidence, needs
from villagedesk.payments.chains import steps_of
from villagedesk.payments.model import Claim
from villagedesk.payments.signing import Bar, Parties, as_witness, bars_of, parties_of, refusal
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Role
from villagedesk.village.moneyrules import Chain, ChainStep, Who
from villagedesk.village.store import active_officers, officer_name

BODY_OF = {Who.FINANCE_GROUP: "民主理财小组", Who.SUPERVISION: "村务监督委员会"}
"""Which body of the village a step's members belong to."""
LEADER_DUTY = "组长"

_ROLE_OF: Mapping[Who, Role] = MappingProxyType({
    Who.FINANCE_GROUP: Role.FINANCE_GROUP,
    Who.SUPERVISION: Role.SUPERVISION,
    Who.HEAD: Role.HEAD,
})  # fmt: skip
"""Who signs in for a step of the village's."""
_WAYS = {"handler": "请换经手人。", "witness": "请换证明人。"}
_DECIDE = "请先登记另一位能签字的人；没有别人的，先开会集体研究，再在报账单上选这次决议。"


@dataclass(frozen=True, slots=True)
class Bench:
    """Who could pass a step: ``officers`` sign in, ``members`` are on record for its group; what bars each of them."""

    step: ChainStep
    officers: tuple[str, ...]
    members: tuple[str, ...]
    leader: str
    bars: Mapping[str, Sequence[Bar]]

    @property
    def is_enough(self) -> bool:
        """Whether the step can be passed by those whom nothing bars; one of them signs in."""
        free = {name for name, bars in self.bars.items() if not bars}
        return not free.isdisjoint(self.officers) and (not self.members or len(free) >= self.step.needs)

    @property
    def needed_leader(self) -> str:
        """The 组长 who signs; "" when nobody is on record, or the 组长 stands back and others are left to sign.

        Only where money goes to the 组长 or theirs: another handler or witness can be chosen, and must.
        """
        bars = self.bars.get(self.leader, ())
        stands_back = bars and all(bar.can_be_decided for bar in bars) and self.is_enough
        return "" if stands_back else self.leader

    @property
    def stuck(self) -> str:
        """Who is barred and cannot be done without, "" when the step can be passed."""
        leader = self.needed_leader if self.step.leader_signs else ""
        if leader and self.bars.get(leader):
            return leader
        barred = (name for name in self.officers if self.bars[name])
        return "" if self.is_enough else next(barred, "")


def bench_of(desk: Desk, claim: Claim, step: ChainStep, names: Collection[str] = ()) -> Bench:
    """Return who could pass a claim at a step, with what bars them and these ``names``."""
    role = _ROLE_OF.get(step.who)
    officers = tuple(one.name for one in active_officers(desk) if one.role == role)
    members = members_of(desk, step.who)
    listed = tuple(name for name, _ in members)
    return Bench(step, officers, listed, leader_of(members), _bars(desk, claim, step.who, {*officers, *listed, *names}))


def members_of(desk: Desk, who: Who) -> list[tuple[str, str]]:
    """Return the name and duty of everybody who is on record for a step's group today; none when nobody is."""
    rows = desk.rows(
        """SELECT m.name, m.duty FROM memberships m JOIN bodies b ON b.id = m.body_id
            WHERE b.village_id = :office AND b.kind = :kind AND :today BETWEEN m.first_day AND m.last_day
            ORDER BY m.rowid""",
        {"office": desk.office_id, "kind": BODY_OF.get(who, ""), "today": desk.clock.now().date().isoformat()},
    )
    return [(row["name"], row["duty"]) for row in rows]


def leader_of(members: Sequence[tuple[str, str]]) -> str:
    """Return the 组长 among a group's members, "" when nobody is."""
    return next((name for name, duty in members if duty == LEADER_DUTY), "")


def parties(desk: Desk, claim: Claim) -> Parties:
    """Return whose claim it is, by name; of one that is being written, who is signed in makes it."""
    writes = desk.actor.name if desk.actor else ""
    maker = officer_name(desk, claim.made_by) if claim.made_by else writes
    return parties_of(maker, claim, evidence.names_on_sheet(desk, claim))


def barred(desk: Desk, claim: Claim, step: ChainStep, names: Sequence[str]) -> list[Finding]:
    """Return what bars these people from passing a claim at a step.

    A meeting's decision lets pass to whom money goes, or whose relative, where the step cannot be passed without.
    """
    bench = bench_of(desk, claim, step, names)
    is_let = bool(bench.stuck) and _is_decided(desk, claim)
    return [refusal(bar) for name in names for bar in bench.bars[name] if not (is_let and bar.can_be_decided)]


def nobody_left(desk: Desk, claim: Claim, chain: Chain) -> Iterator[Finding]:
    """Each step of the village's can be passed by somebody: told before a claim is handed in and stuck.

    The head who buys is told of by ``parties.handled_by_another``.
    """
    for step in steps_of(claim, chain):
        if step.who in _ROLE_OF:
            bench = bench_of(desk, claim, step)
            yield from (_stuck(bar, bench) for bar in _weightiest(bench.bars.get(bench.stuck, ()), step.who))


def _weightiest(bars: Sequence[Bar], who: Who) -> Sequence[Bar]:
    """Return the one to tell of: rather that another handler or witness is wanted than that a meeting must decide."""
    told = [bar for bar in bars if who is not Who.HEAD or (bar.code, bar.field) != ("payments.two_people", "handler")]
    return sorted(told, key=lambda bar: bar.can_be_decided)[:1]


def _stuck(bar: Bar, bench: Bench) -> Finding:
    step = bench.step
    is_leaders = step.leader_signs and bench.stuck == bench.leader
    lone = "这一步要组长签字" if is_leaders else "这一步没有别人能签"
    message = f"{bar.words}；{step.who.label}{lone}。{_WAYS.get(bar.field, _DECIDE)}"
    field = bar.field or "decision_id"
    return Finding("payments.nobody_left", message, field, bar.basis, can_be_decided=bar.can_be_decided)


def _bars(desk: Desk, claim: Claim, who: Who, names: Collection[str]) -> dict[str, list[Bar]]:
    whose, kin = parties(desk, claim), evidence.kin(desk)
    found = {}
    for name in names:
        plain = ungapped(name)
        again = [] if who is Who.WITNESS else as_witness(plain, whose)
        found[name] = [*bars_of(plain, whose, kin.get(plain, {})), *again]
    return found


def _is_decided(desk: Desk, claim: Claim) -> bool:
    today = desk.clock.now().date()
    return bool(claim.decision_id) and not list(needs.decided(claim, evidence.decision_of(desk, claim), today))
