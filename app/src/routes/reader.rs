//! The companion's screens.

use serde::{Deserialize, Serialize};

use crate::screens::ScreenId;

macro_rules! reader_steps {
    ($($(#[$doc:meta])* $step:ident $name:literal $screen:ident;)+) => {
        /// Where the companion's screens (M) begin. Each moves on by itself to what reader-bridge asks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ReaderStep { $($(#[$doc])* $step,)+ }

        impl ReaderStep {
            /// In the order of their numbers.
            pub const ALL: &[Self] = &[$(Self::$step,)+];

            /// The screen.
            pub const fn screen(self) -> ScreenId {
                match self { $(Self::$step => ScreenId::$screen,)+ }
            }

            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$step => $name,)+ }
            }

            pub(super) fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|step| *step != Self::Choose && step.name() == name)
            }
        }
    };
}

reader_steps! {
    /// 利用規約.
    Terms "terms" M1;
    /// The ユーザ設定情報.
    Account "account" M2;
    /// It is stored.
    Registered "account-done" M3;
    /// パスコード.
    Passcode "passcode" M4;
    /// The same once more.
    PasscodeAgain "passcode-again" M5;
    /// It is stored.
    PasscodeSet "passcode-done" M6;
    /// パスコード at start.
    Unlock "unlock" M7;
    /// 認証選択: where a reading begins.
    Choose "" M8;
    /// Settings.
    Menu "menu" M9;
    /// カードリーダー選択.
    Readers "readers" M10;
    /// The card is read.
    Read "read" M11;
    /// What went wrong, and the remedy.
    Failed "trouble" M12;
    /// 端末固有ID.
    TerminalId "terminal-id" M13;
}
