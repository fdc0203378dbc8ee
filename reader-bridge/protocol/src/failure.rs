//! What can go wrong, each with a stable code, whether trying again makes sense, and a Japanese remedy.
//!
//! ```json
//! {"code": 1501, "message": "wrong_pin", "data": {"retriable": true, "remedy": "…", "tries_left": 2}}
//! ```
//! Codes and names never change their meaning; a new failure gets a new code and a new API level. Remedies may be
//! reworded at any time: a page shows the text of its own build, never text that came over the wire.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// `error.data` of a failure's wire form.
#[derive(Serialize, Deserialize, Default)]
struct Details {
    #[serde(default)]
    retriable: bool,
    #[serde(default)]
    remedy: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tries_left: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wait_seconds: Option<u32>,
}

/// The JSON-RPC error object.
#[derive(Serialize, Deserialize)]
struct Wire {
    code: i32,
    message: String,
    data: Details,
}

macro_rules! failures {
    ($($(#[$doc:meta])* $name:ident $({ $(#[$field_doc:meta])* $field:ident: $type:ty })?
        = $code:literal $wire:literal $retriable:literal $remedy:literal;)+) => {
        /// Why a request was not fulfilled.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Failure {
            $($(#[$doc])* $name $({ $(#[$field_doc])* $field: $type })?,)+
        }

        impl Failure {
            /// One of each, for tests and for the page's gallery of error screens; numbers in them are 1.
            pub const EXAMPLES: &[Self] = &[$(Self::$name $({ $field: 1 })?,)+];

            /// The stable number (JSON-RPC's own below zero, ours from 1000).
            pub const fn code(&self) -> i32 {
                match self { $(Self::$name { .. } => $code,)+ }
            }

            /// The stable name, for logs and tests.
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$name { .. } => $wire,)+ }
            }

            /// Whether the page may offer もう一度 once the person has followed the remedy. Never a reason to repeat a
            /// request without asking: that would use up tries.
            pub const fn retriable(&self) -> bool {
                match self { $(Self::$name { .. } => $retriable,)+ }
            }

            /// What the person can do, in Japanese.
            pub const fn remedy(&self) -> &'static str {
                match self { $(Self::$name { .. } => $remedy,)+ }
            }

            fn details(&self) -> Details {
                let mut details =
                    Details { retriable: self.retriable(), remedy: self.remedy().to_owned(), ..Details::default() };
                match self { $(Self::$name $({ $field })? => { $(details.$field = Some(*$field);)? })+ }
                details
            }

            fn from_wire(code: i32, details: &Details) -> Option<Self> {
                match code {
                    $($code => Some(Self::$name $({ $field: details.$field? })?),)+
                    _ => None,
                }
            }
        }
    };
}

