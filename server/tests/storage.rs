//! The storage contract: what every function promises, on SQLite and on PostgreSQL.

mod support;

mod storage {
    mod stage;

    mod accounts;
    mod audit;
    mod care;
    mod drafts;
    mod guards;
    mod list;
    mod news;
    mod offices;
    mod outbox;
    mod passwords;
    mod schema;
    mod sessions;
    mod sign_ins;
    mod transactions;
}
