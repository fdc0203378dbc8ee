-- 事業所 and their accounts.

CREATE TABLE offices (
    id BLOB PRIMARY KEY NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX offices_number_unique ON offices (number);

-- Rows stay when an account is deleted, so that its ID is never given out again.
-- service_sort and job_sort hold the first service's code and the first job's place: a list sorts by them.
-- search_text is what the search looks into, normalised as the search words are.
CREATE TABLE accounts (
    id BLOB PRIMARY KEY NOT NULL,
    office_id BLOB NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL CHECK (kind IN ('office', 'administrator', 'staff')),
    login_id TEXT NOT NULL,
    login_id_key TEXT NOT NULL,
    family_name TEXT,
    given_name TEXT,
    family_kana TEXT,
    given_kana TEXT,
    email TEXT,
    phone TEXT,
    search_text TEXT NOT NULL,
    service_sort TEXT NOT NULL,
    job_sort INTEGER NOT NULL,
    password_hash TEXT NOT NULL,
    password_initial INTEGER NOT NULL CHECK (password_initial IN (0, 1)),
    password_expires_at INTEGER,
    security_code_hash TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    last_sign_in_at INTEGER,
    suspended_at INTEGER,
    expires_at INTEGER,
    deleted_at INTEGER,
    version INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX accounts_login_id_unique ON accounts (login_id_key);

-- One index per order of the list; the id makes each order total.
CREATE INDEX accounts_by_registration ON accounts (office_id, kind, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX accounts_by_reading ON accounts (office_id, kind, family_kana, given_kana, id) WHERE deleted_at IS NULL;
CREATE INDEX accounts_by_service ON accounts (office_id, kind, service_sort, id) WHERE deleted_at IS NULL;
CREATE INDEX accounts_by_job ON accounts (office_id, kind, job_sort, id) WHERE deleted_at IS NULL;

CREATE TABLE account_services (
    account_id BLOB NOT NULL REFERENCES accounts (id),
    code TEXT NOT NULL,
    PRIMARY KEY (account_id, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE account_jobs (
    account_id BLOB NOT NULL REFERENCES accounts (id),
    code TEXT NOT NULL,
    PRIMARY KEY (account_id, code)
) STRICT, WITHOUT ROWID;
