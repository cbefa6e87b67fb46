"""The council's score sheet in long form: one line for each member and project, read and checked."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from villagedesk.deliberation.model import Score
from villagedesk.kernel.errors import BadInput, Problem
from villagedesk.projects.model import Project
from villagedesk.projects.rules import OPEN_STATES
from villagedesk.storage.foreign import Cell, Grid, text

CRITERIA = ("急需", "急盼", "受益直接")
HEADS = ("议事会成员", "项目", *CRITERIA)
HIGHEST = 10


def score_lines(
    grid: Grid, projects: Mapping[str, Project], members: AbstractSet[str], known: AbstractSet[tuple[str, str]]
) -> list[Score]:
    """Return every ballot of a score sheet.

    ``projects`` are the year's by name, ``members`` the council's (none: anybody's ballot is taken), ``known`` the
    (project id, member) pairs already in. Raises BadInput with all problems by row and column, also when a member
    left a project of the sheet out.
    """
    top = grid.head_row(*HEADS)
    columns = [grid.column(top, head) for head in HEADS]
    scores: list[Score] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for index, row in enumerate(grid.rows[top + 1 :], top + 2):
        cells = [row[column] if column < len(row) else None for column in columns]
        if not any(text(cell) for cell in cells):
            continue
        member, name = text(cells[0]), text(cells[1])
        found = list(_problems(index, cells, projects.get(name), members, known, seen))
        problems += found
        seen.setdefault((member, name), index)
        if not found:
            scores.append(_score(cells, projects[name]))
    problems += _left_out(seen)
    if problems:
        raise BadInput(grid.name, f"有{len(problems)}处不对，请按行改好后再导入。", problems)
    if not scores:
        raise BadInput(grid.name, "只有表头，没有打分。")
    return scores


def _score(cells: list[Cell], project: Project) -> Score:
    urgent, wished, benefit = (int(text(cell)) for cell in cells[2:5])
    return Score(project_id=project.id, member=text(cells[0]), urgent=urgent, wished=wished, benefit=benefit)


def _problems(
    row: int,
    cells: list[Cell],
    project: Project | None,
    members: AbstractSet[str],
    known: AbstractSet[tuple[str, str]],
    seen: Mapping[tuple[str, str], int],
) -> Iterator[Problem]:
    member, name = text(cells[0]), text(cells[1])
    if not member:
        yield Problem(row, "议事会成员", "不能空着")
    elif members and member not in members:
        yield Problem(row, "议事会成员", f"“{member}”不是议事会成员")
    if project is None:
        yield Problem(row, "项目", f"这一年没有叫“{name}”的项目" if name else "不能空着")
    elif project.state not in OPEN_STATES:
        yield Problem(row, "项目", f"“{name}”现在是“{project.state.label}”，不能再量分")
    elif (project.id, member) in known:
        yield Problem(row, "项目", f"{member}给“{name}”的打分已经登记过")
    if (member, name) in seen:
        yield Problem(row, "项目", f"{member}给“{name}”打了两次，和第{seen[member, name]}行重复")
    for place, criterion in enumerate(CRITERIA, 2):
        if not _is_score(text(cells[place])):
            yield Problem(row, criterion, f"应是0到{HIGHEST}的整数，现在是“{text(cells[place])}”")


def _is_score(written: str) -> bool:
    return written.isascii() and written.isdigit() and int(written) <= HIGHEST


def _left_out(seen: Mapping[tuple[str, str], int]) -> Iterator[Problem]:
    """Name what a member did not score; the row is the member's first."""
    names = list(dict.fromkeys(name for _, name in seen if name))
    first_row: dict[str, int] = {}
    for (member, _), row in seen.items():
        first_row.setdefault(member, row)
    for member, row in first_row.items():
        for name in names:
            if member and (member, name) not in seen:
                yield Problem(row, "项目", f"{member}没有给“{name}”打分")
