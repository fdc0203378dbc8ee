//! One card during one transaction.

use protocol::{
    failure::Failure,
    request::Counted,
    secret::{NumberB, Pin},
};

use crate::{
    card::{
        apdu::{Answer, Command, DONE},
        files::{Application, File},
        tlv,
    },
    reader::Channel,
};

/// The furthest byte that READ BINARY can reach, and with it the largest file.
const MAX_FILE: usize = 0x8000;
/// Pieces in which one answer may come; a certificate's chunk needs two.
const MAX_PIECES: usize = 8;

const NOT_FOUND: [u16; 2] = [0x6A82, 0x6986];
const BLOCKED: [u16; 2] = [0x6983, 0x6984];
const END_OF_FILE: [u16; 2] = [0x6B00, 0x6282];

/// What a person enters for the card.
#[derive(Clone, Copy)]
pub enum Secret<'a> {
    /// 暗証番号.
    Pin(&'a Pin),
    /// 照合番号B.
    NumberB(&'a NumberB),
}

impl Secret<'_> {
    fn expose(&self) -> &str {
        match self {
            Self::Pin(pin) => pin.expose(),
            Self::NumberB(number) => number.expose(),
        }
    }

    const fn counted(&self) -> Counted {
        match self {
            Self::Pin(_) => Counted::Pin,
            Self::NumberB(_) => Counted::NumberB,
        }
    }
}

/// Selects, reads and verifies. Remembers which application is selected.
pub struct Session<'a> {
    channel: &'a mut dyn Channel,
    application: Option<Application>,
}

impl<'a> Session<'a> {
    /// Sends nothing yet.
    pub fn new(channel: &'a mut dyn Channel) -> Self {
        Self { channel, application: None }
    }

    /// Selects an application. Errors: `not_my_number_card` where the card does not have it.
    pub fn enter(&mut self, application: Application) -> Result<(), Failure> {
        if self.application == Some(application) {
            return Ok(());
        }
        self.application = None;
        let answer = self.send(&Command::select_application(&application.aid()))?;
        found(&answer)?;
        self.application = Some(application);
        Ok(())
    }

    fn select(&mut self, file: File) -> Result<(), Failure> {
        self.enter(file.application())?;
        found(&self.send(&Command::select_file(file.id()))?)
    }

    /// A whole file, as long as its first object says. Errors: `reader_fault` when it is longer than a file can be or ends
    /// before.
    pub fn read(&mut self, file: File, mut progress: impl FnMut(usize, usize)) -> Result<Vec<u8>, Failure> {
        self.select(file)?;
        let mut bytes = self.read_at(0)?;
        let total = tlv::total_length(&bytes).filter(|total| *total <= MAX_FILE).ok_or(Failure::ReaderFault)?;
        progress(bytes.len(), total);
        while bytes.len() < total {
            let more = self.read_at(bytes.len())?;
            if more.is_empty() {
                return Err(Failure::ReaderFault);
            }
            bytes.extend(more);
            progress(bytes.len().min(total), total);
        }
        bytes.truncate(total);
        Ok(bytes)
    }

    fn read_at(&mut self, offset: usize) -> Result<Vec<u8>, Failure> {
        let offset = u16::try_from(offset).map_err(|_| Failure::ReaderFault)?;
        let answer = self.send(&Command::read(offset))?;
        match answer.status {
            DONE => Ok(answer.data),
            status if END_OF_FILE.contains(&status) => Ok(answer.data),
            _ => Err(Failure::ReaderFault),
        }
    }

    /// How many tries `key` has left; uses none.
    pub fn tries_left(&mut self, key: File) -> Result<u8, Failure> {
        self.select(key)?;
        let mut status = self.send(&Command::tries_left())?.status;
        if status == DONE {
            // Another program verified it and left the card so. Only a reset card tells its counter.
            self.channel.reset()?;
            self.application = None;
            self.select(key)?;
            status = self.send(&Command::tries_left())?.status;
        }
        tries(status).ok_or(Failure::ReaderFault)
    }

