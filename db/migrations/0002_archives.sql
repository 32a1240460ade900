-- Archives that were read whole by ``backfill``: unchanged ones are not read again.
CREATE TABLE archives (
    path     TEXT PRIMARY KEY,            -- as found
    stamp    TEXT NOT NULL,               -- changes with the content
    rules    TEXT NOT NULL,               -- by which items were chosen; '' where all were kept
    finished TEXT NOT NULL                -- moment of the run
) STRICT, WITHOUT ROWID;
