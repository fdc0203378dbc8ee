//! PostgreSQL as `serve` should use it.

use sqlx::{Connection, PgConnection};

/// A role of PostgreSQL that owns nothing, and the URL of its owner's database for it.
pub(crate) async fn serving(owner: &str) -> (&'static str, String) {
    const ROLE: &str = "care_serving";
    // Tests in parallel make it at the same time, on one server.
    let make = "DO $$ BEGIN CREATE ROLE care_serving LOGIN PASSWORD 'care_serving';
         EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";
    let mut connection = PgConnection::connect(owner).await.unwrap();
    sqlx::raw_sql(make).execute(&mut connection).await.unwrap();
    let (_, place) = owner.rsplit_once('@').unwrap();
    (ROLE, format!("postgres://{ROLE}:{ROLE}@{place}"))
}
