"""What the villagers of the practice year give and say: money and days, how content they are, questions."""

from datetime import date
from typing import TYPE_CHECKING

from villagedesk.app.practice import facts
from villagedesk.app.practice.board import notice_of
from villagedesk.disclosure import usecases as board
from villagedesk.disclosure.model import ReplyOutcome
from villagedesk.kernel.dates import Period
from villagedesk.projects import usecases as projects
from villagedesk.projects.model import Levy, Survey
from villagedesk.projects.store import levy_of

if TYPE_CHECKING:
    from villagedesk.app.practice.year import PracticeYear


def levy(year: "PracticeYear") -> None:
    """Write down what the assembly resolved that those who drink the water give for its pipes."""
    projects.record_levy(
        year.village,
        Levy(
            project_id=year.projects[facts.LEVIED],
            resolved_on=year.clock.now().date(),
            payers=565,
            exempt=35,
            fen_per_head=2_000,
            workers=260,
            days_per_head=2,
            note="减免的是五保户、低保户和在校学生；劳力由各组组长排班",
        ),
    )


def work_days(year: "PracticeYear", month: int) -> None:
    """Count the days that were worked by the end of a month."""
    if month in facts.DAYS_WORKED:
        found = levy_of(year.village, year.projects[facts.LEVIED])
        assert found
        projects.record_levied_days(year.village, found.id, facts.DAYS_WORKED[month])


def ask_around(year: "PracticeYear", month: int) -> None:
    """Ask villagers how content they are with the works, at the half-year and in autumn."""
    for asked_in, work, asked, good, fair, poor, note in facts.SURVEYS:
        if asked_in == month:
            survey = Survey(
                project_id=year.projects[work],
                held_on=year.clock.now().date(),
                way="逐户走访，当面填表" if asked > 100 else "在村民小组会议上发表格",
                asked=asked,
                good=good,
                fair=fair,
                poor=poor,
                note=note,
            )
            projects.record_survey(year.village, survey)


def first_question(year: "PracticeYear") -> None:
    """In April one asks about fuel and is told."""
    year.at(4, 11)
    spending = notice_of(year, "spending", Period.quarter(2026, 1))
    asked = board.register_objection(
        year.village,
        spending.id,
        "清运车一个月加两次油，是不是每次都出了车？",
        "生活垃圾清运，清运车燃油",
        facts.TEAM_LEADERS[2],
        "上门",
    )
    year.at(4, 13)
    answer = "两次加油都有出车登记和油票，登记本在村委会，随时可以看。出车时间已请组长签字证明。"
    board.reply(year.village, asked.id, ReplyOutcome.EXPLAINED, answer)


def unsigned_question(year: "PracticeYear") -> None:
    """In July somebody who gives no name asks about the keepers' pay."""
    year.at(7, 10)
    pay = notice_of(year, "pay", Period.quarter(2026, 2))
    asked = board.register_objection(year.village, pay.id, "6组保洁员请假十天，报酬扣了没有？", "6组庄台保洁")
    year.at(7, 12)
    answer = "请假期间由本组村民顶班，顶班的钱从保洁员报酬里付，总数不变；顶班记录存村委会。"
    board.reply(year.village, asked.id, ReplyOutcome.EXPLAINED, answer)


def question_with_reason(year: "PracticeYear") -> None:
    """In October one misses a contract on the board, and is right."""
    year.at(10, 12)
    contracts = notice_of(year, "contracts", Period.quarter(2026, 3))
    asked = board.register_objection(
        year.village,
        contracts.id,
        "9月换了6组的支管，公示里怎么没有这份合同？",
        "饮用水管网维护",
        facts.TEAM_LEADERS[0],
        "6组组长转告",
    )
    year.at(10, 14)
    board.reply(year.village, asked.id, ReplyOutcome.CORRECTED, "属实。9月签的支管更换合同漏登，已补登，办理更正公告。")


def open_questions(year: "PracticeYear") -> None:
    """In November one question waits for the bank, and one was forgotten."""
    year.at(11, 14, 15)
    quarter = Period.quarter(2026, 3)
    board.register_objection(
        year.village,
        notice_of(year, "spending", quarter).id,
        "广告上说水泥降价了，修路的水泥怎么还是原来的价？",
        "村内道路破损修补，水泥、沙石",
        facts.TEAM_LEADERS[3],
        "电话转告",
        received_on=date(2026, 11, 14),
    )
    year.at(11, 17)
    pay = notice_of(year, "pay", quarter)
    asked = board.register_objection(
        year.village,
        pay.id,
        "公示上写7月27日已经发了，我的一折通上没有查到，请查。",
        "1组庄台保洁",
        facts.TEAM_LEADERS[1],
        "上门",
    )
    year.at(11, 18)
    board.pause(year.village, asked.id, "等农商行打印7月的转账回单")
