"""Ptx: runs the code that a graphics card would get on a processor, to compare its bits where no card is at hand.

Every instruction of the PTX becomes one statement of C, compiled without fusing products and sums. What a card's own
assembler and arithmetic add to it is not seen: by NVIDIA's documents the instructions used here round as IEEE 754 does.
"""
from __future__ import annotations

import ctypes
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np

PRELUDE = r"""
#include <stdint.h>
#include <string.h>
#include <math.h>
typedef uint8_t u8; typedef uint16_t u16; typedef uint32_t u32; typedef uint64_t u64;
typedef int8_t s8; typedef int16_t s16; typedef int32_t s32; typedef int64_t s64; typedef float f32; typedef double f64;
typedef u16 b16; typedef u32 b32; typedef u64 b64; typedef u8 pred;
static inline f64 real_(u64 x) { f64 y; memcpy(&y, &x, 8); return y; }
static inline u64 bits_(f64 x) { u64 y; memcpy(&y, &x, 8); return y; }
static inline u64 cut_(f64 x, f64 low, f64 high, u64 least, u64 most, u64 none)
{ return x != x ? none : x < low ? least : x >= high ? most : (u64)(s64)x; }
static inline f64 max_(f64 a, f64 b) { return a != a ? b : b != b ? a : a == b ? (signbit(a) ? b : a) : a > b ? a : b; }
static inline f64 min_(f64 a, f64 b) { return a != a ? b : b != b ? a : a == b ? (signbit(a) ? a : b) : a < b ? a : b; }
static inline f64 sat_(f64 x) { return x > 0.0 ? (x < 1.0 ? x : 1.0) : 0.0; }
static inline u64 left_(u64 x, u32 n) { return n > 63 ? 0 : x << n; }
static inline u64 right_(u64 x, u32 n) { return n > 63 ? 0 : x >> n; }
static inline s64 arith_(s64 x, u32 n) { return x >> (n > 63 ? 63 : n); }
static inline u64 insert_(u64 a, u64 b, u32 at, u32 n)
{ u64 m = (n > 63 ? ~0ull : (1ull << n) - 1) << at; return (b & ~m) | ((a << at) & m); }
static u32 numba_attempt_nocopy_reshape(u64 nd, u64 dims, u64 strides, u64 new_nd, u64 new_dims, u64 new_strides, u64 item, u32 fortran)
{ u64 *have = (u64 *)dims, *d = (u64 *)new_dims, *s = (u64 *)new_strides, step = item, n = item;
  for (s64 i = (s64)nd - 1; i >= 0; i--) { if (have[i] != 1 && ((u64 *)strides)[i] != n) return 0; n *= have[i]; }
  for (s64 i = (s64)new_nd - 1; i >= 0; i--) { s[i] = step; step *= d[i]; }
  return !fortran; }
"""
INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/", "and": "&", "or": "|", "xor": "^", "rem": "%"}
COMPARED = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
OPPOSITE = {"equ": "!=", "neu": "==", "ltu": ">=", "leu": ">", "gtu": "<=", "geu": "<"}  # true as well where one is no number


def run(text: str, arguments: tuple[Any, ...], threads: int, folder: Path) -> None:
    """Run a kernel's PTX for thread 0 to before `threads`, each in a block of its own, on arguments of the host."""
    source, library = folder / "kernel.c", folder / "kernel.so"
    source.write_text(to_c(text))
    subprocess.run(["cc", "-O0", "-w", "-ffp-contract=off", "-fno-strict-aliasing", "-fwrapv", "-shared", "-fPIC", "-o", str(library),
                    str(source), "-lm"], check=True)
    kernel = ctypes.CDLL(str(library)).kernel
    words = np.array(list(flatten(arguments)), dtype=np.uint64)
    for thread in range(threads):
        kernel(ctypes.c_void_p(words.ctypes.data), ctypes.c_uint32(thread))


def flatten(value: Any):
    """The words of 64 bits by which a kernel gets an argument, as numba-cuda hands them over."""
    if isinstance(value, tuple):
        for part in value:
            yield from flatten(part)
    elif isinstance(value, np.ndarray):
        yield from (0, 0, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides)
    else:
        yield int(value)


