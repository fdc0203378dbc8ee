//! F-1, F-2, F-3: who sees which records, what one record tells, and the file.

use app::screens::f_audit::actions::{known_action, known_result};
use http::{Request, header};
use server::demo::data::{MEMBER_PASSWORD, OFFICES};

use super::{
    accounts::register,
    browser::{Browser, Page},
    service::{Service, on_both_engines},
};
use crate::support::Engine;

/// Asks for the file as the form of F-3 does.
async fn export(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    browser.post_path("/history/export", "/download/records", fields).await
}

/// The number of the newest record with this action.
async fn newest(service: &Service, action: &str) -> i64 {
    service.database.count(&format!("SELECT MAX(seq) FROM audit WHERE action = '{action}'")).await
}

/// As the screens of care information will write it.
async fn viewing(service: &Service, login_id: &str, item: &str) {
    service.database.execute(&format!(
        "INSERT INTO audit (seq, at, request_id, office_id, account_id, account_kind, login_id, certificate, address, screen,
             action, target, result, detail, hash)
         SELECT 1000000 + (SELECT COUNT(*) FROM audit), {}, 'ABCDEF012345', office_id, id, kind, login_id, 'x', '192.0.2.9',
             'E-6', 'care.view', NULL, 'ok', '{{\"items\":[\"{item}\"],\"purpose\":\"ケアプランの作成\"}}', {}
         FROM accounts WHERE login_id = '{login_id}'",
        service.core.ambient.now().micros(),
        match service.database.engine {
            Engine::Sqlite => "X'00'",
            Engine::Postgres => "'\\x00'",
        }
    )).await;
}

/// So many records of the first office at once, past the program.
async fn many(service: &Service, count: i64) {
    let (numbers, hash) = match service.database.engine {
        Engine::Sqlite => {
            (format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"), "X'00'")
        }
        Engine::Postgres => (format!("WITH n(i) AS (SELECT generate_series(1, {count}))"), "'\\x00'"),
    };
    service.database.execute(&format!(
        "{numbers} INSERT INTO audit (seq, at, request_id, office_id, account_id, account_kind, login_id, certificate, address,
             screen, action, target, result, detail, hash)
         SELECT 1000000 + i, i, 'x', offices.id, NULL, NULL, '', '', '', 'A-4', 'sign_in.code', NULL, 'ok', '{{}}', {hash}
         FROM n, offices WHERE offices.number = '{}'",
        OFFICES[0].number
    )).await;
}

