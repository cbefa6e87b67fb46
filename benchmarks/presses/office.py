"""LibreOffice Writer without a window: the sheets as a document of one XML file, turned into a PDF."""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from villagedesk.kernel.places import own_file

_FACES = {
    "body": ("Zhuque Fangsong (technical preview)", "LXGW WenKai GB Lite"),
    "cell": ("Zhuque Fangsong (technical preview)", "Noto Sans CJK SC"),
    "hei": ("Noto Sans CJK SC", "Noto Sans CJK SC"),
    "title": ("Noto Serif CJK SC", "Noto Serif CJK SC"),
}
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office", "style": "style", "text": "text", "table": "table",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip


def press(papers: Path) -> bytes:
    """Print sheets that share their page as one file."""
    with tempfile.TemporaryDirectory() as place, _home() as home:
        document = Path(place) / "paper.fodt"
        document.write_text("".join(_document(json.loads(papers.read_bytes()))), "utf-8")
        subprocess.run(
            ["soffice", f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
             "--outdir", place, str(document)],
            env=os.environ | {"FONTCONFIG_FILE": str(home / "fonts.conf")}, capture_output=True, check=True,
        )  # fmt: skip
        return document.with_suffix(".pdf").read_bytes()


@contextmanager
def _home() -> Iterator[Path]:
    """Yield a folder for its settings, kept as a user's are, to one at a time; it looks for no face but ours."""
    home = Path(tempfile.gettempdir()) / "villagedesk-benchmarks" / "office"
    home.mkdir(parents=True, exist_ok=True)
    with (home / "fonts.conf").open("w", encoding="utf-8") as fonts:
        flock(fonts, LOCK_EX)
        fonts.write(f"<fontconfig><dir>{own_file('resources/fonts')}</dir><cachedir>{home}</cachedir></fontconfig>")
        fonts.flush()
        yield home


def _document(given: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    paper = given[0]["paper"]
    sizes = sorted({table["size"] for one in given for table in one["tables"]})
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<office:document {_SPACES} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">'
    yield "<office:styles>"
    yield from _styles(paper)
    yield '</office:styles><office:automatic-styles><style:page-layout style:name="page"><style:page-layout-properties'
    yield f' fo:page-width="{paper["width"]}pt" fo:page-height="{paper["height"]}pt"'
    yield from (f' fo:margin-{side}="{paper[side]}pt"' for side in ("top", "bottom", "left", "right"))
    yield "/></style:page-layout>"
    for size in sizes:
        yield from _cell_styles(size)
    for number, widths in enumerate(table["widths"] for one in given for table in one["tables"]):
        for index, width in enumerate(widths):
            yield f'<style:style style:name="t{number}c{index}" style:family="table-column">'
            yield f'<style:table-column-properties style:column-width="{width}pt"/></style:style>'
    yield "</office:automatic-styles><office:master-styles>"
    yield '<style:master-page style:name="Standard" style:page-layout-name="page"/></office:master-styles>'
    yield "<office:body><office:text>"
    yield from _body(given)
    yield "</office:text></office:body></office:document>"


def _styles(paper: Mapping[str, Any]) -> Iterator[str]:
    body, pitch = paper["body"], f'fo:line-height="{paper["pitch"]}pt"'
    yield _style("text", "body", body, f'{pitch} fo:text-align="justify" fo:text-indent="{2 * body}pt"')
    yield _style("flush", "body", body, f'{pitch} fo:text-align="justify"')
    yield _style("level", "hei", body, f'{pitch} fo:text-indent="{2 * body}pt"')
    yield _style("number", "body", body, f'{pitch} fo:text-align="center"')
    yield _style("seal", "body", body, f'{pitch} fo:text-align="end" fo:margin-right="{4 * body}pt"')
    yield _style("title", "title", paper["title"], 'fo:text-align="center"')
    yield _style("next", "title", paper["title"], 'fo:text-align="center" fo:break-before="page"')


def _cell_styles(size: float) -> Iterator[str]:
    name = _name(size)
    aligned = {"left": "start", "center": "center", "amount": "end"}
    yield from (_style(f"{name}{key}", "cell", size, f'fo:text-align="{side}"') for key, side in aligned.items())
    yield _style(f"{name}head", "hei", size, 'fo:text-align="center"')
    yield f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
    yield f' fo:border="0.5pt solid #000000" fo:padding="{0.32 * size}pt" style:vertical-align="middle"/></style:style>'


def _style(name: str, face: str, size: float, layout: str) -> str:
    han, latin = map(quoteattr, _FACES[face])
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {layout}/>'
        f'<style:text-properties style:font-family-asian={han} fo:font-family={latin} fo:font-size="{size}pt"'
        f' style:font-size-asian="{size}pt" fo:language="en" style:language-asian="zh" style:country-asian="CN"/>'
        "</style:style>"
    )


def _body(given: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    tables = iter(enumerate(table for one in given for table in one["tables"]))
    for number, one in enumerate(given):
        sheet = one["sheet"]
        yield _text("next" if number else "title", sheet["title"])
        if sheet["number"]:
            yield _text("number", sheet["number"])
        for block in sheet["blocks"]:
            if block["kind"] == "table":
                index, measures = next(tables)
                yield from _table(block, index, measures["size"])
            elif block["kind"] == "seal":
                yield (
                    _text("seal", "")
                    + _text("seal", "")
                    + _text("seal", block["issuer"])
                    + _text("seal", block["date"])
                )
            else:
                yield _text("level" if block["level"] else "flush" if block["flush"] else "text", block["text"])


def _table(block: Mapping[str, Any], index: int, size: float) -> Iterator[str]:
    name, columns = _name(size), block["columns"]
    yield _text(f"{name}amount", block["unit"])
    yield f'<table:table table:name="t{index}">'
    yield from (f'<table:table-column table:style-name="t{index}c{at}"/>' for at in range(len(columns)))
    yield "<table:table-header-rows>"
    yield _row(name, [column["head"] for column in columns], ["head"] * len(columns))
    yield "</table:table-header-rows>"
    aligned = [column["align"] for column in columns]
    yield from (_row(name, row, aligned) for row in block["rows"])
    if block["total"]:
        yield _row(name, block["total"], aligned)
    yield "</table:table>"


def _row(name: str, texts: Sequence[str], aligned: Sequence[str]) -> str:
    cells = (
        f'<table:table-cell table:style-name="{name}" office:value-type="string">{_text(name + side, text)}</table:table-cell>'
        for text, side in zip(texts, aligned, strict=True)
    )
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _text(style: str, text: str) -> str:
    return f'<text:p text:style-name="{style}">{escape(text)}</text:p>'


def _name(size: float) -> str:
    return "s" + re.sub(r"\D", "_", str(size))
