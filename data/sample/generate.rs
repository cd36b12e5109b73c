//! Writes the sample survey to stdout: people who do not exist, answering what the project asks.
//!
//! In: a number of respondents and a seed. Out: a canonical survey CSV. The defaults give the bytes of
//! `synthetic-survey.csv` on every platform.

mod survey;

use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    let written = options().and_then(|(respondents, seed)| {
        survey::write(respondents, seed, &mut io::stdout().lock()).map_err(Into::into)
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(error.as_ref()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ =
                writeln!(io::stderr(), "error: {error}\nusage: sample [--respondents N] [--seed S] > FILE");
            ExitCode::from(2)
        }
    }
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn options() -> Result<(u64, u64), Box<dyn Error>> {
    let (mut respondents, mut seed) = (survey::RESPONDENTS, survey::SEED);
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        let number = arguments.next().ok_or_else(|| format!("{option} needs a number"))?.parse()?;
        match option.as_str() {
            "--respondents" => respondents = number,
            "--seed" => seed = number,
            _ => return Err(format!("unknown option {option}").into()),
        }
    }
    Ok((respondents, seed))
}
