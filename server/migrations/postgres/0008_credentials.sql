-- What an account signs in with besides its password and codes that are sent, which browsers it has used, and which
-- sessions are known to be in their owner's hands.

ALTER TABLE sign_in_attempts DROP CONSTRAINT sign_in_attempts_channel_check;
ALTER TABLE sign_in_attempts ADD CONSTRAINT sign_in_attempts_channel_check
    CHECK (channel IN ('mail', 'sms', 'app', 'recovery'));

-- When the person proved who they are, by signing in or by being asked again.
ALTER TABLE sessions ADD COLUMN confirmed_at BIGINT;

-- `credential` holds public key and signature counter.
CREATE TABLE passkeys (
    id UUID PRIMARY KEY NOT NULL,
    account_id UUID NOT NULL REFERENCES accounts (id),
    credential_id BYTEA NOT NULL,
    credential TEXT NOT NULL,
    name TEXT NOT NULL,
    backed_up BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT
);

CREATE UNIQUE INDEX passkeys_credential_unique ON passkeys (credential_id);
CREATE INDEX passkeys_by_account ON passkeys (account_id, created_at, id);

-- Gone once they are answered. `session_id` is missing for those of a sign-in.
CREATE TABLE passkey_challenges (
    token_hash BYTEA PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'add', 'confirm')),
    session_id UUID REFERENCES sessions (id),
    certificate TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- `secret` is sealed. Codes of `last_step` and of time steps before it are no longer taken.
CREATE TABLE authenticators (
    account_id UUID PRIMARY KEY NOT NULL REFERENCES accounts (id),
    secret BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

CREATE TABLE recovery_codes (
    account_id UUID NOT NULL REFERENCES accounts (id),
    code_hash BYTEA NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, code_hash)
);

-- Browsers by the hash of their long-lived cookie.
CREATE TABLE devices (
    account_id UUID NOT NULL REFERENCES accounts (id),
    token_hash BYTEA NOT NULL,
    first_used_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, token_hash)
);

CREATE INDEX audit_sign_ins ON audit (account_id, seq) WHERE action LIKE 'sign_in.%';
