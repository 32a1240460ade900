-- What arrived and what was decided about polling: kept for ever, never derived.
-- Moments are UTC text, YYYY-MM-DDTHH:MM:SSZ; '' stands for "said nothing" where a column is text.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row an item. ``latest`` and ``revisions`` are kept in step by a trigger.
CREATE TABLE items (
    number     INTEGER PRIMARY KEY,
    item_id    TEXT NOT NULL UNIQUE,      -- hash of the canonical link, else of feed and guid
    feed       TEXT NOT NULL,             -- internal id of the feed; 'added' for articles by hand
    guid       TEXT NOT NULL,             -- as first seen; the others are in guids
    link       TEXT NOT NULL,             -- canonical link, '' where there is none
    first_seen TEXT NOT NULL,
    origin     TEXT NOT NULL DEFAULT 'feed' CHECK (origin IN ('feed', 'added', 'backfill')),
    withdrawn  INTEGER NOT NULL DEFAULT 0 CHECK (withdrawn IN (0, 1)),
    latest     INTEGER NOT NULL DEFAULT 0, -- revisions.number of the newest text
    revisions  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX items_by_feed_and_link ON items (feed, link);

-- Every guid under which a feed has shown an item.
CREATE TABLE guids (
    feed    TEXT NOT NULL,
    guid    TEXT NOT NULL,
    item_id TEXT NOT NULL REFERENCES items (item_id),
    PRIMARY KEY (feed, guid)
) STRICT, WITHOUT ROWID;

-- One row a text: immutable.
CREATE TABLE revisions (
    number         INTEGER PRIMARY KEY,
    item_id        TEXT NOT NULL REFERENCES items (item_id),
    digest         TEXT NOT NULL,         -- hash of title, summary, link and date as given
    title          TEXT NOT NULL,
    summary        TEXT NOT NULL,
    url            TEXT NOT NULL,
    published      TEXT,                  -- UTC; NULL where the date could not be read
    published_raw  TEXT NOT NULL,         -- what the feed said
    offset_minutes INTEGER,               -- the publisher's own distance from UTC
    seen           TEXT NOT NULL,         -- when this text first arrived
    lang           TEXT NOT NULL,
    publisher      TEXT NOT NULL,
    tier           TEXT NOT NULL,
    UNIQUE (item_id, digest)
) STRICT;
CREATE INDEX revisions_by_published ON revisions (published);

CREATE TRIGGER revisions_are_never_changed BEFORE UPDATE ON revisions
BEGIN SELECT RAISE(ABORT, 'revisions are immutable'); END;
CREATE TRIGGER revisions_are_never_deleted BEFORE DELETE ON revisions
BEGIN SELECT RAISE(ABORT, 'revisions are immutable'); END;
CREATE TRIGGER items_are_never_deleted BEFORE DELETE ON items
BEGIN SELECT RAISE(ABORT, 'items are kept; withdraw them instead'); END;
CREATE TRIGGER revisions_move_the_latest AFTER INSERT ON revisions
BEGIN
    UPDATE items SET latest = new.number, revisions = revisions + 1 WHERE item_id = new.item_id;
END;

-- One row an item with its newest text; withdrawn ones are left out.
CREATE VIEW entries AS
SELECT items.item_id AS id, items.feed, revisions.title, revisions.summary, revisions.url,
       revisions.published, revisions.published_raw, revisions.offset_minutes,
       items.first_seen, revisions.seen, items.revisions, revisions.lang, revisions.publisher,
       revisions.tier, items.origin, items.number
FROM items JOIN revisions ON revisions.number = items.latest
WHERE items.withdrawn = 0;

-- What is remembered of a feed between polls.
CREATE TABLE feeds (
    id            TEXT PRIMARY KEY,
    url           TEXT NOT NULL,          -- as the user wrote it when it was last polled
    stored_url    TEXT NOT NULL,          -- asked next
    title         TEXT NOT NULL DEFAULT '', -- as the feed calls itself
    etag          TEXT NOT NULL DEFAULT '', -- verbatim
    last_modified TEXT NOT NULL DEFAULT '', -- verbatim
    body_hash     TEXT NOT NULL DEFAULT '',
    parts         BLOB,                   -- hashes of the items of the last body, 8 bytes each
    last_poll     TEXT,
    last_ok       TEXT,
    next_poll     TEXT,
    failures      INTEGER NOT NULL DEFAULT 0, -- in a row
    failing_since TEXT,
    last_status   INTEGER,
    last_error    TEXT NOT NULL DEFAULT '',
    error_kind    TEXT NOT NULL DEFAULT '', -- network, timeout, status, blocked, not-a-feed ...
    told          INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)), -- the failure was reported
    gone          TEXT,                   -- when the server said 410
    rhythm        INTEGER,                -- seconds between entries, as observed
    ttl           INTEGER,                -- seconds, as the feed or its server asks
    last_entries  INTEGER NOT NULL DEFAULT 0 -- in the last document
) STRICT, WITHOUT ROWID;

