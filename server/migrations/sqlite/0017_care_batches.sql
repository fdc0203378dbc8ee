-- 一括資格確認: lists of 被保険者番号 under way or done. Rows and results are sealed, and kept for a few days. `lease` is the
-- run that checks them; it is dead when `lease_until` is past.

CREATE TABLE care_batches (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    office_id BLOB NOT NULL REFERENCES offices (id),
    as_of TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('running', 'done')),
    checked INTEGER NOT NULL,
    lease BLOB,
    lease_until INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX care_batches_by_owner ON care_batches (account_id, created_at);
CREATE INDEX care_batches_by_age ON care_batches (created_at);
