"""The curated record and the files people write.

``load(folder) -> Record``    read ``db/record``; RecordError names file and line
``digest(folder) -> str``     hash of all contents (reads every file, about 5 ms)
``stamp(folder) -> str``      hash of names, sizes and times (opens nothing, about 1 ms)
``pack(record) -> bytes``     one snapshot; ``Record.digest`` travels in it
``unpack(bytes) -> Record``   back again; RecordError where it is damaged or of another format

A wheel carries ``tracker/_db/record.json``, made by ``pack`` when it was built. In a checkout the
caller keeps a snapshot beside the database: while ``stamp`` is what it was the folder is unchanged;
if not, ``digest`` says whether the contents changed, and ``load`` reads them again.
"""

from tracker.record.load import load
from tracker.record.snapshot import digest, pack, stamp, unpack

__all__ = ["digest", "load", "pack", "stamp", "unpack"]
