"""Progress: what is being done, how fast, and how long it will take; one line for each stage where nobody watches."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType

from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from interlope.cli.console import err
from interlope.jit.compile import is_warm
from interlope.text import printable

LARGEST = "step.advance_one"  # the kernel that takes longest to compile
EVERY = 15.0  # seconds between two lines on a stage where no bar is shown
ROOMY, BARE = 112, 56  # columns from which a stage is described, and below which only the bar and the count are shown


class Count(ProgressColumn):
    """How much is done; nothing for a stage that does not count."""

    def render(self, task: Task) -> Text:
        total = int(task.total or 0)
        return Text(f"{int(task.completed):,}/{total:,}" if total > 1 else "", no_wrap=True)


class Rate(ProgressColumn):
    """Replicates a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(_rate(speed) if speed and (task.total or 0) > 1 else "", style="dim", no_wrap=True)


class Spent(ProgressColumn):
    """Time spent, and the time that is left while there is any."""

    def render(self, task: Task) -> Text:
        spent = _clock(task.finished_time if task.finished else task.elapsed)
        left = "" if task.finished or task.time_remaining is None else f", {_clock(task.time_remaining)} left"
        return Text(spent + left, no_wrap=True)


def _rate(speed: float) -> str:
    """Write a speed a second, or a minute where it is slow.

    >>> _rate(812.3), _rate(0.05)
    ('812/s', '3.0/min')
    """
    return f"{speed:,.0f}/s" if speed >= 1.0 else f"{60.0 * speed:.1f}/min"


def _clock(seconds: float | None) -> str:
    """Write a duration as minutes and seconds.

    >>> _clock(75.2), _clock(3700)
    ('1:15', '1:01:40')
    """
    minutes, rest = divmod(int(seconds or 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class Watch:
    """Shows the stages of a job; `tell(stage, done, total)` is what a study calls."""

    def __init__(self, words: Mapping[str, str], quiet: bool = False):
        self.words = words
        self.console = err()
        self.live = self.console.is_terminal and not quiet
        self.quiet = quiet
        self.began: dict[str, float] = {}
        self.ended: set[str] = set()
        self.noted: dict[str, float] = {}
        self.tasks: dict[str, int] = {}
        self.totals: dict[str, int] = {}
        wide = self.console.width
        self.describe = wide >= ROOMY
        bar = BarColumn(bar_width=max(min(24, wide - 52), 8))
        columns = (TextColumn("{task.description}", markup=False), bar, Count(), *((Rate(), Spent()) if wide >= BARE else ()))
        self.progress = Progress(*columns, console=self.console, transient=False)

    def __enter__(self) -> Watch:
        if not self.quiet and "compile" not in self.words and not is_warm(LARGEST):
            self._line("compile: the model is compiled, once for this version and machine, which takes about half a minute ...")
        if self.live:
            self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            self.progress.stop()

    def tell(self, stage: str, done: int, total: int) -> None:
        """Note that `done` of `total` steps of a stage are finished; a total of 0 means that it begins."""
        if self.quiet:
            return
        words = self.words.get(stage, stage)
        if stage not in self.began:
            self.began[stage] = time.perf_counter()
            if self.live:
                label = f"{stage:<9} {words}" if self.describe else f"{stage:<9}"
                self.tasks[stage] = self.progress.add_task(label, total=None)
            else:
                self._line(f"{stage}: {words} ...")
        if total > self.totals.setdefault(stage, total) > 1:
            self._line(f"{stage}: more is needed than was planned, {total:,} in all")
        self.totals[stage] = max(total, self.totals[stage])
        if self.live and total:
            seen = self.progress.tasks[self.tasks[stage]].total
            if total == 1 and seen and seen > 1:  # the end of a stage that counted its own steps
                done = total = int(seen)
            self.progress.update(self.tasks[stage], completed=done, total=total)  # type: ignore[arg-type]
        elif total == 1 and done == 1 and stage not in self.ended:
            self.ended.add(stage)
            self._line(f"{stage}: done in {time.perf_counter() - self.began[stage]:.1f} s")
        elif total > 1 and 0 < done < total:
            self._note(stage, done, total)

    def _note(self, stage: str, done: int, total: int) -> None:
        """Where no bar is shown, say now and then how far a stage is, how fast, and how long it will take."""
        now = time.perf_counter()
        if now - self.noted.get(stage, self.began[stage]) < EVERY:
            return
        self.noted[stage] = now
        rate = done / (now - self.began[stage])
        self._line(f"{stage}: {done:,} of {total:,}, {_rate(rate)}, {_clock((total - done) / rate)} left")

    def say(self, line: str) -> None:
        """Print a line that stays, above the bar where there is one."""
        if not self.quiet:
            self._line(line)

    def _line(self, line: str) -> None:
        """Print a line above the bar, or where there is no bar."""
        self.console.print(Text(printable(line)))
