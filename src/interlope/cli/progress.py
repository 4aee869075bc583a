"""Progress: what is being done, how fast, and how long it will take; one line for each stage where nobody watches."""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType

from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.progress import TimeRemainingColumn as Left
from rich.text import Text

from interlope.cli.console import err


class Rate(ProgressColumn):
    """Histories a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed and (task.total or 0) > 1 else "", style="dim")


class Watch:
    """Shows the stages of a job; `tell(stage, done, total)` is what a study calls."""

    def __init__(self, words: Mapping[str, str], quiet: bool = False):
        self.words = words
        self.console = err()
        self.live = self.console.is_terminal and not quiet
        self.quiet = quiet
        self.began: dict[str, float] = {}
        self.ended: set[str] = set()
        self.tasks: dict[str, int] = {}
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            Rate(),
            TimeElapsedColumn(),
            TextColumn("left"),
            Left(),
        )
        self.progress = Progress(*columns, console=self.console, transient=False)

    def __enter__(self) -> Watch:
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
                self.tasks[stage] = self.progress.add_task(f"{stage:<9} {words}", total=None)
            else:
                self.console.print(f"{stage}: {words} ...")
        if self.live and total:
            seen = self.progress.tasks[self.tasks[stage]].total
            if total == 1 and seen and seen > 1:  # the end of a stage that counted its own steps
                done = total = int(seen)
            self.progress.update(self.tasks[stage], completed=done, total=total)  # type: ignore[arg-type]
        elif total == 1 and done == 1 and stage not in self.ended:
            self.ended.add(stage)
            self.console.print(f"{stage}: done in {time.perf_counter() - self.began[stage]:.1f} s")
