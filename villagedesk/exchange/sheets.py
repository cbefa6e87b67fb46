"""A desk's card on a sheet of paper, to be handed over and compared by its fingerprint."""

from villagedesk.exchange.card import Card, fingerprint
from villagedesk.reports.sheet import Align, Column, Facts, Paragraph, Preset, Sheet, Signatures, Table
from villagedesk.village.letterhead import issuer, watermark
from villagedesk.village.model import Office, OfficeKind


def card_sheet(office: Office, card: Card) -> Sheet:
    """Return the card with its fingerprint in figures and in characters, signed by whoever handed it over."""
    compared = fingerprint(card)
    facts = (
        ("单位", card.name),
        ("类别", "乡镇" if card.kind is OfficeKind.TOWNSHIP else "村"),
        ("区划代码", card.code),
    )
    groups = compared.groups
    rows = (("读字", *compared.words), ("数字（前）", *groups[:4]), ("数字（后）", *groups[4:]))
    heads = ("指纹", "第一组", "第二组", "第三组", "第四组")
    return Sheet(
        title=f"{card.name}上报名片",
        blocks=(
            Facts(facts),
            Table(tuple(Column(head, Align.CENTER) for head in heads), rows),
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
