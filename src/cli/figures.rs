//! Survey → [`Table`]s: the middle of every command that shows figures.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::exit::Refusal;
use super::nets;
use super::project::Project;
use super::survey::Survey;
use super::ui::Ui;
use super::weighting;
use crate::codebook::project::{About, DatasetBook, Measured};
use crate::codebook::{Base, Entry, Item, Kind, Name, Names, Quantity, Set};
use crate::estimate::calibrate::Calibration;
use crate::estimate::{
    Compare, Contrast, Design, Estimates, Family, Letters, Measure, Request, Settings, Single, Subject,
    contrasts, estimate_apart,
};
use crate::measure::{Shown, Terms, measure, variable};
use crate::table::{
    Disclosure, Label, Layout, LevelShare, Source, Table, Weights, composition, lay_out, publish,
};
use crate::tally::{Plan, Tally, Variable, WAVE, items, tally, tally_apart};
use crate::weighting::Weighted;

/// What is shown of everything that a survey holds.
pub(super) struct Wanted<'a> {
    /// The dimensions that any table will break down by.
    pub(super) by: &'a [&'a str],
    /// What is to be estimated; nothing means every item.
    pub(super) entries: &'a [Entry],
    /// Whom rates are of.
    pub(super) base: Base,
}

/// Which levels of a dimension are compared.
#[derive(Clone, Copy)]
pub(super) enum Compared<'a> {
    /// Every two of these, by their places among [`Figures::levels`]: the one that stands first minus the other.
    Each(&'a [usize]),
    /// The first with each other one; of waves each with the one before.
    FirstWithEach,
}

/// One table, of what was tallied.
#[derive(Clone, Default)]
pub(super) struct Asked<'a> {
    /// The dimensions to break down by.
    pub(super) by: Vec<&'a str>,
    /// The place in `by` of the dimension whose levels are compared, and which of them.
    pub(super) compare: Option<(usize, Compared<'a>)>,
    /// The place in `by` of the dimension whose levels get letters: where every two of them are compared, by those tests.
    pub(super) letters: Option<usize>,
    /// Whether rates are tested against the first dimension.
    pub(super) test: bool,
}

/// How figures are shown.
#[derive(Clone, Copy)]
pub(super) struct Showing {
    pub(super) settings: Settings,
    pub(super) show_withheld: bool,
    pub(super) disclosure: Disclosure,
}

/// A tallied survey, from which any number of tables can be made.
pub(super) struct Figures {
    survey: Survey,
    /// One of everything, or where people are linked over waves one of every variable.
    tallies: Vec<Tally>,
    /// Whether waves may be compared.
    compares_waves: bool,
    /// The level of a tallied dimension that all figures are of, and the filter that says so.
    within: Option<((usize, u16), Label)>,
    names: Names,
    measures: Vec<Measure>,
    quantities: Vec<(Quantity, Shown)>,
    weighted: Option<Weighted>,
    weights: Weights,
    base: Base,
    about: About,
    /// What a reader must know beyond the tables' own notes.
    notes: Vec<Name>,
}

impl Figures {
    /// Scans the survey once, and weights it as the codebook says.
    pub(super) fn scan(survey: Survey, project: &Project, wanted: &Wanted, ui: &Ui) -> Result<Self> {
        Self::scanned(survey, project, wanted, true, ui)
    }

    /// The same for tables that do not compare waves, in which nobody need be told apart; any other is an error.
    pub(super) fn scan_wave_by_wave(
        survey: Survey,
        project: &Project,
        wanted: &Wanted,
        ui: &Ui,
    ) -> Result<Self> {
        Self::scanned(survey, project, wanted, false, ui)
    }

