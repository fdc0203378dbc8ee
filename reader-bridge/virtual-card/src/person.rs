//! The made-up people who hold the virtual cards.

/// One holder, with what a member of staff reads off the printed face.
#[derive(Debug, PartialEq, Eq)]
pub struct Person {
    /// 1, 2, 3 …
    pub number: u8,
    /// 氏名.
    pub name: &'static str,
    /// 住所.
    pub address: &'static str,
    /// 生年月日, YYYYMMDD.
    pub birth_date: &'static str,
    /// The same as 照合番号B has it: year of the Japanese era, month, day.
    pub era_birth_date: &'static str,
    /// 性別: 1 male, 2 female, 9 not applicable.
    pub sex: u8,
    /// セキュリティコード beside the photo.
    pub security_code: &'static str,
    /// 暗証番号 of the user-authentication certificate.
    pub pin: &'static str,
    /// Photo, greyscale JPEG 2000.
    pub photo: &'static [u8],
    /// The test CA's revocation list names this person's certificates.
    pub revoked: bool,
}

/// The last day of a good card.
pub const EXPIRY: &str = "20350401";
/// The last day of an expired one.
pub const PAST_EXPIRY: &str = "20200401";

/// All of them.
pub static PEOPLE: [Person; 4] = [
    Person {
        number: 1,
        name: "見本　花子",
        address: "東京都千代田区見本町一丁目１番地１",
        birth_date: "19500401",
        era_birth_date: "250401",
        sex: 2,
        security_code: "1234",
        pin: "1234",
        photo: include_bytes!("../photos/1.jp2"),
        revoked: false,
    },
    Person {
        number: 2,
        name: "試験　一郎",
        address: "北海道札幌市中央区試験通二丁目２番２号　見本荘２０２",
        birth_date: "19381215",
        era_birth_date: "131215",
        sex: 1,
        security_code: "5678",
        pin: "2345",
        photo: include_bytes!("../photos/2.jp2"),
        revoked: false,
    },
    Person {
        number: 3,
        name: "髙橋　﨑子",
        address: "沖縄県那覇市例示３－３－３",
        birth_date: "19450000",
        era_birth_date: "200000",
        sex: 9,
        security_code: "9012",
        pin: "3456",
        photo: include_bytes!("../photos/3.jp2"),
        revoked: false,
    },
    Person {
        number: 4,
        name: "失効　四郎",
        address: "大阪府大阪市北区見本４－４",
        birth_date: "19600229",
        era_birth_date: "350229",
        sex: 1,
        security_code: "3456",
        pin: "4567",
        photo: include_bytes!("../photos/4.jp2"),
        revoked: true,
    },
];

/// The person of that number.
pub fn person(number: u8) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.number == number)
}

impl Person {
    /// 照合番号B of a card that ends on `expiry` (YYYYMMDD).
    pub fn number_b(&self, expiry: &str) -> String {
        let year = expiry.get(..4).unwrap_or_default();
        format!("{}{year}{}", self.era_birth_date, self.security_code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_b_is_what_the_face_shows() {
        assert_eq!(person(1).unwrap().number_b(EXPIRY), "25040120351234");
        assert!(PEOPLE.iter().all(|person| person.number_b(PAST_EXPIRY).len() == 14));
    }

    #[test]
    fn photos_are_grey_pictures_that_a_decoder_takes() {
        for person in &PEOPLE {
            let image = hayro_jpeg2000::Image::new(person.photo, &hayro_jpeg2000::DecodeSettings::default()).unwrap();
            assert_eq!((image.width(), image.height()), (240, 300));
            assert_eq!(image.color_space().num_channels(), 1, "grey");
        }
    }
}