failures! {
    /// The frame is no JSON text.
    NotJson = -32700 "not_json" false "画面を再読み込みしてください。解消しない場合は、システム管理者へ連絡してください。";
    /// JSON, but no request of this protocol: batch, no id, unknown member.
    InvalidRequest = -32600 "invalid_request" false "画面を再読み込みしてください。解消しない場合は、システム管理者へ連絡してください。";
    /// A method that this level does not have.
    UnknownMethod = -32601 "unknown_method" false "reader-bridge を最新版に更新してください。";
    /// The method exists, its parameters do not fit.
    InvalidParams = -32602 "invalid_params" false "入力内容を確認してください。";
    /// A fault in reader-bridge itself.
    Internal = -32603 "internal" true "reader-bridge を再起動してから、もう一度お試しください。";

    /// The page needs a newer reader-bridge.
    BridgeTooOld = 1001 "bridge_too_old" false "reader-bridge が古いため利用できません。最新版に更新してください。";
    /// reader-bridge needs a newer page.
    PageTooOld = 1002 "page_too_old" false "画面が古いため利用できません。ブラウザの画面を再読み込みしてください。";
    /// The first request of a connection was not `hello`.
    HelloFirst = 1003 "hello_first" false "画面を再読み込みしてください。";
    /// A frame above the limit of [`crate::frame`].
    TooLarge = 1004 "too_large" false "送信するデータが大きすぎます。画面を再読み込みしてください。";
    /// Too many requests in a short time.
    TooMany { /** Seconds until the next one is taken. */ wait_seconds: u32 }
        = 1005 "too_many" true "しばらく待ってから、もう一度お試しください。";

    /// The person has not allowed this origin at the bridge.
    NotPaired = 1101 "not_paired" true "reader-bridge の画面で、このサイトの利用を許可してください。";
    /// Terms, registration or passcode are still missing; `state` says which.
    NotSetUp = 1102 "not_set_up" false "初期設定が完了していません。利用規約への同意、アカウント登録、パスコード登録を行ってください。";
    /// The passcode must be given (again): no token, or one that is no longer valid.
    Locked = 1103 "locked" true "パスコードを入力してください。";
    /// Not this terminal's passcode.
    WrongPasscode { /** Seconds until the next attempt is taken. */ wait_seconds: u32 }
        = 1104 "wrong_passcode" true "パスコードが正しくありません。正しいパスコードを入力してください。";
    /// An attempt before the delay of the last wrong passcode was over; it was not looked at.
    PasscodeDelayed { /** Seconds until the next attempt is taken. */ wait_seconds: u32 }
        = 1105 "passcode_delayed" true "パスコードの誤りが続いたため、一時的に入力できません。しばらく待ってから入力してください。";

    /// The operating system's smart card service does not run.
    ServiceStopped = 1201 "service_stopped" true "パソコンのスマートカードサービスが停止しています。カードリーダーを接続し直し、解消しない場合はパソコンを再起動してください。";
    /// No usable reader is connected, or the chosen one is gone.
    NoReader = 1202 "no_reader" true "カードリーダーが見つかりません。接続を確認し、「カードリーダー選択」から選び直してください。";
    /// The reader answers with errors.
    ReaderFault = 1203 "reader_fault" true "カードリーダーと通信できません。カードリーダーを接続し直してください。";
    /// Another tab or another program uses the reader.
    Busy = 1204 "busy" true "カードリーダーは他の画面またはソフトウェアで使用中です。終了してから、もう一度お試しください。";

    /// No card lies on the reader.
    NoCard = 1301 "no_card" true "マイナンバーカードをカードリーダーに置いてください。";
    /// The card was taken away during the operation.
    CardPulled = 1302 "card_pulled" true "読み取り中にカードが離れました。カードを置き直し、完了するまで動かさないでください。";
    /// A card of another kind.
    NotMyNumberCard = 1303 "not_my_number_card" true "マイナンバーカードではありません。マイナンバーカードを置いてください。";
    /// The card or its certificate is past its validity.
    CardExpired = 1304 "card_expired" false "カードまたは電子証明書の有効期限が切れています。住所地の市区町村窓口で更新してください。";

    /// The person or the page cancelled the request.
    Cancelled = 1401 "cancelled" true "読み取りを中止しました。";
    /// The operation's deadline passed.
    TimedOut = 1402 "timed_out" true "時間内に読み取れませんでした。カードを置き直して、もう一度お試しください。";

    /// Not the card's 暗証番号; one try is used.
    WrongPin { /** Tries left before the PIN is blocked. */ tries_left: u8 }
        = 1501 "wrong_pin" true "暗証番号が正しくありません。残り回数を確認し、正しい暗証番号を入力してください。";
    /// Only this many tries are left and the request did not confirm the last one; no try was used.
    PinLastTry { /** Tries left. */ tries_left: u8 }
        = 1502 "pin_last_try" true "次に間違えると暗証番号がロックされます。正しい暗証番号を確認してから入力してください。";
    /// No tries left for the 暗証番号.
    PinBlocked = 1503 "pin_blocked" false "暗証番号がロックされています。住所地の市区町村窓口で再設定してください。";
    /// Not the card's 照合番号B; one try is used.
    WrongNumberB { /** Tries left before it is blocked. */ tries_left: u8 }
        = 1511 "wrong_number_b" true "照合番号Bが正しくありません。生年月日、有効期限の西暦、セキュリティコードを確認してください。";
    /// As [`Failure::PinLastTry`], for 照合番号B.
    NumberBLastTry { /** Tries left. */ tries_left: u8 }
        = 1512 "number_b_last_try" true "次に間違えると照合番号Bがロックされます。券面の記載を確認してから入力してください。";
    /// No tries left for 照合番号B.
    NumberBBlocked = 1513 "number_b_blocked" false "照合番号Bがロックされています。住所地の市区町村窓口で手続きしてください。";
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::error::Error for Failure {}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire { code: self.code(), message: self.name().to_owned(), data: self.details() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Failure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        Self::from_wire(wire.code, &wire.data).ok_or_else(|| de::Error::custom("an unknown failure"))
    }
}
