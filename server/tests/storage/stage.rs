//! A migrated database and people to put into it.

use std::collections::BTreeSet;

use domain::{
    Timestamp,
    account::{AccountKind, MemberForm, MemberProfile, PersonName, ServiceCode},
    contact::{Email, Phone},
    form::FieldErrors,
    job::Job,
};
use server::storage::{Db, StoreError, Tx, accounts, accounts::Account, offices, offices::Office};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use uuid::Uuid;

use crate::{
    serving::serving,
    support::{Engine, TestDatabase, ambient},
};

/// 2025-02-07, midnight in Japan.
pub(super) const NOW: Timestamp = Timestamp::from_seconds(1_738_854_000);

/// Makes one test per engine out of each function; `stage` is the function's own database.
macro_rules! on_both_engines {
    ($(async fn $name:ident($stage:ident: &Stage) $body:block)*) => {$(
        async fn $name($stage: &Stage) $body

        mod $name {
            use crate::{storage::stage::Stage, support::Engine};

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                super::$name(&Stage::new(Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                super::$name(&Stage::new(Engine::Postgres).await).await;
            }
        }
    )*};
}
pub(super) use on_both_engines;

/// A database that only one test uses.
pub(super) struct Stage {
    pub(super) db: Db,
    pub(super) engine: Engine,
    database: TestDatabase,
}

impl Stage {
    /// Migrated and empty.
    pub(super) async fn new(engine: Engine) -> Self {
        let stage = Self::unmigrated(engine).await;
        stage.db.migrate().await.unwrap();
        stage
    }

    pub(super) async fn unmigrated(engine: Engine) -> Self {
        let database = TestDatabase::new(engine).await;
        let db = Db::connect(&database.url).await.unwrap();
        Self { db, engine, database }
    }

    /// Another server on the same database.
    pub(super) async fn second_server(&self) -> Db {
        Db::connect(&self.database.url).await.unwrap()
    }

    /// A role that owns nothing, and the database's URL for it.
    pub(super) async fn serving(&self) -> (&'static str, String) {
        serving(&self.database.url).await
    }

    pub(super) async fn read(&self) -> Tx {
        self.db.read().await.unwrap()
    }

    pub(super) async fn write(&self) -> Tx {
        self.db.write().await.unwrap()
    }

    /// Runs SQL past this program: what an operator, or an intruder, might do.
    pub(super) async fn raw(&self, sql: &str) -> Result<(), sqlx::Error> {
        let (sql, url) = (AssertSqlSafe(sql.to_owned()), &self.database.url);
        match self.engine {
            Engine::Sqlite => {
                let mut connection = SqliteConnection::connect(url).await?;
                sqlx::raw_sql(sql).execute(&mut connection).await?;
                connection.close().await
            }
            Engine::Postgres => {
                let mut connection = PgConnection::connect(url).await?;
                sqlx::raw_sql(sql).execute(&mut connection).await?;
                connection.close().await
            }
        }
    }

    /// How SQLite would answer a query.
    pub(super) async fn plan(&self, sql: &str) -> String {
        let mut connection = SqliteConnection::connect(&self.database.url).await.unwrap();
        let sql = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
        let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(sql).fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        rows.into_iter().map(|(.., detail)| detail).collect::<Vec<_>>().join("; ")
    }

    /// A new office.
    pub(super) async fn office(&self) -> Office {
        let id = id();
        let digits = id.as_u128() % 10_000_000_000;
        let office =
            Office { id, number: format!("{digits:010}"), name: "ひまわり介護".to_owned(), created_at: NOW };
        let mut tx = self.write().await;
        offices::insert(&mut tx, &office).await.unwrap();
        tx.commit().await.unwrap();
        office
    }

    /// Stores an account.
    pub(super) async fn add(&self, account: &Account) -> Result<(), StoreError> {
        let mut tx = self.write().await;
        accounts::insert(&mut tx, account).await?;
        tx.commit().await
    }

    /// A stored administrator of a new office.
    pub(super) async fn administrator(&self) -> Account {
        let account = member(self.office().await.id, "NursingUserA000");
        self.add(&account).await.unwrap();
        account
    }

    /// A stored administrator of this office; answers the id.
    pub(super) async fn administrator_of(&self, office_id: Uuid, login_id: &str) -> Uuid {
        let account = member(office_id, login_id);
        self.add(&account).await.unwrap();
        account.id
    }

    /// The form that leads to a stored member.
    pub(super) async fn form_of(&self, id: Uuid) -> MemberForm {
        let Account { login_id, name, services, jobs, email, phone, .. } = self.stored(id).await;
        let login_id = domain::account::LoginId::parse(&login_id).unwrap();
        MemberProfile { login_id, name: name.unwrap(), services, jobs, email, phone }.to_form()
    }

    /// What is stored under this id.
    pub(super) async fn stored(&self, id: Uuid) -> Account {
        accounts::find(&mut self.read().await, id).await.unwrap().unwrap()
    }
}

/// A new id.
pub(super) fn id() -> Uuid {
    ambient().id()
}

/// An administrator that is stored nowhere yet.
pub(super) fn member(office_id: Uuid, login_id: &str) -> Account {
    Account {
        id: id(),
        office_id,
        kind: AccountKind::Administrator,
        login_id: login_id.to_owned(),
        name: Some(name("田中", "蓮", "たなか", "れん")),
        services: services(&["16", "A7"]),
        jobs: BTreeSet::from([Job::CareManager]),
        email: Some(Email::parse("tanaka@example.jp").unwrap()),
        phone: Some(Phone::parse("090-1234-5678").unwrap()),
        created_at: NOW,
        changed_at: NOW,
        last_sign_in_at: None,
        locked_at: None,
        suspended_at: None,
        expires_at: None,
        deleted_at: None,
        version: 1,
        password_hash: "$argon2id$hash".into(),
        password_initial: true,
        password_expires_at: Some(NOW.plus_minutes(60)),
        security_code_hash: None,
    }
}

/// A 事業所ユーザ that is stored nowhere yet.
pub(super) fn office_user(office_id: Uuid, login_id: &str) -> Account {
    Account {
        kind: AccountKind::Office,
        name: None,
        services: BTreeSet::new(),
        jobs: BTreeSet::new(),
        phone: None,
        security_code_hash: Some("$argon2id$code".into()),
        ..member(office_id, login_id)
    }
}

pub(super) fn name(family: &str, given: &str, family_kana: &str, given_kana: &str) -> PersonName {
    PersonName {
        family: family.to_owned(),
        given: given.to_owned(),
        family_kana: family_kana.to_owned(),
        given_kana: given_kana.to_owned(),
    }
}

pub(super) fn services(codes: &[&str]) -> BTreeSet<ServiceCode> {
    codes.iter().map(|code| ServiceCode::from_code(code).unwrap()).collect()
}

/// The profile of a member's form, judged as staff are.
pub(super) fn profile(form: &MemberForm) -> Result<MemberProfile, FieldErrors> {
    form.validate(domain::account::ContactRule::EitherRequired)
}
