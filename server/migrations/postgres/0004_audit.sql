-- The audit trail: append-only, each row's hash covers the row and the hash before it.
-- The head's one row says how long the chain is and where it ends, so that a cut tail is noticed.

CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    request_id TEXT NOT NULL,
    office_id UUID,
    account_id UUID,
    account_kind TEXT,
    login_id TEXT NOT NULL,
    certificate TEXT NOT NULL,
    address TEXT NOT NULL,
    screen TEXT NOT NULL,
    action TEXT NOT NULL,
    target UUID,
    result TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash BYTEA NOT NULL
);

CREATE INDEX audit_by_office ON audit (office_id, seq);

CREATE TABLE audit_head (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: audit rows are append-only', TG_OP, TG_TABLE_NAME;
END
$$;

CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER audit_head_no_delete BEFORE DELETE OR TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
