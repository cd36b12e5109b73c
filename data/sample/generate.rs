//! Writes one of the samples to stdout: people who do not exist, and what they say or do.
//!
//! In: which sample, a number of people and a seed. Out: a canonical CSV, or answers of interfaces. The defaults give the bytes of the files beside this
//! one on every platform.

mod account;
mod adoption;
mod articles;
mod chance;
mod funnel;
mod survey;
mod usage;

use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
};

/// Writes a sample of so many people from a seed.
type Writes = fn(u64, u64, &mut io::StdoutLock<'static>) -> io::Result<()>;

/// Each sample by name: how many people (or articles, or days) and which seed it has, and what writes it.
const SAMPLES: [(&str, u64, u64, Writes); 6] = [
    ("survey", survey::RESPONDENTS, survey::SEED, survey::write),
    ("adoption", adoption::RESPONDENTS, adoption::SEED, adoption::write),
    ("account", account::DAYS, account::SEED, account::write),
    ("articles", articles::ARTICLES, articles::SEED, articles::write),
    ("funnel", funnel::PEOPLE, funnel::SEED, funnel::write),
    ("usage", usage::PEOPLE, usage::SEED, usage::write),
];

fn main() -> ExitCode {
    let written = options()
        .and_then(|(people, seed, write)| write(people, seed, &mut io::stdout().lock()).map_err(Into::into));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            let names = SAMPLES.map(|(name, ..)| name).join("|");
            let usage = format!("usage: sample [{names}] [--respondents N] [--seed S] > FILE");
            let _ = writeln!(io::stderr(), "error: {error}\n{usage}");
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn options() -> Result<(u64, u64, Writes), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let named = arguments.next_if(|first| !first.starts_with("--"));
    let name = named.as_deref().unwrap_or(SAMPLES[0].0);
    let sample = SAMPLES.into_iter().find(|(known, ..)| *known == name);
    let (_, mut people, mut seed, write) = sample.ok_or_else(|| format!("there is no sample {name}"))?;
    while let Some(option) = arguments.next() {
        let number = arguments.next().ok_or_else(|| format!("{option} needs a number"))?.parse()?;
        match option.as_str() {
            "--respondents" => people = number,
            "--seed" => seed = number,
            _ => return Err(format!("unknown option {option}").into()),
        }
    }
    Ok((people, seed, write))
}
