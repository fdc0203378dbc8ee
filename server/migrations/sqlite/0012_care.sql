-- Insured persons as offices see them. A person is one row here whatever the platform calls them.

CREATE TABLE care_people (
    id BLOB PRIMARY KEY NOT NULL,
    platform_id TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX care_people_platform_unique ON care_people (platform_id);

-- 担当: that an office is in charge of a person. The person's data is a copy for lists, refreshed at each viewing and
-- import; level_code and until_day are empty where there is none, which sorts alike on every engine.
CREATE TABLE care_charges (
    id BLOB PRIMARY KEY NOT NULL,
    office_id BLOB NOT NULL REFERENCES offices (id),
    person_id BLOB NOT NULL REFERENCES care_people (id),
    insurer_number TEXT NOT NULL,
    insurer_name TEXT NOT NULL,
    insured_number TEXT NOT NULL,
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_kana TEXT NOT NULL,
    given_kana TEXT NOT NULL,
    born_on TEXT NOT NULL,
    sex TEXT NOT NULL,
    search_text TEXT NOT NULL,
    level_code TEXT NOT NULL,
    until_day TEXT NOT NULL,
    record_changed_at INTEGER NOT NULL,
    identified_by TEXT NOT NULL CHECK (identified_by IN ('card', 'items')),
    purpose TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    started_by BLOB NOT NULL,
    ended_at INTEGER,
    ended_by BLOB
) STRICT;

CREATE UNIQUE INDEX care_charges_open_unique ON care_charges (office_id, person_id) WHERE ended_at IS NULL;
CREATE INDEX care_charges_by_person ON care_charges (person_id) WHERE ended_at IS NULL;
CREATE INDEX care_charges_by_reading ON care_charges (office_id, family_kana, given_kana, id) WHERE ended_at IS NULL;
CREATE INDEX care_charges_by_number ON care_charges (office_id, insured_number, id) WHERE ended_at IS NULL;
CREATE INDEX care_charges_by_level ON care_charges (office_id, level_code, id) WHERE ended_at IS NULL;
CREATE INDEX care_charges_by_until ON care_charges (office_id, until_day, id) WHERE ended_at IS NULL;

-- Consent of a person to one item for one office. What was replaced or withdrawn stays as a row.
CREATE TABLE care_consents (
    id BLOB PRIMARY KEY NOT NULL,
    charge_id BLOB NOT NULL REFERENCES care_charges (id),
    item TEXT NOT NULL,
    until_day TEXT NOT NULL,
    proxy_name TEXT,
    proxy_relation TEXT,
    given_at INTEGER NOT NULL,
    given_by BLOB NOT NULL,
    ended_at INTEGER,
    ended_by BLOB,
    end_reason TEXT CHECK (end_reason IN ('withdrawn', 'replaced', 'charge_ended'))
) STRICT;

CREATE UNIQUE INDEX care_consents_open_unique ON care_consents (charge_id, item) WHERE ended_at IS NULL;
CREATE INDEX care_consents_by_charge ON care_consents (charge_id, given_at, id);

-- When an account last looked at a person.
CREATE TABLE care_views (
    account_id BLOB NOT NULL REFERENCES accounts (id),
    charge_id BLOB NOT NULL REFERENCES care_charges (id),
    viewed_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, charge_id)
) STRICT;

-- Somebody found by 本人確認, for the account that looked.
CREATE TABLE care_matches (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    person_id BLOB NOT NULL REFERENCES care_people (id),
    identified_by TEXT NOT NULL,
    purpose TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX care_matches_by_age ON care_matches (created_at);

-- Look-ups that found nobody, or are still under way: too many in a short time, and no more are taken.
CREATE TABLE care_lookups (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id),
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX care_lookups_by_account ON care_lookups (account_id, at);

-- What the operator changed in the view matrix; everything else is as the program has it.
CREATE TABLE care_matrix (
    class TEXT NOT NULL,
    item TEXT NOT NULL,
    rule TEXT NOT NULL,
    PRIMARY KEY (class, item)
) STRICT;

CREATE TABLE care_matrix_consent (
    item TEXT PRIMARY KEY NOT NULL,
    needed INTEGER NOT NULL
) STRICT;
