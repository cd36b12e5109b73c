//! Packed text to text: gzip and zstd, streaming.
//!
//! In: the bytes of a `.gz` or `.zst`, or of text as it is. Out: what was packed, as often as it is asked for. Refuses, as an [`io::Error`] that carries a [`Damage`]: a
//! stream that is cut off or damaged, anything behind its end, and one that swells beyond reason.

use std::fmt;
use std::io::{self, BufReader, Read, Seek};

use super::container::Container;

/// The most bytes that are unpacked from one file.
pub const MAX_UNPACKED: u64 = 64 << 30;

/// How many times its own size a file may unpack to, if that is more than 64 MiB.
pub const MAX_SWELLING: u64 = 500;

/// How much is unpacked of any file, however small.
const ALWAYS: u64 = 64 << 20;

/// Why a packed file cannot be read to its end.
#[derive(Debug)]
pub(super) enum Damage {
    Broken,
    Swollen,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken => {
                f.write_str("the packed file is cut off or damaged here, or something follows its end")
            }
            Self::Swollen => write!(
                f,
                "the packed file holds more than {MAX_SWELLING} times its own size, or more than {} GiB",
                MAX_UNPACKED >> 30
            ),
        }
    }
}

impl std::error::Error for Damage {}

impl Damage {
    /// The damage that an error of reading is, if it is one.
    pub(super) fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

/// A file of text, packed or not, that can be read more than once.
pub(super) struct Packed<'a, R> {
    pub(super) file: &'a mut R,
    pub(super) container: Container,
    /// Bytes of the file.
    pub(super) length: u64,
}

impl<R: Read + Seek> Packed<'_, R> {
    /// Its text from the beginning.
    ///
    /// # Errors
    /// When the first bytes cannot be read.
    pub(super) fn text(&mut self) -> io::Result<Box<dyn Read + '_>> {
        self.file.rewind()?;
        unpack(&mut *self.file, self.container, self.length)
    }
}

/// The most bytes that are unpacked from a file of `length` bytes.
pub(super) fn most_unpacked(length: u64) -> u64 {
    MAX_UNPACKED.min(length.saturating_mul(MAX_SWELLING).max(ALWAYS))
}

/// The text in `packed`, a file of `length` bytes.
///
/// # Errors
/// When the first bytes cannot be read.
pub(super) fn unpack<'a>(
    packed: impl Read + 'a,
    container: Container,
    length: u64,
) -> io::Result<Box<dyn Read + 'a>> {
    let most = most_unpacked(length);
    Ok(match container {
        Container::Text | Container::Xlsx | Container::Xls => Box::new(packed),
        Container::Gzip => {
            Box::new(Unpacked { stream: flate2::bufread::MultiGzDecoder::new(BufReader::new(packed)), most })
        }
        Container::Zstd => Box::new(Unpacked { stream: zstd::stream::read::Decoder::new(packed)?, most }),
    })
}

/// A stream of unpacked bytes that may give `most` more.
struct Unpacked<R> {
    stream: R,
    most: u64,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer).map_err(damage)?;
        self.most = self.most.checked_sub(read as u64).ok_or_else(|| io::Error::other(Damage::Swollen))?;
        Ok(read)
    }
}

/// The damage behind a decoder's error; what the system says of the file stays as it is.
fn damage(error: io::Error) -> io::Error {
    match error.kind() {
        _ if error.raw_os_error().is_some() => error,
        io::ErrorKind::Interrupted => error,
        _ => io::Error::other(Damage::Broken),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    fn unpacked(packed: &[u8], container: Container) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let mut stream = unpack(packed, container, packed.len() as u64).unwrap();
        stream.read_to_end(&mut bytes).map_err(|error| Damage::of(&error).unwrap().to_string())?;
        Ok(bytes)
    }

    #[test]
    fn streams_come_whole_or_not_at_all() {
        let zstd = zstd::encode_all(&b"city,\n"[..], 1).unwrap();
        for (packed, container) in [(gzip(b"city,\n"), Container::Gzip), (zstd, Container::Zstd)] {
            assert_eq!(unpacked(&packed, container).unwrap(), b"city,\n");
            assert_eq!(unpacked(&[&packed[..], &packed].concat(), container).unwrap(), b"city,\ncity,\n");
            for end in 4..packed.len() {
                assert!(unpacked(&packed[..end], container).unwrap_err().contains("cut off"), "{end}");
            }
            let behind = unpacked(&[&packed[..], b"rubbish"].concat(), container).unwrap_err();
            assert!(behind.contains("follows its end"), "{behind}");
        }
        let mut flipped = gzip(b"city,\n");
        let checksum = flipped.len() - 6;
        flipped[checksum] ^= 1;
        assert!(unpacked(&flipped, Container::Gzip).unwrap_err().contains("damaged"));
    }

    #[test]
    fn what_swells_beyond_reason_is_refused() {
        let zeros = vec![b'0'; 80 << 20];
        assert!(unpacked(&gzip(&zeros[..32 << 20]), Container::Gzip).is_ok());
        let bomb = zstd::encode_all(&zeros[..], 1).unwrap();
        assert!(unpacked(&bomb, Container::Zstd).unwrap_err().contains("500 times"));
    }
}
