//! The icons: drawn on a 24-unit grid with one stroke weight, always beside a word, so hidden from screen readers.

use leptos::prelude::*;

macro_rules! icons {
    ($($name:ident, $path:literal;)*) => {
        /// What an icon shows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the variants are the things drawn")]
        pub enum IconKind { $($name,)* }

        impl IconKind {
            /// Every icon, for the style guide.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            const fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

icons! {
    Office, "M4 21V8l8-5 8 5v13M2.5 21h19M9.5 21v-5h5v5M8.5 11h.01M12 11h.01M15.5 11h.01";
    Person, "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c0-3.6 3.1-6 7.5-6s7.5 2.4 7.5 6";
    People, "M9 11.5a3.75 3.75 0 1 0 0-7.5 3.75 3.75 0 0 0 0 7.5ZM2 20c0-3.3 2.8-5.5 7-5.5s7 2.2 7 5.5M16 4.3a3.75 3.75 0 0 1 0 6.9M18 14.9c2.5.7 4 2.6 4 5.1";
    PersonAdd, "M10 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM2.5 20.5c0-3.6 3.1-6 7.5-6 1.7 0 3.2.4 4.4 1M18.5 14.5v6M15.5 17.5h6";
    List, "M8.5 6h12M8.5 12h12M8.5 18h12M4 6h.01M4 12h.01M4 18h.01";
    Info, "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.5h.01";
    Success, "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.3l2.8 2.8L16 9.7";
    Warning, "M12 3.5 22 20.5H2L12 3.5ZM12 10v4.5M12 17.5h.01";
    Danger, "M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3L8.3 3ZM12 7.5v5.5M12 16.5h.01";
    Check, "M5 12.5l4.7 4.7L19 7.5";
    Lock, "M6 10.5h12a1 1 0 0 1 1 1V20a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8.5a1 1 0 0 1 1-1ZM8 10.5V7a4 4 0 0 1 8 0v3.5";
    Key, "M15 15.5a6 6 0 1 0-5.6-3.9L3 18v3h3.5v-2.5H9V16h1.9l1.5-1.4c.8.6 1.7.9 2.6.9ZM16 8.5h.01";
    Pause, "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM10 9v6M14 9v6";
    Clock, "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2";
    Ring, "M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Z";
    Mail, "M4 5.5h16a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1ZM3.5 7l8.5 6 8.5-6";
    Phone, "M5 3.5h3.5l1.8 4.6-2.3 1.7c1 2.4 2.8 4.2 5.2 5.2l1.7-2.3 4.6 1.8V18c0 1.4-1.1 2.5-2.5 2.5C9.6 20.5 3.5 14.4 3.5 7c0-1.4.6-3.5 1.5-3.5Z";
    Help, "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.5a2.5 2.5 0 1 1 3.9 2c-.9.7-1.4 1.2-1.4 2.2M12 16.8h.01";
    Book, "M12 6.5C10 5 7.5 4.5 3.5 4.5v14c4 0 6.5.5 8.5 2 2-1.5 4.5-2 8.5-2v-14c-4 0-6.5.5-8.5 2ZM12 6.5v14";
    Menu, "M3.5 6h17M3.5 12h17M3.5 18h17";
    Close, "M6 6l12 12M18 6 6 18";
    Right, "M9 5l7 7-7 7";
    Left, "M15 5l-7 7 7 7";
    Down, "M5 9l7 7 7-7";
    Ascending, "M12 19V5M6 11l6-6 6 6";
    Descending, "M12 5v14M6 13l6 6 6-6";
    Unsorted, "M8 9.5 12 5.5l4 4M8 14.5l4 4 4-4";
    Search, "M10.5 17.5a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM15.5 15.5l5.5 5.5";
    Copy, "M9 8.5h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1ZM5 15.5a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1";
    Edit, "M4 20l1-4.5L16.5 4a1.4 1.4 0 0 1 2 0L20 5.5a1.4 1.4 0 0 1 0 2L8.5 19 4 20ZM14 6.5l3.5 3.5";
    Delete, "M4 6.5h16M9.5 6.5V4h5v2.5M6 6.5 7 20.5h10l1-14M10 10.5v6M14 10.5v6";
    SignOut, "M10 3.5H5a1 1 0 0 0-1 1v15a1 1 0 0 0 1 1h5M15.5 7.5 20 12l-4.5 4.5M9.5 12H20";
    Display, "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 3v18M12 8h6.5M12 12h8M12 16h6.5";
    Certificate, "M12 14a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM8.5 12.7 7 21l5-2.5 5 2.5-1.5-8.3M10 8.5l1.5 1.5 2.5-3";
    Terminal, "M4 4.5h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-10a1 1 0 0 1 1-1ZM8 20.5h8M12 16.5v4";
}

/// One icon, as large as the text beside it asks for.
#[component]
pub fn Icon(
    /// What it shows.
    kind: IconKind,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=kind.path()></path>
        </svg>
    }
    .into_any()
}

/// The product's mark: a house with a tick. Drawn for this project; no government's or organisation's logo.
#[component]
pub fn ProductMark() -> impl IntoView {
    view! {
        <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path class="mark__house" d="M16 2.5 29.5 12.7V27a3 3 0 0 1-3 3h-21a3 3 0 0 1-3-3V12.7L16 2.5Z"></path>
            <path class="mark__tick" d="M9.5 18.5l4.7 4.7 8.6-9.2"></path>
        </svg>
    }
    .into_any()
}
