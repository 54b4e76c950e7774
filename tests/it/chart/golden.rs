//! Golden pictures of folders that never change. `RENEW=1 cargo test --test it chart::golden` writes them anew; look at them before they
//! are committed.

use super::Fixed;
use convoysim::report::chart::{CHARTS, Look, Material, Order, Size, Theme};
use std::fs;
use std::path::Path;

#[test]
fn pictures_change_on_purpose_only() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/charts");
    let fixed = Fixed::new();
    let renew = std::env::var_os("RENEW").is_some();
    let mut changed = Vec::new();
    for chart in CHARTS {
        let pictures = |material: Material<'_>| -> Option<Vec<String>> {
            let order = |nth| Order { nth, ..Order::new(Look { size: Size::Slide, theme: Theme::Light }) };
            (0..material.pictures(chart)).map(|nth| chart.draw(material, order(nth)).ok()).collect()
        };
        let drawn = fixed.materials().into_iter().find_map(pictures).expect("every chart has something to show");
        for (nth, svg) in drawn.iter().enumerate() {
            let name = if nth == 0 { chart.name.into() } else { format!("{}-{}", chart.name, nth + 1) };
            let path = folder.join(format!("{name}.svg"));
            if renew {
                fs::create_dir_all(&folder).and_then(|()| fs::write(&path, svg)).expect("there is room");
            } else if fs::read_to_string(&path).ok().as_deref() != Some(svg) {
                changed.push(name);
            }
        }
    }
    assert!(changed.is_empty(), "changed: {changed:?}; if that is wanted, look at them and renew with RENEW=1");
}
