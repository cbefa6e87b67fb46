"""检查账目: what is wrong in the books, what must be put right first, in whole sentences."""

from collections.abc import Sequence

from villagedesk.kernel.findings import Finding, blocks, warnings
from villagedesk.ui.kit.cards import Card, Scrolling
from villagedesk.ui.kit.notes import Callout, FindingLines, Jump
from villagedesk.ui.theme import Tone

_SOUND = "检查完了，没有发现问题。"


class FindingList(Scrolling):
    """The findings of one check; ``jump`` goes where one can be put right."""

    def __init__(self, findings: Sequence[Finding], jump: Jump) -> None:
        super().__init__()
        if not findings:
            self.body.addWidget(Callout(_SOUND, Tone.GOOD))
        for title, part in (("必须改正", blocks(findings)), ("请办理", warnings(findings))):
            if part:
                card = Card(f"{title}（{len(part)}）")
                lines = FindingLines()
                lines.jump = jump
                lines.show_findings(part)
                card.add(lines)
                self.body.addWidget(card)
        self.body.addStretch(1)
