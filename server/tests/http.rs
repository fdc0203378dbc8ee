//! The service over HTTP: the real router, services and database, driven as a browser drives them.

#[path = "support/serving.rs"]
mod serving;
mod support;

mod http {
    mod album;
    mod browser;
    mod cards;
    mod database;
    mod passkey_device;
    mod service;
    #[path = "../platform/stand.rs"]
    mod stand;

    mod accounts;
    mod acts;
    mod authenticators;
    mod care;
    mod care_access;
    mod care_batch;
    mod care_platform;
    mod care_remote;
    mod concurrency;
    mod emergency;
    mod forged_requests;
    mod headers;
    mod history;
    mod import_office;
    mod last_administrator;
    mod matrix;
    mod member_files;
    mod member_sign_in;
    mod news;
    mod operator;
    mod other_office;
    mod own_account;
    mod pages;
    mod passkeys;
    mod passwords;
    mod readings;
    mod rights;
    mod screens;
    mod secrets;
    mod set_up;
    mod sign_in;
    mod sign_in_limits;
    mod staff;
    mod terminals;
}
