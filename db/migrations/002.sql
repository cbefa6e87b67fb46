-- A desk says which desk's backup it was laid out from; people are found by name without reading them all.

ALTER TABLE desks RENAME TO desks_1;
CREATE TABLE desks (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    office_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('village', 'township')),
    public_key TEXT NOT NULL,
    restored_from TEXT NOT NULL DEFAULT ''            -- the desk a backup of which this was laid out from; '' = none
) STRICT;
INSERT INTO desks (rowid, id, version, office_id, kind, public_key)
SELECT rowid, id, version, office_id, kind, public_key FROM desks_1;
DROP TABLE desks_1;

CREATE INDEX people_by_name ON people (village_id, name);
