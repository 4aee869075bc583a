"""Files and functions are short enough to be read in one go."""

import ast
import re
from pathlib import Path

import interlope

ROOT = Path(interlope.__file__).parent
FILE, FUNCTION = 300, 60  # lines; of a function without its docstring
LINE = 140  # characters of a line of a script; Ruff looks after the others


def functions_of(text):
    """Name and lines of every function and method, those of its docstring left out."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            if ast.get_docstring(node) is not None:
                lines -= node.body[0].end_lineno - node.body[0].lineno + 1
            yield node.name, lines


def sources():
    return [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py"))]


def scripts():
    paths = sorted((ROOT / "reporting" / "templates" / "scripts").glob("*.js"))
    return [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def test_no_file_is_too_long():
    long = {name: lines for name, text in [*sources(), *scripts()] if (lines := len(text.splitlines())) > FILE}
    assert not long


def test_scripts_keep_to_the_same_lines_and_functions():
    wide = [f"{name}:{i}" for name, text in scripts() for i, line in enumerate(text.splitlines(), 1) if len(line) > LINE]
    blocks = {f"{name}::{head.strip()}": body.count("\n") for name, text in scripts()
              for head, body in re.findall(r"^(?: {2})?((?:async )?(?:function )?\w+\([^)\n]*\) \{)(.*?)\n(?: {2})?\}", text, re.M | re.S)}
    assert not wide and len(blocks) > 40
    assert {name: lines for name, lines in blocks.items() if lines > FUNCTION} == {}


def test_no_function_is_too_long():
    long = {f"{file}::{name}": lines for file, text in sources() for name, lines in functions_of(text) if lines > FUNCTION}
    assert not long


def test_a_docstring_is_not_counted_and_everything_else_is():
    text = "class A:\n    def f(self,\n          x):\n        '''One.\n\n        Two.\n        '''\n        # a remark\n        return x\n"
    assert list(functions_of(text)) == [("f", 4)]
