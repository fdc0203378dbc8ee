//! Pages under load.

use tokio::task::JoinSet;

use super::service::Service;
use crate::support::Engine;

#[tokio::test(flavor = "multi_thread")]
async fn pages_rendered_at_once_do_not_disturb_each_other() {
    let service = Service::new(Engine::Sqlite).await;
    let browser = service.signed_in(0).await;
    let id = service.account("NursingUserA000").await;
    let pages = [
        ("/administrators/new".to_owned(), "D-2", "管理者ユーザ新規登録"),
        ("/administrators".to_owned(), "D-1", "管理者ユーザ一覧"),
        ("/office".to_owned(), "C-1", "管理メニュー"),
        (format!("/administrators/{id}/edit"), "D-8", "管理者ユーザの編集"),
        ("/sign-in/office".to_owned(), "A-2", "事業所ユーザログイン"),
    ];
    let mut visits = JoinSet::new();
    for (path, screen, title) in pages.into_iter().cycle().take(200) {
        let mut window = browser.clone();
        visits.spawn(async move { (window.visit(&path).await, screen, title) });
    }
    for (page, screen, title) in visits.join_all().await {
        assert_eq!((page.status.as_u16(), page.screen()), (200, screen), "{}: {}", page.path, page.body);
        assert!(page.between("<title>", "</title>").unwrap().starts_with(title), "{}", page.path);
    }
}