    /// Gives `secret` to the card. Asks for the tries left first and uses none of the last one unless `last_try` is wanted.
    pub fn verify(&mut self, key: File, secret: Secret<'_>, last_try: bool) -> Result<(), Failure> {
        match self.tries_left(key)? {
            0 => return Err(blocked(secret.counted())),
            1 if !last_try => return Err(refused_last_try(secret.counted())),
            _ => self.channel.reset_afterwards(),
        }
        let answer = self.send(&Command::verify(secret.expose()))?;
        match (answer.status, tries(answer.status)) {
            (DONE, _) => Ok(()),
            (_, Some(0)) => Err(blocked(secret.counted())),
            (_, Some(left)) => Err(wrong(secret.counted(), left)),
            _ => Err(Failure::ReaderFault),
        }
    }

    /// Signs with the user-authentication key; its PIN must be verified.
    pub fn sign(&mut self, input: &[u8]) -> Result<Vec<u8>, Failure> {
        self.select(File::Key)?;
        let answer = self.send(&Command::sign(input))?;
        if answer.status == DONE && !answer.data.is_empty() { Ok(answer.data) } else { Err(Failure::ReaderFault) }
    }

    fn send(&mut self, command: &Command) -> Result<Answer, Failure> {
        let mut answer = self.exchange(command)?;
        for _ in 0..MAX_PIECES {
            let Some(next) = command.follow_up(&answer) else { return Ok(answer) };
            let more = self.exchange(&next)?;
            answer.data.extend(more.data);
            answer.status = more.status;
        }
        Err(Failure::ReaderFault)
    }

    fn exchange(&mut self, command: &Command) -> Result<Answer, Failure> {
        Answer::parse(&self.channel.transmit(command.bytes())?).ok_or(Failure::ReaderFault)
    }
}

fn found(answer: &Answer) -> Result<(), Failure> {
    match answer.status {
        DONE => Ok(()),
        status if NOT_FOUND.contains(&status) => Err(Failure::NotMyNumberCard),
        _ => Err(Failure::ReaderFault),
    }
}

/// The counter in a status: 63Cx, or one of those that mean blocked.
fn tries(status: u16) -> Option<u8> {
    match status.to_be_bytes() {
        [0x63, counter @ 0xC0..=0xCF] => Some(counter & 0x0F),
        _ => BLOCKED.contains(&status).then_some(0),
    }
}

const fn blocked(counted: Counted) -> Failure {
    match counted {
        Counted::Pin => Failure::PinBlocked,
        Counted::NumberB => Failure::NumberBBlocked,
    }
}

const fn refused_last_try(counted: Counted) -> Failure {
    match counted {
        Counted::Pin => Failure::PinLastTry { tries_left: 1 },
        Counted::NumberB => Failure::NumberBLastTry { tries_left: 1 },
    }
}

