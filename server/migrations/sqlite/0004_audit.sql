-- The audit trail: append-only, each row's hash covers the row and the hash before it.
-- The head's one row says how long the chain is and where it ends, so that a cut tail is noticed.

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY NOT NULL,
    at INTEGER NOT NULL,
    request_id TEXT NOT NULL,
    office_id BLOB,
    account_id BLOB,
    account_kind TEXT,
    login_id TEXT NOT NULL,
    certificate TEXT NOT NULL,
    address TEXT NOT NULL,
    screen TEXT NOT NULL,
    action TEXT NOT NULL,
    target BLOB,
    result TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE INDEX audit_by_office ON audit (office_id, seq);

CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, zeroblob(32));

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit rows are append-only');
END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'audit rows are append-only');
END;

CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
BEGIN
    SELECT RAISE(ABORT, 'the audit head stays');
END;
