-- 事業所 and their accounts.

CREATE TABLE offices (
    id UUID PRIMARY KEY,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX offices_number_unique ON offices (number);

-- Rows stay when an account is deleted, so that its ID is never given out again.
-- service_sort and job_sort hold the first service's code and the first job's place: a list sorts by them.
-- search_text is what the search looks into, normalised as the search words are.
CREATE TABLE accounts (
    id UUID PRIMARY KEY,
    office_id UUID NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL CHECK (kind IN ('office', 'administrator', 'staff')),
    login_id TEXT NOT NULL,
    login_id_key TEXT NOT NULL,
    family_name TEXT,
    given_name TEXT,
    family_kana TEXT COLLATE "C",
    given_kana TEXT COLLATE "C",
    email TEXT,
    phone TEXT,
    search_text TEXT NOT NULL,
    service_sort TEXT COLLATE "C" NOT NULL,
    job_sort BIGINT NOT NULL,
    password_hash TEXT NOT NULL,
    password_initial BOOLEAN NOT NULL,
    password_expires_at BIGINT,
    security_code_hash TEXT,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    last_sign_in_at BIGINT,
    suspended_at BIGINT,
    expires_at BIGINT,
    deleted_at BIGINT,
    version BIGINT NOT NULL
);

CREATE UNIQUE INDEX accounts_login_id_unique ON accounts (login_id_key);

-- One index per order of the list; the id makes each order total.
CREATE INDEX accounts_by_registration ON accounts (office_id, kind, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX accounts_by_reading ON accounts (office_id, kind, family_kana, given_kana, id) WHERE deleted_at IS NULL;
CREATE INDEX accounts_by_service ON accounts (office_id, kind, service_sort, id) WHERE deleted_at IS NULL;
CREATE INDEX accounts_by_job ON accounts (office_id, kind, job_sort, id) WHERE deleted_at IS NULL;

CREATE TABLE account_services (
    account_id UUID NOT NULL REFERENCES accounts (id),
    code TEXT NOT NULL,
    PRIMARY KEY (account_id, code)
);

CREATE TABLE account_jobs (
    account_id UUID NOT NULL REFERENCES accounts (id),
    code TEXT NOT NULL,
    PRIMARY KEY (account_id, code)
);
