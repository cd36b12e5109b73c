//! Writes a survey to stdout: answers of people who do not exist, for measuring how fast surveys are read and counted.
//!
//! In: how many respondents, by default 1,000,000, and a seed, by default 1. Out: a canonical wide survey of 40 cities and two
//! segments with a weight and 24 items of yes, no and blank, about 94 bytes a row. One row after the other is drawn and
//! written, the same bytes on every platform; a survey begins with the rows of a shorter one of its seed.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

/// 40 cities.
const CITIES: &str = "\
    Beijing Shanghai Guangzhou Shenzhen Chengdu Hangzhou Chongqing Wuhan Haikou Nanjing Tianjin \
    Changsha Zhengzhou Dongguan Qingdao Kunming Ningbo Hefei Foshan Wuxi Xiamen Weihai Jinan Dalian \
    Shenyang Harbin Changchun Guiyang Nanning Shijiazhuang Taiyuan Nanchang Wenzhou Quanzhou Jinhua \
    Huizhou Zhuhai Zhongshan Changzhou Nantong";
const FEATURES: &str = "moments accounts channels mini_programs red_packets wallet groups games search stickers brand_accounts live";
const ACTIONS: [&str; 2] = ["share", "read"];
const ITEMS: usize = 24;
/// Of 256 people, how many leave an answer blank.
const BLANK: u64 = 8;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|number| number.parse::<u64>());
    let asked = [numbers.next().unwrap_or(Ok(1_000_000)), numbers.next().unwrap_or(Ok(1))];
    let ([Ok(respondents), Ok(seed)], None) = (asked, numbers.next()) else {
        let _ = writeln!(io::stderr(), "usage: survey_csv [RESPONDENTS [SEED]] > FILE");
        return ExitCode::from(2);
    };
    match write(respondents, seed, &mut BufWriter::with_capacity(1 << 18, io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(respondents: u64, seed: u64, out: &mut impl Write) -> io::Result<()> {
    write!(out, "respondent_id,segment,city,weight")?;
    for feature in FEATURES.split(' ') {
        for action in ACTIONS {
            write!(out, ",{feature}.{action}")?;
        }
    }
    writeln!(out)?;
    let cities: Vec<&str> = CITIES.split(' ').collect();
    for respondent in 0..respondents {
        let who = mixed(respondent ^ mixed(seed));
        let city = (who >> 16) % cities.len() as u64;
        let is_expat = who.is_multiple_of(4);
        let segment = if is_expat { "expat" } else { "chinese" };
        let (city_name, weight) = (cities[city as usize], 4000 + (who >> 32) % 12_000);
        write!(
            out,
            "synthetic-{respondent:08},{segment},{city_name},{}.{:04}",
            weight / 10_000,
            weight % 10_000
        )?;
        let mut answers = Vec::with_capacity(2 * ITEMS);
        for item in 0..ITEMS as u64 {
            // Eight draws of a byte to a number of 64 bits.
            let chance = mixed(who ^ (item / 8 + 1)) >> (8 * (item % 8)) & 0xff;
            let yes = 30 + 6 * item + city % 11 - if is_expat { 20 } else { 0 };
            answers.push(b',');
            match chance {
                chance if chance < BLANK => {}
                chance if chance < BLANK + yes => answers.push(b'1'),
                _ => answers.push(b'0'),
            }
        }
        out.write_all(&answers)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}

/// `SplitMix64`: every number gives another that looks like chance.
fn mixed(number: u64) -> u64 {
    let z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
