//! Japanese that more than one feature shows: field names, what is wrong with a field, what an error means.
//!
//! One term for one thing: a word for a concept is written here once and used from here.

use domain::{
    form::{Field, FieldErrors, Problem},
    reading::Refusal,
};

use crate::error::ApiError;

mod files;

use files::{file_problem, people_file_problem};

/// A field's label.
pub const fn label(field: Field) -> &'static str {
    match field {
        Field::LoginId => "ユーザID",
        Field::Password | Field::TerminalPassword => "パスワード",
        Field::SecurityCode => "セキュリティコード",
        Field::OneTimeCode => "ワンタイム認証コード",
        Field::FamilyName => "姓",
        Field::GivenName => "名",
        Field::FamilyKana => "せい（かな）",
        Field::GivenKana => "めい（かな）",
        Field::Services => "サービス種類",
        Field::Jobs => "職種区分",
        Field::Email => "メールアドレス",
        Field::Phone => "携帯電話番号",
        Field::CurrentPassword => "現在のパスワード",
        Field::NewPassword => "新しいパスワード",
        Field::PasswordAgain => "新しいパスワード（確認）",
        Field::Contact => "メールアドレスまたは携帯電話番号",
        Field::ExpiresOn => "有効期限",
        Field::File => "登録するファイル",
        Field::PeopleFile => "照会するファイル",
        Field::Period => "期間",
        Field::TerminalUser => "オンライン資格確認ユーザID",
        Field::TerminalId => "端末固有ID",
        Field::TerminalName => "端末の名称",
        Field::InsurerNumber => "保険者番号",
        Field::InsuredNumber => "被保険者番号",
        Field::BirthDate => "生年月日",
        Field::Sex => "性別",
        Field::NoCardReason => "カードを使わない理由",
        Field::ConsentItems => "見てもよい情報",
        Field::ConsentUntil => "閲覧期限",
        Field::Signer => "同意する方",
        Field::ProxyName => "代わりの方の氏名",
        Field::ProxyRelation => "ご本人との関係",
        Field::AsOf => "基準日",
        Field::EmergencyReason => "閲覧する理由",
        Field::AppCode => "認証アプリのコード",
        Field::RecoveryCode => "リカバリーコード",
        Field::Passkey => "パスキー",
        Field::PasskeyName => "パスキーの名前",
    }
}

