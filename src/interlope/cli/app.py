"""App: the command line as one object; each verb is one file beside this one."""

from __future__ import annotations

from typing import Annotated

import typer

from interlope.cli import (
    check,
    cite,
    cluster,
    compare,
    dossier,
    fit,
    new,
    odd,
    params,
    replay,
    report,
    sensitivity,
    simulate,
    study,
    verify,
    weigh,
)
from interlope.cli.voice import give

app = typer.Typer(
    name="interlope",
    help="A laboratory for contested reports about illicit markets at a border.\n\nBegin with: interlope study toy",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

VERBS = {
    "study": (study.study, study.HELP),
    "check": (check.check, check.HELP),
    "dossier": (dossier.dossier, dossier.HELP),
    "params": (params.params, params.HELP),
    "simulate": (simulate.simulate, simulate.HELP),
    "fit": (fit.fit, fit.HELP),
    "weigh": (weigh.weigh, weigh.HELP),
    "compare": (compare.compare, compare.HELP),
    "report": (report.report, report.HELP),
    "replay": (replay.replay, replay.HELP),
    "cluster": (cluster.cluster, cluster.HELP),
    "sensitivity": (sensitivity.sensitivity, sensitivity.HELP),
    "odd": (odd.odd, odd.HELP),
    "verify": (verify.verify, verify.HELP),
    "new": (new.new, new.HELP),
    "cite": (cite.cite, cite.HELP),
}

for name, (verb, words) in VERBS.items():
    app.command(name=name, help=words)(give(name, verb))


def _version(wanted: bool) -> None:
    if wanted:
        from interlope.manifest import version

        typer.echo(version())
        raise typer.Exit()


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Nothing happens here: every verb has its own file."""
