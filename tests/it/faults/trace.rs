//! What a run did to the files below its working directory, read from the log of strace.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One change, by paths below the working directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A file is opened for writing, and made if it is not there.
    Create {
        path: PathBuf,
        truncates: bool,
    },
    /// Bytes are written behind those that are there.
    Write {
        path: PathBuf,
        bytes: Vec<u8>,
    },
    /// What was written to a file, or the names in a directory, are on the disk.
    Sync {
        path: PathBuf,
    },
    MakeDirectory {
        path: PathBuf,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Exchange {
        one: PathBuf,
        other: PathBuf,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    Remove {
        path: PathBuf,
    },
    /// Something is said to the user.
    Say,
}

/// The calls that change files, for strace's `-e trace=`. Those that [`steps`] does not know are among them, so that
/// none goes unseen.
pub(super) const CALLS: &str = "openat,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,unlink,\
                                unlinkat,rmdir,write,writev,pwrite64,pwritev,ftruncate,truncate,fsync,fdatasync,\
                                copy_file_range,sendfile,fallocate";

/// The changes of a log written with `-f -y -xx`, in the order in which the calls ended.
pub(super) fn steps(log: &str, directory: &Path) -> Vec<Step> {
    let mut begun: BTreeMap<&str, &str> = BTreeMap::new();
    let mut steps = Vec::new();
    for line in log.lines() {
        let (thread, line) = line.split_once(' ').unwrap();
        let line = line.trim_start();
        if let Some(start) = line.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, start);
        } else if let Some((_, end)) =
            line.strip_prefix("<... ").and_then(|line| line.split_once(" resumed>"))
        {
            steps.extend(step(&format!("{}{end}", begun.remove(thread).unwrap()), directory));
        } else {
            steps.extend(step(line, directory));
        }
    }
    steps
}

fn step(line: &str, directory: &Path) -> Option<Step> {
    let (call, rest) = line.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    if result.starts_with('-') || result.starts_with('?') {
        return None;
    }
    let arguments: Vec<&str> = arguments.trim_end().trim_end_matches(')').split(", ").collect();
    let below = |path: Option<PathBuf>| {
        let path = directory.join(path?);
        path.strip_prefix(directory).ok().map(Path::to_path_buf)
    };
    let named = |index: usize| below(Some(PathBuf::from(text(arguments[index])?)));
    let placed = |index: usize| below(Some(opened(arguments[index])?.join(text(arguments[index + 1])?)));
    let open = |index: usize| below(opened(arguments[index]));
    match call {
        "openat" if arguments[2].contains("O_CREAT") || arguments[2].contains("O_TRUNC") => {
            Some(Step::Create { path: placed(0)?, truncates: arguments[2].contains("O_TRUNC") })
        }
        "openat" => None,
        "write" if arguments[0].starts_with("1<") || arguments[0].starts_with("2<") => Some(Step::Say),
        "write" => Some(Step::Write { path: open(0)?, bytes: bytes(arguments[1])? }),
        "fsync" | "fdatasync" => Some(Step::Sync { path: open(0)? }),
        "mkdir" => Some(Step::MakeDirectory { path: named(0)? }),
        "rename" => Some(Step::Rename { from: named(0)?, to: named(1)? }),
        "renameat2" if arguments[4].contains("RENAME_EXCHANGE") => {
            Some(Step::Exchange { one: placed(0)?, other: placed(2)? })
        }
        "renameat" | "renameat2" => Some(Step::Rename { from: placed(0)?, to: placed(2)? }),
        "linkat" => Some(Step::Link { from: placed(0)?, to: placed(2)? }),
        "unlink" | "rmdir" => Some(Step::Remove { path: named(0)? }),
        "unlinkat" => Some(Step::Remove { path: placed(0)? }),
        other => panic!("a change that the model does not know: {other}"),
    }
}

/// The path that strace adds to a descriptor: `3<…>`.
fn opened(argument: &str) -> Option<PathBuf> {
    let path = argument.split_once('<')?.1.strip_suffix('>')?;
    String::from_utf8(unescaped(path)?).ok().map(PathBuf::from)
}

fn text(argument: &str) -> Option<String> {
    String::from_utf8(bytes(argument)?).ok()
}

/// The bytes of a string in an argument; one that strace cut short is none.
fn bytes(argument: &str) -> Option<Vec<u8>> {
    assert!(!argument.ends_with("..."), "strace cut a string short");
    unescaped(argument.strip_prefix('"')?.strip_suffix('"')?)
}

fn unescaped(text: &str) -> Option<Vec<u8>> {
    text.split("\\x").skip(1).map(|hex| u8::from_str_radix(hex, 16).ok()).collect()
}

#[test]
fn a_log_becomes_steps() {
    let hex = |text: &str| text.bytes().map(|b| format!("\\x{b:02x}")).collect::<Vec<_>>().concat();
    let log = [
        format!("7 mkdir(\"{}\", 0700) = 0", hex("a")),
        format!(
            "7 openat(AT_FDCWD<{}>, \"{}\", O_WRONLY|O_CREAT|O_EXCL, 0600) = 3<{}>",
            hex("/r"),
            hex("a/b"),
            hex("/r/a/b")
        ),
        format!("7 write(3<{}>, \"{}\", 2 <unfinished ...>", hex("/r/a/b"), hex("hi")),
        "8 write(2</dev/null>, \"\\x0a\", 1) = 1".to_owned(),
        "7 <... write resumed>) = 2".to_owned(),
        format!("7 fsync(3<{}>) = -1 EIO (Input/output error)", hex("/r/a/b")),
        format!("7 unlink(\"{}\") = 0", hex("/elsewhere")),
    ];
    let (path, bytes) = (PathBuf::from("a/b"), b"hi".to_vec());
    let expected = [
        Step::MakeDirectory { path: PathBuf::from("a") },
        Step::Create { path: path.clone(), truncates: false },
        Step::Say,
        Step::Write { path, bytes },
    ];
    assert_eq!(steps(&log.join("\n"), Path::new("/r")), expected);
}
