"""Security: who may ask the explorer for what, decided before anything else is read.

Pages are served to this machine alone, below a path that begins with a token made anew at every launch. A request passes where its Host
is the address that was printed, its Origin (where there is one) is that address, its path begins with the token and has no way out of it,
and its length is small. What does not pass gets an empty answer. Every answer forbids the page all that is not its own.
"""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable
from typing import Any

MOST_BODY = 64 * 1024  # bytes of a request
MOST_TARGET = 2048  # characters of a path with its query
BURST, EACH_SECOND = 300.0, 60.0  # requests that may come at once, and that become free again each second
FAILED = "the explorer failed here; its terminal says why"
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                               "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class _TooLarge(Exception):
    """A body longer than it may be."""


class Door:
    """Lets requests through to an application, or answers them itself.

    Parameters
    ----------
    app : callable
        An ASGI application, which sees paths without the token.
    token : str
        First part of every path.
    port : int
        Port that is listened on.
    fail : callable
        Told of an error inside the application, of which the answer says nothing.
    clock : callable
        Seconds; for the number of requests a second.
    """

    def __init__(self, app: Any, token: str, port: int, fail: Callable[[Exception], None] = lambda _: None,
                 clock: Callable[[], float] = time.monotonic):
        self.app, self.token, self.fail, self.clock = app, token, fail, clock
        self.hosts = (f"127.0.0.1:{port}", f"localhost:{port}")
        self.free, self.last = BURST, clock()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        status = self.refuse(scope)
        if status:
            await _answer(send, status)
            return
        await self._pass(scope, receive, send)

    def refuse(self, scope: Any) -> int:
        """The status that a request is refused with; 0 where it passes."""
        headers = [(name.lower(), value) for name, value in scope["headers"]]
        one = dict(headers)
        host = one.get(b"host", b"").decode("latin-1")
        if host not in self.hosts or sum(name == b"host" for name, _ in headers) != 1:
            return 400
        origin = one.get(b"origin")
        if origin is not None and origin.decode("latin-1") != f"http://{host}":
            return 403
        if one.get(b"sec-fetch-site", b"none") not in (b"none", b"same-origin") or b"upgrade" in one:
            return 403
        target = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
        if len(target) + len(scope.get("query_string", b"")) > MOST_TARGET:
            return 414
        given = scope["path"].split("/", 2)[1] if scope["path"].startswith("/") else ""
        if not hmac.compare_digest(given.encode(), self.token.encode()) or any(mark in target for mark in ("%", "\\", "..", "//", "\0")):
            return 404
        return self._refuse_known(scope, one)

    def _refuse_known(self, scope: Any, headers: dict[bytes, bytes]) -> int:
        """The status that a request with the token is refused with; 0 where it passes."""
        now = self.clock()
        self.free = min(BURST, self.free + (now - self.last) * EACH_SECOND)
        self.last = now
        if self.free < 1.0:
            return 429
        self.free -= 1.0
        if scope["method"] not in ("GET", "HEAD", "POST"):
            return 405
        if scope["method"] == "POST" and headers.get(b"content-type", b"").split(b";")[0].strip() != b"application/json":
            return 415
        length = headers.get(b"content-length", b"0")
        return 0 if length.isdigit() and int(length) <= MOST_BODY else 413

    async def _pass(self, scope: Any, receive: Any, send: Any) -> None:
        """Hand a request on with its path after the token; count its body, and put the headers on its answer."""
        seen, begun, over = 0, False, False

        async def counted() -> Any:
            nonlocal seen, over
            message = await receive()
            seen += len(message.get("body", b""))
            over = over or seen > MOST_BODY
            if over:
                raise _TooLarge
            return message

        async def guarded(message: Any) -> None:
            nonlocal begun
            if over and not begun:
                return  # what the application says of a body that was cut
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": [*(h for h in message.get("headers", []) if h[0].lower().decode() not in HEADERS),
                                                  *_encode(HEADERS)]}
            await send(message)

        inner = {**scope, "path": scope["path"][len(self.token) + 1 :] or "/", "root_path": ""}
        inner.pop("raw_path", None)
        try:
            await self.app(inner, counted, guarded)
        except _TooLarge:
            pass
        except Exception as error:
            self.fail(error)
            if not begun:
                await _answer(send, 500, {"faults": [FAILED]})
        if over and not begun:
            await _answer(send, 413)


def _encode(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode(), value.encode()) for name, value in headers.items()]


async def _answer(send: Any, status: int, about: dict[str, Any] | None = None) -> None:
    """An answer that says nothing but its status, or one record."""
    body = b"" if about is None else json.dumps(about).encode()
    kind = {"content-type": "application/json" if body else "text/plain", "content-length": str(len(body)), "connection": "close"}
    await send({"type": "http.response.start", "status": status, "headers": _encode({**HEADERS, **kind})})
    await send({"type": "http.response.body", "body": body})
