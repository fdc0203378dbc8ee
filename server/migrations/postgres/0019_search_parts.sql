-- Search by parts of one, two and three characters. Of three, since a whole reading is then looked up in lists that grow
-- little with the number of accounts; those of pairs grew with it.

CREATE FUNCTION search_parts(office UUID, words TEXT) RETURNS TEXT[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT CAST(office AS TEXT) || substr(words, place, size))
    FROM generate_series(1, length(words)) AS place, generate_series(1, 3) AS size
$$;

DROP INDEX accounts_by_pairs;
DROP FUNCTION search_pairs;

CREATE INDEX accounts_by_parts ON accounts USING gin (search_parts(office_id, search_text)) WITH (fastupdate = off)
WHERE deleted_at IS NULL;
