"""What villagers resolve to give for a project."""

from dataclasses import replace

from villagedesk.kernel.errors import stop_at
from villagedesk.kernel.findings import Finding
from villagedesk.projects import rules, store
from villagedesk.projects.model import Levy, Project
from villagedesk.storage.desk import Desk
from villagedesk.village import store as village_store
from villagedesk.village.authority import acting
from villagedesk.village.model import Role


def record_levy(desk: Desk, levy: Levy, reason: str = "") -> Levy:
    """Record what villagers resolved to give for a project, for good; together beyond the caps it needs a ``reason``.

    Raises RuleViolation when it was not resolved, is recorded already, asks for nothing or for too much.
    """
    acting(desk, Role.ACCOUNTANT)
    stop_at(levy_findings(desk, levy), reason)
    with desk.change("projects.levy.recorded", reason=reason) as change:
        return change.put(replace(levy, days_worked=0))


def levy_findings(desk: Desk, levy: Levy) -> list[Finding]:
    """Return what stands against a levy, for the form and for recording alike."""
    there = store.levy_of(desk, levy.project_id)
    year = store.levies_of(desk, levy.resolved_on.year)
    others = [*year, *([there] if there and there not in year else [])]
    return list(
        rules.may_levy(
            desk.get(Project, levy.project_id),
            levy,
            others,
            village_store.profile(desk).levies,
            desk.clock.now().date(),
            has_motion=store.has_passed_motion(desk, levy.project_id, levy.resolved_on),
        )
    )


def record_levied_days(desk: Desk, levy_id: str, days_worked: int, reason: str = "") -> Levy:
    """Count the days worked so far, all together; more than resolved needs a ``reason``.

    Raises RuleViolation when the number does not grow, or no work was levied.
    """
    acting(desk, Role.ACCOUNTANT)
    levy = desk.get(Levy, levy_id)
    stop_at(rules.may_count_days(levy, days_worked), reason)
    with desk.change("projects.levy.worked", reason=reason) as change:
        return change.put(replace(levy, days_worked=days_worked))
