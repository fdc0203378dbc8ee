//! 基本4情報 and the printed face, out of the card's files.

use protocol::{
    bytes::Bytes,
    reading::{Attributes, CardDate, Sex},
};

use crate::{card::tlv, clock::Timestamp};

/// The tag of both files.
const FILE: u16 = 0xFF20;
/// The largest photo that is passed on; a card's has about 7 KB.
const MAX_PHOTO: usize = 32 * 1024;
/// The longest 氏名 or 住所 that is passed on, in bytes.
const MAX_TEXT: usize = 2048;

/// Out of EF 0002 of 入力補助. `None`: malformed.
pub fn attributes(file: &[u8]) -> Option<Attributes> {
    let fields = fields(file)?;
    Some(Attributes {
        name: text(tlv::find(fields, 0xDF22)?)?,
        address: text(tlv::find(fields, 0xDF23)?)?,
        birth_date: date(tlv::find(fields, 0xDF24)?)?,
        sex: match tlv::find(fields, 0xDF25)? {
            b"1" => Sex::Male,
            b"2" => Sex::Female,
            b"9" => Sex::NotApplicable,
            _ => return None,
        },
    })
}

/// Photo and last day, out of EF 0002 of 券面. `None`: malformed.
pub fn face(file: &[u8]) -> Option<(Bytes, CardDate)> {
    let fields = fields(file)?;
    let photo = tlv::find(fields, 0xDF27).filter(|photo| photo.len() <= MAX_PHOTO)?;
    Some((Bytes(photo.to_vec()), date(tlv::find(fields, 0xDF29)?)?))
}

fn fields(file: &[u8]) -> Option<&[u8]> {
    tlv::object(file).filter(|object| object.tag == FILE).map(|object| object.value)
}

fn text(bytes: &[u8]) -> Option<String> {
    (bytes.len() <= MAX_TEXT).then(|| String::from_utf8(bytes.to_vec()).ok()).flatten()
}

fn date(bytes: &[u8]) -> Option<CardDate> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// Whether the card's last day is over, in Japan.
pub fn is_past(last_day: &CardDate, now: Timestamp) -> bool {
    /// Japan has one time zone and no summer time.
    const JST: i64 = 9 * 3600;
    let Ok(today) = time::OffsetDateTime::from_unix_timestamp(now.seconds().saturating_add(JST)) else { return true };
    let today = format!("{:04}{:02}{:02}", today.year(), u8::from(today.month()), today.day());
    last_day.as_str() < today.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_good_through_its_last_day_in_japan() {
        let last_day: CardDate = "20350401".parse().unwrap();
        let end_of_day = 2_059_052_400_000 - 1; // 2035-04-01T23:59:59+09:00
        assert!(!is_past(&last_day, Timestamp(end_of_day)));
        assert!(is_past(&last_day, Timestamp(end_of_day + 1)));
    }

    #[test]
    fn another_file_is_none() {
        assert!(attributes(&[0xFF, 0x10, 0x00]).is_none());
        assert!(face(b"").is_none());
    }
}
