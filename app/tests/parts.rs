//! The parts as the server sends them: what assistive technology and browsers without JavaScript get.
#![cfg(feature = "ssr")]

use std::{fs, path::Path};

use app::parts::{Answer, Answers, ChoiceGroup, ChoiceSet, ErrorSummary, Field, FieldKind, styleguide::CHAPTERS};
use domain::form;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;

fn html<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| {
        provide_meta_context();
        view().into_view().to_html()
    })
}

/// Values of an attribute, in document order.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_wrong_field_points_to_its_error() {
    let html = html(|| {
        view! {
            <Field
                field=form::Field::Email name="form[email]" label="メールアドレス" kind=FieldKind::Email
                support="会社のもの" error=Some("入力してください。".to_owned())
            />
        }
    });
    assert_eq!(values(&html, "name"), ["form[email]"]);
    assert_eq!(values(&html, "for"), ["email"]);
    assert_eq!(values(&html, "aria-invalid"), ["true"]);
    assert_eq!(values(&html, "aria-describedby"), ["email-support email-error"]);
    assert_eq!(values(&html, "id"), ["email-support", "email", "email-error"]);
    assert!(html.contains("＊入力してください。"), "{html}");
}

#[test]
fn a_right_field_says_nothing_of_errors() {
    let html = html(|| view! { <Field field=form::Field::Phone label="携帯電話番号" required=false value="090"/> });
    assert!(values(&html, "aria-invalid").is_empty() && values(&html, "aria-describedby").is_empty(), "{html}");
    assert!(html.contains("任意") && !html.contains("※必須"), "{html}");
    assert_eq!(values(&html, "value"), ["090"]);
}

#[test]
fn an_error_summary_is_there_only_with_errors() {
    let empty = html(|| view! { <ErrorSummary/> });
    assert!(!empty.contains("alert"), "{empty}");
    let errors = vec![
        (form::Field::LoginId, "短すぎます。".to_owned()),
        (form::Field::Services, "選択してください。".to_owned()),
    ];
    let full = html(|| view! { <ErrorSummary errors/> });
    assert_eq!(values(&full, "href"), ["#login_id", "#services"]);
    assert!(full.contains("2か所") && full.contains("autofocus"), "{full}");
}

#[test]
fn choices_are_plain_check_boxes_and_chosen_groups_are_open() {
    let groups = vec![
        ChoiceSet {
            name: "居宅", choices: vec![("11", "訪問介護"), ("16", "通所リハビリテーション")]
        },
        ChoiceSet { name: "総合事業", choices: vec![("A7", "通所型サービス(独自/定率)")] },
    ];
    let html = html(|| {
        view! {
            <ChoiceGroup
                field=form::Field::Services name="form[services][]" legend="サービス種類" groups=groups
                chosen=vec!["16".to_owned()]
            />
        }
    });
    assert_eq!(values(&html, "name"), ["form[services][]"; 3]);
    assert_eq!(values(&html, "value"), ["11", "16", "A7"]);
    assert_eq!(html.matches(" checked").count(), 1, "{html}");
    assert_eq!(html.matches("<details open").count(), 1, "{html}");
}

#[test]
fn answers_name_what_their_link_changes() {
    let html = html(|| view! { <Answers><Answer label="ユーザID" change="/new#login_id">"A"</Answer></Answers> });
    assert_eq!(values(&html, "href"), ["/new#login_id"]);
    assert!(html.contains("変更<span class=\"visually-hidden\">：ユーザID"), "{html}");
}

#[test]
fn nothing_needs_inline_styles_or_scripts() {
    for chapter in CHAPTERS {
        let html = html(chapter.parts);
        for forbidden in [" style=", "<script", "<style", " onclick=", "javascript:"] {
            assert!(!html.contains(forbidden), "{}: {forbidden}", chapter.name);
        }
    }
}

/// The sources under a folder of this crate, one after the other.
fn sources(folder: &str, keep: fn(&str) -> bool) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() && keep(&name) {
            text += &sources(&format!("{folder}/{name}"), keep);
        } else if keep(&name) && path.extension().is_some_and(|extension| extension == "rs") {
            text += &fs::read_to_string(&path).unwrap();
        }
    }
    text
}

/// What follows `before` in each place, as far as it is a name.
fn names<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    let name = |rest: &'a str| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap();
    text.split(before).skip(1).map(name).filter(|name| name.starts_with(char::is_uppercase)).collect()
}

/// The variants of each enum that says which kind of a part is wanted.
fn kinds(parts: &str) -> Vec<String> {
    let enums = parts.split("pub enum ").skip(1).filter_map(|rest| rest.split_once('{'));
    let variants = enums.flat_map(|(name, rest)| {
        let body = rest.split_once("\n}").unwrap().0;
        let lines = body.lines().map(str::trim).filter(|line| line.starts_with(char::is_uppercase));
        lines.map(move |line| format!("{}::{}", name.trim(), line.trim_end_matches(','))).collect::<Vec<_>>()
    });
    variants.collect()
}

#[test]
fn every_part_and_every_kind_of_one_stands_in_the_style_guide() {
    let parts = sources("src/parts", |name| !name.starts_with("styleguide"));
    let public = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/parts.rs")).unwrap();
    let guide = sources("src/parts/styleguide", |_| true)
        + &fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/parts/styleguide.rs")).unwrap()
        + &sources("examples/styleguide", |_| true);
    let components: Vec<&str> = names(&parts, "\npub fn ");
    assert!(components.len() > 40, "{components:?}");
    let exported: Vec<&str> = public.split(|c: char| !c.is_alphanumeric()).collect();
    let shown = |name: &str| guide.contains(&format!("<{name}")) || !exported.contains(&name);
    let missing: Vec<&str> = components.into_iter().filter(|name| !shown(name)).collect();
    assert!(missing.is_empty(), "parts that the style guide does not show: {missing:?}");
    let kinds = kinds(&parts);
    assert!(kinds.contains(&"FieldKind::Day".to_owned()), "{kinds:?}");
    let missing: Vec<&String> = kinds.iter().filter(|kind| !guide.contains(kind.as_str())).collect();
    assert!(missing.is_empty(), "kinds that the style guide does not show: {missing:?}");
}
