//! Where the program is run as its users run it.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A directory of its own, in which the program runs with nothing in its environment.
pub(crate) struct Desk {
    pub(crate) directory: tempfile::TempDir,
    environment: Vec<(&'static str, &'static str)>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    pub(crate) fn with(environment: &[(&'static str, &'static str)]) -> Self {
        Self { environment: environment.to_vec(), ..Self::new() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wxstats"));
        command
            .args(arguments)
            .current_dir(self.directory.path())
            .env_clear()
            .env("HOME", self.directory.path())
            .envs(self.environment.iter().copied());
        command
    }

    /// The same with more in its environment.
    pub(crate) fn run_with<S: AsRef<OsStr>>(&self, arguments: &[S], environment: &[(&str, &str)]) -> Output {
        let mut command = self.command(arguments);
        command.envs(environment.iter().copied()).output().unwrap()
    }

    /// Runs what must succeed; returns standard output.
    pub(crate) fn ok<S: AsRef<OsStr>>(&self, arguments: &[S]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs what must fail with `code`; returns standard error.
    pub(crate) fn fails<S: AsRef<OsStr>>(&self, code: i32, arguments: &[S]) -> String {
        let output = self.run(arguments);
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{stderr}");
        assert!(output.stdout.is_empty(), "data on standard output of a failed run");
        stderr
    }
}
