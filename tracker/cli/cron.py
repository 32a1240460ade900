"""``tracker cron``: a crontab line and systemd units for this installation."""

from __future__ import annotations

from typing import Annotated, Any

import typer

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


@app.command()
def cron(
    ctx: typer.Context,
    form: Annotated[str, typer.Option("--only", help="crontab, service or timer.")] = "",
    every: Annotated[int, typer.Option(min=5, max=1440, help="Minutes between two polls.")] = 15,
) -> None:
    """Print what makes this installation poll by itself; nothing is installed.

    tracker cron --only crontab

    tracker cron --only timer --every 30
    """
    from tracker.cli.output import checked
    from tracker.errors import UsageProblem
    from tracker.view import cron as view

    house: Any = ctx.obj
    if form:
        checked(form, ("crontab", "service", "timer"), "--only")
    if every not in view.EVEN:
        what = f"--every {every} comes out even neither in an hour nor in a day."
        raise UsageProblem(what, hint=" or ".join(f"--every {n}" for n in view.nearest(every)))
    command = view.command(_program(), house.paths)
    if any(letter in word for word in command for letter in "\r\n"):
        what = "A path with a line break cannot stand in a crontab."
        raise UsageProblem(what, hint="name other places with --db and --config")
    house.write(view.text(command, every, form))


def _program() -> list[str]:
    """How to start this program from anywhere."""
    import shutil
    import sys
    from pathlib import Path

    beside = Path(sys.executable).with_name("tracker")
    found = str(beside) if beside.exists() else shutil.which("tracker")
    return [found] if found else [sys.executable, "-m", "tracker"]