def to_c(text: str) -> str:
    """The kernel of a PTX module as C: kernel(arguments, thread)."""
    text = re.sub(r"//[^\n]*", "", text)
    head, body = text[: text.index(".entry")], text[text.index(".entry"):]
    tables = [f"static const u8 {name(table)}[{size}] __attribute__((aligned(16))) = {{{numbers}}};"
              for table, size, numbers in re.findall(r"\.(?:const|global) \.align \d+ \.b8 ([\w$]+)\[(\d+)\] = \{([^}]*)\}", head)]
    params = re.findall(r"\.param \.u64 ([\w$]+)", body[: body.index("{")])
    place = {param: i for i, param in enumerate(params)}
    body = body[body.index("{") + 1 : body.rindex("}")]
    lines = [PRELUDE, *tables, "void kernel(const u64 *given_, u32 thread_) {"]
    for sentence in re.split(r"(?<=[;:])|(?<=\{)(?=\s*\n)|(?<=\})(?=\s*\n)", body):
        words = " ".join(sentence.split())
        if words:
            lines.append(statement(words, place))
    return "\n".join([*lines, "}", ""])


def statement(words: str, place: dict[str, int]) -> str:
    """One instruction or declaration as C."""
    if words in "{}":
        return words
    if words.endswith(":"):
        return name(words[:-1]) + ": ;"
    words = words.rstrip(";").strip()
    guard = re.match(r"@(!?)%(\w+) (.*)", words)
    if guard:
        return f"if ({guard[1]}{guard[2]}) {{ {statement(guard[3], place)} }}"
    if words.startswith(".pragma"):
        return ";"  # advice to the card's assembler
    if words.startswith("."):
        return declaration(words)
    operation, _, rest = words.partition(" ")
    what, *marks = operation.split(".")
    kind = marks[-1] if marks else ""
    if what == "bra":
        return f"goto {name(rest)};"
    if what == "ret":
        return "return;"
    if what == "call":
        answer, function, given = re.match(r"\((\w+)\), (\w+), \((.*)\)", rest).groups()  # type: ignore[union-attr]
        return f"{answer} = {function}({given});"
    parts = re.findall(r"\{[^}]*\}|\[[^]]*\]|[^\s,]+", rest)
    if what in ("ld", "st"):
        return moved(what, marks, parts, place)
    to, *of = parts
    if operation == "mov.b64":
        word = operand(of[0], "b64")
        return f"{name(to)} = {f'real_({word})' if to.startswith('%fd') else word};"
    return f"{name(to)} = {value(what, marks, kind, of)};"


def declaration(words: str) -> str:
    """Registers, local memory and the parameters of a call."""
    found = re.match(r"\.reg \.(\w+) %(\w+)<(\d+)>", words)
    if found:
        return f"{found[1]} " + ", ".join(f"{found[2]}{i} = 0" for i in range(int(found[3]))) + ";"
    found = re.match(r"\.local \.align \d+ \.b8 (\w+)\[(\d+)\]", words)
    if found:
        return f"u8 {found[1]}[{found[2]}] __attribute__((aligned(16)));"
    found = re.match(r"\.(?:reg|param) \.(\w+) %?(\w+)$", words)
    if found:
        return f"{found[1]} {found[2]} = 0;"
    raise ValueError(f"declaration not known: {words}")


def moved(what: str, marks: list[str], parts: list[str], place: dict[str, int]) -> str:
    """Loads and stores."""
    kind = marks[-1]
    box, register = (parts[1], parts[0]) if what == "ld" else (parts[0], parts[1])
    at = re.match(r"\[([^+\]]+)(?:\+(-?\d+))?\]", box)
    assert at
    if "param" in marks:
        if at[1] in place:
            return f"{name(register)} = given_[{place[at[1]]}];"
        return f"{name(register)} = {name(at[1])};" if what == "ld" else f"{name(at[1])} = {operand(register, kind)};"
    registers = register.strip("{}").split(",")
    done = []
    for i, one in enumerate(registers):
        cell = f"*({kind} *)((u64){name(at[1])} + {int(at[2] or 0)} + {i} * sizeof({kind}))"
        done.append(f"{name(one.strip())} = {cell};" if what == "ld" else f"{cell} = {operand(one.strip(), kind)};")
    return " ".join(done)


