//! Damaged frames, files, certificates and cards: whatever comes in, nothing panics and nothing runs without end.
//!
//! Two seconds for each target, or `FUZZ_SECONDS`. Inputs are true ones with a few things changed, which gets further in
//! than noise does. A finding prints its seed; `FUZZ_SEED` repeats it.

use std::{
    fmt::Debug,
    path::Path,
    time::{Duration, Instant},
};

use getrandom::{SysRng, rand_core::UnwrapErr};
use protocol::{
    bytes::Nonce,
    challenge::Origin,
    failure::Failure,
    frame::{MAX_REQUEST_BYTES, Message, RequestFrame, encode_answer},
    label::Label,
    level::LEVELS,
    method::Method,
    request::{Authenticate, Counted, Hello, ReadFace, Register},
    secret::{NumberB, Password, Pin, Token},
    terminal_id::TerminalId,
};
use reader_bridge::{
    card::{certificate, operation, printed, tlv},
    clock::Timestamp,
    reader::Channel,
};
use time::OffsetDateTime;
use virtual_card::{
    authority::{Algorithm, Authority},
    card::{Card, Reaction},
    person::{EXPIRY, PEOPLE},
    preset::Preset,
};

/// A small generator (splitmix64): repeatable, and good enough to choose what to break.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % sides.max(1) as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        u8::try_from(self.roll(256)).unwrap()
    }

    /// A few things changed.
    fn damage(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.roll(6) {
            let at = self.roll(bytes.len() + 1);
            match self.roll(7) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, self.byte()),
                2 if at < bytes.len() => drop(bytes.remove(at)),
                3 => {
                    let end = (at + self.roll(40)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    let to = self.roll(bytes.len() + 1);
                    bytes.splice(to..to, piece);
                }
                4 if at < bytes.len() => bytes[at] = [0x00, 0x7F, 0x80, 0x81, 0x82, 0x84, 0xFF][self.roll(7)],
                5 if at < bytes.len() => bytes[at] ^= 1 << self.roll(8),
                _ if at < bytes.len() => bytes[at] = self.byte(),
                _ => {}
            }
        }
    }
}

/// Names the round when it panics.
struct Round(u64);

impl Drop for Round {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("repeat with FUZZ_SEED={}", self.0);
        }
    }
}

/// Runs `target` with ever other dice until the time is up, or once for a given seed.
fn fuzz(mut target: impl FnMut(&mut Dice)) {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    if let Some(seed) = number("FUZZ_SEED") {
        return target(&mut Dice(seed));
    }
    let time = Duration::from_secs(number("FUZZ_SECONDS").unwrap_or(2));
    let started = Instant::now();
    let mut start = [0; 8];
    getrandom::fill(&mut start).unwrap();
    let mut rounds = 0_u64;
    while started.elapsed() < time {
        let seed = u64::from_le_bytes(start).wrapping_add(rounds);
        let round = Round(seed);
        target(&mut Dice(seed));
        drop(round);
        rounds += 1;
    }
    println!("{rounds} rounds in {time:?}");
    assert!(rounds > 50, "hardly anything was tried");
}

fn now() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap()
}

fn moment() -> Timestamp {
    Timestamp(now().unix_timestamp() * 1_000)
}

fn card(algorithm: Algorithm) -> Card {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz-ca");
    let mut rng = UnwrapErr(SysRng);
    let authority = Authority::open(&dir, now(), &mut rng).unwrap();
    Card::new(&authority, &PEOPLE[0], algorithm, Preset::Normal, now(), &mut rng).unwrap()
}

fn by_pin() -> Authenticate {
    Authenticate { nonce: Nonce([7; 32]), pin: Pin::parse("1234").unwrap(), confirm_last_try: false }
}

fn by_number_b() -> ReadFace {
    let number_b = NumberB::parse(&PEOPLE[0].number_b(EXPIRY)).unwrap();
    ReadFace { nonce: Nonce([7; 32]), number_b, confirm_last_try: true }
}

#[test]
fn frames() {
    let token = Some(Token::parse("0123456789abcdef").unwrap());
    let register =
        Register { user_id: Label::parse("K1").unwrap(), password: Password::parse("x\u{3042}\"\\").unwrap() };
    let requests = [Hello { levels: LEVELS }.into(), register.into(), by_pin().into(), by_number_b().into()];
    let mut corpus: Vec<Vec<u8>> = Vec::new();
    for (id, request) in (0..).zip(requests) {
        corpus.push(RequestFrame { id, token: token.clone(), request }.encode().as_bytes().to_vec());
    }
    corpus.extend(Failure::EXAMPLES.iter().map(|failure| encode_answer(Some(1), &Err(*failure)).into_bytes()));
    fuzz(|dice| {
        let mut bytes = corpus[dice.roll(corpus.len())].clone();
        dice.damage(&mut bytes);
        let text = String::from_utf8_lossy(&bytes);
        if let Ok(frame) = RequestFrame::decode(&text) {
            assert!(text.len() <= MAX_REQUEST_BYTES);
            assert_eq!(RequestFrame::decode(&frame.encode()), Ok(frame), "what was read can be written");
        }
        if let Ok(Message::Answer(_, Ok(raw))) = Message::decode(&text) {
            for method in Method::ALL {
                drop(raw.reply(*method));
            }
        }
        let _ = text.parse::<Origin>();
        let _ = text.parse::<TerminalId>();
    });
}

