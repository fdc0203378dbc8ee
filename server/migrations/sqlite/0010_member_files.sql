-- Files under way: accounts that wait to be registered together. The rows are sealed, for a day at most, and forgotten
-- once they are registered. `lease` is the run that makes the passwords; it is dead when `lease_until` is past.

CREATE TABLE member_imports (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    office_id BLOB NOT NULL REFERENCES offices (id),
    members TEXT NOT NULL CHECK (members IN ('administrator', 'staff')),
    file_name TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    sealed BLOB,
    step TEXT NOT NULL CHECK (step IN ('checked', 'running', 'done')),
    prepared INTEGER NOT NULL,
    lease BLOB,
    lease_until INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CHECK ((step = 'done') = (sealed IS NULL))
) STRICT;

CREATE INDEX member_imports_by_owner ON member_imports (account_id, created_at);
CREATE INDEX member_imports_by_age ON member_imports (updated_at);

-- Lists that were given out as files: so many an hour, see services/accounts/export.rs.
CREATE TABLE member_exports (
    account_id BLOB NOT NULL REFERENCES accounts (id),
    exported_at INTEGER NOT NULL
) STRICT;

CREATE INDEX member_exports_by_account ON member_exports (account_id, exported_at);

-- How many accounts a list has without search and filters: counting 100,000 of them for each page takes too long.

CREATE TABLE account_counts (
    office_id BLOB NOT NULL REFERENCES offices (id),
    kind TEXT NOT NULL,
    live INTEGER NOT NULL,
    PRIMARY KEY (office_id, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO account_counts (office_id, kind, live)
SELECT office_id, kind, COUNT(*) FROM accounts WHERE deleted_at IS NULL GROUP BY office_id, kind;

CREATE TRIGGER accounts_counted_insert AFTER INSERT ON accounts WHEN new.deleted_at IS NULL
BEGIN
    INSERT INTO account_counts (office_id, kind, live) VALUES (new.office_id, new.kind, 1)
    ON CONFLICT (office_id, kind) DO UPDATE SET live = live + 1;
END;

CREATE TRIGGER accounts_counted_update AFTER UPDATE OF office_id, kind, deleted_at ON accounts
BEGIN
    UPDATE account_counts SET live = live - 1
    WHERE old.deleted_at IS NULL AND office_id = old.office_id AND kind = old.kind;
    INSERT INTO account_counts (office_id, kind, live) SELECT new.office_id, new.kind, 1 WHERE new.deleted_at IS NULL
    ON CONFLICT (office_id, kind) DO UPDATE SET live = live + 1;
END;

CREATE TRIGGER accounts_counted_delete AFTER DELETE ON accounts WHEN old.deleted_at IS NULL
BEGIN
    UPDATE account_counts SET live = live - 1 WHERE office_id = old.office_id AND kind = old.kind;
END;

-- Search: every pair of characters of search_text, and its last one, as a word of an office's own (hexadecimal digits,
-- which no tokenizer changes). Words of one character are found as the beginnings of pairs.

CREATE TABLE search_places (place INTEGER PRIMARY KEY NOT NULL) STRICT;

INSERT INTO search_places (place)
WITH RECURSIVE places (place) AS (SELECT 1 UNION ALL SELECT place + 1 FROM places WHERE place < 1000)
SELECT place FROM places;

-- Numbers of its own: an account's rowid may change.
CREATE TABLE account_search (
    doc INTEGER PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL UNIQUE REFERENCES accounts (id)
) STRICT;

CREATE VIRTUAL TABLE account_pairs USING fts5 (pairs, content = '', contentless_delete = 1, detail = none,
    tokenize = 'ascii');

INSERT INTO account_search (account_id) SELECT id FROM accounts;

INSERT INTO account_pairs (rowid, pairs)
SELECT doc, (
    SELECT group_concat(hex(office_id) || hex(substr(search_text, place, 2)), ' ')
    FROM search_places WHERE place <= length(search_text)
)
FROM account_search JOIN accounts ON accounts.id = account_id;

CREATE TRIGGER accounts_searched_insert AFTER INSERT ON accounts
BEGIN
    INSERT INTO account_search (account_id) VALUES (new.id);
    INSERT INTO account_pairs (rowid, pairs)
    SELECT doc, (
        SELECT group_concat(hex(new.office_id) || hex(substr(new.search_text, place, 2)), ' ')
        FROM search_places WHERE place <= length(new.search_text)
    )
    FROM account_search WHERE account_id = new.id;
END;

CREATE TRIGGER accounts_searched_update AFTER UPDATE OF office_id, search_text ON accounts
BEGIN
    DELETE FROM account_pairs WHERE rowid = (SELECT doc FROM account_search WHERE account_id = new.id);
    INSERT INTO account_pairs (rowid, pairs)
    SELECT doc, (
        SELECT group_concat(hex(new.office_id) || hex(substr(new.search_text, place, 2)), ' ')
        FROM search_places WHERE place <= length(new.search_text)
    )
    FROM account_search WHERE account_id = new.id;
END;

CREATE TRIGGER accounts_searched_delete BEFORE DELETE ON accounts
BEGIN
    DELETE FROM account_pairs WHERE rowid = (SELECT doc FROM account_search WHERE account_id = old.id);
    DELETE FROM account_search WHERE account_id = old.id;
END;
