-- The item of a newest text, found in the order in which texts arrived.
CREATE INDEX items_by_latest ON items (latest, first_seen) WHERE withdrawn = 0 AND latest > 0;
