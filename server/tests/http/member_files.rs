//! D-21 and the lists' files: who is registered, what is said about the rest, and what happens with it.

use std::{
    fmt::Write,
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use http::header;
use server::demo::data::OFFICES;

use super::{
    browser::{Browser, Page},
    service::{Mail, Service, on_both_engines},
};

/// D-21's address.
pub(super) const D21: &str = "/administrators/import";
const HEAD: &str = "ユーザID,姓,名,せい,めい,サービス種類,職種区分,メールアドレス,携帯電話番号\r\n";

/// A file of people that are not registered yet.
pub(super) fn people_csv(prefix: &str, numbers: Range<u32>) -> String {
    let mut text = HEAD.to_owned();
    for n in numbers {
        let (id, mail) = (format!("{prefix}{n:02}"), format!("{}{n:02}@import.example.jp", prefix.to_lowercase()));
        write!(text, "{id},髙島,𠮷子,ﾀｶｼﾏ,よしこ,16;通所型サービス(独自/定率),ケアマネジャー、看護職,{mail},\r\n")
            .unwrap();
    }
    text
}

/// 「内容を確認する」.
pub(super) async fn upload(browser: &mut Browser, text: &str) -> Page {
    browser.upload(D21, "upload_members", &[("members", "administrators")], ("people.csv", text.as_bytes())).await
}

/// Sends a file and answers its import's ID.
pub(super) async fn send_file(browser: &mut Browser, text: &str) -> String {
    let page = upload(browser, text).await;
    page.path.split_once("import=").unwrap_or_else(|| panic!("no import: {}", page.body)).1.to_owned()
}

async fn press(browser: &mut Browser, import: &str) -> Page {
    let fields = [("members", "administrators"), ("import", import)];
    browser.post_form(&format!("{D21}?import={import}"), "register_import", &fields).await
}

/// Waits until the import is no longer under way.
async fn settled(browser: &mut Browser, import: &str) -> Page {
    for _ in 0..500 {
        let page = browser.visit(&format!("{D21}?import={import}")).await;
        if page.header("refresh").is_empty() {
            return page;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the import does not end");
}

/// 「登録する」, until everybody is registered.
pub(super) async fn register_all(browser: &mut Browser, import: &str) -> Page {
    press(browser, import).await;
    let page = settled(browser, import).await;
    assert!(page.body.contains("人登録しました"), "{}", page.body);
    page
}

async fn administrators(service: &Service) -> i64 {
    service.database.count("SELECT COUNT(*) FROM accounts WHERE kind = 'administrator'").await
}

async fn issued(service: &Service) -> Vec<Mail> {
    service.mails().await.into_iter().filter(|mail| mail.to.ends_with("@import.example.jp")).collect()
}

async fn export(browser: &mut Browser, query: &str) -> Page {
    browser.get(&format!("/administrators/export.csv{query}")).await
}

on_both_engines! {
    async fn everybody_in_a_file_is_registered_together(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let before = administrators(service).await;
        let page = upload(&mut browser, &people_csv("Takashima", 1..31)).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("D-21", 200));
        assert!(page.body.contains("30人全員を登録できます") && page.body.contains("people.csv"));
        assert_eq!(page.body.matches("<div>登録できます").count(), 30, "a result for every row");
        let import = page.path.split_once("import=").unwrap().1.to_owned();
        assert_eq!(administrators(service).await, before, "a dry run registers nobody");

        register_all(&mut browser, &import).await;
        assert_eq!(administrators(service).await, before + 30);
        let mails = issued(service).await;
        assert_eq!(mails.len(), 30);
        let mail = mails.iter().find(|mail| mail.to == "takashima07@import.example.jp").unwrap();
        assert_eq!(mail.subject, "アカウント発行のお知らせ");
        assert!(mail.text.contains("Takashima07") && mail.text.contains(OFFICES[0].number));
        let initial = |mail: &Mail| mail.text.lines().find(|line| line.len() == 19).unwrap().to_owned();
        let passwords: std::collections::BTreeSet<String> = mails.iter().map(initial).collect();
        assert_eq!(passwords.len(), 30, "each has a password of its own");

        let rows = service.database.audit().await;
        let rows: Vec<_> = rows.iter().filter(|row| row.line() == "D-21 account.register ok").collect();
        assert_eq!(rows.len(), 30);
        assert!(rows.iter().all(|row| row.detail.contains(&import) && row.login_id == OFFICES[0].login_id));
        assert!(rows.iter().all(|row| !row.detail.contains("髙島") && !row.detail.contains('@')));
        let kept = "SELECT COUNT(*) FROM member_imports WHERE sealed IS NOT NULL";
        assert_eq!(service.database.count(kept).await, 0, "what was in the file is forgotten");

        // The list shows the file's order, the newest first, and who is on it can sign in.
        let list = browser.visit("/administrators?q=takashima").await;
        let (last, first) = (list.body.find("Takashima30").unwrap(), list.body.find("Takashima29").unwrap());
        assert!(last < first);
        let mut member = service.browser(0);
        let password = initial(mail);
        let fields = [("login_id", "takashima07"), ("password", password.as_str())];
        assert_eq!(member.post_form("/sign-in/member", "start_member", &fields).await.screen(), "B-12");
    }

    async fn a_second_click_registers_nobody_twice(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let before = administrators(service).await;
        let import = send_file(&mut browser, &people_csv("Takashima", 1..21)).await;
        let mut other = browser.clone();
        tokio::join!(press(&mut browser, &import), press(&mut other, &import));
        register_all(&mut browser, &import).await;
        press(&mut browser, &import).await;
        assert_eq!(administrators(service).await, before + 20);
        assert_eq!(issued(service).await.len(), 20);
    }

    async fn one_wrong_row_keeps_everybody_out(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let before = administrators(service).await;
        let rows = "short,髙島,,たかしま,yoshiko,99,,nobody,03-1234-5678\r\n\
                    NursingUserA000,田中,蓮,たなか,れん,16,看護職,a@import.example.jp,\r\n\
                    Repeated01,田中,蓮,たなか,れん,16,看護職,b@import.example.jp,\r\n\
                    repeated01,田中,蓮,たなか,れん,16,看護職,c@import.example.jp,\r\n\
                    Ragged0001,田中,蓮,たなか,れん,11,16,看護職,d@import.example.jp,\r\n\
                    KJ123456789012,田中,蓮,たなか,れん,16,看護職,e@import.example.jp,\r\n";
        let page = upload(&mut browser, &(people_csv("Takashima", 1..3) + rows)).await;
        for text in [
            "8行のうち6行に、直すところがあります",
            "ユーザIDは半角英数字6文字以上で入力してください。",
            "名を入力してください。",
            "はひらがなまたはカタカナで入力してください。",
            "サービス種類は一覧から選択してください。",
            "職種区分を1つ以上選択してください。",
            "メールアドレスを正しい形で入力してください",
            "携帯電話番号は070・080・090から始まる",
            "このユーザIDはすでに使われています。",
            "同じユーザIDが、ファイルのほかの行にもあります。",
            "項目の数が見出しより多くなっています。",
        ] {
            assert!(page.body.replace("<wbr>", "").contains(text), "{text}");
        }
        assert!(!page.body.contains("人を登録する"), "nothing to press");
        let import = page.path.split_once("import=").unwrap().1.to_owned();
        let page = browser.visit(&format!("{D21}?import={import}&show=faulty")).await;
        assert!(!page.body.contains("Takashima01") && page.body.contains("Ragged0001"));
        let page = press(&mut browser, &import).await;
        assert_eq!((page.screen(), page.status.as_u16()), ("D-21", 409), "pressed all the same");
        assert_eq!(administrators(service).await, before);
        assert_eq!(issued(service).await.len(), 0);
    }

    async fn files_that_cannot_be_taken_say_why(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let large = HEAD.to_owned() + &"x".repeat(1024 * 1024);
        for (text, said) in [
            ("", "登録するファイルを選択してください。"),
            (HEAD, "登録する行がありません。"),
            ("ID,name\r\nx,y\r\n", "見出しの行がひな形と違います。"),
            ("PK\u{3}\u{4}", "CSVとして読み取れません。"),
            (large.as_str(), "1MB以内のファイルを選択してください。"),
        ] {
            let page = upload(&mut browser, text).await;
            assert_eq!((page.screen(), page.status.as_u16(), page.path.as_str()), ("D-21", 422, D21), "{said}");
            assert!(page.body.contains(said) && page.body.contains("<title>エラー："), "{said}");
        }
        let fields = [("members", "administrators")];
        let huge = vec![b'x'; 5 * 1024 * 1024];
        let page = browser.upload_only(D21, "upload_members", &fields, ("x.csv", &huge)).await;
        assert_eq!(page.status, 413);
        let page = browser.post_form(D21, "upload_members", &fields).await;
        assert_eq!(page.status, 400, "no file can be in such a form");
        assert_eq!(service.database.count("SELECT COUNT(*) FROM member_imports").await, 0);
    }

    async fn an_import_that_died_says_so_and_can_be_begun_again(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let before = administrators(service).await;
        let import = send_file(&mut browser, &people_csv("Takashima", 1..4)).await;
        // What a server leaves that was killed while it made passwords.
        let alive = service.clock_micros() + 30_000_000;
        let dead = format!("UPDATE member_imports SET step = 'running', prepared = 2, lease = id, lease_until = {alive}");
        service.database.execute(&dead).await;
        let page = press(&mut browser, &import).await;
        assert_eq!(page.header("refresh"), "2", "it may still be alive, elsewhere");
        assert!(page.body.contains("3件中 2件"));
        service.clock.advance_seconds(31);
        let page = browser.visit(&format!("{D21}?import={import}")).await;
        assert!(page.body.contains("登録が途中で終わりました") && page.body.contains("1人も登録されていません"));
        assert_eq!(administrators(service).await, before);
        register_all(&mut browser, &import).await;
        assert_eq!(administrators(service).await, before + 3);
    }

    async fn an_id_taken_meanwhile_keeps_everybody_out(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let import = send_file(&mut browser, &people_csv("Takashima", 1..4)).await;
        super::accounts::register(&mut browser, "Takashima02").await;
        let before = administrators(service).await;
        assert_eq!(press(&mut browser, &import).await.status, 409);
        let page = browser.visit(&format!("{D21}?import={import}")).await;
        assert!(page.body.contains("3行のうち1行に、直すところがあります"));
        assert_eq!((administrators(service).await, issued(service).await.len()), (before, 0));
    }

    async fn an_import_is_its_owners_and_goes_after_a_day(service: &Service) {
        let mut owner = service.signed_in(0).await;
        let import = send_file(&mut owner, &people_csv("Takashima", 1..4)).await;
        let path = format!("{D21}?import={import}");
        let mut other = service.signed_in(1).await;
        assert_eq!(other.visit(&path).await.screen(), "Z-5");
        assert_eq!(owner.visit(&path.replace("administrators", "staff")).await.screen(), "Z-5", "another kind's");
        let mut administrator = service.signed_in_member("NursingUserA000").await;
        assert_eq!(administrator.visit(&path).await.screen(), "Z-4");
        assert_eq!(administrator.visit("/staff/import").await.screen(), "D-21");
        for number in 1..5 {
            service.clock.advance_seconds(1);
            send_file(&mut owner, &people_csv("Takashima", number..5)).await;
        }
        assert_eq!(service.database.count("SELECT COUNT(*) FROM member_imports").await, 3, "the newest are kept");
        assert_eq!(owner.visit(&path).await.screen(), "Z-5");
        service.clock.advance_minutes(24 * 60 + 1);
        server::jobs::purge(&service.core).await.unwrap();
        assert_eq!(service.database.count("SELECT COUNT(*) FROM member_imports").await, 0);
    }

    async fn staff_are_taken_by_administrators_and_reached_by_phone(service: &Service) {
        let mut browser = service.signed_in_member("NursingUserA000").await;
        let text = HEAD.to_owned() + "Staff000001,山本,太郎,やまもと,たろう,11,一般介護職,,9012345678\r\n";
        let fields = [("members", "staff")];
        let page = browser.upload("/staff/import", "upload_members", &fields, ("staff.csv", text.as_bytes())).await;
        let import = page.path.split_once("import=").unwrap_or_else(|| panic!("{}", page.body)).1.to_owned();
        let fields = [("members", "staff"), ("import", import.as_str())];
        browser.post_form(&page.path, "register_import", &fields).await;
        for _ in 0..500 {
            if browser.visit(&page.path).await.body.contains("1人登録しました") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let kind = "SELECT COUNT(*) FROM accounts WHERE login_id = 'Staff000001' AND kind = 'staff'";
        assert_eq!(service.database.count(kind).await, 1);
        let sent = service.mails().await;
        assert!(sent.iter().any(|mail| mail.to == "09012345678" && mail.text.contains("Staff000001")), "{sent:?}");
        let fields = [("members", "administrators")];
        let page = browser.upload("/staff/import", "upload_members", &fields, ("x.csv", text.as_bytes())).await;
        assert_eq!(page.screen(), "Z-4", "administrators make no administrators");
    }

    async fn whoever_was_suspended_meanwhile_registers_nobody(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let before = administrators(service).await;
        let import = send_file(&mut browser, &people_csv("Takashima", 1..400)).await;
        // Each of its passwords waits behind these, so that the suspension comes between the click and the end.
        let suspended = Arc::new(AtomicBool::new(false));
        let others = (0..200).map(|_| {
            let (passwords, ambient) = (service.core.passwords.clone(), service.core.ambient.clone());
            let suspended = Arc::clone(&suspended);
            tokio::spawn(async move {
                while !suspended.load(Ordering::Relaxed) {
                    passwords.hash(&ambient, "x".into()).await.unwrap();
                }
            })
        });
        let others: Vec<_> = others.collect();
        press(&mut browser, &import).await;
        let suspend = format!("UPDATE accounts SET suspended_at = 1 WHERE login_id = '{}'", OFFICES[0].login_id);
        service.database.execute(&suspend).await;
        suspended.store(true, Ordering::Relaxed);
        for other in others {
            other.await.unwrap();
        }
        let open = "SELECT COUNT(*) FROM member_imports WHERE step = 'running' AND lease_until IS NOT NULL";
        while service.database.count(open).await > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!((administrators(service).await, issued(service).await.len()), (before, 0));
    }

    async fn a_list_is_given_out_as_it_is_shown(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let page = browser.visit("/administrators?q=%E3%81%9F%E3%81%AA%E3%81%8B&service=16").await;
        let link = page.between("href=\"/administrators/export.csv", "\"").unwrap().replace("&amp;", "&");
        let file = export(&mut browser, &link).await;
        assert_eq!(file.status, 200);
        assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(file.header("cache-control"), "no-store");
        let name = "attachment; filename=\"users.csv\"; filename*=UTF-8''%E7%AE%A1%E7%90%86%E8%80%85";
        assert!(file.header(header::CONTENT_DISPOSITION.as_str()).starts_with(name));
        assert!(file.header("content-disposition").ends_with("_20250207.csv"));
        let lines: Vec<&str> = file.body.strip_prefix('\u{feff}').unwrap().split("\r\n").collect();
        assert_eq!(lines.len(), 3, "head, 田中, and the end: {lines:?}");
        assert!(lines[1].starts_with("NursingUserA000,田中,蓮,たなか,れん,通所リハビリテーション;"), "{}", lines[1]);
        let row = service.database.audit().await.pop().unwrap();
        assert_eq!(row.line(), "D-21 account.export ok");
        assert!(row.detail.contains("\"filtered\"") && !row.detail.contains("たなか"), "{}", row.detail);
        let all = export(&mut browser, "").await;
        assert_eq!(all.body.lines().count(), 1 + 23, "every page, and no other office's");
        assert!(!all.body.contains("Aozora"));
    }

    async fn names_are_no_formulas_and_files_have_a_limit(service: &Service) {
        let mut browser = service.signed_in(0).await;
        let wicked = "UPDATE accounts SET family_name = '=1+1', email = '+x@example.jp' WHERE login_id = 'NursingUserA000'";
        service.database.execute(wicked).await;
        let file = export(&mut browser, "?q=NursingUserA000").await;
        assert!(file.body.contains(",'=1+1,") && file.body.contains(",'+x@example.jp,"), "{}", file.body);
        for _ in 1..10 {
            assert_eq!(export(&mut browser, "").await.status, 200);
        }
        assert_eq!(export(&mut browser, "").await.status, 429);
        service.clock.advance_minutes(16);
        assert_eq!(export(&mut browser, "").await.status, 200);
        let mut administrator = service.signed_in_member("NursingUserA002").await;
        assert_eq!(export(&mut administrator, "").await.screen(), "Z-4");
        let template = administrator.get("/staff/import/template.csv").await;
        assert!(template.body.starts_with("\u{feff}ユーザID,姓,名") && template.body.contains("記入例（この行は登録されません）"));
        assert_eq!(service.browser(0).get("/administrators/export.csv").await.location(), "/sign-in/member");
        assert!(service.visitor().get("/administrators/export.csv").await.location().starts_with("https://"));
    }
}
