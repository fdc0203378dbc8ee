-- The embedded registry: what a remote platform would know. Filled by `server import-registry` and by the demo.

CREATE TABLE registry_insurers (
    number TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    joined INTEGER NOT NULL
) STRICT;

-- `certificate` is the serial number of the card's certificate; `record` the items as JSON.
CREATE TABLE registry_people (
    id BLOB PRIMARY KEY NOT NULL,
    insurer_number TEXT NOT NULL REFERENCES registry_insurers (number),
    insured_number TEXT NOT NULL,
    family_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_kana TEXT NOT NULL,
    given_kana TEXT NOT NULL,
    born_on TEXT NOT NULL,
    sex TEXT NOT NULL,
    certificate TEXT,
    record TEXT NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX registry_people_number_unique ON registry_people (insurer_number, insured_number);
CREATE UNIQUE INDEX registry_people_certificate_unique ON registry_people (certificate);

CREATE TABLE registry_terminals (
    user_id TEXT PRIMARY KEY NOT NULL,
    password_hash TEXT NOT NULL,
    terminal_id TEXT NOT NULL
) STRICT;
