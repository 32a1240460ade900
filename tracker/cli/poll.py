"""``tracker poll``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from tracker.core.clean import json_text
from tracker.errors import Unreachable, UsageProblem

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def poll(
    ctx: typer.Context,
    feed: Annotated[list[str] | None, typer.Option("--feed", help="Only this feed.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also feeds that are not due.")] = False,
    format_: Annotated[str, typer.Option("--format", help="table, lines or json.")] = "",
    strict: Annotated[bool, typer.Option("--strict", help="End with 69 if any failed.")] = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 10 where nothing is new.")
    ] = False,
    max_time: Annotated[
        float | None, typer.Option("--max-time", min=1, help="Seconds for the whole run.")
    ] = None,
    log: Annotated[Path | None, typer.Option("--log", help="Append JSON lines here.")] = None,
) -> None:
    """Ask the feeds that are due, store, derive, report.

    tracker poll

    tracker poll --feed register --all

    tracker poll -q --strict
    """
    from tracker.cli.output import checked
    from tracker.jobs.poll import Wish

    house: Any = ctx.obj
    if format_:
        checked(format_, ("table", "lines", "json"), "--format")
    wish = Wish(tuple(feed or ()), everything, max_time)
    lines = _opened(log)
    report = _run(house, wish)
    _show(house, report, format_)
    _write_log(lines, report)
    _end(report, strict=strict, exit_code=exit_code)


def _run(house: Any, wish: Any) -> Any:
    from tracker.jobs.poll import poll as run

    if not house.stderr.isatty() or house.options.quiet:
        return run(house, wish, house.environ)
    from tracker.cli.progress import watched

    with watched(house) as tick:
        return run(house, wish, house.environ, tick)


def _opened(log: Path | None) -> Any:
    """The log, opened before anything is polled."""
    if log is None:
        return None
    try:
        return log.open("a", encoding="utf-8")
    except OSError as error:
        raise _unwritable(log, error) from error


def _unwritable(log: Any, error: OSError) -> UsageProblem:
    what = f"{log} cannot be written: {error.strerror}."
    return UsageProblem(what, hint="choose another file with --log")


def _write_log(lines: Any, report: Any) -> None:
    """One line a feed that was asked or should have been, all in one write: no runs mix."""
    from tracker.view.polls import feed_as_json, iso

    if lines is None:
        return
    rows = [
        {"at": iso(report.finished), **feed_as_json(result), "ms": result.ms}
        for result in (*report.asked, *report.unfinished)
    ]
    try:
        with lines:
            lines.write("".join(json_text(row) + "\n" for row in rows))
    except OSError as error:
        raise _unwritable(lines.name, error) from error


def _show(house: Any, report: Any, format_: str) -> None:
    from tracker.view import polls as view

    if format_ == "json":
        house.write(json_text(view.as_json(report), indent=1))
        return
    if house.options.quiet:
        titles = {feed.id: feed.title or feed.id for feed in house.settings.feeds}
        house.write(view.changes(report, titles))
        return
    if not report.network:
        house.say(view.no_network(report))
        return
    for change in report.changes:
        if not change.feed:  # of this machine, not of a feed
            house.say(change.text)
    if format_ == "lines" or not (format_ or house.terminal) or not report.asked:
        house.write("\n".join(part for part in (view.lines(report), view.summary(report)) if part))
        return
    house.console.print(view.Polled(report))


def _end(report: Any, *, strict: bool, exit_code: bool) -> None:
    if report.asked and len(report.failed) == len(report.asked):
        raise Unreachable("")
    if strict and report.failed:
        raise Unreachable(f"{len(report.failed)} of {len(report.asked)} feeds failed.")
    if exit_code and not (report.entries_new or report.entries_revised):
        raise typer.Exit(10)