#[test]
fn files() {
    let corpus = [
        recorded(&mut |channel| drop(operation::face(channel, &by_number_b(), moment(), &mut |_, _| {}))),
        vec![vec![0xFF, 0x20, 0x82, 0xFF, 0xFF], vec![0x1F; 9]],
    ]
    .concat();
    fuzz(|dice| {
        let mut bytes = corpus[dice.roll(corpus.len())].clone();
        dice.damage(&mut bytes);
        if let Some(object) = tlv::object(&bytes) {
            assert!(object.value.len() + object.rest.len() < bytes.len());
        }
        assert!(tlv::total_length(&bytes).is_none_or(|length| length <= 0xFFFF + 5));
        let _ = tlv::find(&bytes, u16::from_be_bytes([dice.byte(), dice.byte()]));
        let _ = printed::attributes(&bytes);
        if let Some((photo, expiry)) = printed::face(&bytes) {
            assert!(photo.0.len() <= bytes.len());
            let _ = printed::is_past(&expiry, Timestamp(i64::MAX));
        }
    });
}

#[test]
fn certificates() {
    let corpus = [Algorithm::Rsa, Algorithm::P384].map(|algorithm| card(algorithm).content().certificate.clone());
    assert!(corpus.iter().all(|der| certificate::judge(der, moment()).is_ok()));
    fuzz(|dice| {
        let mut bytes = corpus[dice.roll(corpus.len())].clone();
        dice.damage(&mut bytes);
        let _ = certificate::judge(&bytes, moment());
    });
}

/// The virtual card, some of whose answers are damaged.
struct Damaged<'a> {
    card: Card,
    dice: &'a mut Dice,
    commands: usize,
}

impl Channel for Damaged<'_> {
    fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Failure> {
        self.commands += 1;
        assert!(self.commands < 100_000, "it would go on for ever");
        let Reaction::Answer(mut answer) = self.card.command(command) else { return Err(Failure::CardPulled) };
        match self.dice.roll(10) {
            0 => self.dice.damage(&mut answer),
            1 => answer = vec![[0x61, 0x6C, 0x63, 0x90][self.dice.roll(4)], self.dice.byte()],
            _ => {}
        }
        Ok(answer)
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.card.reset();
        Ok(())
    }

    fn reset_afterwards(&mut self) {}
}

#[test]
fn cards() {
    let card = card(Algorithm::Rsa);
    let origin: Origin = "https://care.example.jp".parse().unwrap();
    fuzz(|dice| {
        let what = dice.roll(4);
        let mut channel = Damaged { card: card.clone(), dice, commands: 0 };
        let mut progress = |_, percent| assert!(percent <= 100);
        match what {
            0 => drop_debug(operation::authenticate(&mut channel, &by_pin(), &origin, moment(), &mut progress).is_ok()),
            1 => drop_debug(operation::face(&mut channel, &by_number_b(), moment(), &mut progress).is_ok()),
            2 => drop_debug(operation::tries_left(&mut channel, Counted::NumberB)),
            _ => drop_debug(operation::kind(&mut channel)),
        }
    });
}

/// Also shows it, since Debug must not panic either.
fn drop_debug(value: impl Debug) {
    drop(format!("{value:?}"));
}

/// The answers that the virtual card gives during `work`, long ones put together.
fn recorded(work: &mut dyn FnMut(&mut dyn Channel)) -> Vec<Vec<u8>> {
    struct Recorder(Card, Vec<Vec<u8>>);
    impl Channel for Recorder {
        fn transmit(&mut self, command: &[u8]) -> Result<Vec<u8>, Failure> {
            let Reaction::Answer(answer) = self.0.command(command) else { return Err(Failure::CardPulled) };
            match (command, self.1.last_mut()) {
                ([0x00, 0xB0, 0, 0, ..], _) => self.1.push(answer[..answer.len() - 2].to_vec()),
                ([0x00, 0xB0, ..], Some(file)) => file.extend(&answer[..answer.len() - 2]),
                _ => {}
            }
            Ok(answer)
        }

        fn reset(&mut self) -> Result<(), Failure> {
            Ok(())
        }

        fn reset_afterwards(&mut self) {}
    }
    let mut recorder = Recorder(card(Algorithm::Rsa), Vec::new());
    work(&mut recorder);
    assert_eq!(recorder.1.len(), 2, "attributes and face");
    recorder.1
}
