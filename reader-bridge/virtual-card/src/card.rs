//! The card itself: takes a command APDU, changes its state, gives the answer.

use std::time::Duration;

use rsa::rand_core::CryptoRng;
use time::OffsetDateTime;

use crate::{
    authority::{Algorithm, Authority, CardKey},
    content::{Application, Content},
    person::{EXPIRY, PAST_EXPIRY, Person},
    preset::Preset,
};

/// Answer to reset; the one by which `OpenSC` knows a JPKI card.
pub const ATR: [u8; 9] = [0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];

const DONE: u16 = 0x9000;
const WRONG_LENGTH: u16 = 0x6700;
const NOT_ALLOWED: u16 = 0x6982;
const BLOCKED: u16 = 0x6984;
const NO_FILE_CHOSEN: u16 = 0x6986;
const WRONG_DATA: u16 = 0x6A80;
const NOT_FOUND: u16 = 0x6A82;
const WRONG_PARAMETERS: u16 = 0x6A86;
const PAST_THE_END: u16 = 0x6B00;
const UNKNOWN_COMMAND: u16 = 0x6D00;

/// Key file of the 暗証番号.
const PIN: u16 = 0x0018;

/// Where a card that dies in mid-read stops answering: well inside the certificate and inside the photo.
const DIES_AT: usize = 512;

/// What the card does with a command.
#[derive(Debug, PartialEq, Eq)]
pub enum Reaction {
    /// Answers: data and status.
    Answer(Vec<u8>),
    /// Leaves the reader.
    Leave,
}

/// A secret and how often it may still be wrong.
#[derive(Clone, Debug)]
struct Counter {
    secret: String,
    most: u8,
    left: u8,
}

/// A card with its holder's files and keys.
#[derive(Clone, Debug)]
pub struct Card {
    preset: Preset,
    content: Content,
    key: CardKey,
    pin: Counter,
    /// Password of the signing certificate, which the card has no use for; others ask how many tries it has left.
    signing_password: Counter,
    /// 照合番号B of 入力補助 and of 券面: the two count apart.
    numbers_b: [Counter; 2],
    application: Option<Application>,
    file: Option<u16>,
    /// The key file whose secret was last verified.
    verified: Option<u16>,
    dying: bool,
}

impl Card {
    /// The card of `person` in the state of `preset`.
    pub fn new(
        authority: &Authority,
        person: &Person,
        algorithm: Algorithm,
        preset: Preset,
        now: OffsetDateTime,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let expired = preset == Preset::ExpiredCertificate;
        let expiry = if expired { PAST_EXPIRY } else { EXPIRY };
        let (key, certificate) = authority.issue(person, algorithm, expired, now, rng)?;
        let content = Content::new(person, expiry, certificate, authority.certificate().to_vec());
        let number_b = Counter { secret: person.number_b(expiry), most: 10, left: preset.number_b_tries() };
        Ok(Self {
            preset,
            content,
            key,
            pin: Counter { secret: person.pin.to_owned(), most: 3, left: preset.pin_tries() },
            signing_password: Counter { secret: "PASSWORD1".to_owned(), most: 5, left: 5 },
            numbers_b: [number_b.clone(), number_b],
            application: None,
            file: None,
            verified: None,
            dying: preset == Preset::DiesInMidRead,
        })
    }

    /// Its files.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// How long it takes for a command.
    pub fn delay(&self) -> Duration {
        self.preset.delay()
    }

    /// Power or reset: forgets what was selected and verified; counters stay.
    pub fn reset(&mut self) {
        self.application = None;
        self.file = None;
        self.verified = None;
    }

    /// Takes one command.
    pub fn command(&mut self, bytes: &[u8]) -> Reaction {
        let Some(command) = Command::parse(bytes) else { return answer(WRONG_LENGTH, &[]) };
        match (command.class, command.instruction) {
            (0x00, 0xA4) => answer(self.select(&command), &[]),
            (0x00, 0xB0) => self.read(&command),
            (0x00, 0x20) => answer(self.verify(&command), &[]),
            (0x80, 0x2A) => self.sign(&command),
            _ => answer(UNKNOWN_COMMAND, &[]),
        }
    }

    fn select(&mut self, command: &Command<'_>) -> u16 {
        match (command.p1, command.p2) {
            (0x04, _) => self.select_application(command.data),
            (0x02, 0x0C) => self.select_file(command.data),
            (0x02, _) => WRONG_PARAMETERS,
            _ => NOT_FOUND,
        }
    }

