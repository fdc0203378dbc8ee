-- Files under way: accounts that wait to be registered together. The rows are sealed, for a day at most, and forgotten
-- once they are registered. `lease` is the run that makes the passwords; it is dead when `lease_until` is past.

CREATE TABLE member_imports (
    id UUID PRIMARY KEY NOT NULL,
    account_id UUID NOT NULL REFERENCES accounts (id),
    office_id UUID NOT NULL REFERENCES offices (id),
    members TEXT NOT NULL CHECK (members IN ('administrator', 'staff')),
    file_name TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    sealed BYTEA,
    step TEXT NOT NULL CHECK (step IN ('checked', 'running', 'done')),
    prepared BIGINT NOT NULL,
    lease UUID,
    lease_until BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CHECK ((step = 'done') = (sealed IS NULL))
);

CREATE INDEX member_imports_by_owner ON member_imports (account_id, created_at);
CREATE INDEX member_imports_by_age ON member_imports (updated_at);

-- Lists that were given out as files: so many an hour, see services/accounts/export.rs.
CREATE TABLE member_exports (
    account_id UUID NOT NULL REFERENCES accounts (id),
    exported_at BIGINT NOT NULL
);

CREATE INDEX member_exports_by_account ON member_exports (account_id, exported_at);