    fn scanned(
        survey: Survey,
        project: &Project,
        wanted: &Wanted,
        compares_waves: bool,
        ui: &Ui,
    ) -> Result<Self> {
        let book = project.dataset(survey.dataset());
        let (quantities, mut notes) = quantities(&survey, &book, wanted)?;
        let mut by: Vec<String> = wanted.by.iter().map(|&name| name.to_owned()).collect();
        let margins = weighting::needed(&survey, project);
        // Weights that are calibrated over all waves depend on the people of all.
        let is_calibrated = !margins.is_empty();
        let compares_waves = compares_waves || is_calibrated;
        for dimension in margins.into_iter().chain(survey.waves_apart()).chain(survey.domain()) {
            if !by.contains(&dimension) {
                by.push(dimension);
            }
        }
        let (variables, places) = variables(&quantities);
        let plan = Plan { by, variables, panel: survey.panel(&book, compares_waves) };
        let parts = survey.parts_for(&plan);
        // Weights that are calibrated are those of one tally.
        let tallies = if is_calibrated { vec![tally(&parts, &plan)?] } else { tally_apart(&parts, &plan)? };
        let tally = &tallies[0];
        let names = project.names(&book);
        let within = survey.within(tally, &names)?;
        let measured = |item: &Item| book.items.get(item).copied();
        let terms = Terms { measured: &measured, base: wanted.base };
        let (mut measures, mut shown) = (Vec::new(), Vec::new());
        for (quantity, place) in quantities.into_iter().zip(places) {
            let (at, place) = if tallies.len() > 1 { (place, 0) } else { (0, place) };
            let (measure, statistic) = measure(&quantity, place, &tallies[at], terms)?;
            measures.push(Measure { tally: at, ..measure });
            shown.push((quantity, statistic));
        }
        refuse_repeated(&shown)?;
        notes.extend(nets::notes(&book, &shown, &survey, &names));
        let weighted = weighting::weight(&survey, project, tally, ui)?;
        let weights = match &weighted {
            Some(weighted) => weighting::described(weighted, &names),
            None if tally.weighted => Weights::Base,
            None => Weights::None,
        };
        Ok(Self {
            survey,
            tallies,
            compares_waves,
            within,
            names,
            measures,
            quantities: shown,
            weighted,
            weights,
            base: wanted.base,
            about: book.about,
            notes,
        })
    }

    /// Display names.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// What the codebook says of how the survey was made.
    pub(super) fn about(&self) -> &About {
        &self.about
    }

    /// The dataset's name.
    pub(super) fn dataset(&self) -> &str {
        self.survey.dataset()
    }

    /// What is estimated, in order.
    pub(super) fn quantities(&self) -> &[(Quantity, Shown)] {
        &self.quantities
    }

    /// Levels of a tallied dimension on which somebody is whom figures are of, in display order.
    pub(super) fn levels(&self, dimension: &str) -> Vec<String> {
        let position = self.tally().dimensions.iter().position(|known| known.name == dimension);
        position.map_or_else(Vec::new, |position| {
            let levels = &self.tally().dimensions[position].levels;
            self.codes(position).into_iter().map(|code| levels[usize::from(code)].clone()).collect()
        })
    }

    /// The codes of [`levels`](Self::levels), ascending.
    fn codes(&self, dimension: usize) -> Vec<u16> {
        let is_in = |levels: &[u16]| self.within.iter().all(|((domain, level), _)| levels[*domain] == *level);
        let groups = self.tally().cells.groups().iter().filter(|group| is_in(&group.levels));
        groups.map(|group| group.levels[dimension]).collect::<BTreeSet<u16>>().into_iter().collect()
    }

    /// The tables that are asked for, each by some of the tallied dimensions. Their gaps are one family of tests.
    pub(super) fn tables(&self, asked: &[Asked], showing: Showing) -> Result<Vec<Table>> {
        self.families(&[asked], showing)
    }

    /// As [`tables`](Self::tables), one after the other, of several families of tests. What is published together is asked for
    /// together.
    pub(super) fn families(&self, families: &[&[Asked]], showing: Showing) -> Result<Vec<Table>> {
        let sources = self.sources(showing);
        let mut tables = Vec::new();
        for asked in families {
            let requests = asked.iter().map(|asked| self.request(asked)).collect::<Result<Vec<_>>>()?;
            let estimates = estimate_apart(&self.designs(), &requests, &showing.settings).into_iter();
            let table = |(estimates, request): (Estimates, &Request)| {
                self.noted(lay_out(&estimates, &self.layout(request, &sources, showing)))
            };
            tables.extend(estimates.zip(&requests).map(table));
        }
        Ok(shown(tables, showing))
    }

    /// The shares of the levels of some tallied dimensions, among those on each combination of levels of each of `banners`.
    pub(super) fn shares(&self, of: &[&str], banners: &[&[&str]], showing: Showing) -> Vec<Table> {
        let tables = banners.iter().map(|by| self.shares_by(of, by, showing));
        shown(tables.collect(), showing)
    }

