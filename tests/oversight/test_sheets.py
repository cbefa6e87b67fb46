"""The groups' papers read as they were approved."""

from datetime import date
from pathlib import Path

from tests.golden import assert_golden
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.oversight.model import RECORDS, ReviewRow
from villagedesk.oversight.sheets import check_list, review_record
from villagedesk.payments.model import Outcome
from villagedesk.reports.pdf import draw
from villagedesk.reports.sheet import text_of
from villagedesk.village.model import Office

GOLDEN = Path(__file__).parent / "golden"
OFFICE = Office(name="青山村", code="510322105207")
FINANCE, NOTICES, _ = RECORDS
REVIEWS = [
    ReviewRow(date(2026, 4, 8), "宏达工程队：修补路面", 1_409_50, Outcome.PASSED, "", "钱组长"),
    ReviewRow(date(2026, 4, 9), "兴旺建材：水泥", 8_100_00, Outcome.QUERIED, "票据在哪里？", "孙理财"),
    ReviewRow(date(2026, 4, 10), "某饭店：工作餐", 380_00, Outcome.REFUSED, "不得列支", "钱组长"),
]


def test_the_record_of_a_months_reviews() -> None:
    sheet = review_record(OFFICE, FINANCE, "2026年4月", REVIEWS)
    assert_golden(sheet, GOLDEN / "review-record.txt")
    assert draw(sheet) == draw(sheet)


def test_a_month_without_reviews_says_so() -> None:
    sheet = review_record(OFFICE, NOTICES, "2026年5月", [])
    assert "2026年5月共审核0件：同意0件，有疑问0件，不同意0件。" in text_of(sheet)


def test_the_list_of_what_a_check_found() -> None:
    findings = [
        Finding("oversight.over_budget", "“路灯”支出超过预算0.01元。"),
        Finding("oversight.notice_photo", "《…》没有张贴的照片，请补拍登记。", severity=Severity.WARNING),
    ]
    assert_golden(check_list(OFFICE, findings, date(2026, 4, 8)), GOLDEN / "check-list.txt")


def test_a_check_that_found_nothing_says_so() -> None:
    assert "没有发现问题。" in text_of(check_list(OFFICE, [], date(2026, 4, 8)))


def test_the_practice_villages_papers_are_marked() -> None:
    practice = Office(name="青山村", code="510322105207", is_practice=True)
    assert check_list(practice, [], date(2026, 4, 8)).watermark == "练习"