/// What to do about a field's problem.
pub fn problem(field: Field, problem: Problem) -> String {
    let name = label(field);
    if problem != Problem::Missing
        && let Some(text) = care_problem(field, problem)
            .or_else(|| credential_problem(field, problem))
            .or_else(|| password_problem(field, problem))
            .or_else(|| terminal_problem(field, problem))
    {
        return text.to_owned();
    }
    match (field, problem) {
        (Field::File, what) => file_problem(what).to_owned(),
        (Field::PeopleFile, what) => people_file_problem(what).to_owned(),
        (Field::Services | Field::Jobs, Problem::Missing) => format!("{name}を1つ以上選択してください。"),
        (Field::Services | Field::Jobs, _) => format!("{name}は一覧から選択してください。"),
        (Field::ConsentItems, Problem::Missing) => "見てもよい情報を1つ以上選択してください。".to_owned(),
        (
            Field::Sex | Field::NoCardReason | Field::Signer | Field::ProxyRelation | Field::ConsentItems | Field::AsOf,
            _,
        ) => {
            format!("{name}を選択してください。")
        }
        (_, Problem::Missing) => format!("{name}を入力してください。"),
        (Field::LoginId, Problem::TooShort | Problem::Characters) => {
            "ユーザIDは半角英数字6文字以上で入力してください。".to_owned()
        }
        (Field::LoginId, Problem::TooLong) => "ユーザIDは32文字以内で入力してください。".to_owned(),
        (Field::LoginId, Problem::Malformed) => {
            "ユーザIDは「KJ」から始まる14文字（KJ＋数字12桁）で入力してください。".to_owned()
        }
        (Field::LoginId, Problem::Taken) => {
            "このユーザIDはすでに使われています。別のユーザIDを入力してください。".to_owned()
        }
        (Field::LoginId, Problem::Repeated) => {
            "同じユーザIDが、ファイルのほかの行にもあります。別のユーザIDを入力してください。".to_owned()
        }
        (Field::OneTimeCode, Problem::Expired) => {
            "このワンタイム認証コードは有効時間を過ぎています。コードを再送して、新しいコードを入力してください。"
                .to_owned()
        }
        (Field::OneTimeCode, Problem::Used) => {
            "このワンタイム認証コードは使用済みです。コードを再送して、新しいコードを入力してください。".to_owned()
        }
        (Field::OneTimeCode, _) => "ワンタイム認証コードは6桁の数字で入力してください。".to_owned(),
        (Field::SecurityCode, Problem::Wrong) => {
            "セキュリティコードが正しくありません。もう一度入力してください。".to_owned()
        }
        (Field::FamilyKana | Field::GivenKana, Problem::Characters) => {
            format!("{name}はひらがなまたはカタカナで入力してください。")
        }
        (Field::Email, Problem::NeitherGiven) => {
            "メールアドレスと携帯電話番号のどちらかを入力してください。".to_owned()
        }
        (Field::Email, Problem::Characters) => "メールアドレスは半角英数字と記号で入力してください。".to_owned(),
        (Field::Email, Problem::Malformed) => {
            "メールアドレスを正しい形で入力してください（例：tanaka@example.jp）。".to_owned()
        }
        (Field::Phone, _) => {
            "携帯電話番号は070・080・090から始まる11桁の数字で入力してください（例：090-1234-5678）。".to_owned()
        }
        (Field::Period, Problem::TooLong) => {
            "該当する記録が多すぎます。期間を短くして、もう一度書き出してください。".to_owned()
        }
        (Field::CurrentPassword, Problem::Wrong) => {
            "現在のパスワードが正しくありません。もう一度入力してください。".to_owned()
        }
        (Field::ExpiresOn, Problem::Past) => {
            "有効期限は今日以降の日付を入力してください。すぐに利用できないようにするには、利用を停止してください。"
                .to_owned()
        }
        (Field::ExpiresOn, _) => "有効期限は年月日を正しく入力してください（例：2025-03-31）。".to_owned(),
        (_, Problem::TooLong) => format!("{name}が長すぎます。短くして入力してください。"),
        (_, Problem::Characters) => format!("{name}に使えない文字が含まれています。ほかの文字で入力してください。"),
        _ => format!("{name}を確認してください。"),
    }
}

/// What to do about a field of 本人確認 or 同意. `None`: what holds for every field.
fn care_problem(field: Field, problem: Problem) -> Option<&'static str> {
    Some(match (field, problem) {
        (Field::InsurerNumber, Problem::Malformed) => {
            "保険者番号に誤りがあります。被保険者証の番号を確認して入力してください。"
        }
        (Field::InsurerNumber, _) => "保険者番号は6桁の数字で入力してください。",
        (Field::InsuredNumber, _) => "被保険者番号は10桁（数字、または先頭がHと数字9桁）で入力してください。",
        (Field::BirthDate, _) => {
            "生年月日を確認してください。元号と年月日の組み合わせを、被保険者証のとおりに入力してください。"
        }
        (Field::EmergencyReason, Problem::TooShort) => {
            "閲覧する理由は5文字以上で、あとで確認する人にわかるように入力してください。"
        }
        (Field::EmergencyReason, Problem::TooLong) => "閲覧する理由は200文字以内で入力してください。",
        (Field::EmergencyReason, Problem::Characters) => {
            "個人番号（マイナンバー）と思われる数字が含まれています。番号を除いて入力してください。"
        }
        (Field::ConsentUntil, Problem::Expired) => "閲覧期限は今日以降の日付を入力してください。",
        (Field::ConsentUntil, Problem::TooLong) => "閲覧期限は今日から4年以内の日付を入力してください。",
        _ => return None,
    })
}

/// What to do about a passkey, an authenticator app or a recovery code. `None`: what holds for every field.
fn credential_problem(field: Field, problem: Problem) -> Option<&'static str> {
    Some(match (field, problem) {
        (Field::Passkey, Problem::Taken) => {
            "このパスキーはすでに登録されています。別の端末または別の保存先を選んでください。"
        }
        (Field::Passkey, Problem::Expired) => {
            "パスキーの確認に時間がかかり、有効時間を過ぎました。もう一度操作してください。"
        }
        (Field::Passkey, _) => "パスキーを確認できませんでした。もう一度お試しになるか、別の方法を選んでください。",
        (Field::AppCode, Problem::Used) => {
            "このコードは使用済みです。アプリの表示が変わるのを待って、新しいコードを入力してください。"
        }
        (Field::AppCode, Problem::Wrong) => {
            "認証アプリのコードが正しくありません。アプリに表示されている6桁の数字を入力してください。\
             何度も正しくない場合は、端末の時刻が合っているか確認してください。"
        }
        (Field::AppCode, _) => "認証アプリのコードは6桁の数字で入力してください。",
        (Field::RecoveryCode, Problem::Used) => {
            "このリカバリーコードは使用済みです。まだ使っていないコードを入力してください。"
        }
        (Field::RecoveryCode, _) => "リカバリーコードは半角英数字10文字で入力してください。",
        _ => return None,
    })
}

