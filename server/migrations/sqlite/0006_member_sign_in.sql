-- Signing in as 管理者 or 一般ユーザ: the way that a code takes, earlier passwords, and leave to set a new one.

ALTER TABLE sign_in_attempts ADD COLUMN channel TEXT CHECK (channel IN ('mail', 'sms'));

CREATE TABLE password_history (
    account_id BLOB NOT NULL REFERENCES accounts (id),
    created_at INTEGER NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (account_id, created_at, hash)
) STRICT, WITHOUT ROWID;

-- `certificate` is set when the leave was given to the browser of a first sign-in, and missing for links by mail or SMS.
CREATE TABLE password_grants (
    id BLOB PRIMARY KEY NOT NULL,
    token_hash BLOB NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    certificate TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE UNIQUE INDEX password_grants_token_unique ON password_grants (token_hash);
CREATE INDEX password_grants_by_account ON password_grants (account_id, created_at);
