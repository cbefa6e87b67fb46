"""Rows out of text files: any encoding they come in, commas, tabs or bars between the cells, or a web page's table."""

import codecs
import csv
import io
from collections import Counter

from villagedesk.kernel.errors import BadInput
from villagedesk.storage.foreign.grid import Row

_SEPARATORS = ("\t", "|", ",", ";")
_LOOKED_AT = 20
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def written(name: str, content: bytes) -> str:
    """Return a file's text: UTF-8 or UTF-16 with its mark, else UTF-8, else GB18030 (GBK).

    Raises BadInput when it is no text.
    """
    for mark, encoding in _WIDE:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            found = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in found:
            break
        return found
    raise BadInput(name, "认不出里面的文字，请另存为 CSV 或 Excel 文件再导入。")


def text_rows(name: str, content: bytes) -> list[Row]:
    """Return the rows of a text file or of the tables of a web page. Raises BadInput when it is no text."""
    found = written(name, content)
    if found.lstrip()[:200].lower().startswith(("<html", "<!doctype html", "<table", "<meta", "<head")):
        from villagedesk.storage.foreign.webpage import page_rows

        return page_rows(found)
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(found, newline=""), delimiter=separator(found))]
    except csv.Error as error:
        raise BadInput(name, "认不出里面的文字，请另存为 CSV 或 Excel 文件再导入。") from error


def separator(found: str) -> str:
    """Return what stands between the cells: the mark most lines have the same number of, a comma when none has."""
    lines = [line for line in found.splitlines()[:_LOOKED_AT] if line.strip()]
    best, most = ",", 0
    for mark in _SEPARATORS:
        counts = Counter(line.count(mark) for line in lines if mark in line)
        if counts and (shared := counts.most_common(1)[0][1]) > most:
            best, most = mark, shared
    return best
