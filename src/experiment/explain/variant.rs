//! A scenario read again with some values changed.

use crate::experiment::operation::Operation;
use crate::scenario::{self, ProblemKind, Scenario};
use std::collections::BTreeMap;

/// What a scenario was read from: its texts and the overrides laid over them. Enough to read it again, changed.
#[derive(Clone, Debug)]
pub struct Origin {
    main: String,
    texts: BTreeMap<String, Vec<u8>>,
    overrides: Vec<String>,
}

impl Origin {
    /// The texts of a scenario, the scenario's own first, and the overrides it was read with.
    #[must_use]
    pub fn new(texts: &[(String, String)], overrides: &[String]) -> Self {
        Self {
            main: texts.first().map(|(name, _)| name.clone()).unwrap_or_default(),
            texts: texts.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())).collect(),
            overrides: overrides.to_vec(),
        }
    }

    /// The scenario itself.
    ///
    /// # Errors
    ///
    /// As [`Origin::changed`].
    pub fn scenario(&self) -> Result<Scenario, String> {
        self.changed(&[])
    }

    /// The scenario with further overrides laid over it.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in a sentence: the first problem.
    pub fn changed(&self, further: &[String]) -> Result<Scenario, String> {
        let overrides: Vec<String> = self.overrides.iter().chain(further).cloned().collect();
        match scenario::load(&self.main, &self.texts, &overrides) {
            Ok(loaded) => Ok(loaded.scenario),
            Err(problems) => {
                let first = problems.iter().find(|problem| problem.kind != ProblemKind::Note);
                Err(first.map_or_else(|| "it is refused".into(), |problem| problem.message.clone()))
            }
        }
    }

    /// The changed scenario, ready to run.
    ///
    /// # Errors
    ///
    /// As [`Origin::changed`].
    pub fn operation(&self, further: &[String], seed: u64) -> Result<Operation, String> {
        self.changed(further).map(|scenario| Operation::new(&scenario, seed))
    }
}