    fn select_application(&mut self, aid: &[u8]) -> u16 {
        let known = self.preset != Preset::NotAMyNumberCard;
        let found = Application::ALL.into_iter().find(|application| known && application.aid() == aid);
        let Some(found) = found else { return NOT_FOUND };
        if self.application != Some(found) {
            self.verified = None;
        }
        self.application = Some(found);
        self.file = None;
        DONE
    }

    fn select_file(&mut self, id: &[u8]) -> u16 {
        let (Some(application), [high, low]) = (self.application, id) else { return NOT_FOUND };
        let id = u16::from_be_bytes([*high, *low]);
        let exists = self.content.file(application, id).is_some()
            || self.counter(id).is_some()
            || application.forbidden().contains(&id)
            || (application == Application::Jpki && id == 0x0017);
        if !exists {
            return NOT_FOUND;
        }
        self.file = Some(id);
        DONE
    }

    /// The counter behind a key file of the current application.
    fn counter(&mut self, id: u16) -> Option<&mut Counter> {
        let [attributes, face] = &mut self.numbers_b;
        match (self.application?, id) {
            (Application::Jpki, PIN) => Some(&mut self.pin),
            (Application::Jpki, 0x001B) => Some(&mut self.signing_password),
            (Application::Attributes, 0x0015) => Some(attributes),
            (Application::Face, 0x0012) => Some(face),
            _ => None,
        }
    }

    fn read(&mut self, command: &Command<'_>) -> Reaction {
        if command.p1 & 0x80 != 0 {
            return answer(WRONG_PARAMETERS, &[]);
        }
        let offset = usize::from(u16::from_be_bytes([command.p1, command.p2]));
        if self.dying && offset >= DIES_AT {
            self.dying = false;
            return Reaction::Leave;
        }
        let (Some(application), Some(id)) = (self.application, self.file) else { return answer(NO_FILE_CHOSEN, &[]) };
        let Some((bytes, guarded)) = self.content.file(application, id) else { return answer(NOT_ALLOWED, &[]) };
        if guarded && self.verified.is_none() {
            return answer(NOT_ALLOWED, &[]);
        }
        match bytes.get(offset..) {
            None | Some([]) => answer(PAST_THE_END, &[]),
            Some(rest) => answer(DONE, &rest[..rest.len().min(command.expected)]),
        }
    }

    fn verify(&mut self, command: &Command<'_>) -> u16 {
        let Some(id) = self.file else { return NO_FILE_CHOSEN };
        if command.p2 != 0x80 {
            return WRONG_PARAMETERS;
        }
        let Some(counter) = self.counter(id) else { return NO_FILE_CHOSEN };
        if command.data.is_empty() {
            return tries(counter.left);
        }
        if counter.left == 0 {
            return BLOCKED;
        }
        if counter.secret.as_bytes() == command.data {
            counter.left = counter.most;
            self.verified = Some(id);
            return DONE;
        }
        counter.left -= 1;
        let left = counter.left;
        self.verified = None;
        tries(left)
    }

    fn sign(&self, command: &Command<'_>) -> Reaction {
        if (self.application, self.file) != (Some(Application::Jpki), Some(0x0017)) {
            return answer(NO_FILE_CHOSEN, &[]);
        }
        if (command.p1, command.p2) != (0x00, 0x80) {
            return answer(WRONG_PARAMETERS, &[]);
        }
        if self.verified != Some(PIN) {
            return answer(NOT_ALLOWED, &[]);
        }
        match self.key.sign(command.data) {
            Ok(signature) => answer(DONE, &signature),
            Err(_) => answer(WRONG_DATA, &[]),
        }
    }
}

/// A command APDU in its short form.
struct Command<'a> {
    class: u8,
    instruction: u8,
    p1: u8,
    p2: u8,
    data: &'a [u8],
    expected: usize,
}

impl<'a> Command<'a> {
    /// `None`: under four bytes, or the lengths inside do not add up.
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (&[class, instruction, p1, p2], rest) = bytes.split_first_chunk::<4>()?;
        let (data, expected) = match rest {
            [] => (&[][..], None),
            [expected] => (&[][..], Some(expected)),
            [length, rest @ ..] => match rest.split_at_checked(usize::from(*length))? {
                (data, []) => (data, None),
                (data, [expected]) => (data, Some(expected)),
                _ => return None,
            },
        };
        let expected = match expected {
            None | Some(0) => 256,
            Some(expected) => usize::from(*expected),
        };
        Some(Self { class, instruction, p1, p2, data, expected })
    }
}

fn answer(status: u16, data: &[u8]) -> Reaction {
    Reaction::Answer([data, &status.to_be_bytes()].concat())
}

fn tries(left: u8) -> u16 {
    0x63C0 | u16::from(left & 0x0F)
}
