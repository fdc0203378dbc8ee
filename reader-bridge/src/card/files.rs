//! Every file this program can select, by name. There is no way to name another one.
//!
//! 番号法 forbids reading the 個人番号 for this purpose. Its files (入力補助 0001, 券面 0005) and the keys that open them
//! (0014, 0013) are therefore not in this table, and [`super::session`] takes nothing but its rows.

/// An application (AP) on the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Application {
    /// 公的個人認証AP.
    Jpki,
    /// 券面事項入力補助AP.
    Attributes,
    /// 券面事項確認AP.
    Face,
}

impl Application {
    /// Its identifier.
    pub const fn aid(self) -> [u8; 10] {
        match self {
            Self::Jpki => [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01],
            Self::Attributes => [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08],
            Self::Face => [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02],
        }
    }
}

/// A file and the application it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    /// User-authentication certificate (利用者証明用電子証明書).
    Certificate,
    /// The key that belongs to it.
    Key,
    /// Its 暗証番号.
    Pin,
    /// 基本4情報.
    Attributes,
    /// 照合番号B before them.
    AttributesNumberB,
    /// What is printed on the card, with the photo.
    Face,
    /// 照合番号B before it.
    FaceNumberB,
}

impl File {
    /// All of them, for tests.
    pub const ALL: [Self; 7] = [
        Self::Certificate,
        Self::Key,
        Self::Pin,
        Self::Attributes,
        Self::AttributesNumberB,
        Self::Face,
        Self::FaceNumberB,
    ];

    /// Where it is.
    pub const fn application(self) -> Application {
        match self {
            Self::Certificate | Self::Key | Self::Pin => Application::Jpki,
            Self::Attributes | Self::AttributesNumberB => Application::Attributes,
            Self::Face | Self::FaceNumberB => Application::Face,
        }
    }

    /// Its number there.
    pub const fn id(self) -> u16 {
        match self {
            Self::Certificate => 0x000A,
            Self::Key => 0x0017,
            Self::Pin => 0x0018,
            Self::Attributes | Self::Face => 0x0002,
            Self::AttributesNumberB => 0x0015,
            Self::FaceNumberB => 0x0012,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_the_individual_number_are_not_in_the_table() {
        for file in File::ALL {
            let forbidden: &[u16] = match file.application() {
                Application::Jpki => &[],
                Application::Attributes => &[0x0001, 0x0011, 0x0014],
                Application::Face => &[0x0005, 0x0013],
            };
            assert!(!forbidden.contains(&file.id()), "{file:?}");
        }
    }
}
