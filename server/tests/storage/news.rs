use server::storage::news::{StoredNews, all, current, delete, insert};

use super::stage::{NOW, Stage, id, on_both_engines};

fn news(title: &str, minute: i64) -> StoredNews {
    let body = "一段落目\n\n二段落目".to_owned();
    StoredNews { id: id(), published_at: NOW.plus_minutes(minute), ends_at: None, title: title.to_owned(), body }
}

on_both_engines! {
    async fn what_is_published_and_has_not_ended_is_current(stage: &Stage) {
        let (first, second, future) = (news("一", 0), news("二", 1), news("三", 60));
        let ended = StoredNews { ends_at: Some(NOW.plus_minutes(5)), ..news("四", 2) };
        let mut tx = stage.write().await;
        for item in [&first, &second, &future, &ended] {
            insert(&mut tx, item).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut tx = stage.read().await;
        let at = |minute| NOW.plus_minutes(minute);
        assert_eq!(current(&mut tx, at(4), 9).await.unwrap(), [ended.clone(), second.clone(), first.clone()]);
        assert_eq!(current(&mut tx, at(5), 9).await.unwrap(), [second.clone(), first.clone()]);
        assert_eq!(current(&mut tx, at(60), 1).await.unwrap(), std::slice::from_ref(&future));
        assert_eq!(all(&mut tx).await.unwrap(), [future, ended, second, first]);
    }

    async fn a_removed_one_is_gone(stage: &Stage) {
        let item = news("一", 0);
        let mut tx = stage.write().await;
        insert(&mut tx, &item).await.unwrap();
        assert!(delete(&mut tx, item.id).await.unwrap());
        assert!(!delete(&mut tx, item.id).await.unwrap());
        assert!(all(&mut tx).await.unwrap().is_empty());
    }
}
