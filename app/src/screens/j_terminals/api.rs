//! Server functions of J-1 … J-4. Each obtains the permission first; another office's terminal is `NotFound`.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use leptos::prelude::*;
use uuid::Uuid;

use crate::{error::ApiError, services::terminals::TerminalInfo};

/// J-1.
#[server(endpoint = "list_terminals")]
pub async fn list_terminals() -> Result<Vec<TerminalInfo>, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.register_terminals()?;
    services()?.terminals.list(&leave).await
}

/// J-3, J-4.
#[server(endpoint = "terminal_detail")]
pub async fn terminal_detail(id: Uuid) -> Result<TerminalInfo, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.register_terminals()?;
    services()?.terminals.detail(&leave, id).await
}

/// J-2 「認証」. J-1 shows what the platform said.
#[server(endpoint = "register_terminal")]
pub async fn register_terminal(
    terminal_user: String,
    terminal_password: String,
    terminal_id: String,
    terminal_name: String,
) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services, terminals::NewTerminal},
    };
    let leave = actor().await?.register_terminals()?;
    let new = NewTerminal {
        platform_user: &terminal_user,
        platform_password: &terminal_password,
        terminal_id: &terminal_id,
        name: &terminal_name,
    };
    services()?.terminals.register(&leave, &*request()?, new).await?;
    leptos_axum::redirect(&Route::Terminals.to_string());
    Ok(())
}

/// J-3 「接続を確認する」.
#[server(endpoint = "test_terminal")]
pub async fn test_terminal(id: Uuid) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.register_terminals()?;
    let verdict = services()?.terminals.test(&leave, &*request()?, id).await?;
    if verdict == domain::terminal::Verdict::Unavailable {
        return Err(ApiError::PlatformUnavailable);
    }
    leptos_axum::redirect(&Route::Terminal(id).to_string());
    Ok(())
}

/// J-3 「名称を変更する」.
#[server(endpoint = "rename_terminal")]
pub async fn rename_terminal(id: Uuid, terminal_name: String) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.register_terminals()?;
    services()?.terminals.rename(&leave, &*request()?, id, &terminal_name).await?;
    leptos_axum::redirect(&Route::Terminal(id).to_string());
    Ok(())
}

/// J-4 「登録を削除する」.
#[server(endpoint = "delete_terminal")]
pub async fn delete_terminal(id: Uuid) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.register_terminals()?;
    services()?.terminals.revoke(&leave, &*request()?, id).await?;
    leptos_axum::redirect(&Route::Terminals.to_string());
    Ok(())
}
