use domain::{
    account::{AccountKind, AccountState, LoginId, MemberForm},
    contact::Email,
    sign_in::Failures,
};
use secrecy::{ExposeSecret, SecretString};
use server::storage::{
    StoreError,
    accounts::{
        Account, find_by_login_id, find_in_office, login_id_taken, mark_deleted, set_last_sign_in, set_password,
        update_imported, update_profile, usual_services,
    },
};
use tokio::task::JoinSet;

use super::stage::{NOW, Stage, id, member, office_user, on_both_engines, profile, services};

fn login_id(text: &str) -> LoginId {
    LoginId::parse(text).unwrap()
}

/// `Account` has no equality: hashes are compared nowhere else.
fn assert_same(found: &Account, expected: &Account) {
    assert_eq!(format!("{found:?}"), format!("{expected:?}"));
    assert_eq!(found.email, expected.email);
    assert_eq!(found.phone, expected.phone);
    assert_eq!(found.password_hash.expose_secret(), expected.password_hash.expose_secret());
    let code = |account: &Account| account.security_code_hash.as_ref().map(|hash| hash.expose_secret().to_owned());
    assert_eq!(code(found), code(expected));
}

async fn delete(stage: &Stage, account: &Account) -> bool {
    let mut tx = stage.write().await;
    let deleted = mark_deleted(&mut tx, account.office_id, account.kind, account.id, NOW).await.unwrap();
    tx.commit().await.unwrap();
    deleted
}

fn changed_form() -> MemberForm {
    MemberForm {
        login_id: "NursingUserB111".into(),
        family_name: "髙橋".into(),
        given_name: "花子".into(),
        family_kana: "たかはし".into(),
        given_kana: "はなこ".into(),
        services: vec!["43".into()],
        jobs: vec!["nurse".into(), "clerk".into()],
        email: String::new(),
        phone: "080-9876-5432".into(),
    }
}

