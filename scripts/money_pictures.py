"""Takes the pictures about money: claims, pay, books, months, foreign sheets."""

from camera import Camera, until

from villagedesk.app.practice import facts
from villagedesk.closing import usecases as closing
from villagedesk.kernel.dates import Period
from villagedesk.kernel.places import own_file
from villagedesk.ledger.model import Closing
from villagedesk.payments.model import Claim, Payroll, PayrollKind
from villagedesk.storage.desk import Desk
from villagedesk.ui.intake.wizard import take_sheet
from villagedesk.ui.payroll.draft import DraftView
from villagedesk.village.usecases import sign_in

BUYING = "村内道路破损修补"
POSTS = "提灌站看护"


def take_money(camera: Camera, desk: Desk) -> None:
    """Go through what an accountant does with money, and take the pictures of it."""
    _claims(camera, desk)
    _pay(camera, desk)
    _books(camera)
    _month(camera, desk)
    _sheet(camera)


def ask_for_a_month(desk: Desk) -> None:
    """Let the accountant ask for the last closed month again, and the head agree: the township is to say its word."""
    last = desk.find(Closing, "closed_on IS NOT NULL", [], "month DESC")[0]
    wish = closing.ask_reopening(desk, last.id, "一笔到账记错了日期，要冲销重记", 5)
    sign_in(desk, facts.HEAD, facts.PASSWORD)
    closing.agree_reopening(desk, wish.id)
    sign_in(desk, facts.ACCOUNTANT, facts.PASSWORD)


def take_budget(camera: Camera, desk: Desk) -> None:
    """Take the pictures of a year's budget, a post's quarter and the year's ranking."""
    camera.go("projects")
    camera.press("年度预算")
    camera.save("budget")
    camera.go("projects", project(desk, POSTS))
    camera.press("登记检查")
    post = desk.value("SELECT id FROM posts WHERE project_id = ?", [project(desk, POSTS)])
    camera.fill(kind="assessment", subject=post, period="2026Q4", template="caretaker")
    camera.save("score-sheet")
    camera.go("projects")
    camera.press("年度考评")
    camera.save("year-ranking")


def project(desk: Desk, name: str) -> str:
    """Return the id of the project of this name."""
    return str(desk.value("SELECT id FROM projects WHERE name = ?", [name]))


def _claims(camera: Camera, desk: Desk) -> None:
    camera.go("payments")
    camera.save("payments")
    camera.press("记一笔")
    camera.fill(
        project_id=project(desk, BUYING),
        payee="双石镇建材经营部",
        amount_fen=128_000,
        purpose="修补路面用水泥40袋",
        invoice_number="20261120",
    )
    camera.save("claim-form")
    camera.go("payments", desk.find(Claim, "state = 'queried'")[0].id)
    camera.save("claim")
    camera.go("payments")
    camera.press("筛选")
    camera.save("narrowed")
    camera.go("payments")
    camera.press("钱在哪里")
    camera.save("where-money")


def _pay(camera: Camera, desk: Desk) -> None:
    camera.go("payroll")
    camera.save("payroll")
    camera.press("做发放表")
    camera.fill(kind=PayrollKind.BASE.value, project_id=project(desk, POSTS), period="2026-10")
    camera.form.try_save()
    until(lambda: bool(camera.page.findChildren(DraftView)))
    camera.save("pay-draft")
    camera.go("payroll", _answered(desk).id)
    camera.save("pay-sheet")


def _answered(desk: Desk) -> Payroll:
    """Return the sheet some of whose people the bank could not pay at first."""
    return desk.find(
        Payroll,
        "id IN (SELECT b.payroll_id FROM batches b WHERE b.reissues_id IS NOT NULL)",
    )[0]


def _books(camera: Camera) -> None:
    camera.go("ledger")
    camera.save("ledger")
    camera.press("收支明细表")
    camera.save("income")
    camera.go("ledger")
    camera.press("银行、现金")
    camera.save("cash")


def _month(camera: Camera, desk: Desk) -> None:
    camera.go("closing")
    camera.save("closing")
    first = str(desk.value("SELECT max(month) FROM closings WHERE closed_on IS NOT NULL"))
    camera.go("closing", str(Period.parse(first).following))
    camera.save("month")


def _sheet(camera: Camera) -> None:
    camera.go("village")
    take_sheet(camera.page, "people", path=own_file("resources/practice/villagers-gb18030.csv"))
    until(lambda: camera.page.steps_in > 0)
    camera.save("intake")
