"""Every fault speaks one whole Chinese sentence; warnings pass with a written reason, blocks never do."""

import re
from string import Formatter

import pytest

from villagedesk.kernel import errors
from villagedesk.kernel.errors import BadInput, Problem, RuleViolation, VillageDeskError, stop_at
from villagedesk.kernel.findings import Finding, Severity, blocks, warnings

BLOCK = Finding("a.block", "不行。", "field", "依据")
WARNING = Finding("a.warning", "当心。", severity=Severity.WARNING)
FAULTS = [
    fault
    for fault in vars(errors).values()
    if isinstance(fault, type) and issubclass(fault, VillageDeskError) and fault.sentence != "{what}"
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_says_what_happened_in_a_whole_sentence(fault: type[VillageDeskError]) -> None:
    facts = {name: "某某。" for _, name, _, _ in Formatter().parse(fault.sentence) if name}
    said = fault.sentence.format(**facts)
    assert said.endswith("。")
    assert not re.search(r"[A-Za-z]{3,}", said.replace("backups", ""))
    assert fault.__doc__


def test_faults_stand_in_the_tree_at_the_top_of_their_file() -> None:
    assert errors.__doc__
    for fault in FAULTS:
        assert re.search(rf"\b{fault.__name__}\b", errors.__doc__), fault


@pytest.mark.parametrize("excuse", ["", "急用"])
def test_a_block_stops_whatever_the_excuse(excuse: str) -> None:
    with pytest.raises(RuleViolation, match="不行。") as refused:
        stop_at([WARNING, BLOCK], excuse)
    assert refused.value.findings == [BLOCK]


def test_a_warning_passes_with_a_written_reason_only() -> None:
    stop_at([WARNING], "急用")
    stop_at([])
    for excuse in ("", "  "):
        with pytest.raises(RuleViolation) as refused:
            stop_at(iter([WARNING]), excuse)
        assert refused.value.findings == [WARNING]


def test_findings_are_told_apart() -> None:
    assert blocks([BLOCK, WARNING]) == [BLOCK]
    assert warnings([BLOCK, WARNING]) == [WARNING]


def test_bad_input_names_row_and_column() -> None:
    fault = BadInput("名册.csv", "有1处不对。", [Problem(7, "姓名", "不能空着")])
    assert str(fault) == "“名册.csv”没有导入，账里一条也没有变。有1处不对。"
    assert [str(problem) for problem in fault.problems] == ["第7行“姓名”：不能空着"]
