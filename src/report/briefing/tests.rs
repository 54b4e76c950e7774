use super::*;
use crate::results::{TextEntry, sample};

fn beside<'r>(runs: &[Subject<'r>]) -> Beside<'r> {
    Beside { runs: runs.to_vec(), ..Beside::default() }
}

fn output() -> Output {
    let mut info = sample::info(30);
    info.objectives = sample::objectives();
    info.shown = crate::results::shown::in_detail(&sample::table(30, 2));
    let details = info.shown.iter().map(|one| sample::detail(one.replication)).collect();
    Output::of(info, sample::setting(), sample::table(30, 2), sample::nodes(), details)
}

fn manifest(resolved: &str) -> Manifest {
    Manifest {
        version: "0.1.0".into(),
        target: "x".into(),
        scenario: "made up".into(),
        texts: vec![TextEntry { name: "plan.toml".into(), sha256: "00".repeat(32), text: String::new() }],
        overrides: Vec::new(),
        resolved: resolved.into(),
        seed: 1,
        replications: 30,
        until: None,
        interrupted: false,
        finished: vec![(0, 29)],
        files: Vec::new(),
    }
}

/// Text between tags, and the tags by themselves.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).filter_map(|piece| piece.split_once('>').map(|(tag, _)| tag)).collect()
}

#[test]
fn whatever_a_scenario_is_called_the_page_has_its_own_elements_only() {
    let hostile = "</script></title><script>alert(1)</script><img src=x onerror=\"alert('2')\"> & \" onload='x' \u{202e}اسم";
    let mut odd = output();
    odd.info.scenario = hostile.into();
    odd.info.handling = hostile.into();
    odd.info.question = hostile.into();
    odd.nodes.iter_mut().for_each(|node| node.label = hostile.into());
    odd.setting.observed[0].source = hostile.into();
    odd.setting.inputs[0].value = hostile.into();
    odd.setting.inputs[0].note = Some(hostile.into());
    odd.table.resources[0].label = hostile.into();
    for detail in &mut odd.details {
        detail.convoys.iter_mut().for_each(|row| row.route = hostile.into());
        detail.segments.iter_mut().for_each(|row| row.place = hostile.into());
    }
    let mut written = manifest("");
    written.texts[0].name = hostile.into();
    written.overrides = vec![hostile.into()];
    let page = page(Subject { manifest: &written, output: &odd }, &beside(&[Subject { manifest: &written, output: &odd }]));
    let scripts: Vec<&str> = tags(&page).into_iter().filter(|tag| tag.starts_with("script")).collect();
    assert!(scripts.iter().all(|tag| *tag == "script" || tag.starts_with("script type=\"application/json\"")), "{scripts:?}");
    assert_eq!(tags(&page).iter().filter(|tag| **tag == "script").count(), 1, "one script runs");
    assert_eq!(tags(&page).iter().filter(|tag| tag.starts_with("img")).count(), 0);
    // Outside of quotes a tag has names of attributes only.
    let unquoted = |tag: &&str| tag.split('"').step_by(2).collect::<String>();
    assert!(!tags(&shell::without_own(&page)).iter().map(unquoted).any(|names| names.contains(" on")), "no handlers in tags");
}

#[test]
fn ids_are_unique_and_links_within_the_page_lead_somewhere() {
    let (written, output) = (manifest(""), output());
    let subject = Subject { manifest: &written, output: &output };
    let page = page(subject, &beside(&[subject, subject]));
    let values = |attribute: &str| -> Vec<&str> {
        let start = format!(" {attribute}=\"");
        page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
    };
    let mut ids = values("id");
    ids.sort_unstable();
    let twice: Vec<&[&str]> = ids.windows(2).filter(|two| two[0] == two[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let lost: Vec<&str> = values("href").into_iter().filter_map(|link| link.strip_prefix('#')).filter(|id| !ids.contains(id)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    for labels in values("aria-labelledby") {
        assert!(labels.split(' ').all(|id| ids.contains(&id)), "{labels}");
    }
}

#[test]
fn a_page_has_the_same_bytes_every_time_and_asks_nothing_of_a_network() {
    let (written, output) = (manifest(""), output());
    let subject = Subject { manifest: &written, output: &output };
    let first = page(subject, &Beside::default());
    assert_eq!(first, page(subject, &Beside::default()));
    let outside: Vec<&str> = first.match_indices("://").map(|(at, _)| &first[at.saturating_sub(6)..at + 14]).collect();
    assert!(outside.iter().all(|link| link.contains("http://www.w3.org")), "{outside:?}");
}

#[test]
fn a_released_page_tells_no_name_date_source_or_path() {
    let resolved = "[[site]]\nid = \"prison\"\nlabel = \"The prison of Example\"\n[[route]]\nid = \"road\"\npath = [{ leg = \"to border\", distance = \"1 km\" }]\n\
                    headway = { value = 1, source = \"A manual of somebody\" }\n";
    let (written, mut output) = (manifest(resolved), output());
    let safe = |output: &Output| releasable_page(Subject { manifest: &written, output }, &Beside::default());
    let page = safe(&output).expect("nothing is told");
    // Between tags: numbers in attributes are places on paper.
    let texts: String = page.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text).collect();
    assert!(!texts.contains("2026"));
    for told in ["prison", "receiving", "A ministry", "A manual", "plan.toml", "made up"] {
        assert!(!shell::without_own(&page).contains(told), "{told}");
    }
    assert!(page.contains("Scenario A"));
    // A handling line is printed word for word; if it names a place, the page is not written.
    output.info.handling = "Only for those at the PRISON".into();
    assert!(safe(&output).is_err_and(|leak| leak.to_string().contains("prison")));
    output.info.handling = "Until 4 Feb 2026".into();
    assert!(safe(&output).is_err_and(|leak| leak.to_string().contains("date")));
}

#[test]
fn a_released_page_says_no_rate_that_is_computed_from_rounded_days() {
    let (written, output) = (manifest(""), output());
    let subject = || Subject { manifest: &written, output: &output };
    let rates = ["a day, on average", "Mean people a day"];
    let whole = page(subject(), &Beside::default());
    assert!(rates.iter().any(|rate| whole.contains(rate)), "an ordinary page says the rate");
    let safe = releasable_page(subject(), &Beside::default()).expect("nothing in it may not leave");
    assert!(rates.iter().all(|rate| !safe.contains(rate)));
}

#[test]
fn runs_with_nothing_to_show_make_a_page_too() {
    let empty = Output::of(sample::info(0), sample::setting(), sample::table(0, 0), sample::nodes(), Vec::new());
    let alone = Output::of(sample::info(1), Default::default(), sample::table(1, 1), Vec::new(), Vec::new());
    let written = manifest("");
    for output in [empty, alone] {
        assert!(page(Subject { manifest: &written, output: &output }, &Beside::default()).contains("</html>"));
    }
}
