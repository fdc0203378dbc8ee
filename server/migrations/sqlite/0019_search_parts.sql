-- Search by parts of one, two and three characters. Of three, since a whole reading is then looked up in lists that grow
-- little with the number of accounts; those of pairs grew with it.

DROP TRIGGER accounts_searched_insert;
DROP TRIGGER accounts_searched_update;
DROP TRIGGER accounts_searched_delete;
DROP TABLE account_pairs;

CREATE VIRTUAL TABLE account_parts USING fts5 (parts, content = '', contentless_delete = 1, detail = none,
    tokenize = 'ascii');

-- What stands in the index for an account: words of an office's own, in hexadecimal digits, which no tokenizer changes.
CREATE VIEW searched_accounts (doc, account_id, parts) AS
SELECT doc, account_id, (
    SELECT group_concat(hex(office_id) || hex(substr(search_text, place, size)), ' ')
    FROM search_places, (SELECT 1 AS size UNION ALL SELECT 2 UNION ALL SELECT 3)
    WHERE place <= length(search_text)
)
FROM account_search JOIN accounts ON accounts.id = account_id;

INSERT INTO account_parts (rowid, parts) SELECT doc, parts FROM searched_accounts;

CREATE TRIGGER accounts_searched_insert AFTER INSERT ON accounts
BEGIN
    INSERT INTO account_search (account_id) VALUES (new.id);
    INSERT INTO account_parts (rowid, parts) SELECT doc, parts FROM searched_accounts WHERE account_id = new.id;
END;

CREATE TRIGGER accounts_searched_update AFTER UPDATE OF office_id, search_text ON accounts
BEGIN
    DELETE FROM account_parts WHERE rowid = (SELECT doc FROM account_search WHERE account_id = new.id);
    INSERT INTO account_parts (rowid, parts) SELECT doc, parts FROM searched_accounts WHERE account_id = new.id;
END;

CREATE TRIGGER accounts_searched_delete BEFORE DELETE ON accounts
BEGIN
    DELETE FROM account_parts WHERE rowid = (SELECT doc FROM account_search WHERE account_id = old.id);
    DELETE FROM account_search WHERE account_id = old.id;
END;
