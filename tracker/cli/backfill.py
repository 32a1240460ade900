"""``tracker backfill PATHS...``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def backfill(
    ctx: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Archives, or folders of them.")
    ],
    feed: Annotated[str, typer.Option("--feed", help="Store items under this feed.")] = "",
    matching: Annotated[
        bool, typer.Option("--matching", help="Keep only what concerns the subject.")
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, max=256, help="Processes of this machine.")
    ] = 1,
    cluster: Annotated[
        str | None, typer.Option("--cluster", help="Address of a Dask scheduler.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read unchanged archives too.")] = False,
    format_: Annotated[str, typer.Option("--format", help="lines or json.")] = "lines",
) -> None:
    """Read archives of items, in order of time, resumably.

    tracker backfill archive-2025/ --jobs 2

    tracker backfill crawl.warc.gz --matching
    """
    from tracker.cli.output import checked
    from tracker.cli.progress import told
    from tracker.jobs.backfill import KEPT, Wish, as_json, backfill, lines

    house: Any = ctx.obj
    checked(format_, ("lines", "json"), "--format")
    wish = Wish(tuple(paths), feed, matching, again, jobs=max(2, jobs) if cluster else jobs)
    with told(house, KEPT) as tick:
        report = backfill(house, wish, _spread(jobs, cluster), tick)
    house.write(as_json(report) if format_ == "json" else lines(report))


def _spread(jobs: int, cluster: str | None) -> Any:
    from tracker.errors import UsageProblem
    from tracker.jobs import backfill_spread as spread

    if cluster is not None and not cluster.strip():
        raise UsageProblem("--cluster names no scheduler.", hint="--cluster tcp://HOST:8786")
    if cluster:
        return lambda parts, task: spread.cluster(parts, task, cluster)
    if jobs > 1:
        return lambda parts, task: spread.processes(parts, task, jobs)
    return spread.alone
