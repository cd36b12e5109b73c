//! A disk as POSIX promises it, and no more: what was written to a file is there after a power cut only once the file was
//! synced, and a name only once its directory was. Each change of names is whole or not there; those of a directory
//! since its last sync may be there in any selection.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::trace::Step;

type Id = usize;

/// A change of one directory's names: each then means this, or nothing.
type Change = Vec<(String, Option<Id>)>;

#[derive(Debug, Clone)]
enum Node {
    File { durable: Vec<u8>, written: Vec<u8> },
    Directory { durable: BTreeMap<String, Id>, now: BTreeMap<String, Id>, pending: Vec<Change> },
}

/// What is on the disk for sure, and what is only on its way.
#[derive(Debug, Clone)]
pub(super) struct Disk {
    nodes: Vec<Node>,
}

/// What is there after a power cut: files by path; a directory is a path without bytes.
pub(super) type Survivors = BTreeMap<String, Option<Vec<u8>>>;

/// What became of bytes that were not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsynced {
    Lost,
    Torn,
    Kept,
}

const ROOT: Id = 0;

impl Disk {
    /// All of a directory, for sure.
    pub(super) fn of(directory: &Path) -> Self {
        let mut disk = Self { nodes: vec![Node::empty_directory()] };
        disk.load(ROOT, directory);
        disk
    }

    fn load(&mut self, id: Id, directory: &Path) {
        let mut entries: Vec<_> = fs::read_dir(directory).unwrap().map(Result::unwrap).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let node = if path.is_dir() {
                Node::empty_directory()
            } else {
                let bytes = fs::read(&path).unwrap();
                Node::File { durable: bytes.clone(), written: bytes }
            };
            let child = self.add(node);
            if let Node::Directory { durable, now, .. } = &mut self.nodes[id] {
                let name = entry.file_name().into_string().unwrap();
                durable.insert(name.clone(), child);
                now.insert(name, child);
            }
            if path.is_dir() {
                self.load(child, &path);
            }
        }
    }

    fn add(&mut self, node: Node) -> Id {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// What a path means to the running process.
    fn find(&self, path: &Path) -> Option<Id> {
        path.iter().try_fold(ROOT, |id, name| match &self.nodes[id] {
            Node::Directory { now, .. } => now.get(name.to_str()?).copied(),
            Node::File { .. } => None,
        })
    }

    fn parent(&self, path: &Path) -> (Id, String) {
        let parent = self.find(path.parent().unwrap()).unwrap();
        (parent, path.file_name().unwrap().to_str().unwrap().to_owned())
    }

    fn change(&mut self, directory: Id, change: Change) {
        let Node::Directory { now, pending, .. } = &mut self.nodes[directory] else { panic!("no directory") };
        apply(now, &change);
        pending.push(change);
    }

    pub(super) fn step(&mut self, step: &Step) {
        match step {
            Step::Say => {}
            Step::Create { path, truncates } => match self.find(path) {
                Some(id) if *truncates => {
                    if let Node::File { written, .. } = &mut self.nodes[id] {
                        written.clear();
                    }
                }
                Some(_) => {}
                None => self.put(path, Node::File { durable: Vec::new(), written: Vec::new() }),
            },
            Step::Write { path, bytes } => {
                let id = self.find(path).unwrap_or_else(|| panic!("{} is not there", path.display()));
                let Node::File { written, .. } = &mut self.nodes[id] else { panic!("no file") };
                written.extend(bytes);
            }
            Step::Sync { path } => match self.find(path).map(|id| &mut self.nodes[id]) {
                Some(Node::File { durable, written }) => durable.clone_from(written),
                Some(Node::Directory { durable, now, pending }) => {
                    durable.clone_from(now);
                    pending.clear();
                }
                None => {}
            },
            Step::MakeDirectory { path } => self.put(path, Node::empty_directory()),
            Step::Link { from, to } => {
                let id = self.find(from);
                let (directory, name) = self.parent(to);
                self.change(directory, vec![(name, id)]);
            }
            Step::Remove { path } => {
                let (directory, name) = self.parent(path);
                self.change(directory, vec![(name, None)]);
            }
            Step::Rename { from, to } => self.trade(from, to, None),
            Step::Exchange { one, other } => self.trade(one, other, self.find(other)),
        }
    }

    fn put(&mut self, path: &Path, node: Node) {
        let (directory, name) = self.parent(path);
        let id = self.add(node);
        self.change(directory, vec![(name, Some(id))]);
    }

    /// Gives `to` what `from` means, and `from` something else, or nothing.
    fn trade(&mut self, from: &Path, to: &Path, instead: Option<Id>) {
        let id = self.find(from);
        let ((directory, old), (other, new)) = (self.parent(from), self.parent(to));
        assert_eq!(directory, other, "a rename out of its directory is not of this model");
        self.change(directory, vec![(old, instead), (new, id)]);
    }

    /// How many changes of names are on their way.
    pub(super) fn pending(&self) -> usize {
        let of = |node: &Node| match node {
            Node::Directory { pending, .. } => pending.len(),
            Node::File { .. } => 0,
        };
        self.nodes.iter().map(of).sum()
    }

    /// Whether bytes are on their way.
    pub(super) fn has_unsynced(&self) -> bool {
        self.nodes.iter().any(|node| matches!(node, Node::File { durable, written } if durable != written))
    }

    /// What is there after a power cut: of the pending changes those that `is_kept` by their number, and of each file's
    /// bytes what `unsynced` says.
    pub(super) fn after_cut(&self, is_kept: &dyn Fn(usize) -> bool, unsynced: Unsynced) -> Survivors {
        let mut number = 0;
        let names: Vec<BTreeMap<String, Id>> = self
            .nodes
            .iter()
            .map(|node| match node {
                Node::File { .. } => BTreeMap::new(),
                Node::Directory { durable, pending, .. } => {
                    let mut names = durable.clone();
                    for change in pending {
                        if is_kept(number) {
                            apply(&mut names, change);
                        }
                        number += 1;
                    }
                    names
                }
            })
            .collect();
        let mut survivors = Survivors::new();
        self.survive(ROOT, "", &names, unsynced, &mut survivors);
        survivors
    }

    fn survive(
        &self,
        directory: Id,
        prefix: &str,
        names: &[BTreeMap<String, Id>],
        unsynced: Unsynced,
        survivors: &mut Survivors,
    ) {
        for (name, &id) in &names[directory] {
            let path = format!("{prefix}{name}");
            match &self.nodes[id] {
                Node::Directory { .. } => {
                    self.survive(id, &format!("{path}/"), names, unsynced, survivors);
                    survivors.insert(path, None);
                }
                Node::File { durable, written } => {
                    let bytes = match unsynced {
                        Unsynced::Lost => durable.clone(),
                        Unsynced::Torn if durable != written => written[..written.len() / 2].to_vec(),
                        Unsynced::Torn | Unsynced::Kept => written.clone(),
                    };
                    survivors.insert(path, Some(bytes));
                }
            }
        }
    }
}

impl Node {
    fn empty_directory() -> Self {
        Self::Directory { durable: BTreeMap::new(), now: BTreeMap::new(), pending: Vec::new() }
    }
}

fn apply(names: &mut BTreeMap<String, Id>, change: &Change) {
    for (name, id) in change {
        match id {
            Some(id) => names.insert(name.clone(), *id),
            None => names.remove(name),
        };
    }
}
