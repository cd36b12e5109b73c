//! Commits broken on purpose, so that the tests of faults can be seen to bite. In a build without the feature
//! `broken-commits`, as every released one is, no commit is broken and nothing of this remains.

/// How a commit is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// Files are not synced before they get their names.
    NoFileSync,
    /// Names are not synced.
    NoDirectorySync,
    /// The names of new directories are not synced.
    NoParentSync,
    /// The manifest is replaced before the objects that it names are there.
    ManifestFirst,
    /// The manifest is written over the one before.
    InPlace,
}

#[cfg(not(feature = "broken-commits"))]
impl Broken {
    /// Whether commits are broken so.
    #[expect(clippy::unused_self, reason = "which way it is matters in the other build")]
    pub(super) const fn is_chosen(self) -> bool {
        false
    }
}

#[cfg(feature = "broken-commits")]
pub use chosen::break_commits;

#[cfg(feature = "broken-commits")]
mod chosen {
    use std::sync::OnceLock;

    use super::Broken;

    static CHOSEN: OnceLock<Broken> = OnceLock::new();

    impl Broken {
        /// Whether commits are broken so.
        pub(in super::super) fn is_chosen(self) -> bool {
            CHOSEN.get() == Some(&self)
        }
    }

    /// From now on breaks all commits in the way of this name: `no-file-sync`, `no-directory-sync`, `no-parent-sync`,
    /// `manifest-first`, `in-place`.
    pub fn break_commits(way: &str) {
        let broken = match way {
            "no-file-sync" => Broken::NoFileSync,
            "no-directory-sync" => Broken::NoDirectorySync,
            "no-parent-sync" => Broken::NoParentSync,
            "manifest-first" => Broken::ManifestFirst,
            "in-place" => Broken::InPlace,
            _ => return,
        };
        let _ = CHOSEN.set(broken);
    }
}
