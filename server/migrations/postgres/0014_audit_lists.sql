-- Lists of audit records are ordered by time and go on where a page ended: one index for each way in, so that a page costs
-- the same at ten rows as at ten millions. The group is the part of the action before its point.

DROP INDEX audit_by_office;
CREATE INDEX audit_by_office ON audit (office_id, at, seq);
CREATE INDEX audit_by_account ON audit (account_id, at, seq);
CREATE INDEX audit_by_group ON audit (office_id, (split_part(action, '.', 1)), at, seq);
CREATE INDEX audit_by_target ON audit (target, at, seq) WHERE target IS NOT NULL;
-- What was refused is rare, and looked for often.
CREATE INDEX audit_refused ON audit (office_id, at, seq) WHERE result <> 'ok';
CREATE INDEX audit_refused_by_group ON audit (office_id, (split_part(action, '.', 1)), at, seq) WHERE result <> 'ok';

-- When the operator plans to close the service: one plan at most.
CREATE TABLE maintenance (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL CHECK (ends_at > starts_at),
    text TEXT NOT NULL
);
