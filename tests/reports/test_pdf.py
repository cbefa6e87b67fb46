"""The printed file is the same on any day, and what is extracted from it is what it shows."""

import json
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from villagedesk.kernel.errors import Cancelled, UnprintableText
from villagedesk.kernel.progress import Progress
from villagedesk.reports.pdf import draw, draw_all
from villagedesk.reports.sheet import (
    Align,
    Bar,
    Chart,
    Column,
    Facts,
    Paragraph,
    Preset,
    Seal,
    Sheet,
    Signatures,
    Table,
    to_plain,
)

NAMES = "王𬭎、张䶮、李㛃、刘龑"
BODY = f"村民代表{NAMES}提出：“先修三组①，再修一组。”根据《组织法》、《办法》（财农〔2026〕3号），合计1,409.50元。"
SHEET = Sheet(
    "关于青山村2026年第三季度农村公共服务运行维护项目资金使用情况的公示",
    (
        Paragraph("一、资金来源", 1),
        Paragraph("（一）上级补助", 2),
        Paragraph(BODY),
        Table((Column("姓名"), Column("金额", Align.AMOUNT)), (("王𬭎", "9,999,999,999.99"),), ("合计", "1.00")),
        Facts((("受理人", "张桂香"),)),
        Signatures(("组长（签名）",)),
        Seal("青山村村民委员会", "2026年10月8日"),
    ),
    number="村财〔2026〕3号",
    watermark="练习",
    footer="凭证链 " + "3f9a" * 16,
    issuer="青山村村民委员会",
)

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


def extracted(pdf: bytes, folder: Path) -> str:
    """The text in the order of drawing, lines joined, without page numbers."""
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(file), "-"], check=True, capture_output=True)
    return re.sub(r"第 \d+ 页 共 \d+ 页", "", done.stdout.decode().replace("\n", "").replace("\f", ""))


def test_the_same_sheet_gives_the_same_bytes() -> None:
    first = draw(SHEET)
    draw(Sheet("别的", (Paragraph("另外一张"),)))
    assert draw(SHEET) == first


def test_a_fresh_process_gives_the_same_bytes(tmp_path: Path) -> None:
    kept = tmp_path / "sheet.json"
    kept.write_text(json.dumps(to_plain(SHEET), ensure_ascii=False), encoding="utf-8")
    program = (
        "import json, sys; from pathlib import Path; from villagedesk.reports.pdf import draw;"
        "from villagedesk.reports.sheet import from_plain;"
        "sys.stdout.buffer.write(draw(from_plain(json.loads(Path(sys.argv[1]).read_text(encoding='utf-8')))))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(kept)], check=True, capture_output=True)
    assert done.stdout == draw(SHEET)


def test_what_cannot_be_printed_is_named_and_nothing_is_drawn() -> None:
    with pytest.raises(UnprintableText, match=r"“王𫝀”里的“𫝀”\(U\+2B740\)、“\ue123”\(U\+E123\)") as caught:
        draw(Sheet("公示", (Facts((("村民", "王𫝀"), ("存折", "\ue123"))),)))
    assert "没有打印" in str(caught.value)


def test_the_file_names_its_title_issuer_and_language() -> None:
    pdf = draw(SHEET)
    facts = PdfDocument(pdf).get_metadata_dict()
    assert (facts["Title"], facts["Author"]) == (SHEET.title, "青山村村民委员会")
    assert (facts["Subject"], facts["Keywords"]) == (SHEET.number, SHEET.number)
    assert b"/Lang (zh-CN)" in pdf


@pytest.mark.parametrize("preset", Preset)
def test_only_our_faces_are_used_and_all_are_embedded(preset: Preset) -> None:
    pdf = draw(Sheet(SHEET.title, SHEET.blocks, preset=preset))
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") > 2


@pytest.mark.parametrize(
    ("preset", "size"),
    [(Preset.NOTICE, (595, 842)), (Preset.FORM, (595, 842)), (Preset.WIDE, (842, 595)), (Preset.POSTER, (842, 1191))],
)
def test_each_preset_has_its_paper(preset: Preset, size: tuple[int, int]) -> None:
    width, height = PdfDocument(draw(Sheet("公示", (), preset=preset)))[0].get_size()
    assert (round(width), round(height)) == size


@needs_poppler
def test_the_extracted_text_is_the_text_shown(tmp_path: Path) -> None:
    text = extracted(draw(SHEET), tmp_path)
    for shown in [
        BODY,
        SHEET.title,
        SHEET.number,
        SHEET.footer,
        "9,999,999,999.99",
        "王𬭎",
        "一、资金来源",
        "（一）上级补助",
    ]:
        assert shown in text, shown


@needs_poppler
def test_the_texts_of_a_chart_are_extracted(tmp_path: Path) -> None:
    chart = Chart(("同意", "反对"), (Bar("项目征集方案", (38, 2), "同意38票，反对2票"),), "表决结果")
    text = extracted(draw(Sheet("公示", (chart,))), tmp_path)
    assert sorted(text.replace(" ", "")) == sorted("公示表决结果同意反对项目征集方案同意38票，反对2票")


PACK = [
    SHEET,
    Sheet("验收结果", (Paragraph("合格。" * 900),), preset=Preset.POSTER),
    Sheet("工资表", (), preset=Preset.SLIP),
]


def test_a_pack_keeps_the_paper_and_page_numbers_of_each_sheet() -> None:
    whole = PdfDocument(draw_all(PACK, "张贴包", Progress()))
    singles = [page for sheet in PACK for page in PdfDocument(draw(sheet))]
    assert len(whole) == len(singles) > len(PACK)
    for ours, single in zip(whole, singles, strict=True):
        assert ours.get_size() == single.get_size()
        assert ours.get_textpage().get_text_range() == single.get_textpage().get_text_range()


def test_a_pack_has_a_bookmark_for_each_sheet_where_it_begins() -> None:
    whole = PdfDocument(draw_all(PACK, "张贴包", Progress()))
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in whole.get_toc()]
    starts = [0, *(sum(len(PdfDocument(draw(sheet))) for sheet in PACK[:count]) for count in (1, 2))]
    assert marks == list(zip([sheet.title for sheet in PACK], starts, strict=True))
    assert whole.get_metadata_dict()["Title"] == "张贴包"


