from datetime import date
from pathlib import Path

from tests.golden import assert_golden
from tests.works import DATA, YEAR, contract, facts, inspection, open_fund, proposed, running
from villagedesk.projects import papers, usecases
from villagedesk.projects.model import InspectionKind
from villagedesk.reports.sheet import Preset
from villagedesk.storage.desk import Desk
from villagedesk.village.usecases import import_people

HERE = Path(__file__).parent


def test_the_summary_of_wishes_reads_as_approved(desk: Desk) -> None:
    import_people(desk, DATA / "villagers-gb18030.csv")
    usecases.import_wishes(desk, DATA / "wishes-2026.xlsx", YEAR)
    assert_golden(papers.wish_sheet(desk, YEAR), HERE / "wishes.txt")


def test_the_first_list_reads_as_approved(desk: Desk) -> None:
    proposed(desk, "路灯维护", open_fund(desk))
    usecases.shortlist(desk, facts("祠堂修缮", None, 0), date(2026, 1, 26))
    sheet = papers.shortlist_sheet(desk, YEAR)
    assert sheet.preset is Preset.WIDE
    assert_golden(sheet, HERE / "shortlist.txt")


def test_a_project_s_card_reads_as_approved(desk: Desk) -> None:
    project = running(desk)
    usecases.entrust(desk, project.id, "赵主任")
    usecases.sign_contract(desk, contract(project, party="郑水才", scope="日常看护", standard="", amount_fen=2_000_00))
    usecases.record_inspection(desk, inspection(project))
    failed = inspection(project, InspectionKind.SPOT_CHECK, score=58, is_passed=False, note="三盏不亮")
    usecases.record_inspection(desk, failed)
    assert_golden(papers.project_card(desk, project.id), HERE / "card.txt")


def test_a_new_project_has_a_short_card(desk: Desk) -> None:
    project = usecases.shortlist(desk, facts("祠堂修缮", None, 0), date(2026, 1, 26))
    assert_golden(papers.project_card(desk, project.id), HERE / "card-new.txt")