on_both_engines! {
    async fn the_office_sees_everything_and_staff_only_their_own(service: &Service) {
        let mut office = service.signed_in(0).await;
        register(&mut office, "Takashima01").await;
        let mut administrator = service.signed_in_member("NursingUserA000").await;
        let mut staff = service.signed_in_member("NursingStaffB000").await;
        for (browser, others) in [(&mut office, true), (&mut administrator, true), (&mut staff, false)] {
            let page = browser.visit("/history").await;
            assert_eq!((page.screen(), page.status.as_u16()), ("F-1", 200));
            assert!(page.body.contains("NursingStaffB000") && page.body.contains("鈴木 一郎"));
            assert_eq!(page.body.contains("アカウントの登録"), others && page.body.contains("Takashima01"));
            assert_eq!(page.body.contains("NursingUserA000"), others);
            assert_eq!(page.body.contains("name=\"login_id\""), others, "nobody else to look for");
            assert!(page.body.contains("ログイン（ワンタイム認証コードの入力）") && page.body.contains("成功"));
        }
        // Asked for another person, staff are still shown their own rows.
        let page = staff.visit("/history?login_id=NursingUserA000").await;
        assert!(page.body.contains("NursingStaffB000") && !page.body.contains("田中 蓮"));
        let mut stranger = service.signed_in(1).await;
        let page = stranger.visit("/history").await;
        assert!(!page.body.contains("Nursing") && page.body.contains(OFFICES[1].login_id));
    }

    async fn one_record_tells_what_was_done_from_where(service: &Service) {
        let mut office = service.signed_in(0).await;
        let id = register(&mut office, "Takashima01").await;
        let seq = newest(service, "account.register").await;
        let page = office.visit(&format!("/history/{seq}")).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("F-1", 200));
        for told in ["アカウントの登録", "Takashima01 髙島 𠮷子", "ユーザ区分", "D-3", "127.0.0.1", "いまお使いの端末と同じ"] {
            assert!(page.body.contains(told), "{told}");
        }
        for hidden in ["takashima@member.example.jp", "9012345678", "argon2", id.as_str()] {
            assert!(!page.body.contains(hidden), "{hidden}");
        }
        assert!(page.body.contains(&format!("href=\"/history/{seq}\"")) || page.body.contains("一覧に戻る"));
        // Nobody else's, nothing of another list, nothing at all: all the same.
        let mut staff = service.signed_in_member("NursingStaffB000").await;
        let mut stranger = service.signed_in(1).await;
        for browser in [&mut staff, &mut stranger] {
            for path in [format!("/history/{seq}"), "/history/999999999".to_owned(), "/history/-1".to_owned()] {
                let page = browser.visit(&path).await;
                assert_eq!((page.screen(), page.status.as_u16()), ("Z-5", 404), "{path}");
            }
        }
        assert_eq!(office.visit(&format!("/viewings/{seq}")).await.screen(), "Z-5", "no viewing of care information");
    }

    async fn viewings_are_listed_with_who_what_and_why(service: &Service) {
        viewing(service, "NursingStaffB000", "要介護認定").await;
        viewing(service, "NursingUserA000", "ケアプラン").await;
        let mut office = service.signed_in(0).await;
        let page = office.visit("/viewings").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("F-2", 200));
        for told in ["鈴木 一郎", "要介護認定", "田中 蓮", "ケアプランの作成"] {
            assert!(page.body.contains(told), "{told}");
        }
        assert!(!page.body.contains("ワンタイム認証コード"), "nothing but care information");
        let mut staff = service.signed_in_member("NursingStaffB000").await;
        let page = staff.visit("/viewings").await;
        assert!(page.body.contains("要介護認定") && !page.body.contains("田中 蓮"));
        let file = export(&mut office, &[("records", "viewings")]).await;
        assert!(file.body.contains("鈴木 一郎,一般ユーザ,,要介護認定,ケアプランの作成,成功"), "{}", file.body);
    }

    async fn the_state_of_the_list_stands_in_the_address(service: &Service) {
        let mut office = service.signed_in(0).await;
        let wrong = [("login_id", "NursingUserA000"), ("password", "wrong")];
        service.browser(0).post_form("/sign-in/member", "start_member", &wrong).await;
        let page = office.visit("/history?group=sign_in&outcome=refused&from=2025-02-07&to=2025-02-07").await;
        for told in ["操作の種類：ログイン", "結果：成功以外", "期間：2025/02/07以降", "入力の誤り", "全 1 件"] {
            assert!(page.body.contains(told), "{told}");
        }
        assert!(page.body.contains("/history/export?from=2025-02-07"), "the file has the same conditions");
        let page = office.visit("/history?from=2025-02-08").await;
        assert!(page.body.contains("条件に合う操作は見つかりませんでした"));
    }

    async fn the_file_is_complete_harmless_and_recorded(service: &Service) {
        let mut office = service.signed_in(0).await;
        register(&mut office, "Takashima01").await;
        viewing(service, "NursingUserA000", "=HYPERLINK(1)").await;
        let page = office.visit("/history/export").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("F-3", 200));
        let file = export(&mut office, &[("records", "operations"), ("from", "2025-02-07"), ("to", "nonsense")]).await;
        assert_eq!((file.status.as_u16(), file.header("content-type")), (200, "text/csv; charset=utf-8"));
        let name = "%E6%93%8D%E4%BD%9C%E5%B1%A5%E6%AD%B4_20250207.csv";
        let disposition = format!("attachment; filename=\"history.csv\"; filename*=UTF-8''{name}");
        assert_eq!(file.header("content-disposition"), disposition);
        assert_eq!(file.header("cache-control"), "no-store");
        assert!(file.body.starts_with("\u{feff}日時,ユーザID,氏名") && file.body.ends_with("\r\n"));
        let lines: Vec<&str> = file.body.lines().collect();
        assert!(lines.iter().any(|line| line.contains("アカウントの登録,Takashima01 髙島 𠮷子,成功")), "{}", file.body);
        assert_eq!(i64::try_from(lines.len()).unwrap() - 1, service.database.count(
            "SELECT COUNT(*) FROM audit WHERE office_id IS NOT NULL AND action <> 'audit.export'").await);
        for hidden in ["argon2", "takashima@member", "9012345678", OFFICES[0].password, MEMBER_PASSWORD] {
            assert!(!file.body.contains(hidden), "{hidden}");
        }
        let rows = service.database.audit().await;
        let row = rows.iter().find(|row| row.action == "audit.export").unwrap();
        assert_eq!(row.line(), "F-3 audit.export ok");
        assert_eq!(row.login_id, OFFICES[0].login_id);
        let detail = row.detail.replace(' ', "");
        assert!(detail.contains("\"rows\":") && detail.contains("2025/02/07") && !detail.contains("nonsense"), "{detail}");
        let viewings = export(&mut office, &[("records", "viewings")]).await;
        assert!(viewings.body.contains(",'=HYPERLINK(1),"), "{}", viewings.body);
    }

    async fn a_file_that_would_be_too_long_is_refused_with_advice(service: &Service) {
        let mut office = service.signed_in(0).await;
        many(service, 20_001).await;
        let before = service.database.audit().await.len();
        let answer = export(&mut office, &[("records", "operations")]).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/history/export"));
        let page = office.visit("/history/export").await;
        assert_eq!((page.screen(), page.status.as_u16()), ("F-3", 422));
        assert!(page.body.contains("期間を短くして") && page.body.contains("1,000件以上"));
        assert_eq!(service.database.audit().await.len(), before, "nothing left, nothing recorded");
        let file = export(&mut office, &[("records", "operations"), ("from", "2025-02-07")]).await;
        assert_eq!(file.status.as_u16(), 200);
    }

    async fn nobody_else_gets_the_file(service: &Service) {
        let mut office = service.signed_in(0).await;
        let fields = [("records", "operations")];
        assert_eq!(export(&mut service.visitor(), &fields).await.status.as_u16(), 404, "the public door");
        for mut browser in [service.browser(0), service.stranger()] {
            let answer = export(&mut browser, &fields).await;
            assert_eq!((answer.status.as_u16(), answer.location()), (303, "/problem"));
        }
        let foreign = Request::post("/download/records").header(header::ORIGIN, "https://evil.example");
        assert_eq!(office.send(foreign.body("records=operations".into()).unwrap()).await.status.as_u16(), 403);
        assert_eq!(office.get("/download/records").await.status.as_u16(), 405);
        for body in [&[][..], &[("records", "everything")]] {
            assert_eq!(export(&mut office, body).await.location(), "/problem");
        }
        let exports = "SELECT COUNT(*) FROM audit WHERE action = 'audit.export'";
        assert_eq!(service.database.count(exports).await, 0);
        let own = export(&mut service.signed_in_member("NursingStaffB000").await, &fields).await;
        assert!(own.body.contains("NursingStaffB000") && !own.body.contains(OFFICES[0].login_id), "{}", own.body);
        let other = export(&mut service.signed_in(1).await, &fields).await;
        assert!(!other.body.contains("NursingStaffB000"), "{}", other.body);
    }
}

