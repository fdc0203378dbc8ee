//! What is wrong with a CSV file.

use domain::form::Problem;

/// What to do about a CSV file, or about a row of one.
pub(super) const fn file_problem(problem: Problem) -> &'static str {
    match problem {
        Problem::Missing => "登録するファイルを選択してください。",
        Problem::TooShort => "登録する行がありません。2行目から1行に1人ずつ入力してください。",
        Problem::TooLong => "ファイルが大きすぎます。1MB以内のファイルを選択してください。",
        Problem::TooMany => "一度に登録できるのは500人までです。ファイルを分けてください。",
        Problem::Differs => "見出しの行がひな形と違います。ひな形の1行目を変えずに使ってください。",
        Problem::Malformed => "項目の数が見出しより多くなっています。「,」を含む項目は「\"」で囲んでください。",
        _ => {
            "CSVとして読み取れません。Excelで「CSV UTF-8（コンマ区切り）」の形式で保存したファイルを選択してください。"
        }
    }
}

/// What to do about a list of people, or about a row of one.
pub(super) const fn people_file_problem(problem: Problem) -> &'static str {
    match problem {
        Problem::Missing => "照会するファイルを選択してください。",
        Problem::TooShort => "照会する行がありません。2行目から1行に1人ずつ入力してください。",
        Problem::TooMany => "一度に照会できるのは500人までです。ファイルを分けてください。",
        Problem::Differs => "「被保険者番号」の見出しがありません。ひな形の1行目を変えずに使ってください。",
        other => file_problem(other),
    }
}
