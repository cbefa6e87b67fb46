"""What the tests about money out share."""

from datetime import date

import pytest

from tests.payments.paying import REGISTER, YUAN, a_claim, grant_project, granted, open_fund, submitted
from villagedesk.payments.usecases import draft, post
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village.model import Fund
from villagedesk.village.usecases import import_people


@pytest.fixture
def fund(desk: Desk) -> Fund:
    """县级补助 of 2026, of which 100 000 yuan arrived."""
    return open_fund(desk)


@pytest.fixture
def project(desk: Desk, fund: Fund) -> Project:
    """生活垃圾清运, granted with 50 000 yuan."""
    return grant_project(desk, fund=fund)


@pytest.fixture
def peopled_desk(desk: Desk) -> Desk:
    """The desk with the household register taken in."""
    import_people(desk, REGISTER)
    return desk


@pytest.fixture
def three(desk: Desk, project: Project) -> list[str]:
    """Three claims: one paid, one submitted, one draft of another project; their ids."""
    lights = grant_project(desk, "路灯电费", fund=open_fund(desk, source="村集体"))
    paid = granted(desk, a_claim(project, 300 * YUAN))
    post(desk, paid.id)
    sent = submitted(
        desk, a_claim(project, 100 * YUAN, payee="冯国秀", purpose="清运100%完成", spent_on=date(2026, 1, 3))
    )
    drafted = draft(desk, a_claim(lights, 200 * YUAN, payee="荣县供电公司", spent_on=date(2026, 1, 4)))
    return [paid.id, sent.id, drafted.id]
