//! What stands around a page. The page itself is in a [`Frame`](crate::parts::Frame), with the menu of whoever is signed in.

use leptos::prelude::*;

use super::section;
use crate::{
    parts::{
        Breadcrumb, Button, Crumb, DownloadForm, Furigana, Link, PRODUCT, PageTurner, PostForm, PrintButton,
        ProductMark, QrCode, with_readings,
    },
    routes::Download,
};

pub(super) fn frame() -> AnyView {
    view! {
        {section("現在位置", crumbs())}
        {section("ページの前後", turner())}
        {section("名前と印", mark())}
        {section("フォーム", forms())}
        {section("QRコードと印刷", paper())}
        {section("ふりがな", furigana())}
    }
    .into_any()
}

fn crumbs() -> AnyView {
    let items =
        vec![Crumb::to("管理メニュー", "/"), Crumb::to("管理者ユーザ一覧", "/"), Crumb::here("管理者ユーザ詳細")];
    view! { <Breadcrumb items/> }.into_any()
}

/// Not beside a `Pager`: a list has one of the two, and both are called the same.
fn turner() -> AnyView {
    view! {
        <PageTurner shown="1,000件以上のうち 2025/02/07 09:00〜2025/02/07 10:00" newer=Some("/?a".to_owned()) older=Some("/?b".to_owned())/>
    }
    .into_any()
}

fn mark() -> AnyView {
    view! { <p><ProductMark/>" "{PRODUCT}" "<Link href="/">"リンク"</Link></p> }.into_any()
}

fn forms() -> AnyView {
    view! {
        <PostForm action="/"><Button>"送信する"</Button></PostForm>
        <DownloadForm action=Download::Records><Button>"ファイルを書き出す"</Button></DownloadForm>
    }
    .into_any()
}

fn paper() -> AnyView {
    view! { <QrCode label="認証アプリに登録するQRコード" size=9 path="M2 2h3v3h-3zM6 6h1v1h-1z".to_owned()/> <PrintButton/> }
        .into_any()
}

fn furigana() -> AnyView {
    view! { <Furigana/> <p>{with_readings("｜同意《どうい》する｜方《かた》")}</p> }.into_any()
}
