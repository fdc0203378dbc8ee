//! Command and answer APDUs, short form.

use zeroize::Zeroizing;

/// All went well.
pub const DONE: u16 = 0x9000;

/// A command; overwrites itself, since a VERIFY carries a secret.
pub struct Command(Zeroizing<Vec<u8>>);

impl Command {
    /// SELECT of an application by its identifier, without file information in the answer.
    pub fn select_application(aid: &[u8; 10]) -> Self {
        Self::with_data([0x00, 0xA4, 0x04, 0x0C], aid)
    }

    /// SELECT of a file of the current application.
    pub fn select_file(id: u16) -> Self {
        Self::with_data([0x00, 0xA4, 0x02, 0x0C], &id.to_be_bytes())
    }

    /// READ BINARY of up to 256 bytes. The highest bit of `offset` must be clear: it would name a file.
    pub fn read(offset: u16) -> Self {
        let [high, low] = offset.to_be_bytes();
        Self::from([0x00, 0xB0, high & 0x7F, low, 0x00])
    }

    /// VERIFY without data: answers with the tries left and uses none.
    pub fn tries_left() -> Self {
        Self::from([0x00, 0x20, 0x00, 0x80])
    }

    /// VERIFY of a secret: a PIN, a 照合番号B.
    pub fn verify(secret: &str) -> Self {
        Self::with_data([0x00, 0x20, 0x00, 0x80], secret.as_bytes())
    }

    /// COMPUTE DIGITAL SIGNATURE with the current key file.
    pub fn sign(input: &[u8]) -> Self {
        let mut command = Self::with_data([0x80, 0x2A, 0x00, 0x80], input);
        command.0.push(0x00);
        command
    }

    /// The same once more, with the length that the card asked for by 6Cxx.
    fn expecting(&self, length: u8) -> Self {
        let mut bytes = self.0.clone();
        if let Some(last) = bytes.last_mut() {
            *last = length;
        }
        Self(bytes)
    }

    /// GET RESPONSE: the rest of an answer that came with 61xx.
    fn rest(length: u8) -> Self {
        Self::from([0x00, 0xC0, 0x00, 0x00, length])
    }

    /// `data` never exceeds one length byte: the longest input is a hash with its algorithm, 51 bytes.
    fn with_data(header: [u8; 4], data: &[u8]) -> Self {
        let mut bytes = Zeroizing::new(Vec::with_capacity(header.len() + data.len() + 2));
        bytes.extend_from_slice(&header);
        bytes.push(u8::try_from(data.len()).unwrap_or_else(|_| unreachable!("no command has that much data")));
        bytes.extend_from_slice(data);
        Self(bytes)
    }

    /// For the reader.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What to send after `answer`, where a card or reader gives long answers in pieces (contact cards, T=0).
    pub fn follow_up(&self, answer: &Answer) -> Option<Self> {
        match answer.status.to_be_bytes() {
            [0x6C, length] => Some(self.expecting(length)),
            [0x61, length] => Some(Self::rest(length)),
            _ => None,
        }
    }
}

impl<const N: usize> From<[u8; N]> for Command {
    fn from(bytes: [u8; N]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }
}

/// A card's answer.
#[derive(Default)]
pub struct Answer {
    /// What it says; empty for most commands.
    pub data: Vec<u8>,
    /// How it went.
    pub status: u16,
}

impl Answer {
    /// `None`: shorter than a status.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (data, status) = bytes.split_last_chunk::<2>()?;
        Some(Self { data: data.to_vec(), status: u16::from_be_bytes(*status) })
    }
}
