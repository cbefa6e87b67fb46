"""The story a scenario of the year tells: whose desks, what day it is, and what it is about so far."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import cast

from tests.village_fixtures import PASSWORD
from villagedesk.deliberation.model import Motion
from villagedesk.disclosure.model import Issuance, Notice, Objection
from villagedesk.kernel.clock import CHINA, SetClock
from villagedesk.payments.model import Claim, Voucher
from villagedesk.projects.model import Project
from villagedesk.storage.desk import Desk
from villagedesk.village import usecases as village
from villagedesk.village.model import Fund


@dataclass
class Story:
    """What the scenario is about so far."""

    desk: Desk
    township: Desk
    clock: SetClock
    folder: Path
    fund: Fund | None = None
    project_id: str = ""
    claim_id: str = ""
    motion: Motion | None = None
    notice_id: str = ""
    issuance: Issuance | None = None
    corrected: Issuance | None = None
    objection: Objection | None = None
    photo: Path = Path()
    vouchers: list[Voucher] = field(default_factory=list)

    def on(self, month: int, day: int) -> date:
        """Go on to a day of 2026 and return it."""
        self.clock.set(datetime(2026, month, day, 9, tzinfo=CHINA))
        return date(2026, month, day)

    def acts(self, name: str) -> None:
        """Let somebody else sit down at the village's desk."""
        village.sign_in(self.desk, name, PASSWORD)

    @property
    def project(self) -> Project:
        """The project as it stands."""
        return self.desk.get(Project, self.project_id)

    @property
    def claim(self) -> Claim:
        """The claim as it stands."""
        return self.desk.get(Claim, self.claim_id)

    @property
    def notice(self) -> Notice:
        """The notice as it stands."""
        return self.desk.get(Notice, self.notice_id)


def text_of_paper(pdf: bytes) -> str:
    """Return what a paper says, as a reader of the PDF gets it."""
    import pypdfium2

    paper = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(cast("str", page.get_textpage().get_text_bounded()) for page in paper)
    finally:
        paper.close()
