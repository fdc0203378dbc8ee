-- 端末: PCs with a card reader, their account at the platform, and the readings that came from them.

-- `platform_password` is sealed with the key that `password_key` names. `public_key` (SubjectPublicKeyInfo) comes with the
-- first reading; `terminal_id` is its fingerprint.
CREATE TABLE terminals (
    id BLOB PRIMARY KEY NOT NULL,
    office_id BLOB NOT NULL REFERENCES offices (id),
    terminal_id TEXT NOT NULL,
    name TEXT NOT NULL,
    platform_user TEXT NOT NULL,
    platform_password BLOB NOT NULL,
    password_key TEXT NOT NULL,
    public_key BLOB,
    verdict TEXT NOT NULL,
    verified_at INTEGER NOT NULL,
    registered_at INTEGER NOT NULL,
    last_reading_at INTEGER,
    revoked_at INTEGER
) STRICT;

CREATE UNIQUE INDEX terminals_one_registration ON terminals (office_id, terminal_id) WHERE revoked_at IS NULL;
CREATE INDEX terminals_by_office ON terminals (office_id, registered_at);

-- What a card is asked to sign. Used once, whatever comes of it.
CREATE TABLE challenges (
    nonce_hash BLOB PRIMARY KEY NOT NULL,
    session_id BLOB NOT NULL REFERENCES sessions (id),
    mode TEXT NOT NULL,
    origin TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX challenges_by_time ON challenges (issued_at);

-- Readings that were taken. `whose` (sealed) says whose card it was, until that has been used or its time is over.
CREATE TABLE readings (
    id BLOB PRIMARY KEY NOT NULL,
    session_id BLOB NOT NULL REFERENCES sessions (id),
    office_id BLOB NOT NULL REFERENCES offices (id),
    terminal BLOB NOT NULL REFERENCES terminals (id),
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    whose BLOB,
    taken_at INTEGER NOT NULL
) STRICT;

CREATE INDEX readings_by_time ON readings (taken_at);
