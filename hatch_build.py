"""Build hook: the wheel carries one built snapshot of the record beside the files it came from."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface):  # type: ignore[type-arg]  # its config type is hatchling's own
    """Puts ``tracker/_db/record.json`` into the wheel; an editable install needs none."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Read ``db/record`` and write its snapshot. A wrong record stops the build."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from tracker.record.load import load
        from tracker.record.snapshot import pack

        self._folder = tempfile.TemporaryDirectory()
        snapshot = Path(self._folder.name) / "record.json"
        snapshot.write_bytes(pack(load(Path(self.root) / "db" / "record")))
        build_data["force_include"][str(snapshot)] = "tracker/_db/record.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002 - hatchling's signature
        """Remove what ``initialize`` wrote."""
        if version != "editable":
            self._folder.cleanup()
