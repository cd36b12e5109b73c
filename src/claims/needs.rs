//! [`Needs`]: what one tally must hold so that all claims of a file can be judged from it.

use super::statement::{Claims, Figure, Of, Statement};
use crate::codebook::{Item, Quantity};
use crate::measure::variable;
use crate::tally::{Question, Variable, WAVE};

/// Dimensions and variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    /// Dimensions to sum by.
    pub by: Vec<String>,
    /// What is told apart; at least one variable, if the survey has an item.
    pub variables: Vec<Variable>,
}

impl Needs {
    /// What either needs.
    pub fn add(&mut self, other: Self) {
        for name in other.by {
            if !self.by.contains(&name) {
                self.by.push(name);
            }
        }
        for variable in other.variables {
            add(&mut self.variables, variable);
        }
    }
}

impl Claims {
    /// Whether a claim speaks of a survey, and not of published figures only.
    #[must_use]
    pub fn ask_a_survey(&self) -> bool {
        self.statements().any(|statement| !matches!(statement, Statement::Published(_)))
    }

    /// Whether a claim speaks of waves, so that all of them must be looked at.
    #[must_use]
    pub fn speak_of_waves(&self) -> bool {
        self.statements().any(|statement| {
            let is_wave = |figure: &&Figure| figure.dimensions().contains(&WAVE);
            matches!(statement, Statement::Trend { .. })
                || matches!(statement, Statement::Rank { dimension, .. } if dimension == WAVE)
                || statement.figures().iter().any(is_wave)
        })
    }

    /// What the claims need of a survey with these items and dimensions; what it does not have is left out.
    #[must_use]
    pub fn needs(&self, items: &[Item], dimensions: &[String]) -> Needs {
        let mut by: Vec<String> = Vec::new();
        let mut variables: Vec<Variable> = items.iter().take(1).cloned().map(Variable::from).collect();
        for statement in self.statements() {
            let ranked = match statement {
                Statement::Rank { dimension, .. } => Some(dimension.as_str()),
                Statement::Trend { .. } => Some(WAVE),
                _ => None,
            };
            let named = statement.figures().into_iter().flat_map(Figure::dimensions).chain(ranked);
            for name in named.filter(|name| dimensions.iter().any(|known| known == name)) {
                if !by.iter().any(|known| known == name) {
                    by.push(name.to_owned());
                }
            }
            let quantities = statement.figures().into_iter().filter_map(Figure::quantity);
            let asked: Vec<&Quantity> = quantities
                .filter(|quantity| quantity.items().iter().all(|item| items.contains(item)))
                .collect();
            for &quantity in &asked {
                add(&mut variables, variable(quantity));
            }
            if let [first, second] = asked.as_slice()
                && variable(first) != variable(second)
            {
                add(&mut variables, joint(first, second));
            }
        }
        Needs { by, variables }
    }

    fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.list.iter().flat_map(|claim| &claim.asserts).map(|assertion| &assertion.statement)
    }
}

impl Figure {
    /// The dimensions that it names.
    pub(super) fn dimensions(&self) -> Vec<&str> {
        let within = self.within.iter().map(|(dimension, _)| dimension.as_str());
        match &self.of {
            Of::Level(dimension, _) => within.chain([dimension.as_str()]).collect(),
            Of::Rate(_) | Of::Number(_) => within.collect(),
        }
    }
}

/// The questions of two quantities, whose joint classes tell what they have to do with each other within a person.
pub(super) fn joint(first: &Quantity, second: &Quantity) -> Variable {
    let questions: Vec<Question> = [first, second].into_iter().flat_map(|one| variable(one).0).collect();
    Variable(questions)
}

fn add(variables: &mut Vec<Variable>, variable: Variable) {
    if !variables.contains(&variable) {
        variables.push(variable);
    }
}
