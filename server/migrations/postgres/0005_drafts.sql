-- Forms under way: what was typed, valid or not. Their ids come from addresses, so each account has ids of its own:
-- what another account keeps under the same id is neither seen nor noticed.

CREATE TABLE drafts (
    id UUID NOT NULL,
    account_id UUID NOT NULL REFERENCES accounts (id),
    office_id UUID NOT NULL REFERENCES offices (id),
    members TEXT NOT NULL CHECK (members IN ('administrator', 'staff')),
    editing UUID REFERENCES accounts (id),
    editing_version BIGINT,
    form TEXT NOT NULL,
    submitted BOOLEAN NOT NULL,
    completed UUID REFERENCES accounts (id),
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, id)
);

CREATE INDEX drafts_by_age ON drafts (updated_at);
