//! Who is asked: cities, segments, age groups, systems and nationalities, in the sample and in the population.

pub(crate) const WAVES: [&str; 2] = ["2014", "2015"];
pub(crate) const SEGMENTS: [&str; 2] = ["expat", "chinese"];
pub(crate) const STRATUM_SUFFIXES: [&str; 2] = ["E", "C"];
pub(crate) const EXPAT: usize = 0;

/// A city: how many are asked there of each segment, and how many live there (expats by the thousand after
/// `data/facts/populations.csv` where it names the city, Chinese by the million).
pub(crate) struct Place {
    pub(crate) city: &'static str,
    pub(crate) code: &'static str,
    pub(crate) asked: [f64; 2],
    pub(crate) persons: [f64; 2],
    /// How far its people use everything more, in standard deviations; half as much for Chinese users.
    pub(crate) keen: f64,
}

const fn place(
    city: &'static str,
    code: &'static str,
    asked: [f64; 2],
    persons: [f64; 2],
    keen: f64,
) -> Place {
    Place { city, code, asked, persons, keen }
}

pub(crate) const PLACES: [Place; 10] = [
    place("Guangzhou", "GZ", [800.0, 400.0], [235.0, 13.0], 0.10),
    place("Shanghai", "SH", [820.0, 400.0], [209.0, 24.3], -0.06),
    place("Beijing", "BJ", [720.0, 400.0], [107.0, 21.5], -0.14),
    place("Chengdu", "CD", [700.0, 350.0], [25.0, 14.4], 0.05),
    place("Shenzhen", "SZ", [400.0, 250.0], [60.0, 10.8], 0.05),
    place("Hangzhou", "HZ", [320.0, 220.0], [40.0, 8.9], 0.0),
    place("Nanjing", "NJ", [310.0, 220.0], [45.0, 8.2], -0.05),
    place("Xiamen", "XM", [310.0, 180.0], [35.0, 3.8], 0.08),
    place("Qingdao", "QD", [300.0, 150.0], [40.0, 9.0], -0.05),
    place("Kunming", "KM", [20.0, 60.0], [4.0, 6.6], 0.0),
];

/// An age group: its share among those asked and in the population, by segment, and its lead in every rate.
pub(crate) struct Age {
    pub(crate) label: &'static str,
    pub(crate) asked: [f64; 2],
    pub(crate) lives: [f64; 2],
    pub(crate) lead: [f64; 2],
}

/// The leads, weighted by the population, add up to nothing; a rate p becomes p + lead·p·(1−p).
pub(crate) const AGES: [Age; 4] = [
    Age { label: "18-24", asked: [0.28, 0.40], lives: [0.16, 0.25], lead: [0.40, 0.36] },
    Age { label: "25-34", asked: [0.42, 0.35], lives: [0.36, 0.32], lead: [0.20, 0.15] },
    Age { label: "35-44", asked: [0.20, 0.17], lives: [0.28, 0.25], lead: [-0.16, -0.12] },
    Age { label: "45+", asked: [0.10, 0.08], lives: [0.20, 0.18], lead: [-0.456, -0.60] },
];

pub(crate) const SYSTEMS: [&str; 3] = ["iOS", "Android", "other"];
pub(crate) const SYSTEM_SHARES: [[f64; 3]; 2] = [[0.58, 0.36, 0.06], [0.27, 0.69, 0.04]];

pub(crate) const NATIONALITIES: [&str; 12] = [
    "Korean",
    "American",
    "Japanese",
    "British",
    "German",
    "French",
    "Indian",
    "Canadian",
    "Russian",
    "Australian",
    "Nigerian",
    "other",
];
pub(crate) const NATIONALITY_SHARES: [f64; 12] =
    [0.17, 0.16, 0.13, 0.08, 0.07, 0.07, 0.07, 0.06, 0.05, 0.05, 0.03, 0.06];
