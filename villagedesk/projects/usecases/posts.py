"""Posts set up and ended."""

from dataclasses import replace
from datetime import date

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.projects import rules, store
from villagedesk.projects.model import Contract, Post
from villagedesk.projects.rules.posts import Around
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Household, Person, Role


def set_up_post(desk: Desk, post: Post, reason: str = "") -> Post:
    """Record who does a duty on a project and by which standards they are paid; it never changes, only ends.

    Beyond the budget or the contract, or with pay split otherwise than the profile says, it needs a ``reason``. Raises
    RuleViolation when the project is not granted yet, the payee is neither the person nor the household's head, or the
    same person holds the same post.
    """
    acting(desk, Role.ACCOUNTANT)
    with desk.change("projects.post.set_up", reason=reason) as change:
        stop_at(post_findings(desk, post), reason)
        return change.put(post)


def end_post(desk: Desk, post_id: str, last_day: date, reason: str = "") -> Post:
    """Record the last day of a post. Raises RuleViolation when it has ended already or had not begun by then."""
    acting(desk, Role.ACCOUNTANT)
    with desk.change("projects.post.ended", reason=reason) as change:
        post = desk.get(Post, post_id)
        stop_at(rules.may_end(post, last_day), reason)
        return change.put(replace(post, last_day=last_day))


def post_findings(desk: Desk, post: Post) -> list[Finding]:
    """Return what stands against a post, for the form and for setting it up alike."""
    missing = [(name, label) for name, label in _NAMED.items() if not getattr(post, name)]
    if missing:
        return [Finding(f"projects.post_{name}", f"请选{label}。", name) for name, label in missing]
    figures, rules_of_works = store.figures_of(desk, post.project_id), village_store.profile(desk).works
    person = desk.get(Person, post.person_id)
    around = Around(
        project=figures.project,
        budget_fen=figures.budget_fen,
        person=person,
        payee=desk.get(Person, post.payee_id),
        household=desk.get(Household, person.household_id),
        contract=desk.get(Contract, post.contract_id) if post.contract_id else None,
        others=[other for other in store.posts_of(desk, post.project_id) if other.id != post.id],
        bands=rules_of_works.bands,
        pay_share=rules_of_works.pay_share,
    )
    return list(rules.may_set_up(post, around))


_NAMED = {"person_id": "做事的人", "payee_id": "收款人"}
