"""Rows out of text files: any encoding they come in, commas, tabs or bars between the cells, or a web page's table."""

import codecs
import csv
import io
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from unicodedata import category

from villagedesk.kernel.errors import BadInput
from villagedesk.storage.foreign.grid import Grid, even

_SEPARATORS = ("\t", "|", ",", ";")
_LOOKED_AT = 20
_BEGINNING = 1 << 16
"""Characters from the beginning within which a text shows what it is."""

_WORKBOOKS = ("<workbook", "<ss:workbook")
_WEB_ARCHIVES = ("mime-version:", "from:", "content-type: multipart/related")
_PAGES = ("<table", "<tr>", "<tr ", "<html", "<!doctype html")
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def written(name: str, content: bytes) -> str:
    """Return a file's text: UTF-8 or UTF-16 with its mark, else UTF-8, GB18030 (GBK) or UTF-16 without a mark.

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
        if "\x00" not in found:
            return found
    for encoding in ("utf-16-le", "utf-16-be"):
        with suppress(UnicodeDecodeError):
            if _is_plain(found := content.decode(encoding)):
                return found
    raise BadInput(name, "认不出里面的文字，请另存为 CSV 或 Excel 文件再导入。")


def _is_plain(found: str) -> bool:
    """Tell whether a text has lines and no sign that nobody writes: read in the wrong order of bytes it has."""
    return "\n" in found and not any(
        category(sign) in {"Cc", "Cn", "Co", "Cs"} for sign in set(found[:_BEGINNING]) - {"\r", "\n", "\t"}
    )


def text_grid(name: str, content: bytes, sheet: str = "") -> Grid:
    """Return the rows of a text file or of the tables of a web page.

    Raises BadInput when it is no text, or a workbook saved as one text that only an office program reads.
    """
    found = written(name, content)
    beginning = found[:_BEGINNING].lower()
    if any(mark in beginning for mark in _WORKBOOKS) or beginning.lstrip().startswith(_WEB_ARCHIVES):
        raise BadInput(
            name, "这个表是用 XML 或者单个网页（MHT）的样子存的，读不了。请用 WPS 打开，另存为 .xlsx 再导入。"
        )
    try:
        if any(mark in beginning for mark in _PAGES):
            from villagedesk.storage.foreign.webpage import page_tables

            page = page_tables(found)
            return replace(even(name, page.rows, sheet), merged=page.merged, hidden=page.hidden, struck=page.struck,
                           is_seen=page.is_seen)  # fmt: skip
        return even(name, list(csv.reader(io.StringIO(found, newline=""), delimiter=separator(found))), sheet)
    except (csv.Error, ValueError) as error:
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