const fn wrong(counted: Counted, tries_left: u8) -> Failure {
    match counted {
        Counted::Pin => Failure::WrongPin { tries_left },
        Counted::NumberB => Failure::WrongNumberB { tries_left },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::scripted::ScriptedCard;

    const JPKI: (&str, &str) = ("00A4040C0A D392F000260100000001", "9000");
    const PIN: (&str, &str) = ("00A4020C02 0018", "9000");
    const ASK: &str = "00200080";
    const VERIFY: &str = "0020008004 31323334";

    fn verify(card: &mut ScriptedCard, last_try: bool) -> Result<(), Failure> {
        Session::new(card).verify(File::Pin, Secret::Pin(&Pin::parse("1234").unwrap()), last_try)
    }

    #[test]
    fn tries_are_asked_for_before_every_verify_and_the_card_is_reset_after_it() {
        let mut card = ScriptedCard::new(&[JPKI, PIN, (ASK, "63C3"), (VERIFY, "9000")]);
        assert_eq!(verify(&mut card, false), Ok(()));
        assert!(card.is_done() && card.reset_afterwards);
    }

    #[test]
    fn the_last_try_is_used_only_when_it_is_wanted() {
        let mut card = ScriptedCard::new(&[JPKI, PIN, (ASK, "63C1")]);
        assert_eq!(verify(&mut card, false), Err(Failure::PinLastTry { tries_left: 1 }));
        assert!(!card.reset_afterwards, "no other program is disturbed");
        let mut card = ScriptedCard::new(&[JPKI, PIN, (ASK, "63C1"), (VERIFY, "63C0")]);
        assert_eq!(verify(&mut card, true), Err(Failure::PinBlocked));
    }

    #[test]
    fn every_way_to_say_blocked_is_understood() {
        for blocked in ["63C0", "6983", "6984"] {
            let mut card = ScriptedCard::new(&[JPKI, PIN, (ASK, blocked)]);
            assert_eq!(verify(&mut card, true), Err(Failure::PinBlocked), "{blocked}");
            let mut card = ScriptedCard::new(&[JPKI, PIN, (ASK, "63C2"), (VERIFY, blocked)]);
            assert_eq!(verify(&mut card, true), Err(Failure::PinBlocked), "{blocked}");
        }
        let mut card = ScriptedCard::new(&[JPKI, PIN, (ASK, "63C3"), (VERIFY, "63C2")]);
        assert_eq!(verify(&mut card, false), Err(Failure::WrongPin { tries_left: 2 }));
    }

    #[test]
    fn a_card_left_verified_by_another_program_is_reset_before_its_counter_is_trusted() {
        let script = [JPKI, PIN, (ASK, "9000"), JPKI, PIN, (ASK, "63C1")];
        let mut card = ScriptedCard::new(&script);
        assert_eq!(verify(&mut card, false), Err(Failure::PinLastTry { tries_left: 1 }));
        assert!(card.is_done());
        assert_eq!(card.resets, 1);
    }

    fn read(script: &[(&str, &str)]) -> Result<Vec<u8>, Failure> {
        let mut card = ScriptedCard::new(&[&[JPKI, ("00A4020C02 000A", "9000")], script].concat());
        let outcome = Session::new(&mut card).read(File::Certificate, |_, _| {});
        assert!(card.is_done());
        outcome
    }

    #[test]
    fn a_file_is_read_as_far_as_its_object_goes() {
        assert_eq!(read(&[("00B0000000", "3002AABB FFFF 9000")]).unwrap(), [0x30, 0x02, 0xAA, 0xBB]);
        let first = format!("308200FE{}9000", "00".repeat(252));
        assert_eq!(read(&[("00B0000000", &first), ("00B0010000", "1111 9000")]).unwrap().len(), 0x102);
    }

    #[test]
    fn a_file_that_lies_about_its_length_is_a_fault() {
        assert_eq!(
            read(&[("00B0000000", "3082 FFFF 00 9000")]),
            Err(Failure::ReaderFault),
            "longer than a file can be"
        );
        assert_eq!(read(&[("00B0000000", "3004 AA 9000"), ("00B0000300", "6B00")]), Err(Failure::ReaderFault));
        assert_eq!(read(&[("00B0000000", "9000")]), Err(Failure::ReaderFault));
        assert_eq!(read(&[("00B0000000", "6982")]), Err(Failure::ReaderFault));
    }

    #[test]
    fn answers_in_pieces_are_put_together_but_not_without_end() {
        let pieces = [("00B0000000", "6C04"), ("00B0000004", "3002 6102"), ("00C0000002", "AABB 9000")];
        assert_eq!(read(&pieces).unwrap(), [0x30, 0x02, 0xAA, 0xBB]);
        let endless = [[("00B0000000", "6101")].as_slice(), &[("00C0000001", "00 6101"); MAX_PIECES]].concat();
        assert_eq!(read(&endless), Err(Failure::ReaderFault));
    }

    #[test]
    fn another_card_and_a_pulled_card_are_told_apart() {
        let mut other = ScriptedCard::new(&[(JPKI.0, "6A82")]);
        assert_eq!(verify(&mut other, false), Err(Failure::NotMyNumberCard));
        let mut pulled = ScriptedCard::new(&[JPKI, PIN, (ASK, "63C3")]).then_fails(VERIFY, Failure::CardPulled);
        assert_eq!(verify(&mut pulled, false), Err(Failure::CardPulled));
        assert!(pulled.reset_afterwards, "it may have verified all the same");
    }
}
