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

-- How many accounts a list has without search and filters: counting 100,000 of them for each page takes too long.

CREATE TABLE account_counts (
    office_id UUID NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL,
    live BIGINT NOT NULL,
    PRIMARY KEY (office_id, kind)
);

INSERT INTO account_counts (office_id, kind, live)
SELECT office_id, kind, COUNT(*) FROM accounts WHERE deleted_at IS NULL GROUP BY office_id, kind;

CREATE FUNCTION count_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND old.deleted_at IS NULL THEN
        UPDATE account_counts SET live = live - 1 WHERE office_id = old.office_id AND kind = old.kind;
    END IF;
    IF TG_OP <> 'DELETE' AND new.deleted_at IS NULL THEN
        INSERT INTO account_counts (office_id, kind, live) VALUES (new.office_id, new.kind, 1)
        ON CONFLICT (office_id, kind) DO UPDATE SET live = account_counts.live + 1;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER accounts_counted AFTER INSERT OR DELETE OR UPDATE OF office_id, kind, deleted_at ON accounts
FOR EACH ROW EXECUTE FUNCTION count_account();

-- Search: every character and every pair of characters of search_text, as a word of an office's own. Not pg_trgm, which
-- finds no Japanese in databases with the locale C, and nothing of fewer than three characters anywhere.

CREATE FUNCTION search_pairs(office UUID, words TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT CAST(office AS TEXT) || substr(words, place, size))
    FROM generate_series(1, length(words)) AS place, generate_series(1, 2) AS size
$$;

CREATE INDEX accounts_by_pairs ON accounts USING gin (search_pairs(office_id, search_text)) WITH (fastupdate = off)
WHERE deleted_at IS NULL;
