-- Forms under way: what was typed, valid or not. Their ids come from addresses, so each account has ids of its own:
-- what another account keeps under the same id is neither seen nor noticed.

CREATE TABLE drafts (
    id BLOB NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    office_id BLOB NOT NULL REFERENCES offices (id),
    members TEXT NOT NULL CHECK (members IN ('administrator', 'staff')),
    editing BLOB REFERENCES accounts (id),
    editing_version INTEGER,
    form TEXT NOT NULL,
    submitted INTEGER NOT NULL CHECK (submitted IN (0, 1)),
    completed BLOB REFERENCES accounts (id),
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, id)
) STRICT;

CREATE INDEX drafts_by_age ON drafts (updated_at);
