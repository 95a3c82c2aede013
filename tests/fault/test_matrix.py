"""The matrix is whole: every fault has its test, and a twin that must fail, or says how its test can."""

import re
from pathlib import Path

import pytest

from .matrix import FAULTS

WITHOUT_TWIN = {3}  # a part that never starts would fail it; nothing in the product could be left out


def found_for(number):
    """(names of its tests, names of its twins); a twin of several faults names them as its parameters."""
    text = "".join(path.read_text() for path in Path(__file__).parent.glob("test_f*.py"))
    names = re.findall(rf"def test_f{number:02}_(\w+)", text)
    shared = re.findall(rf'"(f{number:02})"', text)
    return [n for n in names if not n.startswith("twin")], [n for n in names if n.startswith("twin")] + shared


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_each_fault_has_its_test_and_its_twin(fault):
    plain, twins = found_for(fault.number)
    assert plain, f"{fault.name} has no test"
    assert twins or fault.number in WITHOUT_TWIN, f"{fault.name} has no twin"


def test_the_matrix_lists_fifty_faults():
    assert [fault.number for fault in FAULTS] == list(range(1, 51))
