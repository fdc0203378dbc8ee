//! The My Number card (マイナンバーカード) as this program uses it: three applications, seven files, five commands.
//!
//! ```text
//! [`operation`]  what a request asks for: certificate, tries left, signature, attributes and face
//! [`files`]      the only files that can be selected; those that hold or open the 個人番号 are not among them
//! [`session`]    selecting, reading, verifying on one card within one transaction
//! [`apdu`]       commands and answers as bytes; commands overwrite themselves, some carry a PIN
//! [`tlv`], [`certificate`], [`printed`]   what the files say
//! ```
//! Knows nothing of readers: it talks through [`crate::reader::Channel`]. A file or a status that makes no sense is a
//! `reader_fault`; nothing a card sends may make this code panic or ask for more memory than a file can have.

pub mod apdu;
pub mod certificate;
pub mod files;
pub mod operation;
pub mod printed;
pub mod session;
pub mod tlv;
