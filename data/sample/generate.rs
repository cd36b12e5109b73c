//! Writes the sample to stdout: people who do not exist, answering what the project asks, or articles that nobody wrote.
//!
//! In: `--articles`, or a number of respondents; a seed. Out: a canonical CSV. The defaults give the bytes of
//! `synthetic-survey.csv` and `synthetic-articles.csv` on every platform.

mod articles;
mod survey;

use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
};

/// What is asked for.
enum Sample {
    Survey { respondents: u64, seed: u64 },
    Articles { seed: u64 },
}

fn main() -> ExitCode {
    let out = &mut io::stdout().lock();
    let written = options().and_then(|sample| {
        match sample {
            Sample::Survey { respondents, seed } => survey::write(respondents, seed, out),
            Sample::Articles { seed } => articles::write(seed, out),
        }
        .map_err(Into::into)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            let usage = "usage: sample [--articles | --respondents N] [--seed S] > FILE";
            let _ = writeln!(io::stderr(), "error: {error}\n{usage}");
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn options() -> Result<Sample, Box<dyn Error>> {
    let (mut respondents, mut seed, mut articles) = (None, None, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        let mut number = || -> Result<u64, Box<dyn Error>> {
            Ok(arguments.next().ok_or_else(|| format!("{option} needs a number"))?.parse()?)
        };
        match option.as_str() {
            "--articles" => articles = true,
            "--respondents" => respondents = Some(number()?),
            "--seed" => seed = Some(number()?),
            _ => return Err(format!("unknown option {option}").into()),
        }
    }
    match (articles, respondents) {
        (true, Some(_)) => Err("articles have no respondents".into()),
        (true, None) => Ok(Sample::Articles { seed: seed.unwrap_or(articles::SEED) }),
        (false, respondents) => Ok(Sample::Survey {
            respondents: respondents.unwrap_or(survey::RESPONDENTS),
            seed: seed.unwrap_or(survey::SEED),
        }),
    }
}
