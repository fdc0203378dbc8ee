-- お知らせ of the operator, shown on the top page until they end.

CREATE TABLE news (
    id UUID PRIMARY KEY NOT NULL,
    published_at BIGINT NOT NULL,
    ends_at BIGINT,
    title TEXT NOT NULL,
    body TEXT NOT NULL
);

CREATE INDEX news_by_time ON news (published_at, id);
