//! PostgreSQL with two roles: one owns the schema and migrates, the other serves and can do no more than it has to.

use sqlx::{AssertSqlSafe, PgPool};

use super::StoreError;

/// Gives `role` what serving needs: rows may be read and written, the audit trail read and continued, and the schema not
/// be touched.
///
/// What it had before is taken away first. Errors: `Sql` (no such role, or the schema is somebody else's).
pub(super) async fn grant(pool: &PgPool, role: &str) -> Result<(), StoreError> {
    let mut tx = pool.begin().await?;
    let role: String = sqlx::query_scalar("SELECT quote_ident($1)").bind(role).fetch_one(&mut *tx).await?;
    let statements = format!(
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
         GRANT USAGE ON SCHEMA public TO {role};
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
         REVOKE UPDATE, DELETE ON audit FROM {role};
         REVOKE INSERT, DELETE ON audit_head FROM {role};
         REVOKE INSERT, UPDATE, DELETE ON _sqlx_migrations FROM {role}"
    );
    sqlx::raw_sql(AssertSqlSafe(statements)).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}
