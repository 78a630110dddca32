"""What is promised of every rule: it is one short function."""

from __future__ import annotations

import ast
import inspect
import textwrap

import pytest

from smslint.checks import BUILTIN
from smslint.checks.rule import Rule


@pytest.mark.parametrize("rule", BUILTIN, ids=lambda rule: rule.code)
def test_a_rule_is_no_longer_than_14_lines(rule: Rule) -> None:
    (function,) = ast.parse(textwrap.dedent(inspect.getsource(rule.check))).body
    assert isinstance(function, ast.FunctionDef)
    _docstring, *statements = function.body
    assert not statements or (statements[-1].end_lineno or 0) - statements[0].lineno < 14
