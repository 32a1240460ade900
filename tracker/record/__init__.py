"""The curated record and the files people write.

``load.load(folder)``         read ``db/record``; RecordError names file and line
``snapshot.digest(folder)``   hash of all contents (reads every file, about 5 ms)
``snapshot.stamp(folder)``    hash of names, sizes and times (opens nothing, about 1 ms)
``snapshot.pack(record)``     one snapshot; ``Record.digest`` travels in it
``snapshot.unpack(bytes)``    back again; RecordError where it is damaged or of another format

Nothing is imported here: a question needs the stamp alone.

A wheel carries ``tracker/_db/record.json``, made by ``pack`` when it was built. In a checkout the
caller keeps a snapshot beside the database: while ``stamp`` is what it was the folder is unchanged;
if not, ``digest`` says whether the contents changed, and ``load`` reads them again.
"""