    fn shares_by(&self, of: &[&str], by: &[&str], showing: Showing) -> Table {
        let position = |name: &&str| self.tally().dimensions.iter().position(|known| known.name == **name);
        let by: Vec<usize> = by.iter().filter_map(position).collect();
        let groups = self.tally().cells.groups().iter();
        let domains: BTreeSet<Vec<u16>> =
            groups.map(|group| by.iter().map(|&place| group.levels[place]).collect()).collect();
        let mut asked: Vec<(Vec<u16>, usize, u16)> = Vec::new();
        for domain in domains {
            for place in of.iter().filter_map(position) {
                asked.extend(self.codes(place).into_iter().map(|code| (domain.clone(), place, code)));
            }
        }
        let contrast = |(domain, place, code): &(Vec<u16>, usize, u16)| {
            let within = by.iter().copied().zip(domain.iter().copied());
            let within = within.chain(self.within.iter().map(|(within, _)| *within)).collect();
            let single = Single { of: Subject::Level(*place, *code), within, without: Vec::new() };
            Contrast { terms: vec![(1.0, single)], against: 0.0 }
        };
        let all: Vec<Contrast> = asked.iter().map(contrast).collect();
        let estimated = contrasts(self.designs()[0], &all, &showing.settings);
        let shares: Vec<LevelShare> = asked
            .into_iter()
            .zip(estimated)
            .filter_map(|((within, dimension, level), mut contrasted)| {
                let row = contrasted.figures.pop()?;
                (row.base.n > 0).then_some(LevelShare { within, dimension, level, row })
            })
            .collect();
        let request = Request { by, ..Request::default() };
        let sources = self.sources(showing);
        let layout = Layout { quantities: &[], ..self.layout(&request, &sources, showing) };
        self.noted(composition(&shares, &layout))
    }

    /// The tally that tells of dimensions and levels, as each does.
    fn tally(&self) -> &Tally {
        &self.tallies[0]
    }

    fn designs(&self) -> Vec<Design<'_>> {
        let calibration: Option<&Calibration> = self.weighted.as_ref().map(|weighted| &weighted.calibration);
        self.tallies.iter().map(|tally| Design { cells: &tally.cells, calibration }).collect()
    }

    fn sources(&self, showing: Showing) -> Vec<Source> {
        let sources = self.survey.sources().into_iter();
        match showing.disclosure {
            Disclosure::Internal => sources.collect(),
            Disclosure::Publish => sources.map(Source::published).collect(),
        }
    }

    fn layout<'a>(&'a self, request: &'a Request, sources: &'a [Source], showing: Showing) -> Layout<'a> {
        Layout {
            tally: self.tally(),
            request,
            quantities: &self.quantities,
            weights: &self.weights,
            base: self.base,
            disclosure: showing.disclosure,
            one_segment: self.survey.is_of_one_segment(),
            filter: self.within.as_ref().map(|(_, filter)| filter),
            settings: showing.settings,
            sources,
            names: &self.names,
            show_withheld: showing.show_withheld,
        }
    }

    /// A table with what else a reader must know.
    fn noted(&self, mut table: Table) -> Table {
        table.notes.extend(self.notes.iter().cloned());
        table
    }

    fn request(&self, asked: &Asked) -> Result<Request> {
        let position = |name: &&str| self.tally().dimensions.iter().position(|known| known.name == **name);
        let positions = [asked.compare.map(|(place, _)| place), asked.letters, asked.test.then_some(0)];
        let compares = |place: usize| asked.by.get(place).is_some_and(|name| *name == WAVE);
        if !self.compares_waves && positions.into_iter().flatten().any(compares) {
            bail!("waves are compared that were tallied one by one");
        }
        let compare =
            asked.compare.map(|(place, compared)| self.compare(asked, place, compared)).transpose()?;
        Ok(Request {
            measures: self.measures.clone(),
            by: asked.by.iter().filter_map(position).collect(),
            within: self.within.as_ref().map(|(within, _)| *within),
            compare,
            letters: asked.letters.map(|position| Letters { position, family: family(asked, position) }),
            test: (asked.test && !asked.by.is_empty()).then_some(0),
        })
    }

    fn compare(&self, asked: &Asked, position: usize, compared: Compared<'_>) -> Result<Compare> {
        let name = asked.by[position];
        let place = self.tally().dimensions.iter().position(|known| known.name == name);
        let codes = place.map_or_else(Vec::new, |place| self.codes(place));
        let [first, others @ ..] = codes.as_slice() else { return Err(nothing_to_compare(name)) };
        let pairs: Vec<(u16, u16)> = match compared {
            _ if others.is_empty() => return Err(nothing_to_compare(name)),
            Compared::Each(places) => {
                let places = places.iter().enumerate();
                let after = |(at, first): (usize, &usize)| {
                    let others = places.clone().skip(at + 1);
                    let pair = |(_, other): (usize, &usize)| (codes[*first], codes[*other]);
                    others.map(pair).collect::<Vec<_>>()
                };
                places.clone().flat_map(after).collect()
            }
            Compared::FirstWithEach if name == WAVE => {
                codes.array_windows().map(|[before, wave]| (*wave, *before)).collect()
            }
            Compared::FirstWithEach => others.iter().map(|other| (*first, *other)).collect(),
        };
        Ok(Compare { position, pairs })
    }
}

/// Letters are the tests of gaps where those are of every two columns.
fn family(asked: &Asked, position: usize) -> Family {
    match asked.compare {
        Some((place, Compared::Each(_))) if place == position => Family::Gaps,
        _ => Family::Row,
    }
}