def value(what: str, marks: list[str], kind: str, of: list[str]) -> str:
    """What an instruction puts into its register."""
    a = [operand(p, kind) for p in of]
    if what == "mul" and marks[0] == "hi":
        wide = "__int128" if kind == "s64" else "unsigned __int128"
        return f"(({wide}){a[0]} * ({wide}){a[1]}) >> 64"
    if what == "mul" and marks[0] == "wide":
        wide = kind[0] + "64"
        return f"({wide}){a[0]} * ({wide}){a[1]}"
    if what in INFIX:
        return f"{a[0]} {INFIX[what]} {a[1]}"
    if what == "not":
        return f"!{a[0]}" if kind == "pred" else f"~{a[0]}"
    if what == "setp":
        sign = marks[0]
        return f"!({a[0]} {OPPOSITE[sign]} {a[1]})" if sign in OPPOSITE and kind[0] == "f" else f"{a[0]} {COMPARED[sign]} {a[1]}"
    if what == "selp":
        return f"{name(of[2])} ? {a[0]} : {a[1]}"
    if what in ("max", "min"):
        sign = ">" if what == "max" else "<"
        return f"{what}_({a[0]}, {a[1]})" if kind == "f64" else f"{a[0]} {sign} {a[1]} ? {a[0]} : {a[1]}"
    if what in ("mov", "cvta"):
        return a[0]
    if what in ("shl", "shr") and kind.endswith("64"):
        return f"{'left_' if what == 'shl' else 'arith_' if kind == 's64' else 'right_'}({a[0]}, {operand(of[1], 'u32')})"
    if what == "shr" and kind == "u32":
        return f"{a[0]} >> {operand(of[1], 'u32')}"
    if what == "bfi":
        return f"insert_({a[0]}, {a[1]}, {operand(of[2], 'u32')}, {operand(of[3], 'u32')})"
    plain = {"neg": "-{}", "abs": "fabs({})", "sqrt": "sqrt({})", "rcp": "1.0 / {}", "fma": "fma({}, {}, {})"}
    if what in plain:
        return plain[what].format(*a)
    if what == "cvt":
        return converted(marks, of[0])
    raise ValueError(f"{what}.{'.'.join(marks)}: not known")


def converted(marks: list[str], of: str) -> str:
    """Conversions: to whole numbers towards zero and held within range, to real numbers to the nearest."""
    to, source = marks[-2:]
    a = operand(of, source)
    if marks[0] == "rzi":
        low, high = {"s64": ("-0x1p63", "0x1p63"), "u32": ("0.0", "0x1p32")}[to]
        least, most, none = {"s64": ("1ull << 63", "~0ull >> 1", "1ull << 63"), "u32": ("0", "0xffffffff", "1ull << 31")}[to]
        return f"cut_({a}, {low}, {high}, {least}, {most}, {none})"
    if marks[0] in ("rmi", "rpi"):
        return f"{'floor' if marks[0] == 'rmi' else 'ceil'}({a})"
    if marks[0] == "sat":
        return f"sat_({a})"
    return f"({to}){a}"


def operand(word: str, kind: str) -> str:
    """A register, a number or a name, read as this kind."""
    if word.startswith("%") and word[1:].split(".")[0] in ("tid", "ctaid", "ntid"):
        return {"%tid.x": "0u", "%ctaid.x": "thread_", "%ntid.x": "1u"}[word]
    if re.match(r"0[dD][0-9A-Fa-f]{16}$", word):
        return f"real_(0x{word[2:]}ull)" if kind[0] == "f" else f"0x{word[2:]}ull"
    if kind == "b64" and word.startswith("%fd"):
        return f"bits_({name(word)})"
    if word.startswith(("%", "_", "$")):
        return f"(({kind}){name(word)})"
    return f"(({kind}){word}ll)"


def name(word: str) -> str:
    """A register or label as C names it."""
    return word.removeprefix("%").replace("$", "_D_")
