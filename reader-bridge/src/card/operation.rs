//! What the requests ask of a card, each in one transaction.

use protocol::{
    bytes::Bytes,
    challenge::{self, Origin, SignatureAlgorithm},
    event::Step,
    failure::Failure,
    reading::{Attributes, CardDate},
    reply::{CardKind, Certificate},
    request::{Authenticate, Counted, ReadFace},
};

use crate::{
    card::{
        certificate,
        files::{Application, File},
        printed,
        session::{Secret, Session},
    },
    clock::Timestamp,
    reader::Channel,
};

/// Told how far a read is: the step, and percent of the whole.
pub type Progress<'a> = &'a mut dyn FnMut(Step, u8);

/// The photo and text of a card's face, before the terminal has signed them.
pub struct Face {
    /// 基本4情報.
    pub attributes: Attributes,
    /// Greyscale JPEG 2000.
    pub photo: Bytes,
    /// The card's last day.
    pub expiry: CardDate,
}

/// Which kind of card this is.
pub fn kind(channel: &mut dyn Channel) -> Result<CardKind, Failure> {
    match Session::new(channel).enter(Application::Jpki) {
        Ok(()) => Ok(CardKind::MyNumber),
        Err(Failure::NotMyNumberCard) => Ok(CardKind::Other),
        Err(other) => Err(other),
    }
}

/// Tries left. 照合番号B is counted by two applications apart; the smaller number is what matters.
pub fn tries_left(channel: &mut dyn Channel, of: Counted) -> Result<u8, Failure> {
    let mut session = Session::new(channel);
    match of {
        Counted::Pin => session.tries_left(File::Pin),
        Counted::NumberB => {
            let attributes = session.tries_left(File::AttributesNumberB)?;
            Ok(attributes.min(session.tries_left(File::FaceNumberB)?))
        }
    }
}

/// The certificate, if it is within its validity.
pub fn certificate(channel: &mut dyn Channel, now: Timestamp) -> Result<Certificate, Failure> {
    read_certificate(&mut Session::new(channel), now, &mut |_, _| {})
}

fn read_certificate(session: &mut Session<'_>, now: Timestamp, progress: Progress<'_>) -> Result<Certificate, Failure> {
    let der = session.read(File::Certificate, |done, of| progress(Step::Reading, share(10, 60, done, of)))?;
    let algorithm = certificate::judge(&der, now)?;
    Ok(Certificate { certificate: Bytes(der), algorithm })
}

/// 暗証番号 mode: certificate, and signature over the challenge for `origin`. An expired card uses up no try.
pub fn authenticate(
    channel: &mut dyn Channel,
    request: &Authenticate,
    origin: &Origin,
    now: Timestamp,
    progress: Progress<'_>,
) -> Result<(Certificate, Bytes), Failure> {
    let mut session = Session::new(channel);
    progress(Step::Recognising, 5);
    let card = read_certificate(&mut session, now, progress)?;
    progress(Step::Verifying, 70);
    session.verify(File::Pin, Secret::Pin(&request.pin), request.confirm_last_try)?;
    progress(Step::Signing, 80);
    let digest = challenge::digest(origin, &request.nonce, card.algorithm);
    let signature = session.sign(&input(card.algorithm, digest))?;
    progress(Step::Signing, 95);
    Ok((card, Bytes(signature)))
}

/// What the card's key takes: RSA the hash with its algorithm before it (`DigestInfo`), P-384 the hash.
fn input(algorithm: SignatureAlgorithm, digest: Vec<u8>) -> Vec<u8> {
    const SHA256_DIGEST_INFO: [u8; 19] = [
        0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04,
        0x20,
    ];
    match algorithm {
        SignatureAlgorithm::RsaSha256 => [&SHA256_DIGEST_INFO[..], &digest].concat(),
        SignatureAlgorithm::EcdsaP384Sha384 | SignatureAlgorithm::EcdsaP256Sha256 => digest,
    }
}

/// 目視 mode: 基本4情報 and photo, opened by 照合番号B.
pub fn face(
    channel: &mut dyn Channel,
    request: &ReadFace,
    now: Timestamp,
    progress: Progress<'_>,
) -> Result<Face, Failure> {
    let mut session = Session::new(channel);
    let secret = Secret::NumberB(&request.number_b);
    progress(Step::Recognising, 5);
    session.enter(Application::Attributes)?;
    progress(Step::Verifying, 10);
    session.verify(File::AttributesNumberB, secret, request.confirm_last_try)?;
    let attributes = session.read(File::Attributes, |_, _| progress(Step::Reading, 20))?;
    session.verify(File::FaceNumberB, secret, request.confirm_last_try)?;
    let face = session.read(File::Face, |done, of| progress(Step::Reading, share(25, 70, done, of)))?;
    let attributes = printed::attributes(&attributes).ok_or(Failure::ReaderFault)?;
    let (photo, expiry) = printed::face(&face).ok_or(Failure::ReaderFault)?;
    if printed::is_past(&expiry, now) {
        return Err(Failure::CardExpired);
    }
    Ok(Face { attributes, photo, expiry })
}

/// Percent at which a read stands that begins at `from` and takes `span` of the whole.
fn share(from: u8, span: u8, done: usize, of: usize) -> u8 {
    let part = usize::from(span) * done.min(of) / of.max(1);
    from + u8::try_from(part).unwrap_or(span)
}