/// Texts in double quotes that follow `opening` within the same call.
fn literals<'a>(source: &'a str, opening: &str) -> Vec<&'a str> {
    let calls = source.split(opening).skip(1).map(|rest| rest.split_once(';').map_or(rest, |(call, _)| call));
    calls.flat_map(|call| call.split('"').skip(1).step_by(2).take(1)).collect()
}

/// What the services write into the trail is what the screens have words for.
#[test]
fn every_action_and_result_has_words() {
    let mut files = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src/services"))];
    let mut sources = Vec::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            sources.push(std::fs::read_to_string(path).unwrap());
        }
    }
    let of = |opening: &str| sources.iter().flat_map(|source| literals(source, opening)).collect::<Vec<_>>();
    let is_action =
        |text: &&str| text.contains('.') && text.bytes().all(|b| b.is_ascii_lowercase() || b"._".contains(&b));
    let actions: Vec<&str> = [of("Row::new("), of("operator_entry(")].concat().into_iter().filter(is_action).collect();
    assert!(actions.len() > 15, "{actions:?}");
    let unknown: Vec<_> = actions.iter().filter(|action| known_action(action).is_none()).collect();
    assert!(unknown.is_empty(), "actions without words in app/src/screens/f_audit/actions.rs: {unknown:?}");
    // What stands between the brackets; a result that is computed there is no literal.
    let arguments =
        sources.iter().flat_map(|source| source.split(".result(").skip(1)).filter_map(|rest| rest.split(')').next());
    let results: Vec<&str> = arguments.flat_map(|argument| argument.split('"').skip(1).step_by(2)).collect();
    let refusals = domain::reading::Refusal::ALL.iter().map(|refusal| refusal.code());
    let results: Vec<&str> = results.into_iter().chain(refusals).collect();
    assert!(results.contains(&"timed_out"), "{results:?}");
    let unknown: Vec<_> = results.iter().filter(|result| known_result(result).is_none()).collect();
    assert!(unknown.is_empty(), "results without words in app/src/screens/f_audit/actions.rs: {unknown:?}");
}