-- Hosts that asked for silence (Retry-After), remembered across runs.
CREATE TABLE hosts (
    host  TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    why   TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- One row a run of ``poll``.
CREATE TABLE runs (
    number   INTEGER PRIMARY KEY,
    started  TEXT NOT NULL,
    finished TEXT,                        -- NULL: the run was killed
    asked    INTEGER NOT NULL DEFAULT 0,
    failed   INTEGER NOT NULL DEFAULT 0,
    new      INTEGER NOT NULL DEFAULT 0,
    revised  INTEGER NOT NULL DEFAULT 0,
    network  INTEGER NOT NULL DEFAULT 1 CHECK (network IN (0, 1)) -- 0: the whole network was down
) STRICT;

-- One row an attempt.
CREATE TABLE polls (
    number   INTEGER PRIMARY KEY,
    feed     TEXT NOT NULL,
    at       TEXT NOT NULL,
    outcome  TEXT NOT NULL,
    status   INTEGER,
    entries  INTEGER NOT NULL DEFAULT 0,
    new      INTEGER NOT NULL DEFAULT 0,
    revised  INTEGER NOT NULL DEFAULT 0,
    bytes    INTEGER NOT NULL DEFAULT 0,
    ms       INTEGER NOT NULL DEFAULT 0,
    error    TEXT NOT NULL DEFAULT '',
    problems TEXT NOT NULL DEFAULT ''     -- one a line
) STRICT;
CREATE INDEX polls_by_feed ON polls (feed, number);

-- Permanent redirects that were followed for good.
CREATE TABLE moves (
    number   INTEGER PRIMARY KEY,
    feed     TEXT NOT NULL,
    at       TEXT NOT NULL,
    from_url TEXT NOT NULL,
    to_url   TEXT NOT NULL,
    status   INTEGER NOT NULL
) STRICT;

-- Proven gaps: two documents of a feed that share no item; what lay between is unknown.
CREATE TABLE gaps (
    number INTEGER PRIMARY KEY,
    feed   TEXT NOT NULL,
    since  TEXT NOT NULL,                 -- the last good poll before
    until  TEXT NOT NULL                  -- the poll that proved it
) STRICT;

-- Spans in which a feed could not be read; ``until`` is NULL while it lasts.
CREATE TABLE outages (
    number INTEGER PRIMARY KEY,
    feed   TEXT NOT NULL,
    since  TEXT NOT NULL,
    until  TEXT,
    why    TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX outages_by_feed ON outages (feed, until);

-- Bodies as they came, where ``[store] keep_bodies`` asks for them; the only kept rows that
-- retention may remove.
CREATE TABLE bodies (
    number  INTEGER PRIMARY KEY,
    feed    TEXT NOT NULL,
    fetched TEXT NOT NULL,
    digest  TEXT NOT NULL,
    body    BLOB NOT NULL,                -- zlib
    UNIQUE (feed, digest)
) STRICT;

-- An id printed once resolves for ever to the event that now holds its anchor.
CREATE TABLE event_ids (
    id     TEXT PRIMARY KEY,
    anchor TEXT NOT NULL,                 -- an item id, or 'record:' and a record id
    since  TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX event_ids_by_anchor ON event_ids (anchor);

-- How far a named reader (``digest --since-last NAME``) has read.
CREATE TABLE cursors (
    name     TEXT PRIMARY KEY,
    at       TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,  -- highest revisions.number it has seen
    state    TEXT NOT NULL DEFAULT ''     -- JSON
) STRICT, WITHOUT ROWID;
