//! よくあるご質問: the texts. Only what this version of the service does.

/// One question.
pub(super) struct Question {
    /// Anchor in the page's address.
    pub(super) anchor: &'static str,
    /// The question, in the words of the person who asks it.
    pub(super) asked: &'static str,
    /// The answer, one paragraph per entry.
    pub(super) answer: &'static [&'static str],
}

/// Questions about one thing.
pub(super) struct Topic {
    pub(super) title: &'static str,
    pub(super) questions: &'static [Question],
}

/// Every topic, in the order of the page.
pub(super) static TOPICS: &[Topic] = &[
    Topic {
        title: "クライアント証明書",
        questions: &[
            Question {
                anchor: "certificate-not-shown",
                asked: "ログインボタンを押しても、証明書の選択画面が表示されません",
                answer: &[
                    "介護DX証明書がこの端末にインストールされているか確認してください。証明書は端末ごと、Windowsの利用者ごとに必要です。",
                    "以前に証明書の選択を取り消した場合は、ブラウザをすべて閉じてから開き直すと、もう一度選択できます。",
                ],
            },
            Question {
                anchor: "certificate-which",
                asked: "証明書が2つ以上表示されます。どれを選べばよいですか",
                answer: &[
                    "ログインする事業所の事業所番号が書かれた証明書を選択してください。",
                    "1台の端末で2つの事業所を担当している場合、事業所を切り替えるときはログアウトし、ブラウザをすべて閉じてから選び直してください。",
                ],
            },
            Question {
                anchor: "certificate-expired",
                asked: "「クライアント証明書の有効期限が切れています」と表示されます",
                answer: &[
                    "証明書の更新（再発行）が必要です。電子請求受付システムで証明書の発行を申請し、新しい証明書をインストールしてください。",
                    "古い証明書を削除しておくと、選び間違いを防げます。",
                ],
            },
            Question {
                anchor: "certificate-revoked",
                asked: "「失効したクライアント証明書です」と表示されます",
                answer: &[
                    "証明書が失効の手続きを受けています。覚えがない場合は、事業所の管理者に確認してください。",
                    "引き続き利用するには、証明書の発行を申請してください。",
                ],
            },
            Question {
                anchor: "certificate-other-office",
                asked: "「事業所が一致しません」と表示されます",
                answer: &[
                    "選択した証明書と、入力したユーザIDの事業所が異なります。ブラウザをすべて閉じてから、正しい証明書を選び直してください。",
                ],
            },
        ],
    },
    Topic {
        title: "ログイン",
        questions: &[
            Question {
                anchor: "office-id",
                asked: "事業所ユーザのユーザIDがわかりません",
                answer: &[
                    "電子請求受付システムのユーザIDと同じです。「KJ」から始まり、数字12桁が続きます（例：KJ123456789012）。",
                    "お手元にない場合は、電子請求受付システムの窓口に確認してください。",
                ],
            },
            Question {
                anchor: "office-password",
                asked: "事業所ユーザのパスワードを忘れました",
                answer: &[
                    "電子請求受付システムのパスワードと同じです。本サービスでは変更できません。電子請求受付システムで再設定してください。",
                ],
            },
            Question {
                anchor: "security-code",
                asked: "セキュリティコードの画面が表示されません",
                answer: &[
                    "セキュリティコードは、電子請求受付システムで設定している場合だけ入力します。設定していない場合は、そのままワンタイム認証に進みます。",
                ],
            },
            Question {
                anchor: "locked",
                asked: "正しいパスワードを入力しているのにログインできません",
                answer: &[
                    "パスワードまたはセキュリティコードを続けて3回誤ると、アカウントが30分間ロックされます。ロック中は、正しいパスワードでもログインできません。",
                    "30分待ってから、もう一度お試しください。ロックされると、登録されたメールアドレスにお知らせが届きます。",
                    "管理者ユーザと一般ユーザは、事業所の管理者に「ロックを解除する」を依頼できます。",
                ],
            },
            Question {
                anchor: "timed-out",
                asked: "入力中に「ログインの有効時間が過ぎました」と表示されました",
                answer: &[
                    "30分間操作がないと、安全のためログアウトします。同じユーザでもう一度ログインすると、入力していた内容から続けられます（パスワードなどは除きます）。",
                    "終了の5分前に表示されるお知らせで「ログインを延長する」を押すと、続けて利用できます。",
                ],
            },
        ],
    },
    Topic {
        title: "ワンタイム認証コード",
        questions: &[
            Question {
                anchor: "mail-does-not-come",
                asked: "ワンタイム認証コードのメールが届きません",
                answer: &[
                    "画面に表示されている送信先（一部を＊で隠しています）が正しいか確認してください。",
                    "迷惑メールのフォルダに入っていないか確認してください。受信制限をしている場合は、本サービスのメールを受信できるように設定してください。",
                    "1分ほどたっても届かないときは「ワンタイム認証コードを再送する」を押してください。先に届いたコードも、有効時間内であれば使えます。",
                ],
            },
            Question {
                anchor: "mail-address-changed",
                asked: "登録されているメールアドレスが使えなくなりました",
                answer: &[
                    "事業所ユーザのメールアドレスは、電子請求受付システムで変更してください。",
                    "管理者ユーザのメールアドレスは、事業所ユーザが「管理者ユーザ一覧」から変更できます。",
                ],
            },
            Question {
                anchor: "code-expired",
                asked: "ワンタイム認証コードの有効時間が過ぎました",
                answer: &[
                    "「ワンタイム認証コードを再送する」を押し、新しく届いたコードを入力してください。コードの有効時間は30分です。",
                ],
            },
            Question {
                anchor: "code-wrong",
                asked: "ワンタイム認証コードを何度も間違えました",
                answer: &["5回誤ると、ログインの手続きが終了します。ユーザIDの入力からやり直してください。"],
            },
            Question {
                anchor: "code-resend-limit",
                asked: "「再送できる回数を超えました」と表示されます",
                answer: &[
                    "1回のログインで送信できるコードは5通までです。届いているコードを入力するか、ユーザIDの入力からやり直してください。",
                ],
            },
        ],
    },
    Topic {
        title: "管理者ユーザの登録と管理",
        questions: &[
            Question {
                anchor: "id-rule",
                asked: "ユーザIDはどのように決めればよいですか",
                answer: &[
                    "半角英数字6文字以上32文字以内で自由に決められます（例：kaigotarou）。大文字と小文字は区別されません。ほかの事業所を含め、すでに使われているIDは使えません。",
                ],
            },
            Question {
                anchor: "id-change",
                asked: "登録したユーザIDを変更したい",
                answer: &[
                    "ユーザIDは変更できません。アカウントを削除し、新しいユーザIDで登録し直してください。削除したユーザIDは、もう一度使うことはできません。",
                ],
            },
            Question {
                anchor: "services-jobs",
                asked: "サービス種類と職種区分は何に使われますか",
                answer: &[
                    "登録したサービス種類と職種区分に応じて、閲覧できる利用者（介護被保険者）の情報が変わります。従事しているものをすべて選択してください。",
                ],
            },
            Question {
                anchor: "notice-does-not-come",
                asked: "登録した管理者ユーザに、アカウント発行のお知らせが届きません",
                answer: &[
                    "メールアドレスが正しいか「管理者ユーザ詳細」で確認してください。誤っている場合は、編集してください。",
                    "迷惑メールのフォルダも確認してください。",
                ],
            },
            Question {
                anchor: "leave",
                asked: "登録したユーザが退職、または休職しました",
                answer: &[
                    "退職のときは、一覧で氏名を押し、「アカウントを削除する」を押してください。削除すると、ログイン中の端末もすぐに使えなくなります。",
                    "休職のときは「利用を停止する」を押してください。戻ったときに「利用を再開する」を押すと、同じパスワードで利用できます。",
                ],
            },
            Question {
                anchor: "initial-password-over",
                asked: "初期パスワードの有効期限が過ぎてしまいました",
                answer: &[
                    "事業所の管理者に「パスワードを再発行する」を依頼してください。新しい初期パスワードが本人に届きます。",
                ],
            },
            Question {
                anchor: "deleted-by-mistake",
                asked: "誤ってアカウントを削除しました",
                answer: &[
                    "30日以内であれば、事業所ユーザが復元できます。一覧の「状態」で「削除済み」を選んで検索し、氏名を押して「アカウントを復元する」を押してください。",
                ],
            },
            Question {
                anchor: "two-tabs",
                asked: "2つの画面で同時に登録しても大丈夫ですか",
                answer: &["はい。入力中の内容は画面ごとに分けて保存されます。同じ登録を2回完了することはありません。"],
            },
        ],
    },
    Topic {
        title: "画面とお問い合わせ",
        questions: &[
            Question {
                anchor: "screen-number",
                asked: "画面番号とは何ですか",
                answer: &["各画面の左下に表示されている番号です（例：A-1）。お問い合わせのときにお知らせください。"],
            },
            Question {
                anchor: "what-to-tell",
                asked: "お問い合わせのときに何を伝えればよいですか",
                answer: &[
                    "「お問い合わせ」の画面に、必要な項目をまとめています。エラー画面では「問い合わせ用の情報をコピー」を押すと、必要な情報をまとめてコピーできます。パスワードやワンタイム認証コードは、お伝えいただく必要はありません。",
                ],
            },
            Question {
                anchor: "text-size",
                asked: "文字を大きくできますか",
                answer: &[
                    "ログイン前の画面の上部で、文字サイズ（標準・大）と表示の明るさを選べます。選んだ内容はその端末に保存されます。",
                ],
            },
            Question {
                anchor: "smartphone",
                asked: "スマートフォンでも使えますか",
                answer: &["はい。クライアント証明書をインストールしたスマートフォンやタブレットで利用できます。"],
            },
        ],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::TOPICS;

    #[test]
    fn anchors_are_unique_and_answers_are_not_empty() {
        let questions: Vec<_> = TOPICS.iter().flat_map(|topic| topic.questions).collect();
        let anchors: HashSet<_> = questions.iter().map(|q| q.anchor).collect();
        assert_eq!(anchors.len(), questions.len());
        assert!(questions.iter().all(|q| !q.answer.is_empty()));
    }
}
