//! The operator's changes of the view matrix, laid over the program's own.

use domain::care::{Item, Matrix, Rule, ViewerClass};

use crate::storage::{
    StoreError, Tx,
    row::{Stored, read_from_row},
    tx::on_engine,
};

struct Cell {
    class: ViewerClass,
    item: Item,
    rule: Rule,
}

read_from_row!(Cell { class, item, rule });

struct Need {
    item: Item,
    needed: bool,
}

read_from_row!(Need { item, needed });

/// The matrix in force.
pub async fn load_matrix(tx: &mut Tx) -> Result<Matrix, StoreError> {
    let mut matrix = Matrix::default();
    let sql = "SELECT class, item, rule FROM care_matrix";
    let cells: Vec<Cell> = on_engine!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await)?;
    for cell in cells {
        matrix.set(cell.class, cell.item, cell.rule);
    }
    let sql = "SELECT item, needed FROM care_matrix_consent";
    let needs: Vec<Need> = on_engine!(tx, conn => sqlx::query_as(sql).fetch_all(conn).await)?;
    for need in needs {
        matrix.set_consent(need.item, need.needed);
    }
    Ok(matrix)
}

/// Changes one cell.
pub async fn set_rule(tx: &mut Tx, class: ViewerClass, item: Item, rule: Rule) -> Result<(), StoreError> {
    let sql = "INSERT INTO care_matrix (class, item, rule) VALUES ($1, $2, $3)
         ON CONFLICT (class, item) DO UPDATE SET rule = excluded.rule";
    on_engine!(tx, conn => sqlx::query(sql)
        .bind(class.raw())
        .bind(item.raw())
        .bind(rule.raw())
        .execute(conn).await.map(drop))?;
    Ok(())
}

/// Changes whether an item needs consent.
pub async fn set_consent(tx: &mut Tx, item: Item, needed: bool) -> Result<(), StoreError> {
    let sql = "INSERT INTO care_matrix_consent (item, needed) VALUES ($1, $2)
         ON CONFLICT (item) DO UPDATE SET needed = excluded.needed";
    on_engine!(tx, conn => sqlx::query(sql).bind(item.raw()).bind(needed).execute(conn).await.map(drop))?;
    Ok(())
}
