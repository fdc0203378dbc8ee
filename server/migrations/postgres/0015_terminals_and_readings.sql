-- 端末: PCs with a card reader, their account at the platform, and the readings that came from them.

-- `platform_password` is sealed with the key that `password_key` names. `public_key` (SubjectPublicKeyInfo) comes with the
-- first reading; `terminal_id` is its fingerprint.
CREATE TABLE terminals (
    id UUID PRIMARY KEY NOT NULL,
    office_id UUID NOT NULL REFERENCES offices (id),
    terminal_id TEXT NOT NULL,
    name TEXT NOT NULL,
    platform_user TEXT NOT NULL,
    platform_password BYTEA NOT NULL,
    password_key TEXT NOT NULL,
    public_key BYTEA,
    verdict TEXT NOT NULL,
    verified_at BIGINT NOT NULL,
    registered_at BIGINT NOT NULL,
    last_reading_at BIGINT,
    revoked_at BIGINT
);

CREATE UNIQUE INDEX terminals_one_registration ON terminals (office_id, terminal_id) WHERE revoked_at IS NULL;
CREATE INDEX terminals_by_office ON terminals (office_id, registered_at);

-- What a card is asked to sign. Used once, whatever comes of it.
CREATE TABLE challenges (
    nonce_hash BYTEA PRIMARY KEY NOT NULL,
    session_id UUID NOT NULL REFERENCES sessions (id),
    mode TEXT NOT NULL,
    origin TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX challenges_by_time ON challenges (issued_at);

-- Readings that were taken. `whose` (sealed) says whose card it was, until that has been used or its time is over.
CREATE TABLE readings (
    id UUID PRIMARY KEY NOT NULL,
    session_id UUID NOT NULL REFERENCES sessions (id),
    office_id UUID NOT NULL REFERENCES offices (id),
    terminal UUID NOT NULL REFERENCES terminals (id),
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    whose BYTEA,
    taken_at BIGINT NOT NULL
);

CREATE INDEX readings_by_time ON readings (taken_at);
