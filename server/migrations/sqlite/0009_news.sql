-- お知らせ of the operator, shown on the top page until they end.

CREATE TABLE news (
    id BLOB PRIMARY KEY NOT NULL,
    published_at INTEGER NOT NULL,
    ends_at INTEGER,
    title TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

CREATE INDEX news_by_time ON news (published_at, id);