/// What to do about a new password. `None`: what holds for every field.
fn password_problem(field: Field, problem: Problem) -> Option<&'static str> {
    Some(match (field, problem) {
        (Field::NewPassword, Problem::TooShort) => "新しいパスワードは12文字以上で入力してください。",
        (Field::NewPassword, Problem::TooLong) => "新しいパスワードは128文字以内で入力してください。",
        (Field::NewPassword, Problem::Weak) => {
            "推測されやすいパスワードです。別の言葉を組み合わせて、入力し直してください。"
        }
        (Field::NewPassword, Problem::ContainsName) => "ユーザIDや氏名を含まないパスワードを入力してください。",
        (Field::NewPassword, Problem::Reused) => "最近使ったパスワードです。別のパスワードを入力してください。",
        (Field::PasswordAgain, Problem::Differs) => {
            "新しいパスワードと一致していません。同じパスワードをもう一度入力してください。"
        }
        _ => return None,
    })
}

/// What to do about a field of a terminal. `None`: what holds for every field.
fn terminal_problem(field: Field, problem: Problem) -> Option<&'static str> {
    Some(match (field, problem) {
        (Field::TerminalUser, Problem::Characters) => {
            "オンライン資格確認ユーザIDは半角英数字と記号で入力してください。"
        }
        (Field::TerminalId, Problem::Taken) => "この端末はすでに登録されています。一覧から確認してください。",
        (Field::TerminalId, Problem::Wrong) => {
            "端末固有IDに入力の誤りがあります。端末に表示されたIDと見比べて、入力し直してください。"
        }
        (Field::TerminalId, _) => "端末固有IDは20文字の英数字で入力してください（例：1DSM-HYG3-H5RC-93P0-FKBE）。",
        _ => return None,
    })
}

/// Every field error as text, in screen order.
pub fn problems(errors: &FieldErrors) -> Vec<(Field, String)> {
    errors.iter().map(|(field, what)| (field, problem(field, what))).collect()
}

/// What the error summary says about an error that stays on the form.
pub fn summary(error: &ApiError) -> Vec<(Field, String)> {
    match error {
        ApiError::Invalid(errors) => problems(errors),
        ApiError::WrongCode { left } => {
            vec![(Field::OneTimeCode, format!("ワンタイム認証コードが正しくありません。あと{left}回入力できます。"))]
        }
        _ => Vec::new(),
    }
}

/// An error that belongs to no field, for the top of a form. `None`: see [`summary`].
pub fn general(error: &ApiError) -> Option<String> {
    Some(match error {
        ApiError::SignInRefused => "ユーザIDまたはパスワードが正しくないか、アカウントがロックされています。\
             続けて誤るとアカウントがロックされ、30分以上ログインできません。"
            .to_owned(),
        ApiError::SignInOver => {
            "ログインの手続きが終了しました。お手数ですが、ユーザIDの入力からやり直してください。".to_owned()
        }
        ApiError::ResendTooSoon { seconds } => {
            format!("ワンタイム認証コードは、あと{seconds}秒たつと再送できます。")
        }
        ApiError::ResendLimit => "ワンタイム認証コードを再送できる回数を超えました。\
             届いているコードを入力するか、ユーザIDの入力からやり直してください。"
            .to_owned(),
        ApiError::NotConfirmed => {
            "本人確認から時間がたちました。お手数ですが、もう一度本人確認を行ってください。".to_owned()
        }
        ApiError::NoContact => "連絡先が登録されていないため、ワンタイム認証コードを送信できません。".to_owned(),
        ApiError::Conflict => "この画面を開いたあとに、登録内容が変更されました。\
             一覧から開き直して、最新の内容を確認してください。"
            .to_owned(),
        ApiError::TooManyRequests { seconds } => {
            format!("操作の回数が多すぎます。{}分ほど待ってから、もう一度お試しください。", (seconds + 59) / 60)
        }
        ApiError::Reading(refusal) => refused_reading(*refusal).to_owned(),
        ApiError::CardsNotConfigured => "このサーバーでは、マイナンバーカードの読み取りを利用できません。\
             カードを使わずに本人確認を行うか、システム管理者へ連絡してください。"
            .to_owned(),
        ApiError::Busy => "ただいま混み合っています。入力内容はそのまま残っています。\
             少し待ってから、もう一度お試しください。"
            .to_owned(),
        ApiError::Unreachable => "サーバーに接続できませんでした。入力内容はそのまま残っています。\
             通信状況を確認して、もう一度お試しください。"
            .to_owned(),
        ApiError::NoMatch => "入力された内容に一致する方を、お一人に特定できませんでした。\
             被保険者証を確認して、もう一度入力してください。"
            .to_owned(),
        ApiError::InsurerNotJoined => "この保険者（市町村）は、まだ本サービスに対応していません。\
             被保険者証を直接確認するか、市町村の窓口に問い合わせてください。"
            .to_owned(),
        _ => return None,
    })
}

