//! Arguments of the commands for the shell: completions and manual pages.

use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};

/// `wxstats completions`.
#[derive(Group)]
pub(in crate::cli) struct Completions {
    /// The shell that is to complete
    #[arg(value_enum)]
    pub(in crate::cli) shell: Shell,
}

/// Shells that completions are made for.
#[derive(Clone, Copy, ValueEnum)]
pub(in crate::cli) enum Shell {
    /// source <(wxstats completions bash), in ~/.bashrc
    Bash,
    /// eval (wxstats completions elvish | slurp), in ~/.elvish/rc.elv
    Elvish,
    /// wxstats completions fish | source, in ~/.config/fish/config.fish
    Fish,
    /// wxstats completions powershell | Out-String | Invoke-Expression, in $PROFILE
    Powershell,
    /// source <(wxstats completions zsh), in ~/.zshrc
    Zsh,
}

/// `wxstats man`.
#[derive(Group)]
pub(in crate::cli) struct Man {
    /// Directory to write wxstats.1 and a page for every command to [default: the program's page, to standard output]
    #[arg(value_name = "DIR")]
    pub(in crate::cli) directory: Option<PathBuf>,
}

/// When output has colours, and tables bars.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ColorArg {
    /// On a terminal, unless the environment says otherwise
    Auto,
    /// Always, in pipes too
    Always,
    /// Never
    Never,
}
