//! BER-TLV, as far as the card uses it: tags of one or two bytes, definite lengths up to a file's size.

/// One object and what comes after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object<'a> {
    /// One or two bytes, big-endian.
    pub tag: u16,
    /// Its value.
    pub value: &'a [u8],
    /// The bytes after it.
    pub rest: &'a [u8],
}

/// Tag, length of the value and length of the header. `None`: no such header at the start of `bytes`.
fn header(bytes: &[u8]) -> Option<(u16, usize, usize)> {
    let (tag, tag_length) = match *bytes {
        [first, second, ..] if first & 0x1F == 0x1F && second & 0x80 == 0 => (u16::from_be_bytes([first, second]), 2),
        [first, ..] if first & 0x1F != 0x1F => (u16::from(first), 1),
        _ => return None,
    };
    let (length, length_length) = match *bytes.get(tag_length..)? {
        [short @ 0..=0x7F, ..] => (usize::from(short), 1),
        [0x81, length, ..] => (usize::from(length), 2),
        [0x82, high, low, ..] => (usize::from(u16::from_be_bytes([high, low])), 3),
        _ => return None,
    };
    Some((tag, length, tag_length + length_length))
}

/// How many bytes the first object of a file takes, to be read from its first bytes. Never above 64 KiB and a header.
pub fn total_length(start: &[u8]) -> Option<usize> {
    header(start).map(|(_, length, header)| header + length)
}

/// The first object. `None`: malformed or cut short.
pub fn object(bytes: &[u8]) -> Option<Object<'_>> {
    let (tag, length, header) = header(bytes)?;
    let (value, rest) = bytes.get(header..)?.split_at_checked(length)?;
    Some(Object { tag, value, rest })
}

/// The value of the first object tagged `tag` among those that follow each other in `bytes`.
pub fn find(mut bytes: &[u8], tag: u16) -> Option<&[u8]> {
    loop {
        let object = object(bytes)?;
        if object.tag == tag {
            return Some(object.value);
        }
        bytes = object.rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_by_their_tag() {
        let bytes = [0xDF, 0x21, 0x01, 0xAA, 0x30, 0x02, 0x01, 0x02, 0xDF, 0x22, 0x81, 0x01, 0xBB];
        assert_eq!(find(&bytes, 0xDF21), Some(&[0xAA][..]));
        assert_eq!(find(&bytes, 0x30), Some(&[0x01, 0x02][..]));
        assert_eq!(find(&bytes, 0xDF22), Some(&[0xBB][..]));
        assert_eq!(find(&bytes, 0xDF23), None);
    }

    #[test]
    fn the_length_is_known_from_the_first_bytes() {
        assert_eq!(total_length(&[0x30, 0x82, 0x04, 0x00]), Some(0x404));
        assert_eq!(total_length(&[0xFF, 0x20, 0x81, 0x80]), Some(0x84));
        assert_eq!(total_length(&[0x30, 0x05]), Some(7));
    }

    #[test]
    fn what_is_cut_short_or_too_long_is_no_object() {
        for bytes in [
            &[][..],
            &[0x30],
            &[0x30, 0x02, 0x00],
            &[0xDF],
            &[0x30, 0x80, 0, 0],
            &[0x30, 0x83, 0, 0, 1, 0],
            &[0x1F, 0x81],
        ] {
            assert_eq!(object(bytes), None, "{bytes:02X?}");
        }
    }
}
