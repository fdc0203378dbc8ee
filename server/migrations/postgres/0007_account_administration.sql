-- Locks by hand, and indexes for the lists' filters by state.

-- Locked by an administrator since then, until somebody unlocks. Locks by wrong passwords stand in `guards`.
ALTER TABLE accounts ADD COLUMN locked_at BIGINT;

-- The order by the last sign-in; the further columns let 「有効」 be counted without reading the rows.
CREATE INDEX accounts_by_sign_in
    ON accounts (office_id, kind, last_sign_in_at NULLS FIRST, id, suspended_at, expires_at, locked_at, login_id_key)
    WHERE deleted_at IS NULL;

-- Few accounts are in these states, in each of them.
CREATE INDEX accounts_suspended ON accounts (office_id, kind, created_at, id)
    WHERE deleted_at IS NULL AND suspended_at IS NOT NULL;
CREATE INDEX accounts_expiring ON accounts (office_id, kind, expires_at, id)
    WHERE deleted_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX accounts_locked ON accounts (office_id, kind, id)
    WHERE deleted_at IS NULL AND locked_at IS NOT NULL;
CREATE INDEX accounts_deleted ON accounts (office_id, kind, deleted_at, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX guards_locked ON guards (locked_until, key) WHERE scope = 'login_id' AND locked_until IS NOT NULL;

-- Sign-ins under way end with the password that they began with.
CREATE INDEX sign_in_attempts_open ON sign_in_attempts (account_id) WHERE ended_at IS NULL;
