//! The secret with which ids become pseudonyms. It lives outside the store, so that the store alone identifies nobody.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use siphasher::sip128::SipHasher24;

use super::{StoreError, durable};

const PSEUDONYM_CONTEXT: &str = "wxstats 2026 pseudonym of a person's id";
const FINGERPRINT_CONTEXT: &str = "wxstats 2026 fingerprint of a key";

/// A 256-bit secret.
#[derive(Clone)]
pub struct Key {
    pseudonyms: Pseudonyms,
    fingerprint: String,
}

/// How ids become pseudonyms.
#[derive(Clone)]
enum Pseudonyms {
    /// By keyed BLAKE3: those that are kept.
    Kept([u8; 32]),
    /// By SipHash-2-4, keyed too and done in a fifth of the time: those that are gone with the process.
    Fleeting(SipHasher24),
}

impl Key {
    fn from_secret(secret: &[u8; 32]) -> Self {
        let fingerprint = blake3::derive_key(FINGERPRINT_CONTEXT, secret);
        Self {
            pseudonyms: Pseudonyms::Kept(blake3::derive_key(PSEUDONYM_CONTEXT, secret)),
            fingerprint: blake3::Hash::from_bytes(fingerprint).to_hex()[..16].to_owned(),
        }
    }

    /// A key for this process only: for reading files without a store.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn ephemeral() -> Result<Self, StoreError> {
        let secret = random_secret(Path::new("(in memory)"))?;
        let pseudonyms = blake3::derive_key(PSEUDONYM_CONTEXT, &secret);
        let half = |bytes: &[u8]| bytes.iter().fold(0, |half, &byte| half << 8 | u64::from(byte));
        let hasher = SipHasher24::new_with_keys(half(&pseudonyms[..8]), half(&pseudonyms[8..16]));
        Ok(Self { pseudonyms: Pseudonyms::Fleeting(hasher), ..Self::from_secret(&secret) })
    }

    /// The key in the file at `path`.
    ///
    /// # Errors
    /// [`StoreError::Key`] when it is missing or not a key.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        let text = fs::read_to_string(path).map_err(|error| StoreError::Key {
            path: path.to_owned(),
            why: match error.kind() {
                ErrorKind::NotFound => "does not exist".to_owned(),
                _ => format!("cannot be read: {error}"),
            },
        })?;
        let secret = blake3::Hash::from_hex(text.trim()).map_err(|_| StoreError::Key {
            path: path.to_owned(),
            why: "is not 64 hexadecimal digits".to_owned(),
        })?;
        Ok(Self::from_secret(secret.as_bytes()))
    }

    /// The key in the file at `path`, which is made when there is none yet.
    ///
    /// # Errors
    /// As [`load`](Self::load), and when the file cannot be written.
    pub fn load_or_create(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            let secret = random_secret(path)?;
            let text = format!("{}\n", blake3::Hash::from_bytes(secret).to_hex());
            durable::create_private_directory(durable::directory_of(path))
                .and_then(|()| durable::write_once(path, text.as_bytes()))
                .map_err(StoreError::io("writing the key file", path))?;
        }
        Self::load(path)
    }

    /// Tells keys apart without giving them away.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The pseudonym of a person's id: 128 bits of keyed BLAKE3; of a key for this process only, of SipHash-2-4.
    #[must_use]
    pub fn pseudonym(&self, id: &str) -> u128 {
        match &self.pseudonyms {
            Pseudonyms::Kept(key) => {
                let mut pseudonym = [0; 16];
                pseudonym.copy_from_slice(&blake3::keyed_hash(key, id.as_bytes()).as_bytes()[..16]);
                u128::from_be_bytes(pseudonym)
            }
            Pseudonyms::Fleeting(hasher) => hasher.hash(id.as_bytes()).as_u128(),
        }
    }
}

fn random_secret(path: &Path) -> Result<[u8; 32], StoreError> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| StoreError::Key {
        path: path.to_owned(),
        why: format!("cannot be made: no random bytes ({error})"),
    })?;
    Ok(secret)
}
