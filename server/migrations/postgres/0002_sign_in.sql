-- Signing in: started sign-ins, their one-time codes, what counts towards a lock, and sessions.

CREATE TABLE sign_in_attempts (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL REFERENCES accounts (id),
    certificate TEXT NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('security_code', 'send_code', 'code')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    wrong_codes BIGINT NOT NULL,
    codes_sent BIGINT NOT NULL,
    last_code_at BIGINT,
    ended_at BIGINT
);

CREATE UNIQUE INDEX sign_in_attempts_token_unique ON sign_in_attempts (token_hash);

CREATE TABLE one_time_codes (
    id UUID PRIMARY KEY,
    attempt_id UUID NOT NULL REFERENCES sign_in_attempts (id),
    code_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

CREATE INDEX one_time_codes_by_attempt ON one_time_codes (attempt_id, created_at, id);

-- Failures per ユーザID or address. There is no reference to accounts: IDs that do not exist are counted as well.
CREATE TABLE guards (
    scope TEXT NOT NULL CHECK (scope IN ('login_id', 'address')),
    key TEXT NOT NULL,
    failures BIGINT NOT NULL,
    locks BIGINT NOT NULL,
    locked_until BIGINT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (scope, key)
);

CREATE TABLE address_failures (
    address TEXT NOT NULL,
    failed_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    PRIMARY KEY (address, failed_at)
);

CREATE TABLE sessions (
    id UUID PRIMARY KEY,
    token_hash BYTEA NOT NULL,
    account_id UUID NOT NULL REFERENCES accounts (id),
    certificate TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ended_at BIGINT,
    end_reason TEXT,
    user_agent TEXT NOT NULL,
    address TEXT NOT NULL,
    CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);

CREATE UNIQUE INDEX sessions_token_unique ON sessions (token_hash);
CREATE INDEX sessions_open ON sessions (account_id) WHERE ended_at IS NULL;
