//! Writes the style guide and mock screens as HTML files, to be opened beside the built style sheet:
//!
//! `cargo run -p app --features ssr --example styleguide -- <folder> <style sheet's address> <preferences.js's address>`
//!
//! The mock screens show how screens are put together from the parts; they are not shipped.

use std::{fs, io, path::Path};

use app::{
    parts::{Frame, Styleguide},
    screens::ScreenId,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;

mod accounts;
mod list;
mod page;
mod sign_in;

type Screen = (&'static str, fn() -> AnyView);

const SCREENS: &[Screen] = &[
    ("styleguide", styleguide),
    ("a-1", sign_in::a_1),
    ("a-2", sign_in::a_2),
    ("b-2", sign_in::b_2),
    ("z-2", sign_in::z_2),
    ("c-1", accounts::c_1),
    ("idle", accounts::idle),
    ("d-1", list::d_1),
    ("d-2", accounts::d_2),
    ("d-3", accounts::d_3),
    ("d-4", accounts::d_4),
    ("d-5", accounts::d_5),
    ("d-6", accounts::d_6),
];

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, css, preferences] = arguments.as_slice() else {
        return Err(io::Error::other("usage: styleguide <folder> <css> <preferences.js>"));
    };
    fs::create_dir_all(folder)?;
    for (name, screen) in SCREENS {
        let html = document(&render(*screen), css, preferences);
        fs::write(Path::new(folder).join(format!("{name}.html")), html)?;
    }
    Ok(())
}

fn render(screen: fn() -> AnyView) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_meta_context();
        screen().to_html()
    })
}

/// The attributes stand for what the two scripts would set, so that pictures show what people see in the end.
fn document(body: &str, css: &str, preferences: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"ja\" data-hydrated><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>mock</title>\
         <link rel=\"stylesheet\" href=\"{css}\"><script src=\"{preferences}\"></script></head><body>{body}</body></html>"
    )
}

fn styleguide() -> AnyView {
    view! {
        <Frame screen=ScreenId::H1 page=page::signed_out() title="部品一覧" lead="すべての部品を、すべての状態で並べています。" wide=true>
            <Styleguide/>
        </Frame>
    }
    .into_any()
}
