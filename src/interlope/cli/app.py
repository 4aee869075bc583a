"""App: the command line as one object; each verb is one file beside this one."""

from __future__ import annotations

from typing import Annotated

import typer

from interlope.cli import (
    backtest,
    cases,
    check,
    cite,
    cluster,
    compare,
    confirm,
    dossier,
    explore,
    export,
    fields,
    figures,
    fit,
    forecast,
    importing,
    kinds,
    levers,
    new,
    odd,
    params,
    read,
    recover,
    replay,
    report,
    schema,
    seek,
    sensitivity,
    simulate,
    study,
    verify,
    weigh,
)
from interlope.cli.invocation import invoke

app = typer.Typer(
    name="interlope",
    help="A laboratory for contested reports about illicit markets at a border.\n\nBegin with: interlope study toy",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

VERBS = {
    "study": (study.study, study.HELP, "Weigh the explanations of a case and compare its options."),
    "check": (check.check, check.HELP, "Check a case and list every fault of every file."),
    "dossier": (dossier.dossier, dossier.HELP, "Show the claims of a case and where they come from."),
    "read": (read.read, read.HELP, "Propose what a text claims, for a person to confirm."),
    "confirm": (confirm.confirm, confirm.HELP, "Make a proposal a claim of a case, or reject it."),
    "params": (params.params, params.HELP, "List every parameter with its prior and its source."),
    "simulate": (simulate.simulate, simulate.HELP, "Simulate the market under one explanation."),
    "fit": (fit.fit, fit.HELP, "Fit every explanation to the dossier and the figures."),
    "weigh": (weigh.weigh, weigh.HELP, "Weigh the explanations against each other."),
    "compare": (compare.compare, compare.HELP, "Compare the options under every explanation."),
    "forecast": (forecast.forecast, forecast.HELP, "Forecast the months to come, and score it when they came."),
    "seek": (seek.seek, seek.HELP, "Find what evidence would teach most, and what it is worth."),
    "report": (report.report, report.HELP, "Write the report of a study again."),
    "explore": (explore.explore, explore.HELP, "Explore a finished study in a browser."),
    "export": (export.export, export.HELP, "Write a study as a file of another field."),
    "figures": (figures.figures, figures.HELP, "Write figures of a run as files for a paper."),
    "replay": (replay.replay, replay.HELP, "Run from a manifest again and compare the hashes."),
    "cluster": (cluster.cluster, cluster.HELP, "Write the scripts of an array of jobs."),
    "backtest": (backtest.backtest, backtest.HELP, "Score forecasts made from earlier days."),
    "recover": (recover.recover, recover.HELP, "Try the method on data sets with known truth."),
    "sensitivity": (sensitivity.sensitivity, sensitivity.HELP, "Find which parameters drive which outcomes."),
    "odd": (odd.odd, odd.HELP, "Describe the model by the ODD protocol."),
    "verify": (verify.verify, verify.HELP, "Run published results through the kernel."),
    "import": (importing.importing, importing.HELP, "Import a table of official figures into a case."),
    "new": (new.new, new.HELP, "Begin a case of your own."),
    "cases": (cases.cases, cases.HELP, "List the shipped cases."),
    "fields": (fields.fields, fields.HELP, "List every entry of a case's files."),
    "kinds": (kinds.kinds, kinds.HELP, "List the kinds of claim."),
    "levers": (levers.levers, levers.HELP, "List what an option can set."),
    "schema": (schema.schema, schema.HELP, "Print the JSON Schema of a verb's output."),
    "cite": (cite.cite, cite.HELP, "Say how to cite the software, and a run."),
}

for name, (verb, words, line) in VERBS.items():
    app.command(name=name, help=words, short_help=line)(invoke(name, verb))


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
