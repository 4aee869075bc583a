"""Text: what a user's words look like where they leave: nothing that steers a terminal, hides or turns round is passed on as it is.

Texts, keys and file names of a case are somebody's words. In a terminal ESC and C1 characters move the cursor and write titles;
bidirectional controls show a sentence in another order than it is written; characters without width hide in a name. Each of them is
shown as its escape, `\\x1b`, so that a reader sees that it is there. Joiners between letters, which Persian and Hindi are written
with, are left out.
"""
from __future__ import annotations

import json
import re

LONGEST = 80  # letters of a user's value that a message repeats
UNBROKEN = 400  # letters of a word without a space that a message repeats; a path is shorter

NAME = r"[^\W_][\w.-]{0,63}"  # an id of a case; what names a file has more to keep, see toml.table
JOINERS = "\u200c\u200d"
# C0 and C1; marks and fillers that show nothing; bidirectional controls; surrogates; language tags
_HIDDEN = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
HIDDEN = re.compile(f"[{_HIDDEN}]")
_QUOTED = re.compile(r"(?<!\w)'((?:[^'\n]|(?<=\w)'(?=\w))*)'")  # opened after no letter: what stands between two quoted values is text
_CODE = re.compile(r"(`[^`]*`)")
_LIVE = (
    (re.compile(r"<"), "&lt;"),
    (re.compile(r"\](?=[(\[])"), r"]\\"),
    (re.compile(r"(?<=:)//"), r"\/\/"),
    (re.compile(r"\b(www)\."), r"\1\\."),
)
_WORD = re.compile(rf"(\S{{{UNBROKEN}}})\S+")


def printable(text: str, lines: bool = False) -> str:
    r"""Show every character that steers, hides or turns round as its escape.

    Parameters
    ----------
    text : str
        Any text.
    lines : bool
        Whether line ends and tabs stay, as in a whole page; in a single line or cell they are shown too.

    Returns
    -------
    str

    Examples
    --------
    >>> printable("a\x1b[31m\u202eb")
    'a\\x1b[31m\\u202eb'
    >>> printable("a\nb"), printable("a\nb", lines=True)
    ('a\\nb', 'a\nb')
    """
    return HIDDEN.sub(lambda match: _escape(match.group(), "\n\t" if lines else ""), text)


def _escape(character: str, allowed: str) -> str:
    if character in allowed:
        return character
    return "" if character in JOINERS else character.encode("unicode_escape", "surrogatepass").decode("ascii")


def escape_markdown(text: str) -> str:
    r"""Take from a text what Markdown would make live: tags, links, images and addresses. What stands between backticks is left.

    Parameters
    ----------
    text : str
        One line or cell of a generated page.

    Returns
    -------
    str

    Examples
    --------
    >>> escape_markdown("<b>[here](https://x.example)</b>, `a < b`")
    '&lt;b>[here]\\(https:\\/\\/x.example)&lt;/b>, `a < b`'
    """
    parts = _CODE.split(printable(text, lines=True))
    for i in range(0, len(parts), 2):
        for pattern, plain in _LIVE:
            parts[i] = pattern.sub(plain, parts[i])
    return "".join(parts)


def escape_json(text: str) -> str:
    r"""Write those characters in a JSON text with JSON's own escapes, so that nothing is lost and nothing hides.

    Parameters
    ----------
    text : str
        JSON on one line.

    Returns
    -------
    str

    Examples
    --------
    >>> print(escape_json('{"a": "‮"}'))
    {"a": "\u202e"}
    """
    return HIDDEN.sub(lambda match: json.dumps(match.group())[1:-1], text)


def shorten(text: str) -> str:
    """Cut the values that a message repeats: quoted ones at 80 letters, words without a space at 400.

    Parameters
    ----------
    text : str
        A message.

    Returns
    -------
    str

    Examples
    --------
    >>> len(shorten(f"key '{'x' * 1000}' unknown"))
    95
    """
    return _WORD.sub(r"\1…", _QUOTED.sub(_cut, text))


def _cut(match: re.Match[str]) -> str:
    return match.group() if len(match[1]) <= LONGEST else f"'{match[1][:LONGEST]}…'"