def test_a_pack_shares_its_faces() -> None:
    assert len(draw_all([SHEET] * 6, "张贴包", Progress())) < 2 * len(draw(SHEET))


def test_the_same_pack_gives_the_same_bytes() -> None:
    assert draw_all(PACK, "张贴包", Progress()) == draw_all(PACK, "张贴包", Progress())


def test_a_pack_counts_its_sheets_and_can_be_cancelled() -> None:
    progress = Progress()
    draw_all(PACK, "张贴包", progress)
    assert progress.done == len(PACK)
    progress.cancel()
    with pytest.raises(Cancelled):
        draw_all(PACK, "张贴包", progress)


def test_a_pack_with_one_unprintable_sheet_is_not_begun() -> None:
    progress = Progress()
    with pytest.raises(UnprintableText, match=r"U\+E123"):
        draw_all([*PACK, Sheet("公示", (Paragraph("\ue123"),))], "张贴包", progress)
    assert progress.done == 0


def test_a_pack_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a sheet"):
        draw_all([], "张贴包", Progress())


@needs_poppler
def test_any_paragraph_is_extracted_exactly(tmp_path: Path) -> None:
    dice = random.Random(2026)
    words = [
        *"村务公开财务报账道路维修一二三，。、；：",
        "《办法》、",
        "（试行）。",
        "“村村通”",
        "2026年",
        "12,345.60元",
        "𬭎",
        "䶮",
        "①",
        "龑",
    ]
    texts = [
        f"第{number}条" + "".join(dice.choice(words) for _ in range(dice.randint(5, 90))) + "止" for number in range(80)
    ]
    text = extracted(draw(Sheet("公示", tuple(map(Paragraph, texts)))), tmp_path)
    assert text == "公示" + "".join(texts)


@needs_poppler
def test_more_than_a_hundred_characters_of_one_face_are_all_extracted(tmp_path: Path) -> None:
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 700)) + "𬭎𬶐𬇙𬣙𬱟"
    assert extracted(draw(Sheet("字表", (Paragraph(text),))), tmp_path) == "字表" + text


def test_a_reader_without_hints_finds_the_same_characters() -> None:
    page = PdfDocument(draw(Sheet("公示", (Paragraph(BODY),))))[0]
    found = page.get_textpage().get_text_range()
    assert all(character in found for character in BODY)


@needs_poppler
def test_a_rare_character_among_gaps_is_extracted_by_every_reader(tmp_path: Path) -> None:
    name = "经办人王𬭎，核实。《办法》第12,345.60元，“𬭎”、（𬭎）：张䶮𬇙"
    pdf = draw(Sheet("公示", tuple(Paragraph(f"{'路' * extra}{name * 6}止") for extra in range(12))))
    shown = "公示" + "".join("路" * extra + name * 6 + "止" for extra in range(12))
    assert extracted(pdf, tmp_path) == shown
    found = "".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf))
    assert [found.count(rare) for rare in "𬭎𬇙"] == [shown.count(rare) for rare in "𬭎𬇙"]
