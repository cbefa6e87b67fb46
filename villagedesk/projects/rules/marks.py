"""What must hold for a filled score sheet and for what a contract is paid by."""

from collections.abc import Collection, Iterator, Sequence

from villagedesk.kernel.findings import Finding, Severity
from villagedesk.projects.model import Contract, Inspection, Mark
from villagedesk.projects.scoresheets import Template

_MOST_CYCLES = 120


def sound_marks(inspection: Inspection, template: Template | None, marks: Sequence[Mark]) -> Iterator[Finding]:
    """A filled sheet has every item of its template once and in order, and takes off no more than an item is worth."""
    if not inspection.template:
        if marks:
            yield Finding("projects.marks", "有评分明细的，请写明用的是哪张评分表。", "template")
        return
    if template is None:
        yield Finding("projects.template", "没有这张评分表，请从已有的里选。", "template")
        return
    if inspection.kind not in template.kinds:
        yield Finding("projects.template", f"“{template.name}”不是{inspection.kind.label}用的。", "template")
    if [(mark.item, mark.points) for mark in marks] != [(line.item, line.points) for line in template.items]:
        message = f"评分要逐项填写“{template.name}”的{len(template.items)}项，不能少、不能改分值。"
        yield Finding("projects.marks", message, "template")
        return
    for mark in marks:
        field = f"mark_{mark.place}"
        if not 0 <= mark.deducted <= mark.points:
            yield Finding("projects.mark", f"“{mark.item}”满分{mark.points}分，扣分应是0到{mark.points}。", field)
        elif mark.deducted and not mark.note.strip():
            message = f"“{mark.item}”扣了{mark.deducted}分，请写明为什么扣。"
            yield Finding("projects.mark_note", message, f"note_{mark.place}", severity=Severity.WARNING)


def sound_terms(contract: Contract, bands: Collection[str]) -> Iterator[Finding]:
    """A contract's sum is paid in some equal parts, by bands the profile has or by none."""
    if not 1 <= contract.cycles <= _MOST_CYCLES:
        yield Finding("projects.contract_cycles", f"付款期数应是1到{_MOST_CYCLES}。", "cycles")
    elif 0 < contract.amount_fen < contract.cycles:
        yield Finding("projects.contract_cycles", "合同金额太小，分不成这么多期。", "cycles")
    if contract.bands and contract.bands not in bands:
        yield Finding("projects.bands", "请选规则里有的计分办法。", "bands")
