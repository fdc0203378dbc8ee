//! Server functions of D-1 … D-19. Each obtains the permission first; each error is the same for what does not exist
//! and for what belongs to another office.

#![expect(missing_docs, reason = "the macro makes a struct of each function's arguments")]

use domain::account::{MemberAct, MemberForm};
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    error::ApiError,
    routes::Members,
    services::accounts::{AccountDetail, AccountPage, Draft, ListQuery, LoginIdCheck},
};

/// D-1.
#[server(endpoint = "list_members")]
pub async fn list_members(members: Members, query: ListQuery) -> Result<AccountPage, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.manage(members)?;
    services()?.accounts.list(&leave, &query).await
}

/// D-5, D-6; D-7 with `deleted`.
#[server(endpoint = "member_detail")]
pub async fn member_detail(members: Members, id: Uuid, deleted: bool) -> Result<AccountDetail, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.manage(members)?;
    services()?.accounts.detail(&leave, id, deleted).await
}

/// D-2, D-3, D-8: the form under way. Without a draft's ID a new one is made and the page is opened under it, so that
/// reload, back and a second tab find the same form.
#[server(endpoint = "member_draft")]
pub async fn member_draft(members: Members, draft: Option<Uuid>, editing: Option<Uuid>) -> Result<Draft, ApiError> {
    use crate::{
        routes::Route,
        services::{actor, services},
    };
    let leave = actor().await?.manage(members)?;
    let accounts = services()?.accounts;
    let Some(draft) = draft else {
        let new = accounts.new_draft();
        let loaded = accounts.draft(&leave, new, editing).await?;
        let route =
            editing.map_or(Route::NewMember(members, Some(new)), |id| Route::EditMember(members, id, Some(new)));
        leptos_axum::redirect(&route.to_string());
        return Ok(loaded);
    };
    let loaded = accounts.draft(&leave, draft, editing).await?;
    if let Some(id) = loaded.completed {
        // Back button or reload after completion: show what came of it instead of registering the same person twice.
        let done = if editing.is_some() { Route::MemberEdited(members, id) } else { Route::NewMemberDone(members, id) };
        leptos_axum::redirect(&done.to_string());
    }
    Ok(loaded)
}

/// D-2 and D-8 「登録内容を確認する」.
#[server(endpoint = "submit_member")]
pub async fn submit_member(
    members: Members,
    draft: Uuid,
    editing: Option<Uuid>,
    #[server(default)] form: MemberForm,
) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let accounts = services()?.accounts;
    let actor = match actor().await {
        Err(ApiError::SessionTimedOut) => {
            // Nothing that was typed is lost: it waits for the same account's next session.
            accounts.keep_draft(&*request()?, members, draft, editing, form).await?;
            return Err(ApiError::SessionTimedOut);
        }
        other => other?,
    };
    accounts.submit_draft(&actor.manage(members)?, draft, editing, form).await?;
    let next = match editing {
        None => Route::CheckNewMember(members, draft),
        Some(id) => Route::CheckEditedMember(members, id, draft),
    };
    leptos_axum::redirect(&next.to_string());
    Ok(())
}

/// D-3 「管理者ユーザの登録を完了する」.
#[server(endpoint = "register_member")]
pub async fn register_member(members: Members, draft: Uuid) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.manage(members)?;
    match services()?.accounts.register(&leave, &*request()?, draft).await {
        Ok(id) => leptos_axum::redirect(&Route::NewMemberDone(members, id).to_string()),
        // Taken meanwhile: back to the form, which shows it beside the field.
        Err(ApiError::Invalid(_)) => leptos_axum::redirect(&Route::NewMember(members, Some(draft)).to_string()),
        Err(other) => return Err(other),
    }
    Ok(())
}

/// D-8 「変更を完了する」.
#[server(endpoint = "change_member")]
pub async fn change_member(members: Members, draft: Uuid) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.manage(members)?;
    let id = services()?.accounts.change(&leave, &*request()?, draft).await?;
    leptos_axum::redirect(&Route::MemberEdited(members, id).to_string());
    Ok(())
}

/// D-6 「アカウントを削除する」.
#[server(endpoint = "delete_member")]
pub async fn delete_member(members: Members, id: Uuid, #[server(default)] warned: bool) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{actor, request, services},
    };
    let leave = actor().await?.manage(members)?;
    services()?.accounts.delete(&leave, &*request()?, id, warned).await?;
    leptos_axum::redirect(&Route::MemberDeleted(members, id).to_string());
    Ok(())
}

/// D-10: the act that its page asked about. `seen`: see [`AccountDetail::seen`].
#[server(endpoint = "act_on_member")]
pub async fn act_on_member(
    members: Members,
    id: Uuid,
    act: MemberAct,
    seen: i64,
    #[server(default)] warned: bool,
    #[server(default)] expires_on: String,
) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{accounts::Confirmed, actor, request, services},
    };
    let leave = actor().await?.manage(members)?;
    let confirmed = Confirmed { seen, warned, expires_on: &expires_on };
    services()?.accounts.act(&leave, &*request()?, id, act, confirmed).await?;
    leptos_axum::redirect(&Route::Acted(members, id, act).to_string());
    Ok(())
}

/// D-9 「一般ユーザに変更する」 or the other way round.
#[server(endpoint = "change_member_kind")]
pub async fn change_member_kind(
    members: Members,
    id: Uuid,
    version: i64,
    #[server(default)] warned: bool,
) -> Result<(), ApiError> {
    use crate::{
        routes::Route,
        services::{accounts::Confirmed, actor, request, services},
    };
    let leave = actor().await?.manage(members)?.change_kind()?;
    let confirmed = Confirmed { seen: version, warned, expires_on: "" };
    services()?.accounts.change_kind(&leave, &*request()?, id, confirmed).await?;
    leptos_axum::redirect(&Route::MovedTo(members.other(), id).to_string());
    Ok(())
}

/// Whether a ユーザID can be had, while it is typed.
#[server(endpoint = "check_login_id")]
pub async fn check_login_id(
    members: Members,
    login_id: String,
    editing: Option<Uuid>,
) -> Result<LoginIdCheck, ApiError> {
    use crate::services::{actor, services};
    let leave = actor().await?.manage(members)?;
    services()?.accounts.check_login_id(&leave, &login_id, editing).await
}
