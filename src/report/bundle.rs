//! A report's files, and their way onto the disk.
//!
//! In: files by relative path, made in memory. Out: a directory that is either the whole new bundle or the whole old
//! one. Refuses to replace anything that an earlier manifest of ours does not list, and never follows a symlink.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::swap::swap;
use super::{ReportError, manifest, slug};
use crate::store::{create_directory, sync_directory};

/// A report, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// Name of its directory, `[a-z0-9-]`.
    pub slug: String,
    /// How many gaps are clear, in a sentence.
    pub summary: String,
    /// What it found, at most six sentences.
    pub findings: Vec<String>,
    /// The keys of the sections that it could tell, before a template chooses.
    pub sections: Vec<String>,
    /// Charts of which no file could be made at the size that is asked for.
    pub left_out: Vec<String>,
    /// Characters of its words that no font has, for which pictures show code points; sorted.
    pub illegible: Vec<char>,
    /// Its files by path, with `/` between names; `manifest.json` among them.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    /// Puts the bundle into `reports/<slug>`, in place of an earlier one, and returns that path.
    ///
    /// Files are written and synced in a hidden directory beside it, which then trades names with the earlier one. Where the
    /// system cannot do that in one step it takes two renames; should the process die between the two, the next run puts
    /// the earlier bundle back before it starts.
    ///
    /// # Errors
    /// When something stands there that is not ours ([`ReportError::Foreign`]), or the disk refuses.
    pub fn write(&self, reports: &Path) -> Result<PathBuf, ReportError> {
        if !slug::is_slug(&self.slug) || !self.files.keys().all(|path| is_inside(path)) {
            return Err(ReportError::Name { name: self.slug.clone() });
        }
        let target = reports.join(&self.slug);
        let fresh = reports.join(format!(".{}.wxstats-new", self.slug));
        let earlier = reports.join(format!(".{}.wxstats-old", self.slug));
        create_directory(reports).map_err(at("create", reports))?;
        let _lock = lock(reports).map_err(at("lock", reports))?;
        recover(&target, &fresh, &earlier)?;
        let replaces = is_replaceable(&target)?;
        if let Err(error) = self.fill(&fresh) {
            let _ = fs::remove_dir_all(&fresh);
            return Err(at("write", &fresh)(error));
        }
        let swapped = replaces && swap(&fresh, &target).map_err(at("replace", &target))?;
        if !swapped {
            set_in_place(&fresh, &target, replaces.then_some(&earlier))?;
        }
        sync_directory(reports).map_err(at("sync", reports))?;
        if replaces {
            let old = if swapped { &fresh } else { &earlier };
            fs::remove_dir_all(old).map_err(at("remove", old))?;
        }
        Ok(target)
    }

    /// Writes every file below `directory`, which must not exist.
    fn fill(&self, directory: &Path) -> io::Result<()> {
        fs::create_dir(directory)?;
        let mut directories = BTreeSet::from([directory.to_path_buf()]);
        for (path, bytes) in &self.files {
            let path = directory.join(path);
            if let Some(parent) = path.parent()
                && directories.insert(parent.to_path_buf())
            {
                fs::create_dir(parent)?;
            }
            let mut file = OpenOptions::new().write(true).create_new(true).open(&path)?;
            file.write_all(bytes)?;
            file.sync_all()?;
        }
        directories.iter().rev().try_for_each(|directory| sync_directory(directory))
    }
}

/// Renames a bundle to where it belongs, setting what is there aside, if anything is.
fn set_in_place(fresh: &Path, target: &Path, aside: Option<&PathBuf>) -> Result<(), ReportError> {
    if let Some(earlier) = aside {
        fs::rename(target, earlier).map_err(at("replace", target))?;
    }
    if let Err(error) = fs::rename(fresh, target) {
        if let Some(earlier) = aside {
            fs::rename(earlier, target).map_err(at("put back", target))?;
        }
        return Err(at("put in place", target)(error));
    }
    Ok(())
}

/// Undoes what a killed run left under the two names that only we use: a half-written bundle goes, an earlier one that
/// was set aside comes back, or goes when its successor is in place.
fn recover(target: &Path, fresh: &Path, earlier: &Path) -> Result<(), ReportError> {
    if exists(fresh).map_err(at("read", fresh))? {
        fs::remove_dir_all(fresh).map_err(at("remove", fresh))?;
    }
    if !exists(earlier).map_err(at("read", earlier))? {
        Ok(())
    } else if exists(target).map_err(at("read", target))? {
        fs::remove_dir_all(earlier).map_err(at("remove", earlier))
    } else {
        fs::rename(earlier, target).map_err(at("put back", target))
    }
}

/// Whether a bundle of ours stands at `directory`, or an empty directory; `false` when nothing does.
///
/// Everything below it must be a plain file that its manifest lists, or a directory of such; all else is an error.
fn is_replaceable(directory: &Path) -> Result<bool, ReportError> {
    if !exists(directory).map_err(at("read", directory))? {
        return Ok(false);
    }
    let foreign = |what: &Path| ReportError::Foreign { path: what.to_path_buf() };
    if !fs::symlink_metadata(directory).map_err(at("read", directory))?.is_dir() {
        return Err(foreign(directory));
    }
    let found = walk(directory, "").map_err(at("read", directory))?;
    if found.is_empty() {
        return Ok(true);
    }
    let is_plain = |path: &Path| fs::symlink_metadata(path).is_ok_and(|meta| meta.is_file());
    let manifest = directory.join(manifest::NAME);
    if !is_plain(&manifest) {
        return Err(foreign(directory));
    }
    let text = fs::read(&manifest).map_err(at("read", &manifest))?;
    let listed = manifest::listed(&text).ok_or_else(|| foreign(directory))?;
    let stranger = found.iter().find(|name| !listed.contains(*name) || !is_plain(&directory.join(name)));
    stranger.map_or(Ok(true), |name| Err(foreign(&directory.join(name))))
}

/// Every file and symlink below `directory`, and every empty directory, by relative path, sorted.
fn walk(directory: &Path, prefix: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let below =
            if entry.file_type()?.is_dir() { walk(&entry.path(), &format!("{name}/"))? } else { Vec::new() };
        if below.is_empty() { found.push(name) } else { found.extend(below) }
    }
    found.sort();
    Ok(found)
}

fn exists(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Keeps other runs out of `reports` until it is dropped. Directories can be locked on Unix only.
fn lock(reports: &Path) -> io::Result<Option<File>> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let directory = File::open(reports)?;
    directory.lock()?;
    Ok(Some(directory))
}

/// Whether a bundle's path is made of slugs, dots and slashes, so that it cannot lead out of the bundle.
fn is_inside(path: &str) -> bool {
    path.split('/').all(|name| name.split('.').all(slug::is_slug))
}

fn at(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> ReportError {
    let path = path.to_path_buf();
    move |source| ReportError::Io { doing, path, source }
}
