-- 一括資格確認: lists of 被保険者番号 under way or done. Rows and results are sealed, and kept for a few days. `lease` is the
-- run that checks them; it is dead when `lease_until` is past.

CREATE TABLE care_batches (
    id UUID PRIMARY KEY NOT NULL,
    account_id UUID NOT NULL REFERENCES accounts (id),
    office_id UUID NOT NULL REFERENCES offices (id),
    as_of TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('running', 'done')),
    checked BIGINT NOT NULL,
    lease UUID,
    lease_until BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX care_batches_by_owner ON care_batches (account_id, created_at);
CREATE INDEX care_batches_by_age ON care_batches (created_at);
