-- Signing in: started sign-ins, their one-time codes, what counts towards a lock, and sessions.

CREATE TABLE sign_in_attempts (
    id BLOB PRIMARY KEY NOT NULL,
    token_hash BLOB NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    certificate TEXT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('security_code', 'send_code', 'code')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    wrong_codes INTEGER NOT NULL,
    codes_sent INTEGER NOT NULL,
    last_code_at INTEGER,
    ended_at INTEGER
) STRICT;

CREATE UNIQUE INDEX sign_in_attempts_token_unique ON sign_in_attempts (token_hash);

CREATE TABLE one_time_codes (
    id BLOB PRIMARY KEY NOT NULL,
    attempt_id BLOB NOT NULL REFERENCES sign_in_attempts (id),
    code_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE INDEX one_time_codes_by_attempt ON one_time_codes (attempt_id, created_at, id);

-- Failures per ユーザID or address. There is no reference to accounts: IDs that do not exist are counted as well.
CREATE TABLE guards (
    scope TEXT NOT NULL CHECK (scope IN ('login_id', 'address')),
    key TEXT NOT NULL,
    failures INTEGER NOT NULL,
    locks INTEGER NOT NULL,
    locked_until INTEGER,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE address_failures (
    address TEXT NOT NULL,
    failed_at INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    PRIMARY KEY (address, failed_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id BLOB PRIMARY KEY NOT NULL,
    token_hash BLOB NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    certificate TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ended_at INTEGER,
    end_reason TEXT,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
) STRICT;

CREATE UNIQUE INDEX sessions_token_unique ON sessions (token_hash);
CREATE INDEX sessions_open ON sessions (account_id) WHERE ended_at IS NULL;
