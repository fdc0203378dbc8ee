//! The only place that talks to the browser beyond what Leptos does.