/// Tables as they may be shown, to the same people.
fn shown(tables: Vec<Table>, showing: Showing) -> Vec<Table> {
    match showing.disclosure {
        Disclosure::Internal => tables,
        Disclosure::Publish => publish(&tables),
    }
}

fn nothing_to_compare(name: &str) -> anyhow::Error {
    Refusal::data(format!("{name} has only one level, so there is nothing to compare")).into()
}

/// What the tally must tell apart, each once, and the place among them of every quantity's.
fn variables(quantities: &[Quantity]) -> (Vec<Variable>, Vec<usize>) {
    let mut variables: Vec<Variable> = Vec::new();
    let place = |quantity| {
        let variable = variable(quantity);
        variables.iter().position(|known| *known == variable).unwrap_or_else(|| {
            variables.push(variable);
            variables.len() - 1
        })
    };
    let places = quantities.iter().map(place).collect();
    (variables, places)
}

/// The quantities that are asked for, sets and scales taken apart into their options, and notes on options that nobody was asked.
fn quantities(survey: &Survey, book: &DatasetBook, wanted: &Wanted) -> Result<(Vec<Quantity>, Vec<Name>)> {
    let known = items(&survey.parts());
    if wanted.entries.is_empty() {
        return Ok((known.into_iter().map(Quantity::from).collect(), Vec::new()));
    }
    let (mut quantities, mut notes) = (Vec::new(), Vec::new());
    for entry in wanted.entries {
        match entry {
            Entry::Quantity(Quantity { item, .. }) | Entry::Points(item) if wanted.base == Base::Mentions => {
                return Err(Refusal::usage(format!(
                    "{item} is no multi-response question, so it has no mentions"
                ))
                .hint("--base mentions goes with sets of the codebook")
                .into());
            }
            Entry::Quantity(quantity) => quantities.push(quantity.clone()),
            Entry::Points(item) => {
                let (low, high) = scale(book, item).ok_or_else(|| no_scale(item))?;
                let point = |point| Quantity { item: item.clone(), kind: Kind::Point(point) };
                quantities.extend((low..=high).map(point));
            }
            Entry::Set(key) => {
                let options = book.sets.get(key).ok_or_else(|| unknown_set(key, book))?;
                let (asked, missing): (Vec<Item>, Vec<Item>) =
                    options.iter().cloned().partition(|item| known.contains(item));
                notes.extend(not_asked(key, &missing));
                let set = Set { key: key.clone(), items: asked.clone() };
                let option = |item| Quantity { item, kind: Kind::Option(set.clone()) };
                quantities.extend(asked.into_iter().map(option));
            }
        }
    }
    Ok((quantities, notes))
}

/// The lowest and the highest point of an item's scale.
fn scale(book: &DatasetBook, item: &Item) -> Option<(i32, i32)> {
    book.items.get(item).copied().and_then(Measured::scale)
}

fn no_scale(item: &Item) -> Refusal {
    Refusal::usage(format!("the codebook declares no scale for {item}, so it has no points"))
        .hint("write { scale = [1, 5] } for it in wxstats.toml, in [dataset.NAME.items]")
}

fn not_asked(set: &str, missing: &[Item]) -> Option<Name> {
    let list = missing.iter().map(Item::to_string).collect::<Vec<_>>().join(", ");
    (!missing.is_empty()).then(|| {
        Name::new(
            format!("Options of {set} that this survey does not ask: {list}."),
            format!("{set} 中本次调查未问的选项：{list}。"),
        )
    })
}

/// Figures that are the same would be tested twice.
fn refuse_repeated(shown: &[(Quantity, Shown)]) -> Result<()> {
    let what = |(quantity, shown): &(Quantity, Shown)| match &quantity.kind {
        Kind::Mean => (quantity.item.clone(), Kind::Plain, *shown),
        kind => (quantity.item.clone(), kind.clone(), *shown),
    };
    match super::banners::repeated(&shown.iter().map(what).collect::<Vec<_>>()) {
        Some((twice, ..)) => {
            Err(Refusal::usage(format!("--items asks for the same figure of {twice} twice")).into())
        }
        None => Ok(()),
    }
}

fn unknown_set(key: &str, book: &DatasetBook) -> Refusal {
    let known: Vec<&str> = book.sets.keys().map(String::as_str).collect();
    let refusal = Refusal::usage(format!("there is no item or set \"{key}\""));
    if known.is_empty() {
        refusal.hint(
            "an item is written feature.action; sets are declared in the codebook, in [dataset.NAME.sets]",
        )
    } else {
        refusal.hint(format!("the codebook has the sets {}", known.join(", ")))
    }
}
