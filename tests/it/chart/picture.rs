//! What is wrong with a picture, found in the SVG alone: it is read and laid out by usvg, not by what drew it.

use convoysim::report::chart::{Size, options};
use resvg::usvg::{Group, Node, Rect, Tree};

/// Units of the drawing in one of the format.
const FINE: f32 = 10.0;

/// Free space at the sides and the smallest type, by format.
fn rules(size: Size) -> (f32, f32) {
    match size {
        Size::Slide => (96.0, 18.0),
        Size::Half => (40.0, 14.0),
        Size::Square => (56.0, 16.0),
        Size::A4 => (10.0, 6.5),
        Size::Thumb => (16.0, 8.0),
    }
}

/// A text where it stands.
pub struct Word {
    pub text: String,
    pub area: Rect,
    pub size: f32,
}

/// All texts of a picture that have ink.
pub fn words(svg: &str) -> Vec<Word> {
    let tree = Tree::from_str(svg, &options()).expect("an SVG");
    let mut words = Vec::new();
    collect(tree.root(), &mut words);
    words
}

fn collect(group: &Group, words: &mut Vec<Word>) {
    for node in group.children() {
        match node {
            Node::Group(inner) => collect(inner, words),
            Node::Text(text) => {
                let chunks = text.chunks();
                let letters: String = chunks.iter().map(|chunk| chunk.text()).collect();
                let size = chunks.iter().flat_map(|chunk| chunk.spans()).map(|span| span.font_size().get()).fold(f32::MAX, f32::min);
                let area = text.flattened().abs_bounding_box();
                // Letters that the face does not have leave no ink.
                if area.width() > 0.0 && area.height() > 0.0 {
                    words.push(Word { text: letters.trim().into(), area, size });
                }
            }
            _ => {}
        }
    }
}

/// Every rule that a picture breaks, in words.
pub fn faults(name: &str, size: Size, svg: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |text: String| faults.push(format!("{name}: {text}"));
    let (margin, least) = rules(size);
    let tree = Tree::from_str(svg, &options()).expect("an SVG");
    // On A4 the tree is in pixels of CSS, 4/3 of a point.
    let wide = if size == Size::A4 { tree.size().width() * 0.75 } else { tree.size().width() };
    let high = if size == Size::A4 { tree.size().height() * 0.75 } else { tree.size().height() };
    let scale = tree.size().width() / wide;
    let words = words(svg);
    let slack = 1.5;
    if words.len() < 4 {
        fault(format!("has {} texts only", words.len()));
    }
    for word in &words {
        let [left, right, top, bottom] = [word.area.left(), word.area.right(), word.area.top(), word.area.bottom()].map(|x| x / scale);
        if left < margin - slack || right > wide - margin + slack || top < 0.0 || bottom > high {
            fault(format!("`{}` leaves the margins: {left:.0}..{right:.0} across, {top:.0}..{bottom:.0} down", word.text));
        }
        if word.size / FINE < least - 0.01 {
            fault(format!("`{}` has size {}, under the floor of {least}", word.text, word.size / FINE));
        }
    }
    for (i, a) in words.iter().enumerate() {
        for b in &words[i + 1..] {
            let across = a.area.right().min(b.area.right()) - a.area.left().max(b.area.left());
            let down = a.area.bottom().min(b.area.bottom()) - a.area.top().max(b.area.top());
            if across > 0.5 * scale && down > 0.5 * scale {
                fault(format!("`{}` overlaps `{}`", a.text, b.text));
            }
        }
    }
    for (what, there) in [
        ("role", svg.contains("role=\"img\"")),
        ("title", tagged(svg, "title").is_some_and(|text| !text.is_empty())),
        ("description of a few figures", tagged(svg, "desc").is_some_and(|text| text.chars().filter(char::is_ascii_digit).count() >= 1)),
        ("data file in the description", tagged(svg, "desc").is_some_and(|text| text.contains("Data: "))),
        ("scenario's hash in the footer", words.iter().any(|word| word.text.contains("config sha256"))),
        ("seed in the footer", words.iter().any(|word| word.text.contains("seed "))),
        ("replications in the footer", words.iter().any(|word| word.text.contains("replication"))),
        ("version in the footer", words.iter().any(|word| word.text.contains(&format!("convoysim {}", env!("CARGO_PKG_VERSION"))))),
        ("word that this is simulated", words.iter().any(|word| word.text.starts_with("Simulated."))),
    ] {
        if !there {
            fault(format!("has no {what}"));
        }
    }
    if svg.len() > 150_000 {
        fault(format!("has {} bytes, over 150,000", svg.len()));
    }
    if svg.contains("<script") || svg.contains("NaN") || svg.contains("inf\"") {
        fault("holds a script or a number that is none".into());
    }
    faults
}

/// The text of the first element of a name.
pub fn tagged<'s>(svg: &'s str, name: &str) -> Option<&'s str> {
    let begin = svg.find(&format!("<{name} "))?;
    let text = begin + svg[begin..].find('>')? + 1;
    Some(&svg[text..text + svg[text..].find(&format!("</{name}>"))?])
}
