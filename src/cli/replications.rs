//! How many replications may be asked for on the command line: as many as in a file.

use crate::scenario::MOST_REPLICATIONS;

/// Reads a number of replications, from so many to the most of a scenario file.
pub(super) fn replications_from(least: u32) -> impl Fn(&str) -> Result<u32, String> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.parse().ok().filter(|number| (least..=MOST_REPLICATIONS).contains(number));
        number.ok_or_else(|| format!("must be a whole number from {least} to {MOST_REPLICATIONS}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Args;
    use crate::cli::scenario_file::templates;
    use crate::scenario;
    use clap::Parser;

    /// Whether the command line takes a number of replications where `-n` stands.
    fn takes(command: &[&str], n: u64) -> Result<(), String> {
        let line = std::iter::once("convoysim".to_owned()).chain(command.iter().map(|word| word.replace("-n", &format!("-n={n}"))));
        Args::try_parse_from(line).map(|_| ()).map_err(|error| error.to_string())
    }

    #[test]
    fn every_way_in_takes_as_many_replications_and_no_more() {
        let most = u64::from(MOST_REPLICATIONS);
        for command in [
            &["run", "x.toml", "-n"][..],
            &["explain", "x.toml", "-n"],
            &["compare", "x.toml", "y.toml", "-n"],
            &["best", "x.toml", "y.toml", "--delta=1 d", "-n"],
            &["sweep", "x.toml", "-n"],
        ] {
            assert_eq!(takes(command, most), Ok(()), "{command:?}");
            for n in [0, most + 1, 4_000_000_000, u64::MAX] {
                let why = takes(command, n).expect_err("it is refused");
                assert!(why.contains(&n.to_string()) && why.contains("must be a whole number from 1 to 10000000"), "{command:?}: {why}");
            }
        }
        let until =
            |n: u64| Args::try_parse_from(["convoysim", "run", "x.toml", "--until", "mean(bus_km) +- 1 %", "--at-most", &n.to_string()]);
        assert!(until(most).is_ok() && until(most + 1).is_err() && until(29).is_err());
    }

    #[test]
    fn a_scenario_file_takes_as_many_and_no_more() {
        let text = &templates()[0].1;
        let with = |n: u64| {
            let set = [format!("scenario.replications={n}")];
            scenario::load("case.toml", &|_: &str| Ok(text.as_bytes().to_vec()), &set).map(|loaded| loaded.scenario.info.replications)
        };
        let most = u64::from(MOST_REPLICATIONS);
        assert_eq!(with(most).expect("it is taken"), MOST_REPLICATIONS);
        let problems = with(most + 1).expect_err("it is refused");
        assert!(problems.iter().any(|problem| problem.message.contains("must be at most 10000000")), "{problems:?}");
    }
}
