//! The storage contract: what every function promises, on SQLite and on PostgreSQL.

#[path = "support/serving.rs"]
mod serving;
mod support;

mod storage {
    mod stage;

    mod accounts;
    mod administer;
    mod audit;
    mod audit_list;
    mod batches;
    mod care;
    mod credentials;
    mod drafts;
    mod emergencies;
    mod guards;
    mod list;
    mod maintenance;
    mod news;
    mod offices;
    mod outbox;
    mod passwords;
    mod schema;
    mod sessions;
    mod sign_ins;
    mod transactions;
}
