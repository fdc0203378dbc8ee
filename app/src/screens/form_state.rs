//! The state of a form: what the last try was refused for, and what was typed then.

use domain::form::{Field, FieldErrors};
use leptos::server_fn::ServerFn;

use super::{screen::page_info, text};
use crate::error::ApiError;

/// What is wrong with a form, for its parts. Every form is posted as a whole, with JavaScript as without; the errors come
/// with the page that the answer leads to (see [`crate::services::Flash`]).
#[derive(Clone, Debug, Default)]
pub struct FormState {
    /// Path of the server function behind the form.
    pub endpoint: &'static str,
    /// For the error summary: each field and what to do.
    pub fields: Vec<(Field, String)>,
    /// For the error summary: what belongs to no field.
    pub message: Option<String>,
    /// The error itself, for screens that do more than show its text.
    pub error: Option<ApiError>,
}

impl FormState {
    /// The state of the form that posts to `S`.
    pub fn of<S: ServerFn>() -> Self {
        Self::starting_with::<S>(FieldErrors::default())
    }

    /// The same, with errors that were known when the page was made: those of a draft.
    pub fn starting_with<S: ServerFn>(known: FieldErrors) -> Self {
        Self::posted_to(S::url(), known)
    }

    /// The state of a form that posts to a path that is no server function: a download.
    pub fn at(path: &'static str) -> Self {
        Self::posted_to(path, FieldErrors::default())
    }

    fn posted_to(endpoint: &'static str, known: FieldErrors) -> Self {
        let refused = page_info().flash.filter(|flash| flash.endpoint == endpoint).map(|flash| flash.error);
        let error = refused.or_else(|| (!known.is_empty()).then_some(ApiError::Invalid(known)));
        let fields = error.as_ref().map(text::summary).unwrap_or_default();
        let message = error.as_ref().and_then(text::general);
        Self { endpoint, fields, message, error }
    }

    /// Something is wrong: the title says so.
    pub fn failed(&self) -> bool {
        !self.fields.is_empty() || self.message.is_some()
    }

    /// What is wrong with one field.
    pub fn of_field(&self, field: Field) -> Option<String> {
        self.fields.iter().find(|(other, _)| *other == field).map(|(_, text)| text.clone())
    }

    /// What was typed into the field before the post was refused; empty for secrets and on a first visit.
    pub fn typed(&self, name: &str) -> String {
        let flash = page_info().flash.filter(|flash| flash.endpoint == self.endpoint);
        flash.and_then(|flash| flash.values.get(name).cloned()).unwrap_or_default()
    }
}
