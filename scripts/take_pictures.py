"""Takes the manual's pictures: presses through both practice desks as a person would, and saves what the window shows.

Usage: take_pictures.py PRACTICE_FOLDER IMAGE_FOLDER. The desks must be fresh; the clock stands on the practice year's
last day, so that the same pictures come out at every taking.
"""

import sys
from datetime import timedelta
from pathlib import Path

from camera import NOW, SIZE, Camera, hear, settle, until
from money_pictures import ask_for_a_month, project, take_budget, take_money
from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QScrollArea

from villagedesk.app.practice import facts
from villagedesk.app.practice.year import TOWNSHIP, VILLAGE
from villagedesk.disclosure import store as board
from villagedesk.disclosure import usecases as disclosure
from villagedesk.disclosure.model import Notice, Objection
from villagedesk.exchange import usecases as exchange
from villagedesk.exchange.model import Ruling
from villagedesk.exchange.store import peer_named
from villagedesk.kernel.clock import SetClock
from villagedesk.payments.model import Claim
from villagedesk.reports.printer import Printer
from villagedesk.storage.desk import Desk
from villagedesk.township.reopenings import waiting_reopenings
from villagedesk.township.usecases import give_verdict
from villagedesk.ui.deliberation.motions import MotionCard, MotionsField
from villagedesk.ui.disclosure.verifying import VerifyView
from villagedesk.ui.disclosure.wordings import open_wordings
from villagedesk.ui.exchange.arrival import look_at
from villagedesk.ui.kit.detail import Detail
from villagedesk.ui.kit.preview import Preview
from villagedesk.ui.kit.printdialog import PrintDialog
from villagedesk.ui.start import application
from villagedesk.ui.township.reopening import show_wish
from villagedesk.village.usecases import sign_in

CHART_PAGE = 1
"""Of the funds notice, from 0."""


def main() -> None:
    """Take every picture."""
    practice, folder = (Path(word) for word in sys.argv[1:])
    folder.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(hear)
    application(100)
    camera = Camera(folder)
    camera.window.show_welcome()
    camera.save("welcome")
    parcels = practice / "parcels"
    parcels.mkdir()
    _village(camera, practice / VILLAGE, parcels)
    _township(camera, practice / TOWNSHIP, parcels)
    _afterwards(camera, practice / VILLAGE, parcels)
    camera.window.close()


def _village(camera: Camera, folder: Path, parcels: Path) -> None:
    """Go through the village's pages, with its accountant; then its reviewers; then send what is new."""
    desk = camera.open(folder, facts.ACCOUNTANT)
    _first_day(camera)
    _register(camera, desk)
    _works(camera, desk)
    take_budget(camera, desk)
    _meetings(camera, desk)
    take_money(camera, desk)
    _board(camera, desk)
    _wall(camera, desk)
    _objections(camera, desk)
    _oversight(camera, desk)
    _reporting(camera)
    camera.go("books")
    camera.save("books")
    ask_for_a_month(desk)
    exchange.export(desk, parcels)


def _first_day(camera: Camera) -> None:
    camera.save("home")
    camera.save_dialog("sign-in", camera.window.sign_in)
    camera.go("projects")
    camera.save_dialog("commands", camera.shell.show_commands)
    camera.window.resize_text(200)
    camera.save("large-text")
    camera.window.resize_text(100)
    settle()
    camera.window.resize(*SIZE)


def _register(camera: Camera, desk: Desk) -> None:
    camera.go("village")
    camera.save("village")
    camera.press("村民册")
    camera.save("people")
    camera.go("village")
    camera.press("登记到账")
    camera.fill(
        fund_id=desk.value("SELECT id FROM funds WHERE source = '县级补助'"),
        amount_fen=1_500_000,
        document="县财农〔2026〕40号",
    )
    camera.save("arrival")


def _works(camera: Camera, desk: Desk) -> None:
    camera.go("projects")
    camera.save("projects")
    camera.press("预算使用")
    camera.save("uses")
    camera.go("projects", project(desk, "防汛物资储备"))
    camera.save("project")
    camera.press("登记筹资筹劳")
    camera.fill(workers=60, days_per_head=2, exempt=14, note="每户出一个劳动力，搬运沙袋")
    camera.save("levy")


def _meetings(camera: Camera, desk: Desk) -> None:
    camera.go("deliberation")
    camera.save("deliberation")
    camera.press("量分排名")
    camera.save("ranking")
    camera.go("deliberation")
    camera.press("登记会议")
    motions = camera.form.fields["motions"]
    assert isinstance(motions, MotionsField)
    camera.fill(chair=facts.HEAD, present=52)
    motions.add_proposed()
    for card in motions.findChildren(MotionCard):
        for votes, number in ((card.yes, 48), (card.no, 3), (card.abstain, 1)):
            votes.set_value(number)
            votes.edited.emit()
        settle(400)
        camera.form.findChildren(QScrollArea)[0].ensureWidgetVisible(card)
    camera.save("meeting-form")
    camera.go("deliberation", desk.value("SELECT id FROM meetings WHERE number LIKE '%村民代表会议第1次'"))
    camera.save("meeting")


