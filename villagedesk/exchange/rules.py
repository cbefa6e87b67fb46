"""What must hold before offices exchange anything: a fitting card, a compared fingerprint, something to report."""

from collections.abc import Iterator

from villagedesk.exchange.card import Card, Fingerprint
from villagedesk.kernel.findings import Finding, Severity
from villagedesk.village.model import Office, OfficeKind


def fitting(card: Card, office: Office) -> Iterator[Finding]:
    """A village enrols its township and a township its villages; practice stays among itself."""
    if card.kind is office.kind:
        wanted = "乡镇" if office.kind is OfficeKind.VILLAGE else "村"
        yield Finding("exchange.kind", f"这是“{card.name}”的名片，这里要登记的是{wanted}的名片。")
        return
    if card.is_practice is not office.is_practice:
        here, there = ("练习账本", "正式账本") if office.is_practice else ("正式账本", "练习账本")
        yield Finding("exchange.practice", f"这里是{here}，“{card.name}”是{there}，两者不能往来。")
    village, township = (office, card) if office.kind is OfficeKind.VILLAGE else (card, office)
    if not village.code.startswith(township.code):
        message = f"区划代码对不上：村是{village.code}，乡镇是{township.code}。确实归它管的，请写明原因。"
        yield Finding("exchange.code", message, basis="统计用区划代码", severity=Severity.WARNING)


def compared(fingerprint: Fingerprint, typed: str) -> Iterator[Finding]:
    """The fingerprint somebody read from paper or heard on the telephone is the card's."""
    if not fingerprint.is_written(typed):
        message = "指纹对不上，没有登记。请对方在自己的电脑上看名片，再念一遍；还是对不上，就不要用这张名片。"
        yield Finding("exchange.fingerprint", message, "fingerprint")


def something_to_report(count: int) -> Iterator[Finding]:
    """There is something the township has not acknowledged yet."""
    if not count:
        yield Finding("exchange.nothing", "没有新的内容要报：上次报的乡镇都已收到。")


def something_to_give_back(count: int) -> Iterator[Finding]:
    """The village reported something after the package its backup still knows."""
    if not count:
        yield Finding("exchange.nothing_back", "这个号以后村里没有报来过东西，不用归还。请核对号数。", "after")


def says_why(reason: str) -> Iterator[Finding]:
    """A card is not revoked without a written reason."""
    if not reason.strip():
        yield Finding("exchange.reason", "请写明作废名片的原因。", "reason")
