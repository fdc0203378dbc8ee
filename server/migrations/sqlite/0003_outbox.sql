-- Mail and SMS to deliver. A message's content is sealed, and forgotten once the message is delivered or given up.

CREATE TABLE outbox (
    id BLOB PRIMARY KEY NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
    sealed BLOB,
    kind TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    not_after INTEGER,
    tries INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    lease BLOB,
    finished_at INTEGER,
    delivered INTEGER NOT NULL CHECK (delivered IN (0, 1)),
    error TEXT NOT NULL,
    CHECK ((finished_at IS NULL) = (sealed IS NOT NULL))
) STRICT;

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE finished_at IS NULL;
