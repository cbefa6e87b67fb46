"""Turns the blocks of a sheet into boxes: title, paragraphs, facts, signatures and the place of the seal."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from villagedesk.reports.box import Box, Rule
from villagedesk.reports.cells import Hand, Slot, Strip, hand, row
from villagedesk.reports.charts import chart_boxes
from villagedesk.reports.fonts import Style, on_one_line, spelled
from villagedesk.reports.paper import MM, Paper
from villagedesk.reports.qr import with_proof
from villagedesk.reports.setting import Set, balanced, measured, paragraph, placed, wrapped
from villagedesk.reports.sheet import Align, Block, Chart, Facts, Paragraph, Seal, Sheet, Signatures, Table
from villagedesk.reports.tables import Measured, table_boxes
from villagedesk.reports.titles import title_lines

INDENT = 2.0
"""Ems at the start of a paragraph."""
SEAL_ABOVE = 15 * MM
"""Room above the issuer's name: a seal is 42 mm across and its middle lies between the two lines."""
SEAL_BELOW = 4 * MM
"""Room below the date; the seal may reach into the margin."""
SEAL_RIGHT = 4.0
"""Ems between the date and the right margin."""
SIGNING = 6.0
"""Ems that a line to sign on has at least."""
SIGNING_ABOVE = 0.7
"""Lines of air above a line to sign on."""

_LEVELS = {1: Style.HEI, 2: Style.KAI}


def sheet_boxes(sheet: Sheet, paper: Paper, tables: Iterable[Measured]) -> list[Box]:
    """Return everything on the sheet as boxes, in order; ``tables`` are its tables, measured."""
    following = iter(tables)
    stacks = [_head_of(sheet, paper), *(_block(block, paper, following) for block in sheet.blocks)]
    for place in _closing(sheet.blocks, paper):
        stacks[place] = [replace(box, keep=True) for box in stacks[place]]
    for above, below, block in zip(stacks, stacks[1:], sheet.blocks, strict=False):
        if not above or not below:
            continue
        if isinstance(block, Seal | Signatures):
            above[-1] = replace(above[-1], keep=True)
        if above[-1].xs or any(box.xs for box in below):
            below[0] = replace(below[0], before=paper.pitch / 2)
    boxes = [box for stack in stacks for box in stack]
    if sheet.proof is None:
        return boxes
    return with_proof(boxes, sheet.proof, paper, has_seal=bool(sheet.blocks) and isinstance(sheet.blocks[-1], Seal))


def _closing(blocks: Sequence[Block], paper: Paper) -> Iterator[int]:
    """The stacks that stay with what is signed: the facts right above it, and on a notice the paragraph above those."""
    for index, block in enumerate(blocks):
        if isinstance(block, Signatures) and index and isinstance(blocks[index - 1], Facts):
            yield index  # the head of the sheet is the first stack
            if index > 1 and not paper.boxed_facts and isinstance(blocks[index - 2], Paragraph):
                yield index - 1


def _block(block: Block, paper: Paper, tables: Iterator[Measured]) -> list[Box]:
    match block:
        case Paragraph():
            return _paragraph(block, paper)
        case Facts():
            return _boxed_facts(block, paper) if paper.boxed_facts else _listed_facts(block, paper)
        case Table():
            return table_boxes(next(tables), paper)
        case Chart():
            return chart_boxes(block, paper)
        case Signatures():
            return _signatures(block, paper)
        case Seal():
            return [_seal(block, paper)]


def _head_of(sheet: Sheet, paper: Paper) -> list[Box]:
    """Title in balanced lines and the number below it, then half a line of air."""
    pitch = 1.45 * paper.title
    titles = title_lines(spelled(sheet.title), Style.TITLE, paper.measure / paper.title)
    boxes = [_middle(line, paper.title, pitch, paper) for line in titles]
    if sheet.number:
        numbers = balanced(spelled(sheet.number), Style.BODY, paper.measure / paper.body)
        boxes += [_middle(line, paper.body, paper.pitch, paper) for line in numbers]
    return [replace(box, keep=True) for box in boxes] + [Box(paper.pitch / 2, keep=True)]


def _middle(line: Set, size: float, pitch: float, paper: Paper) -> Box:
    x = paper.left + (paper.measure - line.width * size) / 2
    return Box(pitch, (placed(line, size, x, pitch / 2),))


def _paragraph(block: Paragraph, paper: Paper) -> list[Box]:
    style = _LEVELS.get(block.level, Style.BODY)
    indent = 0.0 if block.flush else INDENT
    room = paper.measure / paper.body
    boxes = []
    for part in spelled(block.text).split("\n"):
        broken = paragraph(part.strip(" \u3000"), style, room, indent, paper.tracking)
        boxes += _together([_text_line(line, paper) for line in broken] or [Box(paper.pitch)])
    if block.level in _LEVELS:
        boxes[-1] = replace(boxes[-1], keep=True)
    return boxes


def _text_line(line: Set, paper: Paper, x: float = 0.0) -> Box:
    return Box(paper.pitch, (placed(line, paper.body, paper.left + x, paper.pitch / 2),))


def _together(boxes: list[Box]) -> list[Box]:
    """Hold the first two lines together and the last two."""
    held = {0, len(boxes) - 2}
    return [replace(box, keep=True) if index in held and len(boxes) > 1 else box for index, box in enumerate(boxes)]


