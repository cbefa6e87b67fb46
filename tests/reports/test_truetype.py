"""A face tells which characters it draws and how wide they are."""

from pathlib import Path

import pytest

from villagedesk.kernel.places import own_file
from villagedesk.reports.fonts import FILES
from villagedesk.reports.truetype import read_face


@pytest.mark.parametrize("name", FILES)
def test_our_reader_and_reportlab_agree_on_every_width(name: str) -> None:
    from reportlab.pdfbase.ttfonts import TTFontFile

    path = own_file(FILES[name])
    theirs = TTFontFile(str(path))
    ours = read_face(path)
    drawn = {code for code, glyph in theirs.charToGlyph.items() if glyph} - {0xA0}
    assert set(ours.glyphs) - {0xA0} == drawn
    assert all(abs(1000 * (ours.width(chr(code)) or 0) - theirs.charWidths[code]) < 0.01 for code in drawn)


def test_a_face_knows_rare_characters_and_lacks_others() -> None:
    face = read_face(own_file(FILES["Fangsong"]))
    assert "䶮" in face
    assert "𬭎" in face
    assert "龑" not in face


def test_a_face_without_a_full_map_is_refused(tmp_path: Path) -> None:
    tables = {
        b"cmap": bytes([0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12, 0, 4]),
        b"head": bytes(18) + b"\x03\xe8" + bytes(34),
        b"hhea": bytes(34) + b"\x00\x01",
        b"hmtx": bytes(4),
    }
    start = 12 + 16 * len(tables)
    directory = b"\x00\x01\x00\x00" + len(tables).to_bytes(2, "big") + bytes(6)
    for tag, content in tables.items():
        directory += tag + bytes(4) + start.to_bytes(4, "big") + len(content).to_bytes(4, "big")
        start += len(content)
    file = tmp_path / "old.ttf"
    file.write_bytes(directory + b"".join(tables.values()))
    with pytest.raises(ValueError, match="format 12"):
        read_face(file)
