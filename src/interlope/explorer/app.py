"""App: the addresses of the explorer below its token: pages, their style and script, and what is computed live."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response

from interlope.errors import BadInput
from interlope.explorer import pages, saving, summary
from interlope.explorer.letters import LetterSearch
from interlope.explorer.live import LiveOptions
from interlope.explorer.market import Market
from interlope.explorer.opening import ExploredStudy
from interlope.explorer.turns import Superseded
from interlope.reporting.words import speak, yardstick_name
from interlope.results.explorer import LettersAnswer, LettersRequest, LiveAnswer, LiveRequest, SaveAnswer, SaveRequest
from interlope.results.market import FanAnswer, MarketRequest, Strip, StripMean
from interlope.text import printable, shorten
from interlope.wording import use

STATIC = {"explorer.js": "text/javascript", "explorer.css": "text/css"}
UTF8 = "; charset=utf-8"
MOST_WAIT = 5.0  # seconds


class Explorer:
    """A study with its simulators, of which each is made when it is first used.

    Parameters
    ----------
    study : ExploredStudy
        What is explored.
    saved : Path
        Folder that files of changes go to.
    """

    def __init__(self, study: ExploredStudy, saved: Path):
        self.study, self.saved = study, saved
        self.live = None if study.case is None or study.draws is None else LiveOptions(study.case, study.draws, study.record.seed)
        self.market = None if study.case is None else Market(study.case, study.draws, study.record.seed)
        self.letters = LetterSearch(study.record)
        self._pages: dict[str, str] = {}
        self._ended = threading.Event()
        self._warming: list[threading.Thread] = []

    def page(self, name: str) -> str:
        """A page, written once."""
        if name not in self._pages:
            self._pages[name] = pages.render(self.study, name, self.live)
        return self._pages[name]

    def warm(self, fail: Callable[[Exception], None]) -> None:
        """Beside the first page: try the letters, compile the model, and run the days before the decision."""
        live = self.live

        def work(what: Callable[[], None]) -> None:
            try:
                what()
            except Exception as error:
                if not self._ended.is_set():  # else threads are refused to a program that ends
                    fail(error)

        works: list[Callable[[], None]] = [self.letters.warm]
        works += [] if live is None else [lambda: live.warm(stopped=self._ended.is_set)]
        self._warming = [threading.Thread(target=work, args=[what], daemon=True) for what in works]
        for thread in self._warming:
            thread.start()

    def end(self) -> None:
        """Let what still runs beside the pages come to its end."""
        self._ended.set()
        for thread in self._warming:
            thread.join(MOST_WAIT)


def make_app(explorer: Explorer) -> FastAPI:
    """Make the application that stands behind the door of `security`; it speaks with the yardstick that is in use now.

    Parameters
    ----------
    explorer : Explorer
        What is served.

    Returns
    -------
    FastAPI
    """
    yardstick = yardstick_name()

    async def take_words() -> None:
        use(explorer.study.record.case.words)  # for this request alone, as the next
        speak(yardstick)

    app = FastAPI(title="Interlope", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(take_words)])
    app.add_exception_handler(RequestValidationError, _refuse_form)
    app.add_exception_handler(BadInput, _refuse_input)
    app.add_exception_handler(Superseded, _refuse_superseded)
    for status in (404, 405):
        app.add_exception_handler(status, partial(_refuse_address, explorer))
    texts = {"report.css": ("text/css", pages.read_style()), "report.js": ("text/javascript", pages.read_script())}
    folder = resources.files("interlope.explorer") / "static"
    texts |= {name: (kind, (folder / name).read_text(encoding="utf-8")) for name, kind in STATIC.items()}

    @app.get("/")
    def begin() -> Response:
        return RedirectResponse(pages.PAGES[0], 307)

    def show(name: str) -> Response:
        return Response(explorer.page(name), media_type=f"text/html{UTF8}")

    def give(name: str) -> Response:
        kind, text = texts[name]
        return Response(text, media_type=f"{kind}{UTF8}")

    for name in pages.PAGES:
        app.get(f"/{name}", name=name)(partial(show, name))
    for name in texts:
        app.get(f"/{name}", name=name)(partial(give, name))
    _add_live(app, explorer)
    return app


def _add_live(app: FastAPI, explorer: Explorer) -> None:
    """What is computed when it is asked for."""

    @app.post("/api/live")
    def live(request: LiveRequest) -> LiveAnswer:
        if explorer.live is None:
            raise BadInput(explorer.study.absent or "options cannot be run live here")
        return summary.answer(explorer.live, request)

    def market() -> Market:
        if explorer.market is None:
            raise BadInput(explorer.study.absent)
        return explorer.market

    @app.post("/api/fan")
    def fan(request: MarketRequest) -> FanAnswer:
        return market().fan(request)

    @app.post("/api/strip")
    def strip(request: MarketRequest) -> Strip:
        return market().strip(request)

    @app.post("/api/mean")
    def mean(request: MarketRequest) -> StripMean:
        return market().mean(request)

    @app.post("/api/letters")
    def letters(request: LettersRequest) -> LettersAnswer:
        return explorer.letters.find(request.explanation)

    @app.post("/api/save")
    def save(request: SaveRequest) -> SaveAnswer:
        return saving.save(explorer.study, request, explorer.saved)


async def _refuse_address(explorer: Explorer, request: Request, error: Any) -> Response:
    """Answer a browser that asks for no page of these with one that leads on, and a script with a record."""
    path = request.scope["path"]
    if error.status_code != 404 or request.method not in ("GET", "HEAD") or path.startswith("/api/"):
        return JSONResponse({"faults": [str(error.detail)]}, error.status_code, error.headers)
    use(explorer.study.record.case.words)
    text = pages.render_missing(explorer.study, "../" * (path.count("/") - 1))
    return Response(text, 404, media_type=f"text/html{UTF8}")


async def _refuse_form(_: Request, error: Any) -> Response:
    """Say which entries cannot be read, without repeating what was sent."""
    faults = [f"{'.'.join(str(part) for part in e['loc'][1:])}: {e['msg']}" for e in error.errors()]
    return JSONResponse({"faults": [shorten(printable(f)) for f in faults[:20]]}, 422)


async def _refuse_input(_: Request, error: Any) -> Response:
    """Say what was expected."""
    return JSONResponse({"faults": [shorten(printable(line)) for line in str(error).split("\n")[:20]]}, 422)


async def _refuse_superseded(_: Request, error: Any) -> Response:
    """Say that the page asked for something else meanwhile."""
    return JSONResponse({"faults": ["superseded"]}, 409)
