"""Where things lie for a run: feeds.toml, the database, the record, the lexicon.

The only room that knows where ``db/`` lies: inside the installed package, or beside it in a
checkout.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tracker.nouns import dataclass


def shipped() -> Path:
    """The ``db/`` folder that came with the program.

    In a wheel it is ``tracker/_db``; in a checkout (and an editable install) it lies beside the
    package.
    """
    inside = Path(__file__).parent / "_db"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "db"


def shipped_feeds() -> Path:
    """The feeds.toml that came with the program."""
    inside = shipped() / "feeds.toml"
    return inside if inside.is_file() else shipped().parent / "feeds.toml"


@dataclass(frozen=True, slots=True)
class Paths:
    """Where things lie for this run. ``project`` is set where feeds.toml and db/ are in the cwd.

    ``passed_over`` is a feeds.toml in the cwd that is not read, since no db/ lies beside it.
    ``home`` is the user's folder, which need not be there.
    """

    config: Path
    db: Path
    record: Path
    lexicon: Path
    decisions: Path
    lock: Path
    backups: Path
    project: bool
    passed_over: Path | None = None
    home: Path | None = None

    @property
    def journals(self) -> tuple[Path, Path]:
        """The decisions that came with the record, and the user's own; neither has to be there."""
        return self.record / "decisions.jsonl", self.decisions

    def homeless(self, path: Path) -> str:
        """That ``path`` would lie in a home folder that is not there; empty where it does not.

        An account without one (``nobody``) is not given one in passing.
        """
        if self.home is None or not path.is_relative_to(self.home) or self.home.is_dir():
            return ""
        return f"{path} cannot be made: the home folder {self.home} is not there."


def base(said: str | None, usual: Path) -> Path:
    """A folder that an XDG variable names; a relative one is no place, by the rules of XDG.

    >>> [str(base(said, Path("/home/a/.config"))) for said in ("/etc/a", "rel", "", None)]
    ['/etc/a', '/home/a/.config', '/home/a/.config', '/home/a/.config']
    """
    return Path(said) if said and Path(said).is_absolute() else usual


def paths(db: str | None, config: str | None, environ: Mapping[str, str], cwd: Path) -> Paths:
    """Find everything: flag, then environment, then project mode, then the XDG places."""
    project = (cwd / "feeds.toml").is_file() and (cwd / "db").is_dir()
    config = config or environ.get("TRACKER_CONFIG")
    db = db or environ.get("TRACKER_DB")
    home = Path(environ.get("HOME") or Path.home())
    config_home = base(environ.get("XDG_CONFIG_HOME"), home / ".config") / "tracker"
    data_home = base(environ.get("XDG_DATA_HOME"), home / ".local" / "share") / "tracker"
    config_path = Path(config) if config else (cwd if project else config_home) / "feeds.toml"
    db_path = Path(db) if db else (cwd / "db" if project else data_home) / "tracker.db"
    own = cwd / "db"
    return Paths(
        config=config_path,
        db=db_path,
        record=own / "record" if project and (own / "record").is_dir() else shipped() / "record",
        lexicon=own / "lexicon"
        if project and (own / "lexicon").is_dir()
        else shipped() / "lexicon",
        decisions=db_path.with_name("decisions.jsonl"),
        lock=db_path.with_name(db_path.name + ".lock"),
        backups=db_path.with_name("backups"),
        project=project,
        passed_over=cwd / "feeds.toml"
        if not config and not project and (cwd / "feeds.toml").is_file()
        else None,
        home=home,
    )
