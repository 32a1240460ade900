"""Build hook: the wheel carries a built snapshot of the record, and the manual pages."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface):  # type: ignore[type-arg]  # its config type is hatchling's own
    """Puts ``tracker/_db/record.json`` and ``share/man`` into the wheel, not into a checkout."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Read ``db/record``, write its snapshot and the pages. A wrong record stops the build."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from tracker.record.load import load
        from tracker.record.snapshot import pack

        self._folder = tempfile.TemporaryDirectory()
        snapshot = Path(self._folder.name) / "record.json"
        snapshot.write_bytes(pack(load(Path(self.root) / "db" / "record")))
        build_data["force_include"][str(snapshot)] = "tracker/_db/record.json"
        build_data["shared_data"][str(self._manual())] = "share/man/man1"

    def _manual(self) -> Path:
        from tracker.cli.man import pages

        folder = Path(self._folder.name) / "man1"
        folder.mkdir()
        for name, text in pages():
            (folder / name).write_text(text, encoding="utf-8")
        return folder

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's signature
        """Remove what ``initialize`` wrote."""
        if version != "editable":
            self._folder.cleanup()
