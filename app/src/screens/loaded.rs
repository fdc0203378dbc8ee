//! A screen whose data comes from the server: the data's view, or the error screen in its place.

use std::future::Future;

use leptos::{either::Either, prelude::*};
use serde::{Serialize, de::DeserializeOwned};

use super::{ScreenId, z_errors::Problem};
use crate::error::ApiError;

/// Loads data before the page is sent and shows `view` with it. An error becomes its error screen, under this URL and
/// with its own status.
pub fn loaded<T, F, V, Load>(screen: ScreenId, load: Load, view: V) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Load: Fn() -> F + Send + Sync + 'static,
    F: Future<Output = Result<T, ApiError>> + Send + 'static,
    V: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let data = Resource::new_blocking(|| (), move |()| load());
    view! {
        <Suspense>
            {move || {
                let view = view.clone();
                Suspend::new(async move {
                    match data.await {
                        Ok(data) => Either::Left(view(data)),
                        Err(error) => {
                            report_status(&error);
                            Either::Right(view! { <Problem error from=screen/> })
                        }
                    }
                })
            }}
        </Suspense>
    }
}

/// Gives the page the error's HTTP status.
fn report_status(error: &ApiError) {
    #[cfg(feature = "ssr")]
    if let (Some(response), Ok(status)) =
        (use_context::<leptos_axum::ResponseOptions>(), http::StatusCode::from_u16(error.status()))
    {
        response.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = error;
}

/// Asks the browser to load the page again in two seconds.
pub(super) fn come_again() {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.insert_header(http::header::REFRESH, http::HeaderValue::from_static("2"));
    }
}
