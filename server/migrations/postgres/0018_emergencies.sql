-- 災害時の閲覧: declared by the operator for everybody, a 都道府県 or one office, always with an end. Nothing is ever deleted
-- here: the rows are part of the persons' records.

CREATE TABLE emergencies (
    id UUID PRIMARY KEY NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('everywhere', 'prefecture', 'office')),
    scope_value TEXT NOT NULL,
    title TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    CHECK (ends_at >= started_at)
);

CREATE INDEX emergencies_by_end ON emergencies (ends_at);

-- That an account opened a person with a reason. `open_until`: from then on the reason counts no longer.
CREATE TABLE emergency_uses (
    id UUID PRIMARY KEY NOT NULL,
    emergency_id UUID NOT NULL REFERENCES emergencies (id),
    office_id UUID NOT NULL REFERENCES offices (id),
    account_id UUID NOT NULL REFERENCES accounts (id),
    charge_id UUID NOT NULL REFERENCES care_charges (id),
    person_id UUID NOT NULL REFERENCES care_people (id),
    reason TEXT NOT NULL,
    used_at BIGINT NOT NULL,
    open_until BIGINT NOT NULL,
    reviewed_at BIGINT,
    reviewed_by UUID REFERENCES accounts (id),
    CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL))
);

CREATE INDEX emergency_uses_by_office ON emergency_uses (office_id, used_at, id);
CREATE INDEX emergency_uses_by_person ON emergency_uses (office_id, person_id, used_at);
CREATE INDEX emergency_uses_by_account ON emergency_uses (account_id, charge_id, open_until);