on_both_engines! {
    async fn members_and_office_users_are_stored_whole(stage: &Stage) {
        let office = stage.office().await;
        let every_time = Account {
            last_sign_in_at: Some(NOW.plus_seconds(1)),
            locked_at: Some(NOW.plus_seconds(4)),
            suspended_at: Some(NOW.plus_seconds(2)),
            expires_at: Some(NOW.plus_seconds(3)),
            ..member(office.id, "NursingUserA000")
        };
        for account in [every_time, office_user(office.id, "KJ123456789012")] {
            stage.add(&account).await.unwrap();
            assert_same(&stage.stored(account.id).await, &account);
            let found = find_by_login_id(&mut stage.read().await, &login_id(&account.login_id)).await.unwrap();
            assert_same(&found.unwrap(), &account);
        }
    }

    async fn nothing_secret_is_printed(stage: &Stage) {
        let account = office_user(stage.office().await.id, "KJ123456789012");
        stage.add(&account).await.unwrap();
        let printed = format!("{:?}", stage.stored(account.id).await);
        assert!(!printed.contains("argon2id") && !printed.contains("example.jp"), "{printed}");
    }

    async fn the_login_id_is_found_in_any_letter_case(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tx = stage.read().await;
        let found = find_by_login_id(&mut tx, &login_id("nursingUSERa000")).await.unwrap().unwrap();
        assert_eq!((found.id, found.login_id.as_str()), (account.id, "NursingUserA000"));
        assert!(find_by_login_id(&mut tx, &login_id("NursingUserA001")).await.unwrap().is_none());
    }

    async fn an_account_exists_only_in_its_office_and_kind(stage: &Stage) {
        let account = stage.administrator().await;
        let other = stage.office().await;
        let mut tx = stage.read().await;
        let kind = AccountKind::Administrator;
        assert!(find_in_office(&mut tx, account.office_id, kind, account.id, false).await.unwrap().is_some());
        assert!(find_in_office(&mut tx, other.id, kind, account.id, false).await.unwrap().is_none());
        let staff = AccountKind::Staff;
        assert!(find_in_office(&mut tx, account.office_id, staff, account.id, true).await.unwrap().is_none());
    }

    async fn the_usual_services_are_those_registered_last(stage: &Stage) {
        let first = stage.administrator().await;
        let (office, kind) = (first.office_id, first.kind);
        let last = Account {
            services: services(&["43", "16"]),
            created_at: first.created_at.plus_seconds(1),
            ..member(office, "NursingUserA001")
        };
        stage.add(&last).await.unwrap();
        let usual = async |kind| usual_services(&mut stage.read().await, office, kind).await.unwrap();
        assert_eq!(usual(kind).await, ["16", "43"]);
        assert!(usual(AccountKind::Staff).await.is_empty());
        assert!(delete(stage, &last).await);
        let codes: Vec<&str> = first.services.iter().map(|service| service.code()).collect();
        assert_eq!(usual(kind).await, codes);
    }

    async fn a_deleted_account_is_gone_but_its_id_stays_taken(stage: &Stage) {
        let account = stage.administrator().await;
        let stranger = Account { office_id: stage.office().await.id, ..account.clone() };
        assert!(!delete(stage, &stranger).await);
        assert!(delete(stage, &account).await);
        assert!(!delete(stage, &account).await);
        let mut tx = stage.read().await;
        assert!(find_by_login_id(&mut tx, &login_id("NursingUserA000")).await.unwrap().is_none());
        let (office, kind) = (account.office_id, account.kind);
        assert!(find_in_office(&mut tx, office, kind, account.id, false).await.unwrap().is_none());
        let deleted = find_in_office(&mut tx, office, kind, account.id, true).await.unwrap().unwrap();
        assert_eq!((deleted.deleted_at, deleted.version), (Some(NOW), 2));
        assert!(login_id_taken(&mut tx, &login_id("nursingusera000"), None).await.unwrap());
        drop(tx);
        let again = stage.add(&member(office, "NURSINGUSERA000")).await;
        assert!(matches!(again, Err(StoreError::LoginIdTaken)), "{again:?}");
    }

    async fn ones_own_login_id_is_not_taken(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tx = stage.read().await;
        let own = login_id("NURSINGUSERA000");
        assert!(!login_id_taken(&mut tx, &own, Some(account.id)).await.unwrap());
        assert!(login_id_taken(&mut tx, &own, Some(id())).await.unwrap());
        assert!(!login_id_taken(&mut tx, &login_id("NursingUserA001"), None).await.unwrap());
    }

    async fn of_many_registrations_of_one_login_id_one_succeeds(stage: &Stage) {
        let office = stage.office().await.id;
        let mut tasks = JoinSet::new();
        for task in 0..20 {
            let db = stage.db.clone();
            let written = if task % 2 == 0 { "NursingUserA000" } else { "nursingUSERa000" };
            tasks.spawn(async move {
                let mut tx = db.write().await.unwrap();
                server::storage::accounts::insert(&mut tx, &member(office, written)).await?;
                tx.commit().await
            });
        }
        let (made, refused): (Vec<_>, Vec<_>) = tasks.join_all().await.into_iter().partition(Result::is_ok);
        assert_eq!(made.len(), 1);
        assert!(refused.iter().all(|result| matches!(result, Err(StoreError::LoginIdTaken))), "{refused:?}");
    }

    async fn a_changed_profile_replaces_everything_the_form_says(stage: &Stage) {
        let account = stage.administrator().await;
        let profile = profile(&changed_form()).unwrap();
        let now = NOW.plus_seconds(9);
        let mut tx = stage.write().await;
        assert!(update_profile(&mut tx, account.office_id, account.id, 1, &profile, now).await.unwrap());
        tx.commit().await.unwrap();
        let expected = Account {
            login_id: "NursingUserB111".into(),
            name: Some(profile.name),
            services: services(&["43"]),
            jobs: profile.jobs,
            email: None,
            phone: profile.phone,
            changed_at: now,
            version: 2,
            ..account
        };
        assert_same(&stage.stored(expected.id).await, &expected);
        let mut tx = stage.read().await;
        assert!(find_by_login_id(&mut tx, &login_id("nursinguserb111")).await.unwrap().is_some());
        assert!(!login_id_taken(&mut tx, &login_id("NursingUserA000"), None).await.unwrap());
    }

    async fn a_stale_or_foreign_change_is_refused_whole(stage: &Stage) {
        let account = stage.administrator().await;
        let stranger = stage.office().await.id;
        let profile = profile(&changed_form()).unwrap();
        let mut tx = stage.write().await;
        assert!(!update_profile(&mut tx, account.office_id, account.id, 7, &profile, NOW).await.unwrap());
        assert!(!update_profile(&mut tx, stranger, account.id, 1, &profile, NOW).await.unwrap());
        tx.commit().await.unwrap();
        assert_same(&stage.stored(account.id).await, &account);
        delete(stage, &account).await;
        let mut tx = stage.write().await;
        assert!(!update_profile(&mut tx, account.office_id, account.id, 2, &profile, NOW).await.unwrap());
    }

    async fn a_change_cannot_take_anothers_login_id(stage: &Stage) {
        let account = stage.administrator().await;
        stage.add(&member(account.office_id, "nursinguserB111")).await.unwrap();
        let profile = profile(&changed_form()).unwrap();
        let mut tx = stage.write().await;
        let refused = update_profile(&mut tx, account.office_id, account.id, 1, &profile, NOW).await;
        assert!(matches!(refused, Err(StoreError::LoginIdTaken)), "{refused:?}");
    }

    async fn two_changes_of_one_version_cannot_both_succeed(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tasks = JoinSet::new();
        for _ in 0..10 {
            let db = stage.db.clone();
            let profile = profile(&changed_form()).unwrap();
            tasks.spawn(async move {
                let mut tx = db.write().await.unwrap();
                let done = update_profile(&mut tx, account.office_id, account.id, 1, &profile, NOW).await.unwrap();
                tx.commit().await.unwrap();
                done
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|done| *done).count(), 1);
    }

    async fn a_repeated_import_replaces_secrets_and_address(stage: &Stage) {
        let account = office_user(stage.office().await.id, "KJ123456789012");
        stage.add(&account).await.unwrap();
        let (password, code) = (SecretString::from("$argon2id$2"), SecretString::from("$argon2id$3"));
        let email = Email::parse("office@example.jp").unwrap();
        let now = NOW.plus_seconds(9);
        let mut tx = stage.write().await;
        update_imported(&mut tx, account.id, &password, Some(&code), Some(&email), now).await.unwrap();
        tx.commit().await.unwrap();
        let expected = Account {
            password_hash: password,
            security_code_hash: Some(code),
            email: Some(email),
            changed_at: now,
            version: 2,
            ..account
        };
        assert_same(&stage.stored(expected.id).await, &expected);
    }

    async fn passwords_and_sign_ins_are_noted(stage: &Stage) {
        let account = stage.administrator().await;
        let mut tx = stage.write().await;
        set_last_sign_in(&mut tx, account.id, NOW.plus_seconds(5)).await.unwrap();
        set_password(&mut tx, account.id, &"$argon2id$new".into(), false, None).await.unwrap();
        tx.commit().await.unwrap();
        let expected = Account {
            last_sign_in_at: Some(NOW.plus_seconds(5)),
            password_hash: "$argon2id$new".into(),
            password_initial: false,
            password_expires_at: None,
            ..account
        };
        assert_same(&stage.stored(expected.id).await, &expected);
    }
}

#[test]
fn failures_and_decisions_make_up_the_standing() {
    let locked = Failures { locked_until: Some(NOW.plus_seconds(1)), ..Failures::default() };
    let mut account = Account { last_sign_in_at: Some(NOW), ..member(id(), "NursingUserA000") };
    assert_eq!(account.standing(&Failures::default()).state(NOW), AccountState::Active);
    assert_eq!(account.standing(&locked).state(NOW), AccountState::Locked);
    account.locked_at = Some(NOW);
    assert_eq!(account.standing(&Failures::default()).state(NOW), AccountState::Locked);
    account.expires_at = Some(NOW);
    assert_eq!(account.standing(&locked).state(NOW), AccountState::Expired);
    account.suspended_at = Some(NOW);
    assert_eq!(account.standing(&locked).state(NOW), AccountState::Suspended);
    account.deleted_at = Some(NOW);
    assert_eq!(account.standing(&locked).state(NOW), AccountState::Deleted);
}
