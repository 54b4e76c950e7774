//! Scenarios to start from: `convoysim new` writes them.

/// (file name, text) of every template, from simple to rich. Each loads without a problem.
#[must_use]
pub fn templates() -> &'static [(&'static str, &'static str)] {
    &[
        ("one-route.toml", include_str!("templates/one-route.toml")),
        ("hub-and-window.toml", include_str!("templates/hub-and-window.toml")),
        ("with-air.toml", include_str!("templates/with-air.toml")),
    ]
}