/// Why a reading was not taken, and what to do.
pub const fn refused_reading(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Challenge | Refusal::Replayed => {
            "この読み取りは受け付けられません。もう一度、最初から読み取ってください。"
        }
        Refusal::Stale => "読み取りに時間がかかりすぎました。もう一度、最初から読み取ってください。",
        Refusal::Terminal => {
            "この端末は登録されていません。管理者に、マイナ資格確認アプリ情報の登録を依頼してください。"
        }
        Refusal::TerminalRevoked => "この端末の登録は削除されています。管理者に確認してください。",
        Refusal::TerminalUnverified => {
            "この端末の認証が完了していません。管理者に、マイナ資格確認アプリ情報の認証結果を確認してください。"
        }
        Refusal::TerminalSignature => {
            "登録した端末で読み取ったことを確認できません。reader-bridge を再起動し、もう一度読み取ってください。"
        }
        Refusal::CardIssuer => {
            "マイナンバーカードの電子証明書として確認できません。別のカードでないか確認してください。"
        }
        Refusal::CardExpired => {
            "カードまたは電子証明書の有効期限が切れています。住所地の市区町村窓口で更新するよう、ご案内ください。"
        }
        Refusal::CardRevoked => "失効した電子証明書です。住所地の市区町村窓口で手続きするよう、ご案内ください。",
        Refusal::CardKey => "このカードの電子証明書には対応していません。カードを使わずに本人確認を行ってください。",
        Refusal::CardSignature => "カードの署名を確認できません。カードを置き直して、もう一度読み取ってください。",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_of_every_field_says_what_to_do() {
        use Field::*;
        let fields = [
            LoginId,
            Password,
            SecurityCode,
            OneTimeCode,
            FamilyName,
            GivenName,
            FamilyKana,
            GivenKana,
            Services,
            Jobs,
            Email,
            Phone,
            CurrentPassword,
            NewPassword,
            PasswordAgain,
            Contact,
            ExpiresOn,
            File,
            PeopleFile,
            Period,
            TerminalUser,
            TerminalPassword,
            TerminalId,
            TerminalName,
            InsurerNumber,
            InsuredNumber,
            BirthDate,
            Sex,
            NoCardReason,
            ConsentItems,
            ConsentUntil,
            Signer,
            ProxyName,
            ProxyRelation,
            AsOf,
            EmergencyReason,
            AppCode,
            RecoveryCode,
            Passkey,
            PasskeyName,
        ];
        use Problem::*;
        let all = [
            Missing,
            TooShort,
            TooLong,
            Characters,
            Malformed,
            Unknown,
            Taken,
            NeitherGiven,
            Wrong,
            Expired,
            Used,
            Weak,
            ContainsName,
            Reused,
            Differs,
            Past,
            Repeated,
            TooMany,
        ];
        for field in fields {
            for what in all {
                let text = problem(field, what);
                assert!(text.ends_with('。') && text.contains("ください"), "{field:?} {what:?}: {text}");
            }
        }
    }

    #[test]
    fn every_refused_reading_says_what_to_do() {
        for refusal in Refusal::ALL {
            let text = refused_reading(*refusal);
            assert!(text.ends_with("ください。"), "{text}");
        }
    }
}
