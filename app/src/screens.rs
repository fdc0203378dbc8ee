//! Every screen of the service, by the number that stands at its bottom left.

pub mod a_sign_in;
pub mod b_code;
pub mod c_menu;
pub mod d_accounts;
pub mod e_care;
pub mod f_audit;
pub mod form_state;
pub mod g_password;
pub mod h_help;
pub mod i_news;
pub mod j_terminals;
pub mod loaded;
pub mod m_reader;
pub mod p_account;
pub mod screen;
pub mod text;
#[cfg(feature = "ssr")]
mod upload;
pub mod z_errors;

use domain::account::{AccountKind, Right};
use serde::{Deserialize, Serialize};

use crate::services::sign_in::Who;

/// Who may open a screen. The server functions behind it decide again; this only chooses the answer to a page request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a client certificate.
    Public,
    /// A browser with a valid client certificate, before or during sign-in.
    SignIn,
    /// A signed-in account whose kind has the right.
    SignedIn(domain::account::Right),
}

/// Who can sign in to open what needs `right`; the first is the likelier.
pub const fn signers(right: Right) -> &'static [Who] {
    let member = AccountKind::Administrator.may(right) || AccountKind::Staff.may(right);
    match (AccountKind::Office.may(right), member) {
        (true, true) => &[Who::Member, Who::Office],
        (true, false) => &[Who::Office],
        _ => &[Who::Member],
    }
}

impl ScreenId {
    /// Pages of this screen may speak with reader-bridge.
    pub fn uses_reader(self) -> bool {
        self.number().starts_with('M')
    }

    /// As whom to sign in (again) for this screen.
    pub fn signers(self) -> &'static [Who] {
        match (self.access(), self) {
            (Access::SignedIn(right), _) => signers(right),
            (_, Self::A2 | Self::A3 | Self::B1 | Self::B2) => &[Who::Office],
            (_, Self::A4 | Self::B11 | Self::B12 | Self::G1 | Self::G2 | Self::G3 | Self::G4) => &[Who::Member],
            _ => &[Who::Member, Who::Office],
        }
    }
}

