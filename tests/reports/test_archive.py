"""The file says what it is and keeps to PDF/A-2b, judged by a validator that is not ours."""

import random
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import page as validator
import pytest
from PIL import Image, ImageCms

from villagedesk.kernel.progress import Progress
from villagedesk.reports.icc import srgb_profile
from villagedesk.reports.pdf import draw, draw_all
from villagedesk.reports.sheet import Align, Bar, Chart, Column, Facts, Paragraph, Preset, Proof, Seal, Sheet, Table
from villagedesk.reports.xmp import About, xmp_packet

SHEET = Sheet(
    "关于青山村2026年第三季度\n项目资金使用情况的公示",
    (
        Paragraph("一、资金来源", 1),
        Paragraph("（一）村民王𬭎、张䶮、李㛃：“先修三组①，再修一组。”合计1,409.50元，12㎡。" * 9, 2),
        Table((Column("姓名"), Column("金额", Align.AMOUNT)), (("王𬭎", "9,999,999,999.99"),) * 40, ("合计", "1.00")),
        Chart(("甲", "乙", "丙", "丁"), (Bar("收入", (1, 2, 3, 4), "10元"),), "来源"),
        Facts((("受理人", "张桂香 <R&D>"),)),
        Seal("青山村村民委员会", "2026年10月8日"),
    ),
    number="村财〔2026〕3号",
    watermark="练习",
    footer="凭证链 " + "3f9a" * 16,
    issuer="青山村村民委员会 & <理财小组>",
    proof=Proof("https://example.cn/v?n=3", ("扫码核对",)),
)


def failures(pdf: bytes) -> list[str]:
    report = validator.validate_pdf_bytes(pdf, profile="2b")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def said(pdf: bytes) -> ET.Element:
    (packet,) = re.findall(rb"<\?xpacket begin.*?\?>(.*?)<\?xpacket end", pdf, re.DOTALL)
    return ET.fromstring(packet)


@pytest.mark.parametrize("preset", Preset)
def test_every_paper_passes_an_independent_validator(preset: Preset) -> None:
    sheet = Sheet(**{name: getattr(SHEET, name) for name in Sheet.__slots__} | {"preset": preset})
    assert failures(draw(sheet)) == []


def test_the_barest_sheet_passes_too() -> None:
    assert failures(draw(Sheet("公示", ()))) == []


def test_a_pack_of_sheets_passes() -> None:
    assert failures(draw_all([SHEET, Sheet("验收结果", (), preset=Preset.POSTER)], "张贴包", Progress())) == []


@pytest.mark.parametrize(
    ("right", "wrong"), [(b"\r\nendstream", b"  endstream"), (b"/GTS_PDFA1", b"/GTS_PDFX1"), (b"/ID", b"/IX")]
)
def test_the_validator_sees_what_is_wrong(right: bytes, wrong: bytes) -> None:
    assert failures(draw(SHEET).replace(right, wrong)) != []


def test_a_stream_may_end_with_any_byte() -> None:
    """One in 256 ends with CR, which must not be taken for a part of what follows."""
    dice = random.Random(2026)
    texts = ("".join(chr(dice.randint(0x4E00, 0x9FA5)) for _ in range(9)) for _ in range(1000))
    papers = (draw(Sheet("公示", (Paragraph(text),))) for text in texts)
    unlucky = next(pdf for pdf in papers if b"\r\r\nendstream" in pdf)
    assert failures(unlucky) == []
    assert failures(unlucky.replace(b"\r\r\nendstream", b"\r \nendstream")) != []


def test_the_metadata_name_title_author_number_language_and_standard() -> None:
    words = "".join(said(draw(SHEET)).itertext()).split("\n")
    assert [word for word in words if word] == [
        "2",
        "B",
        "application/pdf",
        "关于青山村2026年第三季度项目资金使用情况的公示",
        "村财〔2026〕3号",
        "zh-CN",
        "VillageDesk",
        "ReportLab PDF Library",
        "青山村村民委员会 & <理财小组>",
        "村财〔2026〕3号",
    ]


def test_a_paper_without_number_and_issuer_says_only_its_title() -> None:
    packet = xmp_packet(About("公示", ""), "somebody").decode()
    assert "Keywords" not in packet
    assert "creator" not in packet
    assert packet.count("公示") == 2


def test_no_file_claims_a_date_of_its_own() -> None:
    pdf = draw(SHEET)
    assert b"CreationDate" not in pdf
    assert b"ModDate" not in pdf


def test_different_papers_have_different_file_ids() -> None:
    ids = {re.findall(rb"/ID\s*\[(.*?)\]", draw(Sheet(title, ())), re.DOTALL)[0] for title in ("公示", "公告", "公示")}
    assert len(ids) == 2


def test_the_profile_is_srgb_in_the_eyes_of_a_colour_engine(tmp_path: Path) -> None:
    file = tmp_path / "srgb.icc"
    file.write_bytes(srgb_profile())
    ramp = Image.linear_gradient("L").convert("RGB")
    colours = Image.merge("RGB", [Image.linear_gradient("L").rotate(turn) for turn in (0, 90, 180)])
    for picture in (ramp, colours):
        seen = ImageCms.profileToProfile(picture, str(file), ImageCms.createProfile("sRGB"))
        assert seen is not None
        assert max(abs(a - b) for a, b in zip(seen.tobytes(), picture.tobytes(), strict=True)) <= 1
