"""What stands on a sheet can be kept as JSON and read back the same."""

import json
from dataclasses import replace

import pytest

from villagedesk.reports.sheet import (
    Align,
    Column,
    Facts,
    Paragraph,
    Preset,
    Seal,
    Sheet,
    Signatures,
    Table,
    from_plain,
    text_of,
    to_plain,
)

SHEET = Sheet(
    title="关于资金使用情况的公示",
    blocks=(
        Paragraph("全体村民：", flush=True),
        Paragraph("一、资金来源", 1),
        Facts((("受理人", "张桂香"), ("监督电话", "0830-1234567"))),
        Table(
            (Column("项目"), Column("金额", Align.AMOUNT)),
            (("修路", "12.00"), ("清沟", "8.50")),
            ("合计", "20.50"),
            caption="支出表",
            unit="单位：元",
        ),
        Signatures(("理财小组组长（签名）",)),
        Seal("青山村村民委员会", "2026年10月8日"),
    ),
    number="村财〔2026〕3号",
    preset=Preset.POSTER,
    watermark="练习",
    footer="凭证链 3f9a",
    issuer="青山村村民委员会",
)


def test_a_sheet_kept_as_json_comes_back_equal() -> None:
    assert from_plain(json.loads(json.dumps(to_plain(SHEET), ensure_ascii=False))) == SHEET


def test_an_empty_sheet_comes_back_equal() -> None:
    sheet = Sheet("空白", ())
    assert from_plain(json.loads(json.dumps(to_plain(sheet)))) == sheet


def test_what_was_kept_before_a_block_got_a_new_property_can_still_be_read() -> None:
    old = {"title": "公示", "blocks": [{"kind": "paragraph", "text": "正文"}]}
    assert from_plain(old) == Sheet("公示", (Paragraph("正文"),))


@pytest.mark.parametrize(
    "plain",
    [
        {"title": "公示", "blocks": [{"kind": "picture"}]},
        {"title": "公示", "blocks": [{}]},
        {"title": "公示", "blocks": [{"kind": "facts", "rows": [["一个"]]}]},
        {"title": "公示", "blocks": [], "preset": "napkin"},
        {"title": "公示", "blocks": [], "colour": "red"},
        {"title": "公示"},
        {"title": "公示", "blocks": 3},
    ],
)
def test_what_is_no_sheet_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_plain(plain)


def test_the_text_has_every_string_on_the_sheet() -> None:
    kept = json.dumps(to_plain(replace(SHEET, preset=Preset.NOTICE)), ensure_ascii=False)
    for text in text_of(SHEET).split("\n"):
        assert text in kept
        kept = kept.replace(f'"{text}"', '""', 1)
    chinese = [text for text in _strings(json.loads(kept)) if any(character >= "\u4e00" for character in text)]
    assert chinese == []


def test_a_row_with_too_few_cells_is_refused() -> None:
    columns = (Column("项目"), Column("金额"))
    for wrong in [{"rows": (("修路",),)}, {"rows": (), "total": ("合计",)}]:
        with pytest.raises(ValueError, match="cells for 2 columns"):
            Table(columns, **wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="column"):
        Table((), ())


def _strings(plain: object) -> list[str]:
    if isinstance(plain, dict):
        return [text for value in plain.values() for text in _strings(value)]
    if isinstance(plain, list):
        return [text for value in plain for text in _strings(value)]
    return [plain] if isinstance(plain, str) else []