def _listed_facts(block: Facts, paper: Paper) -> list[Box]:
    labels = [on_one_line(label) + "：" for label, _ in block.rows]
    hang = min(max((measured(label, Style.BODY) for label in labels), default=0.0), 9.0) + INDENT
    room = paper.measure / paper.body - hang
    boxes = []
    for label, (_, value) in zip(labels, block.rows, strict=True):
        lines = [_text_line(line, paper, INDENT * paper.body) for line in wrapped(label, Style.BODY, hang - INDENT)]
        values = wrapped(spelled(value), Style.BODY, room, justify=True)
        boxes += _together(_beside(lines, [_text_line(line, paper, hang * paper.body) for line in values], paper))
    return boxes


def _beside(left: Sequence[Box], right: Sequence[Box], paper: Paper) -> list[Box]:
    empty = Box(paper.pitch)
    count = max(len(left), len(right))
    pairs = zip(*([*side, *[empty] * (count - len(side))] for side in (left, right)), strict=True)
    return [Box(paper.pitch, (*one.texts, *other.texts)) for one, other in pairs]


def _boxed_facts(block: Facts, paper: Paper) -> list[Box]:
    pen = hand(paper.tables[0])
    pairs = [(on_one_line(label), spelled(value)) for label, value in block.rows]
    labels = min(max((measured(label, Style.HEI) for label, _ in pairs), default=0.0), 7.0) * pen.size + 2 * pen.side
    half = paper.measure / 2
    fits = (half - labels - 2 * pen.side) / pen.size
    boxes = []
    for group in _paired(pairs, fits):
        strip = _facts_strip(len(group), labels, pen, paper)
        boxes += row(strip, [text for pair in group for text in pair], paper.depth)
    return boxes


def _facts_strip(count: int, labels: float, pen: Hand, paper: Paper) -> Strip:
    """Places for so many pairs of label and value beside one another."""
    width = paper.measure / count
    starts = [paper.left + index * width for index in range(count)]
    pairs = [(Slot(x, x + labels, Align.CENTER, Style.HEI), Slot(x + labels, x + width)) for x in starts]
    return Strip(tuple(slot for pair in pairs for slot in pair), pen)


def _paired(pairs: Sequence[tuple[str, str]], fits: float) -> Iterator[list[tuple[str, str]]]:
    """Two pairs a line; a pair whose value is too long for half the paper, or which is left over, has its own."""
    waiting: list[tuple[str, str]] = []
    for pair in pairs:
        if measured(pair[1].replace("\n", ""), Style.CELL) > fits:
            yield from ([waiting, [pair]] if waiting else [[pair]])
            waiting = []
        elif waiting:
            yield [*waiting, pair]
            waiting = []
        else:
            waiting = [pair]
    if waiting:
        yield waiting


def _signatures(block: Signatures, paper: Paper) -> list[Box]:
    room = paper.measure / paper.body - SIGNING
    labels = [wrapped(_with_colon(on_one_line(label)), Style.BODY, room) for label in block.labels]
    widest = max((line.width for label in labels for line in label), default=0.0)
    most = max(int(paper.measure / paper.body / (widest + SIGNING)), 1)
    each = -(-len(labels) // max(-(-len(labels) // most), 1))
    length = min(paper.measure / max(each, 1) - 1.5 * paper.body, (widest + 2 * SIGNING) * paper.body)
    lines = [labels[start : start + each] for start in range(0, len(labels), max(each, 1))]
    boxes = [_signing_line(line, paper.measure / each, length, paper) for line in lines]
    return [replace(box, keep=True) for box in boxes[:-1]] + boxes[-1:]


def _with_colon(label: str) -> str:
    return label if label.endswith(("：", ":")) else label + "："


def _signing_line(labels: Sequence[Sequence[Set]], slot: float, length: float, paper: Paper) -> Box:
    """Labels side by side, each with a rule after its last line."""
    height = (SIGNING_ABOVE + max(map(len, labels))) * paper.pitch
    below = height - paper.pitch / 2 + 0.56 * paper.body
    texts, rules = [], []
    for index, lines in enumerate(labels):
        x = paper.left + index * slot
        top = height - (len(lines) - 0.5) * paper.pitch
        texts += [placed(line, paper.body, x, top + at * paper.pitch) for at, line in enumerate(lines)]
        rules.append(Rule(x + lines[-1].width * paper.body, below, x + length, below, 0.5))
    return Box(height, tuple(texts), tuple(rules))


def _seal(block: Seal, paper: Paper) -> Box:
    """The issuer is centred over the date, which stands four characters from the right margin."""
    size, pitch = paper.body, paper.pitch
    dates = balanced(on_one_line(block.date), Style.BODY, paper.measure / size)
    lines = [*balanced(spelled(block.issuer), Style.BODY, paper.measure / size), *dates]
    right = paper.left + paper.measure
    widest = max(line.width for line in lines) * size
    wished = right - (SEAL_RIGHT + max(line.width for line in dates) / 2) * size
    middle = max(min(wished, right - widest / 2), paper.left + widest / 2)
    texts = [
        placed(line, size, middle - line.width * size / 2, SEAL_ABOVE + (index + 0.5) * pitch)
        for index, line in enumerate(lines)
    ]
    return Box(SEAL_ABOVE + len(lines) * pitch + SEAL_BELOW, tuple(texts))
