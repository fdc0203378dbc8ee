//! Writes the style guide as HTML files that open from disk: `make styleguide`.
//!
//! `cargo run -p app --features ssr --example styleguide -- <folder> <the site's folder>`

use std::{fs, io, path::Path};

use app::{
    parts::{
        Frame,
        styleguide::{CHAPTERS, Chapter},
    },
    screens::ScreenId,
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;

mod page;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, site] = arguments.as_slice() else {
        return Err(io::Error::other("usage: styleguide <folder> <the site's folder>"));
    };
    let site = fs::canonicalize(site)?;
    let css = style_sheet(&site)?;
    fs::create_dir_all(folder)?;
    for chapter in CHAPTERS {
        let file = Path::new(folder).join(format!("{}.html", chapter.name));
        fs::write(&file, document(&chapter, &render(&chapter), &css))?;
        println!("{}", file.display());
    }
    Ok(())
}

/// The built style sheet's text: the pages stand alone.
fn style_sheet(site: &Path) -> io::Result<String> {
    let manifest: serde_json::Value = serde_json::from_str(&fs::read_to_string(site.join("manifest.json"))?)?;
    let name = manifest["css"].as_str().ok_or_else(|| io::Error::other("manifest.json names no style sheet"))?;
    fs::read_to_string(site.join(name.trim_start_matches('/')))
}

fn render(chapter: &Chapter) -> String {
    let owner = Owner::new();
    owner.with(|| {
        provide_meta_context();
        framed(chapter).to_html()
    })
}

/// The last chapter is about the frame: it shows the one of somebody who is signed in.
fn framed(chapter: &Chapter) -> AnyView {
    let page = if chapter.name == "frame" { page::office() } else { page::signed_out() };
    let (title, parts) = (chapter.title, chapter.parts);
    view! { <Frame screen=ScreenId::H1 page=page title=title wide=true>{parts()}</Frame> }.into_any()
}

/// The attributes stand for what the two scripts would set, so that the pages show what people see in the end.
fn document(chapter: &Chapter, body: &str, css: &str) -> String {
    let title = chapter.title;
    format!(
        "<!DOCTYPE html><html lang=\"ja\" data-hydrated data-script><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>部品一覧：{title}</title>\
         <style>{css}</style></head><body>{body}</body></html>"
    )
}
