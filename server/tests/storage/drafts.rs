use domain::account::{AccountKind, MemberForm};
use server::storage::{
    accounts::Account,
    drafts::{StoredDraft, complete, find, lock, purge, put},
};
use tokio::task::JoinSet;

use super::stage::{NOW, Stage, id, member, on_both_engines};

fn draft(owner: &Account) -> StoredDraft {
    StoredDraft {
        id: id(),
        account_id: owner.id,
        office_id: owner.office_id,
        members: AccountKind::Staff,
        editing: None,
        editing_version: None,
        // Whatever somebody types is kept, NUL included.
        form: MemberForm { family_name: "髙\0'; --".into(), services: vec!["16".into()], ..MemberForm::default() },
        submitted: false,
        completed: None,
        updated_at: NOW,
    }
}

async fn keep(stage: &Stage, draft: &StoredDraft) {
    let mut tx = stage.write().await;
    put(&mut tx, draft).await.unwrap();
    tx.commit().await.unwrap();
}

async fn stored(stage: &Stage, draft: &StoredDraft) -> Option<StoredDraft> {
    find(&mut stage.read().await, draft.account_id, draft.id).await.unwrap()
}

on_both_engines! {
    async fn a_draft_keeps_what_was_typed_and_can_be_changed(stage: &Stage) {
        let owner = stage.administrator().await;
        let mut draft = draft(&owner);
        assert_eq!(stored(stage, &draft).await, None);
        keep(stage, &draft).await;
        assert_eq!(stored(stage, &draft).await, Some(draft.clone()));
        draft.form.given_name = "蓮".into();
        draft.submitted = true;
        draft.editing = Some(owner.id);
        draft.editing_version = Some(3);
        draft.updated_at = NOW.plus_seconds(5);
        keep(stage, &draft).await;
        assert_eq!(lock(&mut stage.write().await, owner.id, draft.id).await.unwrap(), Some(draft));
    }

    async fn the_same_id_is_another_draft_for_another_account(stage: &Stage) {
        let owner = stage.administrator().await;
        let intruder = member(owner.office_id, "NursingUserA001");
        stage.add(&intruder).await.unwrap();
        let draft = draft(&owner);
        keep(stage, &draft).await;
        let own = StoredDraft { account_id: intruder.id, form: MemberForm::default(), ..draft.clone() };
        assert_eq!(stored(stage, &own).await, None);
        keep(stage, &own).await;
        let mut tx = stage.write().await;
        assert!(complete(&mut tx, &own, intruder.id, NOW).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(stored(stage, &draft).await, Some(draft));
    }

    async fn a_completed_draft_forgets_the_form_and_remembers_the_account(stage: &Stage) {
        let owner = stage.administrator().await;
        let draft = draft(&owner);
        keep(stage, &draft).await;
        let mut tx = stage.write().await;
        assert!(complete(&mut tx, &draft, owner.id, NOW.plus_seconds(1)).await.unwrap());
        assert!(!complete(&mut tx, &draft, owner.id, NOW.plus_seconds(2)).await.unwrap());
        tx.commit().await.unwrap();
        let expected = StoredDraft {
            form: MemberForm::default(),
            completed: Some(owner.id),
            updated_at: NOW.plus_seconds(1),
            ..draft.clone()
        };
        assert_eq!(stored(stage, &draft).await, Some(expected));
    }

    async fn of_many_completions_at_once_one_succeeds(stage: &Stage) {
        let owner = stage.administrator().await;
        let draft = draft(&owner);
        keep(stage, &draft).await;
        let mut tasks = JoinSet::new();
        for _ in 0..20 {
            let (db, draft) = (stage.db.clone(), draft.clone());
            tasks.spawn(async move {
                let mut tx = db.write().await.unwrap();
                let open = lock(&mut tx, owner.id, draft.id).await.unwrap().is_some_and(|draft| draft.completed.is_none());
                let completed = complete(&mut tx, &draft, owner.id, NOW).await.unwrap();
                assert_eq!(open, completed);
                tx.commit().await.unwrap();
                completed
            });
        }
        assert_eq!(tasks.join_all().await.into_iter().filter(|completed| *completed).count(), 1);
    }

    async fn old_drafts_are_purged(stage: &Stage) {
        let owner = stage.administrator().await;
        let old = draft(&owner);
        let recent = StoredDraft { updated_at: NOW.plus_seconds(1), ..draft(&owner) };
        keep(stage, &old).await;
        keep(stage, &recent).await;
        let mut tx = stage.write().await;
        assert_eq!(purge(&mut tx, NOW.plus_seconds(1)).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(stored(stage, &old).await, None);
        assert!(stored(stage, &recent).await.is_some());
    }
}
