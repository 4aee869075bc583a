"""Mutants: what can go wrong with a text, a JSON document, a file or a folder, one change at a time, drawn from a seed."""
from __future__ import annotations

import json
import math
import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

NUMBERS = ("0", "-1", "1", "-0.0", "0.5", "1e308", "-1e308", "1e-308", "inf", "-inf", "nan", "9" * 400, "0x" + "f" * 40, "1_000", "1,000",
           "1.118", "118,5", "65 %", "1e9", "true", '""', "[]", "{}", "4294967296", "9223372036854775808", "²", "٣")
DATES = ("0001-01-01", "9999-12-31", "2030-02-30", "2030-13-01", "1970-01-01", "2030-02-06T23:15:00", "06.02.2030", "2030", "-2030-01-01")
TEXTS = ("", " ", "\x1b[31m", "\u202e", "\u200b", "=1+1", "@x", "<script>alert(1)</script>", "../../etc/passwd", "/", "a/b", "a\nb", "\\",
         '"', "'", "{{7*7}}", "%s%n", "$(id)", "; touch x", "x" * 5000, "é" * 300, "\ud7ff", "\U0001f600", "NUL", "con",
         ".", "..", "-", "--json", "[red]",
         "normal(0, -1)", "lognormal(1, x1)", "beta(0, 0)", "gamma(1, 0)", "mixture(0.5: normal(0, 1))", "choice()", "normal(1e308, 1e308)")
HOSTILE_BYTES = (b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\x0b", b"\xe2\x80\xa8", b"\xc3", b"\x1b", b"\x85", b'"',
                 b"'''", b"#", b"[", b"]]", b",,,,", b"=")
ODD_NAMES = ("._x.toml", "x.TOML", "x.toml.bak", "x.csv.txt", "X.CSV", "a b.toml", "\u202ex.toml", "-rf.toml", "=x.csv", "é.csv",
             "x" * 200 + ".toml", ".toml",
             "\x1b[31m.csv")
TOKEN = re.compile(rb"""[^\s\[\]{}=,"'#()]+""")


def mutate_bytes(data: bytes, draw: random.Random) -> bytes:
    """One small change of a text: of a byte, a word, a line, or of a stretch of it."""
    return draw.choice(_TEXT_CHANGES)(data, draw)


def _number(data: bytes, draw: random.Random) -> bytes:
    """Another number, date or text in place of a word."""
    words = list(TOKEN.finditer(data))
    if not words:
        return _insert(data, draw)
    at = draw.choice(words)
    text = draw.choice(DATES if re.match(rb"\d{4}-", at.group()) and draw.random() < 0.5 else draw.choice((NUMBERS, NUMBERS, TEXTS)))
    return data[: at.start()] + text.encode("utf-8", "surrogatepass") + data[at.end():]


def _nudge(data: bytes, draw: random.Random) -> bytes:
    """A number a little or a good deal larger or smaller: such mutants often pass as cases."""
    numbers = list(re.finditer(rb"(?<![\w.-])\d+(\.\d+)?(?![\w.-])", data))
    if not numbers:
        return _number(data, draw)
    at = draw.choice(numbers)
    value = float(at.group()) * draw.choice((0.0, 0.01, 0.5, 0.9, 1.1, 2.0, 10.0, 1000.0))
    text = f"{value:g}" if b"." in at.group() or draw.random() < 0.2 or not math.isfinite(value) else str(round(value))
    return data[: at.start()] + text.encode() + data[at.end():]


def _word(data: bytes, draw: random.Random) -> bytes:
    """A word of the same file in place of another."""
    words = list(TOKEN.finditer(data))
    if len(words) < 2:
        return _insert(data, draw)
    at, other = draw.sample(words, 2)
    return data[: at.start()] + other.group() + data[at.end():]


def _lines(data: bytes, draw: random.Random) -> bytes:
    """A line left out, given twice or put elsewhere."""
    lines = data.splitlines(keepends=True)
    if not lines:
        return _insert(data, draw)
    i, what = draw.randrange(len(lines)), draw.randrange(3)
    line = lines[i]
    if what != 1:
        del lines[i]
    if what != 0:
        lines.insert(draw.randrange(len(lines) + 1), line)
    return b"".join(lines)