macro_rules! screens {
    ($($variant:ident, $number:literal, $title:literal, $access:expr;)*) => {
        /// 画面番号.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[expect(missing_docs, reason = "the numbers and titles are in the table")]
        pub enum ScreenId { $(#[serde(rename = $number)] $variant,)* }

        impl ScreenId {
            /// Every screen, in the order of the specification.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The number as printed: `A-1`.
            pub const fn number(self) -> &'static str {
                match self { $(Self::$variant => $number,)* }
            }

            /// The page title and heading.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Who may open it.
            pub const fn access(self) -> Access {
                use Access::{Public, SignIn, SignedIn};
                use domain::account::Right::{
                    AdministratorMenu, AuditRecords, CareInformation, ChangeRights, ManageAdministrators, ManageStaff,
                    OfficeAuditRecords, OfficeMenu, OwnAccount, OwnPassword, RegisterTerminals, StaffMenu,
                };
                match self { $(Self::$variant => $access,)* }
            }
        }
    };
}

screens! {
    A1, "A-1", "介護保険資格確認等WEBサービス", Public;
    A2, "A-2", "事業所ユーザログイン", SignIn;
    A3, "A-3", "セキュリティコードの入力", SignIn;
    A4, "A-4", "管理者または一般ユーザログイン", SignIn;
    A5, "A-5", "クライアント証明書のご案内", Public;
    A9, "A-9", "ログアウトしました", Public;
    B1, "B-1", "ワンタイム認証コードの送信", SignIn;
    B2, "B-2", "ワンタイム認証（事業所ユーザ）", SignIn;
    B11, "B-11", "ワンタイム認証コードの送信方法", SignIn;
    B12, "B-12", "ワンタイム認証（管理者・一般ユーザ）", SignIn;
    C1, "C-1", "管理メニュー（事業所ユーザ）", SignedIn(OfficeMenu);
    C11, "C-11", "管理メニュー（管理者ユーザ）", SignedIn(AdministratorMenu);
    C21, "C-21", "メニュー（一般ユーザ）", SignedIn(StaffMenu);
    D1, "D-1", "管理者ユーザ一覧", SignedIn(ManageAdministrators);
    D2, "D-2", "管理者ユーザ新規登録", SignedIn(ManageAdministrators);
    D3, "D-3", "管理者ユーザの登録内容の確認", SignedIn(ManageAdministrators);
    D4, "D-4", "管理者ユーザの登録完了", SignedIn(ManageAdministrators);
    D5, "D-5", "管理者ユーザ詳細", SignedIn(ManageAdministrators);
    D6, "D-6", "管理者ユーザのアカウント削除", SignedIn(ManageAdministrators);
    D7, "D-7", "管理者ユーザの削除完了", SignedIn(ManageAdministrators);
    D8, "D-8", "管理者ユーザの編集", SignedIn(ManageAdministrators);
    D9, "D-9", "権限変更", SignedIn(ChangeRights);
    D10, "D-10", "管理者ユーザの利用の設定", SignedIn(ManageAdministrators);
    D11, "D-11", "一般ユーザ一覧", SignedIn(ManageStaff);
    D12, "D-12", "一般ユーザ新規登録", SignedIn(ManageStaff);
    D13, "D-13", "一般ユーザの登録内容の確認", SignedIn(ManageStaff);
    D14, "D-14", "一般ユーザの登録完了", SignedIn(ManageStaff);
    D15, "D-15", "一般ユーザ詳細", SignedIn(ManageStaff);
    D16, "D-16", "一般ユーザのアカウント削除", SignedIn(ManageStaff);
    D17, "D-17", "一般ユーザの削除完了", SignedIn(ManageStaff);
    D18, "D-18", "一般ユーザの編集", SignedIn(ManageStaff);
    D19, "D-19", "一般ユーザの利用の設定", SignedIn(ManageStaff);
    D21, "D-21", "ユーザのCSV一括登録", SignedIn(ManageStaff);
    E1, "E-1", "利用者一覧", SignedIn(CareInformation);
    E2, "E-2", "本人確認", SignedIn(CareInformation);
    E4, "E-4", "被保険者の情報による確認", SignedIn(CareInformation);
    E5, "E-5", "介護情報を見ることへの同意", SignedIn(CareInformation);
    E6, "E-6", "資格確認結果", SignedIn(CareInformation);
    E7, "E-7", "要介護認定の情報", SignedIn(CareInformation);
    E8, "E-8", "審査会の進捗", SignedIn(CareInformation);
    E9, "E-9", "住宅改修・福祉用具の利用状況", SignedIn(CareInformation);
    E10, "E-10", "LIFE情報", SignedIn(CareInformation);
    E11, "E-11", "ケアプラン", SignedIn(CareInformation);
    E12, "E-12", "資格確認結果の印刷", SignedIn(CareInformation);
    E13, "E-13", "担当の終了", SignedIn(CareInformation);
    E14, "E-14", "一括資格確認", SignedIn(CareInformation);
    E15, "E-15", "災害時の閲覧", SignedIn(CareInformation);
    F1, "F-1", "操作履歴", SignedIn(AuditRecords);
    F2, "F-2", "介護情報の閲覧履歴", SignedIn(AuditRecords);
    F3, "F-3", "履歴の書き出し", SignedIn(AuditRecords);
    F4, "F-4", "災害時の閲覧の確認", SignedIn(OfficeAuditRecords);
    G1, "G-1", "パスワードを忘れた場合", SignIn;
    G2, "G-2", "パスワード再設定のご案内", SignIn;
    G3, "G-3", "パスワード再設定", SignIn;
    G4, "G-4", "パスワード再設定完了", SignIn;
    G5, "G-5", "パスワードの変更", SignedIn(OwnPassword);
    H1, "H-1", "操作マニュアル", Public;
    H2, "H-2", "よくあるご質問", Public;
    H3, "H-3", "よくあるご質問の回答", Public;
    H4, "H-4", "お問い合わせ", Public;
    I1, "I-1", "お知らせ", Public;
    J1, "J-1", "マイナ資格確認アプリ情報登録", SignedIn(RegisterTerminals);
    J2, "J-2", "端末の新規入力", SignedIn(RegisterTerminals);
    J3, "J-3", "端末の詳細", SignedIn(RegisterTerminals);
    J4, "J-4", "端末の登録の削除", SignedIn(RegisterTerminals);
    M1, "M-1", "利用規約", SignedIn(CareInformation);
    M2, "M-2", "アカウント登録", SignedIn(CareInformation);
    M3, "M-3", "アカウント登録完了", SignedIn(CareInformation);
    M4, "M-4", "パスコードの登録", SignedIn(CareInformation);
    M5, "M-5", "パスコードの再入力", SignedIn(CareInformation);
    M6, "M-6", "パスコードの登録完了", SignedIn(CareInformation);
    M7, "M-7", "パスコードの入力", SignedIn(CareInformation);
    M8, "M-8", "認証選択", SignedIn(CareInformation);
    M9, "M-9", "カードの読み取りの設定", SignedIn(CareInformation);
    M10, "M-10", "カードリーダー選択", SignedIn(CareInformation);
    M11, "M-11", "マイナンバーカードの読み取り", SignedIn(CareInformation);
    M12, "M-12", "カードを読み取れません", SignedIn(CareInformation);
    M13, "M-13", "端末固有IDの表示", SignedIn(CareInformation);
    P1, "P-1", "アカウント", SignedIn(OwnAccount);
    Z1, "Z-1", "システムエラー", Public;
    Z2, "Z-2", "クライアント証明書を確認できません", Public;
    Z3, "Z-3", "ログインの有効時間が過ぎました", Public;
    Z4, "Z-4", "この操作を行う権限がありません", Public;
    Z5, "Z-5", "ページが見つかりません", Public;
    Z6, "Z-6", "メンテナンス中です", Public;
    Z7, "Z-7", "アカウントをロックしました", Public;
    Z9, "Z-9", "介護情報を確認できません", Public;
}
