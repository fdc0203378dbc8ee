//! The files of the card's applications, as bytes.

use crate::person::Person;

/// One of the card's applications (AP).
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
    pub(crate) const ALL: [Self; 3] = [Self::Jpki, Self::Attributes, Self::Face];

    /// Its identifier.
    pub const fn aid(self) -> [u8; 10] {
        match self {
            Self::Jpki => [0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01],
            Self::Attributes => [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08],
            Self::Face => [0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02],
        }
    }

    /// The files that hold the 個人番号 or open them; a reader has no business there.
    pub const fn forbidden(self) -> &'static [u16] {
        match self {
            Self::Jpki => &[],
            Self::Attributes => &[0x0001, 0x0014],
            Self::Face => &[0x0005, 0x0013],
        }
    }
}

/// What a holder's card has in its files.
#[derive(Clone, Debug)]
pub struct Content {
    /// DER of the user-authentication certificate.
    pub certificate: Vec<u8>,
    /// DER of the CA's certificate.
    pub ca_certificate: Vec<u8>,
    attributes: Vec<u8>,
    face: Vec<u8>,
}

impl Content {
    /// The card of `person`, valid until `expiry` (YYYYMMDD).
    pub fn new(person: &Person, expiry: &str, certificate: Vec<u8>, ca_certificate: Vec<u8>) -> Self {
        Self { certificate, ca_certificate, attributes: attributes(person), face: face(person, expiry) }
    }

    /// A file that can be read, and whether 照合番号B must be verified first. `None`: no such file.
    pub(crate) fn file(&self, application: Application, id: u16) -> Option<(&[u8], bool)> {
        /// EF 0006 of the JPKI AP, as far as it matters here: a label, padded.
        const TOKEN: &[u8; 32] = b"JPKIAPICCTOKEN2                 ";
        /// EF 0005 of 入力補助 (AP info): specification version, extended length, vendor.
        const AP_INFO: &[u8] = &[0xFF, 0x40, 0x07, 0xDF, 0x41, 0x04, 0x06, 0x03, 0x0E, 0x01];
        match (application, id) {
            (Application::Jpki, 0x000A) => Some((&self.certificate, false)),
            (Application::Jpki, 0x000B) => Some((&self.ca_certificate, false)),
            (Application::Jpki, 0x0006) => Some((TOKEN, false)),
            (Application::Attributes, 0x0002) => Some((&self.attributes, true)),
            (Application::Attributes, 0x0005) => Some((AP_INFO, false)),
            (Application::Face, 0x0002) => Some((&self.face, true)),
            _ => None,
        }
    }
}

/// 基本4情報: `FF20 { DF21 offsets, DF22 氏名, DF23 住所, DF24 生年月日, DF25 性別 }`.
fn attributes(person: &Person) -> Vec<u8> {
    let sex = person.sex.to_string();
    file(&[
        (0xDF22, person.name.as_bytes()),
        (0xDF23, person.address.as_bytes()),
        (0xDF24, person.birth_date.as_bytes()),
        (0xDF25, sex.as_bytes()),
    ])
}

/// What is printed on the card. Pictures of text, key and signature are blanks of a likely length: nothing reads them.
fn face(person: &Person, expiry: &str) -> Vec<u8> {
    let sex = person.sex.to_string();
    let blank = [0_u8; 700];
    file(&[
        (0xDF22, person.birth_date.as_bytes()),
        (0xDF23, sex.as_bytes()),
        (0xDF24, &blank[..265]),
        (0xDF25, &blank),
        (0xDF26, &blank),
        (0xDF27, person.photo),
        (0xDF28, &blank[..256]),
        (0xDF29, expiry.as_bytes()),
        (0xDF2A, &blank[..300]),
    ])
}

/// `FF20` around the offset table `DF21` (two bytes a field, from the start of the file) and the fields.
fn file(fields: &[(u16, &[u8])]) -> Vec<u8> {
    let body: Vec<Vec<u8>> = fields.iter().map(|(tag, value)| tlv(*tag, value)).collect();
    let table_length = tlv(0xDF21, &vec![0; fields.len() * 2]).len();
    let total = table_length + body.iter().map(Vec::len).sum::<usize>();
    let mut offset = header(0xFF20, total).len() + table_length;
    let mut table = Vec::new();
    for field in &body {
        table.extend(u16::try_from(offset).unwrap_or(u16::MAX).to_be_bytes());
        offset += field.len();
    }
    [header(0xFF20, total), tlv(0xDF21, &table), body.concat()].concat()
}

fn tlv(tag: u16, value: &[u8]) -> Vec<u8> {
    [&header(tag, value.len()), value].concat()
}

/// Tag and length, the latter in the shortest form.
fn header(tag: u16, length: usize) -> Vec<u8> {
    let length = u16::try_from(length).unwrap_or(u16::MAX);
    let [high, low] = length.to_be_bytes();
    let length = match length {
        0..0x80 => vec![low],
        0x80..0x100 => vec![0x81, low],
        _ => vec![0x82, high, low],
    };
    [&tag.to_be_bytes()[..], &length].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::person::{EXPIRY, PEOPLE};

    #[test]
    fn offsets_point_at_their_fields() {
        for person in &PEOPLE {
            let face = face(person, EXPIRY);
            assert_eq!(face[..3], [0xFF, 0x20, 0x82]);
            let at = |index: usize| {
                let place = 8 + index * 2;
                usize::from(u16::from_be_bytes([face[place], face[place + 1]]))
            };
            assert_eq!(face[5..8], [0xDF, 0x21, 18]);
            assert_eq!(face[at(5)..at(5) + 2], [0xDF, 0x27]);
            assert_eq!(face[at(7)..at(7) + 11], [&[0xDF, 0x29, 8], EXPIRY.as_bytes()].concat());
        }
    }
}