def _insert(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.choice(HOSTILE_BYTES) * draw.choice((1, 1, 1, 3, 1000)) + data[at:]


def _delete(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + data[at + draw.choice((1, 1, 2, 20, 400)):]


def _repeat(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + data[at: at + draw.choice((1, 20, 300))] * draw.choice((2, 2, 50)) + data[at:]


def _flip(data: bytes, draw: random.Random) -> bytes:
    if not data:
        return _insert(data, draw)
    at = draw.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1:]


def _truncate(data: bytes, draw: random.Random) -> bytes:
    return data[: draw.randrange(len(data) + 1)]


def _nest(data: bytes, draw: random.Random) -> bytes:
    at, depth = draw.randrange(len(data) + 1), draw.choice((5, 300, 3000))
    return data[:at] + b"[" * depth + b"1" + b"]" * depth + data[at:]


_TEXT_CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _number, _number, _number, _nudge, _nudge, _nudge, _nudge, _word, _word, _lines, _lines, _insert, _delete, _repeat, _flip,
    _truncate, _nest)


def mutate_json(data: bytes, draw: random.Random) -> bytes:
    """One entry of a JSON document changed in value or kind, left out or moved; a document that is none is changed as text."""
    try:
        document = json.loads(data)
    except ValueError:
        return mutate_bytes(data, draw)
    holders: list[tuple[Any, Any]] = []

    def walk(node: Any) -> None:
        for key in list(node) if isinstance(node, dict) else range(len(node)):
            holders.append((node, key))
            if isinstance(node[key], dict | list):
                walk(node[key])

    if isinstance(document, dict | list):
        walk(document)
    if not holders:
        return draw.choice((b"", b"null", b"[]", b"{}", b"3", b'"x"'))
    node, key = draw.choice(holders)
    value: Any = draw.choice((None, True, -1, 0, 1e308, "", "x", [], {}, [1], {"a": 1}, draw.choice(TEXTS), 10**30, "nan"))
    if draw.random() < 0.3:
        other, name = draw.choice(holders)
        value = json.loads(json.dumps(other[name]))
    if isinstance(node, dict) and draw.random() < 0.3:
        del node[key]
        if draw.random() < 0.3:
            node["unknown"] = value
    else:
        node[key] = value
    return json.dumps(document).encode()


def mutate_folder(folder: Path, draw: random.Random) -> str:
    """Change one file of a folder, or what lies in it. Returns in words what was done."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    if not files:
        return "nothing left to change"
    file = draw.choice(files)
    name = file.relative_to(folder).as_posix()
    if draw.random() < 0.85:
        data = file.read_bytes()
        change = mutate_json if file.suffix in (".json", ".jsonl") and draw.random() < 0.7 else mutate_bytes
        file.write_bytes(change(data, draw))
        return f"{name} changed"
    return f"{name} {draw.choice(_FILE_CHANGES)(file, folder, draw)}"


def _remove(file: Path, folder: Path, draw: random.Random) -> str:
    file.unlink()
    return "removed"


def _empty(file: Path, folder: Path, draw: random.Random) -> str:
    file.write_bytes(b"")
    return "emptied"


def _to_folder(file: Path, folder: Path, draw: random.Random) -> str:
    file.unlink()
    file.mkdir()
    return "replaced by a folder"


def _to_fifo(file: Path, folder: Path, draw: random.Random) -> str:
    file.unlink()
    os.mkfifo(file)
    return "replaced by a pipe"


def _to_link(file: Path, folder: Path, draw: random.Random) -> str:
    target = draw.choice(("/etc/hostname", "/dev/zero", file.name, str(folder), "/nowhere"))
    file.unlink()
    file.symlink_to(target)
    return f"replaced by a link to {Path(target).name}"


def _overwrite(file: Path, folder: Path, draw: random.Random) -> str:
    other = draw.choice(sorted(p for p in folder.rglob("*") if p.is_file()))
    if other != file:
        shutil.copyfile(other, file)
    return f"overwritten by {other.relative_to(folder).as_posix()}"


def _rename(file: Path, folder: Path, draw: random.Random) -> str:
    name = draw.choice(ODD_NAMES)
    file.rename(file.with_name(name))
    return f"renamed {name!r}"


def _copy(file: Path, folder: Path, draw: random.Random) -> str:
    name = draw.choice(ODD_NAMES)
    shutil.copyfile(file, file.with_name(name))
    return f"copied as {name!r}"


def _forbid(file: Path, folder: Path, draw: random.Random) -> str:
    file.chmod(0)
    return "not to be read"


_FILE_CHANGES: tuple[Callable[[Path, Path, random.Random], str], ...] = (
    _remove, _empty, _to_folder, _to_fifo, _to_link, _overwrite, _rename, _copy, _forbid)
