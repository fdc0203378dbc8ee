//! The state of a form: what the last try was refused for, and whether one is under way.

use domain::form::{Field, FieldErrors};
use leptos::{
    prelude::*,
    server_fn::{ServerFn, error::FromServerFnError},
};
use serde::{Serialize, de::DeserializeOwned};

use super::text;
use crate::{browser, error::ApiError};

/// Errors of a form, as signals for its parts. Without JavaScript they come with the page (see
/// [`crate::services::Flash`]); with it, from the action.
#[derive(Clone, Copy)]
pub struct FormState {
    error: Signal<Option<ApiError>>,
    /// For the error summary: each field and what to do.
    pub fields: Signal<Vec<(Field, String)>>,
    /// For the error summary: what belongs to no field.
    pub message: Signal<Option<String>>,
    /// Something is wrong: the title says so.
    pub failed: Signal<bool>,
    /// A try is under way.
    pub busy: Signal<bool>,
}

impl FormState {
    /// The state of `action`'s form.
    pub fn of<S>(action: ServerAction<S>) -> Self
    where
        S: ServerFn<Output = (), Error = ApiError> + Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
        S::Error: FromServerFnError,
    {
        Self::starting_with(action, FieldErrors::default())
    }

    /// The same, with errors that were known when the page was made: those of a draft.
    pub fn starting_with<S>(action: ServerAction<S>, known: FieldErrors) -> Self
    where
        S: ServerFn<Output = (), Error = ApiError> + Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    {
        let value = action.value();
        let known = (!known.is_empty()).then_some(ApiError::Invalid(known));
        let error = Signal::derive(move || match value.get() {
            Some(Err(error)) => Some(error),
            Some(Ok(())) => None,
            None => known.clone(),
        });
        // Errors that no form can show have an error screen of their own.
        // What the first run finds came with the page, which is where it leads: leaving again would lose its message.
        Effect::new(move |previous: Option<()>| {
            if let Some(Err(error)) = value.get()
                && previous.is_some()
                && let Some(route) = error.leads_to()
            {
                browser::leave(&route.to_string());
            }
        });
        let fields = Signal::derive(move || error.with(|error| error.as_ref().map(text::summary).unwrap_or_default()));
        let message = Signal::derive(move || error.with(|error| error.as_ref().and_then(text::general)));
        let failed = Signal::derive(move || fields.with(|fields| !fields.is_empty()) || message.get().is_some());
        Self { error, fields, message, failed, busy: action.pending().into() }
    }

    /// What is wrong with one field.
    pub fn of_field(self, field: Field) -> Signal<Option<String>> {
        let fields = self.fields;
        Signal::derive(move || fields.with(|all| all.iter().find(|(f, _)| *f == field).map(|(_, text)| text.clone())))
    }

    /// The error itself, for screens that do more than show its text.
    pub fn error(self) -> Signal<Option<ApiError>> {
        self.error
    }
}

/// What was typed into a field of a form whose post failed without JavaScript; empty otherwise.
pub fn typed_before(endpoint: &str, name: &str) -> String {
    let flash = use_context::<crate::services::PageInfo>().and_then(|page| page.flash);
    flash
        .filter(|flash| flash.endpoint == endpoint)
        .and_then(|flash| flash.values.get(name).cloned())
        .unwrap_or_default()
}
