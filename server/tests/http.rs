//! The service over HTTP: the real router, services and database, driven as a browser drives them.

mod support;

mod http {
    mod album;
    mod browser;
    mod cards;
    mod database;
    mod service;

    mod accounts;
    mod care;
    mod concurrency;
    mod headers;
    mod import_office;
    mod member_sign_in;
    mod news;
    mod other_office;
    mod pages;
    mod passwords;
    mod readings;
    mod screens;
    mod secrets;
    mod sign_in;
    mod sign_in_limits;
    mod terminals;
}
