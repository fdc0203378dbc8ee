//! The wire between a virtual card and the vpcd driver: two bytes of length, then the payload, both ways.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
};

/// What the driver sends.
pub(crate) enum Order {
    /// Power on, power off or reset: the card forgets its state. No answer.
    Reset,
    /// Asks for the ATR.
    Atr,
    /// A command APDU.
    Command(Vec<u8>),
}

/// Takes the next order; blocks until it is there.
///
/// Without the immediate acknowledgement each command costs 40 ms: the driver sends length and payload apart, and waits.
pub(crate) fn receive(stream: &mut TcpStream) -> io::Result<Order> {
    #[cfg(target_os = "linux")]
    std::os::linux::net::TcpStreamExt::set_quickack(stream, true)?;
    let mut length = [0; 2];
    stream.read_exact(&mut length)?;
    let mut payload = vec![0; usize::from(u16::from_be_bytes(length))];
    #[cfg(target_os = "linux")]
    std::os::linux::net::TcpStreamExt::set_quickack(stream, true)?;
    stream.read_exact(&mut payload)?;
    Ok(match payload[..] {
        [0x04] => Order::Atr,
        [_] | [] => Order::Reset,
        _ => Order::Command(payload),
    })
}

/// Sends an answer, in one piece.
pub(crate) fn send(stream: &mut TcpStream, payload: &[u8]) -> io::Result<()> {
    let length = u16::try_from(payload.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes(), payload].concat())
}
