-- Mail and SMS to deliver. A message's content is sealed, and forgotten once the message is delivered or given up.

CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
    sealed BYTEA,
    kind TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    not_after BIGINT,
    tries BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    lease UUID,
    finished_at BIGINT,
    delivered BOOLEAN NOT NULL,
    error TEXT NOT NULL,
    CHECK ((finished_at IS NULL) = (sealed IS NOT NULL))
);

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE finished_at IS NULL;