def _board(camera: Camera, desk: Desk) -> None:
    """What is to be done about the board, and what came of pressing for all of it."""
    camera.go("disclosure")
    settle(400)
    camera.save("disclosure")
    camera.action("准备到期公示").trigger()
    until(lambda: camera.page.steps_in > 0)
    camera.save("pack")
    camera.go("disclosure")
    open_wordings(camera.page, "pay")
    camera.save("wordings")


def _wall(camera: Camera, desk: Desk) -> None:
    """A notice that hangs, with its photo and what was asked; one with a chart; the question how to print; the code."""
    camera.go("disclosure", _notice(desk, "pay"))
    camera.preview()
    camera.scroll(Detail, 300)
    camera.save("notice")
    camera.go("disclosure", _notice(desk, "funds"))
    camera.preview().go_to_page(CHART_PAGE)
    camera.scroll(Preview, 330)
    camera.save("chart")
    sheet, printer = [(841.9, 1190.6)] * 5, Printer("office", "办公室激光打印机", is_default=True)
    title = "2026年第三季度资金到账与台账"
    camera.save_dialog("print", lambda: PrintDialog(camera.window, title, sheet, [printer]).exec())
    corrected = board.issuance_of(desk, desk.find(Notice, "state = 'corrected'")[0].id)
    assert corrected
    camera.go("disclosure")
    camera.press("查真伪")
    (view,) = camera.page.findChildren(VerifyView)
    view.line.setText(f"{corrected.year}-{corrected.number}")
    view.judge()
    camera.save("verify")


def _objections(camera: Camera, desk: Desk) -> None:
    camera.go("objections")
    camera.save("objections")
    paused = desk.value("SELECT objection_id FROM pauses WHERE last_day IS NULL")
    camera.go("objections", desk.get(Objection, paused).id)
    camera.save("objection")


def _oversight(camera: Camera, desk: Desk) -> None:
    draft = desk.find(Notice, "state = 'draft' AND kind = 'votes'")[0]
    disclosure.submit(desk, draft.id)
    for person, picture in ((facts.REVIEWER, "oversight"), (facts.SUPERVISOR, "oversight-notice")):
        sign_in(desk, person, facts.PASSWORD)
        camera.shell.show_office()
        camera.go("home")
        camera.go("oversight")
        settle(400)
        camera.save(picture)
    sign_in(desk, facts.ACCOUNTANT, facts.PASSWORD)
    camera.shell.show_office()


def _reporting(camera: Camera) -> None:
    camera.go("exchange")
    camera.save("exchange")
    camera.press("本单位名片")
    camera.save("card")


def _township(camera: Camera, folder: Path, parcels: Path) -> None:
    """Take in the village's package, rule on its claims, write the receipt."""
    desk = camera.open(folder, facts.CLERK)
    (package,) = parcels.glob("*.zip")
    camera.go("township")
    look_at(camera.page, package, str)
    settle(1500)
    camera.save("package")
    camera.go("township")
    exchange.receive(desk, package)
    camera.save("township")
    show_wish(camera.page, waiting_reopenings(desk)[0])
    camera.save("reopening")
    claims = desk.find(Claim, "state = 'approved'", [], "spent_on")
    camera.go("ruling", claims[0].id)
    camera.save("ruling")
    give_verdict(desk, claims[0], Ruling.RETURNED, "缺验收单，请补上。", NOW.date() + timedelta(days=10))
    for claim in claims[1:]:
        give_verdict(desk, claim, Ruling.PASSED)
    peer = peer_named(desk, VILLAGE)
    assert peer
    exchange.receipt(desk, peer, parcels)
    package.unlink()


def _afterwards(camera: Camera, folder: Path, parcels: Path) -> None:
    """The receipt as the village sees it; the books as somebody sees them who comes second."""
    camera.open(folder, facts.ACCOUNTANT)
    (receipt,) = parcels.glob("*.zip")
    camera.go("exchange")
    look_at(camera.page, receipt, str)
    settle(1500)
    camera.save("receipt")
    camera.window.show_desk(Desk.open(folder, write=False, clock=SetClock(NOW)))
    camera.save("look-only")


def _notice(desk: Desk, kind: str) -> str:
    """Return the notice of a kind about the last quarter that is over."""
    return desk.find(Notice, "kind = ? AND period = '2026Q3'", [kind])[0].id


if __name__ == "__main__":
    main()
