//! A store's manifest: as it is, and under the hash that it would need.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wxstats::store::Manifest;

fuzz_target!(|data: &[u8]| {
    let text = data.strip_suffix(b"\n").unwrap_or(data);
    let hash = blake3::hash(text).to_hex();
    let sealed = [b"{\"blake3\":\"", hash.as_bytes(), b"\",\"manifest\":", text, b"}\n"].concat();
    for bytes in [data, &sealed] {
        if let Ok(manifest) = Manifest::decode(bytes) {
            assert!(manifest.encode().unwrap() == bytes, "it is not written as it was read");
        }
    }
});
