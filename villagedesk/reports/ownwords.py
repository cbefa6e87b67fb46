"""A sheet in the words of a place: what a paper, a fact, a column or a signature is called there."""

from collections.abc import Mapping
from dataclasses import replace

from villagedesk.reports.sheet import Block, Facts, Sheet, Signatures, Table


def in_own_words(sheet: Sheet, words: Mapping[str, str]) -> Sheet:
    """Return a sheet with its labels by the words of a place, and a title that ends with one of them by its own.

    A label is changed where it is one of ``words`` as a whole; what was filled in is never touched.
    """
    tail = max((word for word in words if sheet.title.endswith(word)), key=len, default="")
    title = sheet.title.removesuffix(tail) + words.get(tail, "")
    return replace(sheet, title=title, blocks=tuple(_worded(block, words) for block in sheet.blocks))


def _worded(block: Block, words: Mapping[str, str]) -> Block:
    match block:
        case Facts():
            return Facts(tuple((words.get(label, label), value) for label, value in block.rows))
        case Table():
            return replace(
                block, columns=tuple(replace(one, head=words.get(one.head, one.head)) for one in block.columns)
            )
        case Signatures():
            return Signatures(tuple(words.get(label, label) for label in block.labels))
        case _:
            return block
