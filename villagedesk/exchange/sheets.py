"""A desk's card on a sheet of paper, to be handed over and compared by its fingerprint."""

from villagedesk.exchange.card import Card, fingerprint
from villagedesk.reports.sheet import Facts, Paragraph, Preset, Sheet, Signatures
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office, OfficeKind


def card_sheet(office: Office, card: Card) -> Sheet:
    """Return the card with its fingerprint in figures and in characters, signed by whoever handed it over."""
    compared = fingerprint(card)
    halves = (" ".join(compared.groups[:4]), " ".join(compared.groups[4:]))
    facts = (
        ("单位", card.name),
        ("类别", "乡镇" if card.kind is OfficeKind.TOWNSHIP else "村"),
        ("区划代码", card.code),
        ("指纹（数字）", halves[0]),
        ("", halves[1]),
        ("指纹（读字）", compared.reading),
    )
    return Sheet(
        title=f"{card.name}上报名片",
        blocks=(
            Facts(facts),
            Paragraph(
                "登记这张名片前，请对方在自己的电脑上打开名片，把指纹念一遍。数字或读字有一样完全相同，就是真的；"
                "差一个字也不要登记。"
            ),
            Signatures(("交出人", "核对人", "核对日期")),
        ),
        preset=Preset.FORM,
        watermark=watermark(office),
        issuer=issuer(office),
    )
