"""``tracker completion``."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from tracker.cli.completing import SHELLS
from tracker.cli.output import checked, write_file
from tracker.errors import UsageProblem

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)

SCRIPTS: Final = {
    "bash": """\
_tracker() {
    local line IFS=$'\\n'
    COMPREPLY=()
    while read -r line; do
        if [ "$line" = ":files" ]; then
            compopt -o default -o filenames 2>/dev/null
            COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
            return
        fi
        COMPREPLY+=("$line")
    done < <(_TRACKER_COMPLETE=bash _TRACKER_LINE="${COMP_LINE:0:COMP_POINT}" "$1" 2>/dev/null)
    case "${COMPREPLY[0]-}" in *:) compopt -o nospace 2>/dev/null ;; esac
}
complete -o nosort -F _tracker tracker 2>/dev/null || complete -F _tracker tracker
""",
    "zsh": """\
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u; }
_tracker() {
    local -a found
    found=("${(@f)$(_TRACKER_COMPLETE=zsh _TRACKER_LINE="${(j: :)words[1,CURRENT]}" \\
        ${words[1]} 2>/dev/null)}")
    if [[ "${found[1]}" == ":files" ]]; then
        _files
    elif [[ -n "${found[1]}" ]]; then
        _describe -V tracker found
    fi
}
compdef _tracker tracker
""",
    "fish": """\
function __tracker_offers
    set -l line (commandline -cp | string collect)
    set -l found (env _TRACKER_COMPLETE=fish _TRACKER_LINE="$line" tracker 2>/dev/null)
    if test "$found[1]" = ":files"
        __fish_complete_path (commandline -ct)
    else
        printf '%s\\n' $found
    end
end
complete -c tracker -f -a '(__tracker_offers)'
""",
}


@app.command()
def completion(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="[bash|zsh|fish]", help="Yours.")] = "",
    install: Annotated[
        bool, typer.Option("--install", help="Write it where the shell finds it.")
    ] = False,
) -> None:
    """TAB completes commands, options, values: kinds, actors, series, event ids.

    tracker completion --install

    tracker completion zsh
    """
    house: Any = ctx.obj
    own = shell or Path(house.environ.get("SHELL", "")).name
    if not own:
        raise UsageProblem("Which shell?", hint="tracker completion bash, zsh or fish")
    name = checked(own, SHELLS, "tracker completion")
    if not install:
        house.write(SCRIPTS[name])
        return
    home = house.environ.get("HOME")
    if not home:
        raise UsageProblem("HOME is not set.", hint=f"tracker completion {name} > FILE")
    for path in installed(name, Path(home), house.environ.get):
        house.say(f"wrote {path}")
    house.say(f"start a new {name} to use it")


def installed(shell: str, home: Path, asked: Any) -> list[Path]:
    """Write the script and, for bash and zsh, one line that reads it; what was changed.

    Raises:
        UsageProblem: a place that cannot be written.
    """
    from tracker.layout import base

    config = base(asked("XDG_CONFIG_HOME"), home / ".config")
    data = base(asked("XDG_DATA_HOME"), home / ".local" / "share")
    if shell == "fish":
        place = config / "fish" / "completions" / "tracker.fish"
        return [_written(place, SCRIPTS[shell].encode())]
    place = _written(data / "tracker" / f"completion.{shell}", SCRIPTS[shell].encode())
    start = (Path(asked("ZDOTDIR") or home) / ".zshrc") if shell == "zsh" else home / ".bashrc"
    line = f"[ -r {shlex.quote(str(place))} ] && . {shlex.quote(str(place))}"
    old = start.read_bytes() if start.is_file() else b""  # whatever its encoding is
    own = os.fsencode(line)
    if own in old.splitlines():
        return [place]
    gap = b"" if not old or old.endswith(b"\n") else b"\n"
    return [place, _written(start, old + gap + own + b"\n")]


def _written(path: Path, text: bytes) -> Path:
    try:
        os.makedirs(path.parent, exist_ok=True)  # noqa: PTH103 - the error below names it
    except OSError as error:
        raise UsageProblem(
            f"{path} cannot be written: {error.strerror}.", hint="tracker completion bash > FILE"
        ) from error
    write_file(path, text)
    return path
