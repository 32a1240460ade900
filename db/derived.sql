-- Throw-away tables: made again from revisions, record and decisions whenever this text, the rules
-- or the record change. Days are ISO text. Bodies are JSON and hold a noun whole; the columns beside
-- them are what questions ask for.

-- ---- the record as last loaded ----------------------------------------------------------------

CREATE TABLE record_events (
    id   TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE series (
    id           TEXT PRIMARY KEY,
    number       INTEGER NOT NULL,
    title        TEXT NOT NULL,
    unit         TEXT NOT NULL,
    scope        TEXT NOT NULL,
    geography    TEXT NOT NULL,
    higher_means TEXT NOT NULL,
    note         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE observations (
    number              INTEGER PRIMARY KEY,
    series              TEXT NOT NULL REFERENCES series (id),
    variant             TEXT,
    period_start        TEXT NOT NULL,
    period_end          TEXT NOT NULL,
    value               REAL NOT NULL,
    value_low           REAL,
    value_high          REAL,
    qualifier           TEXT NOT NULL,
    nature              TEXT NOT NULL,
    published           TEXT NOT NULL,
    published_precision TEXT NOT NULL,
    publisher           TEXT NOT NULL,
    house               TEXT,
    via                 TEXT,
    url                 TEXT,
    lang                TEXT NOT NULL,
    derived             INTEGER NOT NULL,
    flag                TEXT,
    note                TEXT NOT NULL,
    body                TEXT NOT NULL
) STRICT;
CREATE INDEX observations_by_series ON observations (series, published);

CREATE TABLE measures (
    id      TEXT PRIMARY KEY,
    number  INTEGER NOT NULL,
    title   TEXT NOT NULL,
    checked TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE measure_states (
    measure  TEXT NOT NULL REFERENCES measures (id),
    number   INTEGER NOT NULL,
    state    TEXT NOT NULL,
    since    TEXT NOT NULL,
    until    TEXT,
    by       TEXT NOT NULL,
    strand   TEXT NOT NULL,
    event_id TEXT,
    PRIMARY KEY (measure, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX measure_states_by_event ON measure_states (event_id);

CREATE TABLE seed_claims (
    id     TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    body   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Names people type, folded, to the canonical one: lexicon, record, measures.
CREATE TABLE aliases (
    folded    TEXT NOT NULL,
    facet     TEXT NOT NULL,              -- actor, item, term, measure, jurisdiction, instrument
    canonical TEXT NOT NULL,
    PRIMARY KEY (folded, facet, canonical)
) STRICT, WITHOUT ROWID;

-- ---- what was read out of the entries ---------------------------------------------------------

-- One row a mention of the newest revision of an item. Ids come in no order and bodies are long:
-- rows that stood by their id would each come on another page, and all pages be held meanwhile.
-- What is of no interest, as most of a feed is, has no body: its text read again tells all of it.
CREATE TABLE mentions (
    id       TEXT PRIMARY KEY,            -- item id, or item id/number for a further act
    item_id  TEXT NOT NULL,
    revision INTEGER NOT NULL,            -- revisions.number
    relevant INTEGER NOT NULL,
    score    REAL NOT NULL,
    known    TEXT NOT NULL,               -- knowledge day
    date     TEXT,
    kind     TEXT NOT NULL,
    body     TEXT NOT NULL
) STRICT;
CREATE INDEX mentions_in_doubt ON mentions (score) WHERE relevant;

-- Blocking: two nodes that may join share a key. A node is a mention, or 'record:' and an id.
CREATE TABLE blocks (
    key  TEXT NOT NULL,
    node TEXT NOT NULL,
    PRIMARY KEY (key, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_by_node ON blocks (node);

-- The graph of candidate joins, each pair once, left before right. Reasons are not kept: comparing
-- the two again gives them.
CREATE TABLE joins (
    "left"  TEXT NOT NULL,
    "right" TEXT NOT NULL,
    score   REAL NOT NULL,
    joined  INTEGER NOT NULL,             -- strong enough to hold two nodes in one component
    PRIMARY KEY ("left", "right")
) STRICT, WITHOUT ROWID;
CREATE INDEX joins_by_right ON joins ("right", joined);

-- ---- events -----------------------------------------------------------------------------------

CREATE TABLE events (
    number     INTEGER PRIMARY KEY,       -- grows with the date, so that the newest are found first
    id         TEXT NOT NULL UNIQUE,
    date       TEXT NOT NULL,
    "precision" TEXT NOT NULL,
    end_date   TEXT,
    last       TEXT NOT NULL,             -- the last possible day
    known      TEXT,
    link_day   TEXT NOT NULL,
    kind       TEXT NOT NULL,
    instrument TEXT NOT NULL,
    direction  TEXT NOT NULL,
    status     TEXT NOT NULL,
    evidence   TEXT NOT NULL,
    origin     TEXT NOT NULL,
    title      TEXT NOT NULL,
    summary    TEXT NOT NULL,
    note       TEXT,
    witnesses  INTEGER NOT NULL,
    reports    INTEGER NOT NULL,
    official   INTEGER NOT NULL,          -- 1: an official page or text was read as a source
    body       TEXT NOT NULL,
    days       REAL AS (julianday(last) - julianday(date)) VIRTUAL -- from the first to the last
) STRICT;
CREATE INDEX events_by_day ON events (date, id, last, "precision");
CREATE INDEX events_by_length ON events (days);
CREATE INDEX events_by_kind ON events (kind, date);

CREATE TABLE event_members (
    event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
    node  TEXT NOT NULL UNIQUE,
    PRIMARY KEY (event, node)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_sources (
    event     INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    url       TEXT NOT NULL,
    publisher TEXT NOT NULL,
    published TEXT,
    lang      TEXT NOT NULL,
    official  INTEGER NOT NULL,          -- 1: a page of the body that acted
    opened    INTEGER NOT NULL,          -- 0: only its address was seen, as a link
    ref       TEXT,
    title     TEXT,
    PRIMARY KEY (event, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_dates (
    event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
    name  TEXT NOT NULL,
    day   TEXT NOT NULL,
    PRIMARY KEY (event, name, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_dates_by_day ON event_dates (name, day);

CREATE TABLE event_facets (
    facet TEXT NOT NULL,                  -- actor, item, term, jurisdiction, measure, series
    value TEXT NOT NULL,
    event INTEGER NOT NULL REFERENCES events (number) ON DELETE CASCADE,
    PRIMARY KEY (facet, value, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_facets_by_event ON event_facets (event);

-- The timeline as a table: one row an event, lists joined by commas.
CREATE VIEW timeline AS
SELECT date, "precision", end_date, kind, direction, title, status, witnesses, reports,
       (SELECT group_concat(value, ', ') FROM event_facets
         WHERE event = events.number AND facet = 'jurisdiction') AS jurisdiction,
       (SELECT group_concat(value, ', ') FROM event_facets
         WHERE event = events.number AND facet = 'actor') AS actors,
       (SELECT group_concat(value, ', ') FROM event_facets
         WHERE event = events.number AND facet = 'item') AS items,
       (SELECT url FROM event_sources WHERE event = events.number
         ORDER BY opened DESC, position LIMIT 1)
           AS first_source,
       id
FROM events ORDER BY date, id;

-- ---- search: words of folded text, blanks between Chinese characters ---------------------------

-- Initials are one word (H.R. is hr). rowid is events.number.
-- ``head``: title, id and canonical names; ``words``: all else.
CREATE VIRTUAL TABLE event_words USING fts5(
    head, words, tokenize = 'unicode61 remove_diacritics 2'
);

-- rowid is revisions.number; the text itself lies there, so none is kept here.
CREATE VIRTUAL TABLE entry_words USING fts5(
    head, words, content = '', tokenize = 'unicode61 remove_diacritics 2'
);

-- Up to which revision entry_words has read.
CREATE TABLE searched (upto INTEGER NOT NULL) STRICT;
INSERT INTO searched VALUES (0);
