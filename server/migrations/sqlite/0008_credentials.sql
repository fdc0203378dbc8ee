-- What an account signs in with besides its password and codes that are sent, which browsers it has used, and which
-- sessions are known to be in their owner's hands.

-- SQLite cannot change a column's check: the column is made anew.
ALTER TABLE sign_in_attempts ADD COLUMN new_channel TEXT CHECK (new_channel IN ('mail', 'sms', 'app', 'recovery'));
UPDATE sign_in_attempts SET new_channel = channel;
ALTER TABLE sign_in_attempts DROP COLUMN channel;
ALTER TABLE sign_in_attempts RENAME COLUMN new_channel TO channel;

-- When the person proved who they are, by signing in or by being asked again.
ALTER TABLE sessions ADD COLUMN confirmed_at INTEGER;

-- `credential` holds public key and signature counter.
CREATE TABLE passkeys (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    credential_id BLOB NOT NULL,
    credential TEXT NOT NULL,
    name TEXT NOT NULL,
    backed_up INTEGER NOT NULL CHECK (backed_up IN (0, 1)),
    created_at INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT;

CREATE UNIQUE INDEX passkeys_credential_unique ON passkeys (credential_id);
CREATE INDEX passkeys_by_account ON passkeys (account_id, created_at, id);

-- Gone once they are answered. `session_id` is missing for those of a sign-in.
CREATE TABLE passkey_challenges (
    token_hash BLOB PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'add', 'confirm')),
    session_id BLOB REFERENCES sessions (id),
    certificate TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- `secret` is sealed. Codes of `last_step` and of time steps before it are no longer taken.
CREATE TABLE authenticators (
    account_id BLOB PRIMARY KEY NOT NULL REFERENCES accounts (id),
    secret BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL
) STRICT;

CREATE TABLE recovery_codes (
    account_id BLOB NOT NULL REFERENCES accounts (id),
    code_hash BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (account_id, code_hash)
) STRICT, WITHOUT ROWID;

-- Browsers by the hash of their long-lived cookie.
CREATE TABLE devices (
    account_id BLOB NOT NULL REFERENCES accounts (id),
    token_hash BLOB NOT NULL,
    first_used_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, token_hash)
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_sign_ins ON audit (account_id, seq) WHERE action LIKE 'sign_in.%';
