//! Coordinates, paths and addresses.

use super::dates::pattern;

/// Where a text gives a position on the earth beyond doubt. Folded text.
pub(super) fn certain(text: &str) -> Option<&str> {
    const PATTERNS: [&str; 10] = [
        r"[0-9] ?[°º]",
        r"\b[0-9]{1,2}([.,][0-9]+)? ?[ns]\b[ ,;/]{0,3}[0-9]{1,3}([.,][0-9]+)? ?[ew]\b",
        r"\b[ns] ?[0-9]{1,2}([.,][0-9]+)?([ '-][0-9.]+){0,2}[ ,;/]{0,3}[ew] ?[0-9]{1,3}\b",
        r"\b[0-9]{4,8}(\.[0-9]+)?[ns][ ,/]?[0-9]{4,9}(\.[0-9]+)?[ew]\b",
        r"\b[0-9]{1,2}[ -][0-9]{1,2}([-. '][0-9.]+)? ?[ns]\b[ ,;/]{0,3}[0-9]{1,3}[ -][0-9]",
        // Military grid and zones of UTM.
        r"\b[0-6]?[0-9] ?[c-hj-np-x] ?[a-hj-np-z]{2} ?([0-9]{10}|[0-9]{8}|[0-9]{6}|[0-9]{5} [0-9]{5}|[0-9]{4} [0-9]{4}|[0-9]{3} [0-9]{3})\b",
        r"\b[0-6]?[0-9] ?[c-hj-np-x],? [0-9]{6}(m?e)?,? [0-9]{7}(m?n)?\b",
        r"\b[023456789cfghjmpqrvwx]{2,8}\+[23456789cfghjmpqrvwx]{2,4}\b",
        r"\bgeo:",
        r"///[a-z]+\.[a-z]+\.[a-z]+",
    ];
    PATTERNS.iter().find_map(|one| pattern(one).find(text)).map(|found| found.as_str())
}

/// Where a text that a person wrote gives a position; `own` are latitude and longitude of the scenario.
pub(super) fn likely<'t>(text: &'t str, own: &[f64]) -> Option<&'t str> {
    const PATTERNS: [&str; 16] = [
        r"\b[0-6]?[0-9][c-hj-np-x] ?[a-hj-np-z]{2} ?[0-9]{1,5} ?[0-9]{1,5}\b",
        r"\b[0-9]+([.,][0-9]+)? ?(deg|degs|degree|degrees)\b",
        r"\b(lat|latitude|lon|lng|long|longitude|northing|easting|grid|mgrs|utm|gps|wgs ?84|coordinates?)\b[^a-z]{0,6}[0-9]",
        r"\b([01][0-9]|2[0-3])[:h]?[0-5][0-9] ?(z|utc|gmt)\b",
        r"\b(sunset|sunrise|dusk|dawn|nightfall|moonrise|moonset|twilight|noon)\b[^.]{0,20}[0-9]",
        r"\b[0-9]{1,3}[.,][0-9]+ ?(n|s|e|w|north|south|east|west)\b",
        r"\b[0-9]{1,3}( deg)?[ :d'-] ?[0-9]{1,2}[ :m'\u{22}-]{1,2}([0-9]{1,2}(\.[0-9]+)?['s\u{22} ]{0,3})?(n|s|e|w|north|south|east|west)\b",
        // Plus codes that are cut to an area.
        r"\b[23456789cfghjmpqrvwx]{2,6}0{2,6}\+|\b[23456789cfghjmpqrvwx]{4}([23456789cfghjmpqrvwx]{2,4})?\+([^a-z0-9]|$)",
        // Three words with dots between are an address too.
        r"\b[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}\b",
        r"\b(what3words|w3w|maidenhead|geohash|locode|un/locode|georef|garef|gars|iata|icao|placekey|plus code|post ?codes?|zip code)\b",
        r"\b[a-r]{2}[0-9]{2}[a-x]{2}([0-9]{2})?\b",
        r"\b(grid|square|zone|sector|locator)s? [a-r]{2}[0-9]{2}\b",
        r"\b(grid|utm|mgrs|square|zone)s? (zone )?[0-9]{1,2} ?[c-hj-np-x]\b",
        r"\b[nsew] ?[0-9]{1,3}[.,][0-9]+",
        r"\b[a-hj-np-z]{2} ?[0-9]{4} [0-9]{4}\b|\b[a-hj-np-z]{2} ?[0-9]{5} [0-9]{5}\b",
        r"\b[0-9]{1,3}(st|nd|rd|th) (parallel|meridian)\b",
    ];
    if let Some(found) = certain(text).or_else(|| PATTERNS.iter().find_map(|one| pattern(one).find(text)).map(|found| found.as_str())) {
        return Some(found);
    }
    let number = pattern(r"-?[0-9]{1,3}[.,][0-9]+");
    let pair = pattern(r"-?[0-9]{1,2}[.][0-9]+ ?[,;/| ] ?-?[0-9]{1,3}[.][0-9]+");
    let value = |text: &str| text.replace(',', ".").parse::<f64>().unwrap_or(f64::NAN);
    let is_position = |found: &str| {
        let both: Vec<f64> = number.find_iter(found).map(|one| value(one.as_str())).collect();
        matches!(both[..], [a, b] if a.abs() <= 90.0 && b.abs() <= 180.0 && (a.abs() >= 10.0 || b.abs() >= 10.0))
    };
    let pair = pair.find_iter(text).map(|found| found.as_str()).find(|found| is_position(found));
    pair.or_else(|| number.find_iter(text).map(|found| found.as_str()).find(|one| own.iter().any(|own| (own - value(one)).abs() < 0.05)))
}

/// Where a text names a square of the military grid without digits (37SGV), or gives a position in letters and digits (geohash). `text` is
/// folded, `original` is not.
pub(super) fn in_letters(original: &str, text: &str) -> Option<String> {
    // Units and ends of numbers that look like a square.
    const UNITS: [&str; 13] = ["hrs", "min", "sec", "pax", "max", "rds", "ths", "mph", "kph", "kwh", "fte", "per", "pcs"];
    let joined = pattern(r"\b(0?[1-9]|[1-5][0-9]|60)[c-hj-np-x][a-hj-np-z]{2}\b");
    let is_square = |found: &&str| !UNITS.contains(&found.trim_start_matches(|c: char| c.is_ascii_digit()));
    if let Some(found) = joined.find_iter(text).map(|found| found.as_str()).find(is_square) {
        return Some(found.to_owned());
    }
    let apart = pattern(r"\b(0?[1-9]|[1-5][0-9]|60) ?[C-HJ-NP-X] [A-HJ-NP-Z]{2}\b|\b([1-5][0-9]|60)[C-GJLNP-X]\b");
    if let Some(found) = apart.find(original) {
        return Some(found.as_str().to_lowercase());
    }
    let is_geohash = |word: &&str| {
        let kinds: Vec<bool> = word.chars().map(|c| c.is_ascii_digit()).collect();
        let fits = word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase() && !"ailo".contains(c));
        (5..=12).contains(&word.len()) && fits && kinds.windows(2).filter(|two| two[0] != two[1]).count() > 2
    };
    super::fold::words(text).find(is_geohash).map(Into::into)
}

/// Where a text names a file, a folder or an address. `certain` leaves out what the page itself says of its own files. Folded text.
pub(super) fn path(text: &str, certain: bool) -> Option<&str> {
    const CERTAIN: [&str; 6] = [r"file://", r"/home/", r"/users/", r"/tmp/", r"\b[a-z]:\\", r"\.toml\b"];
    const LIKELY: [&str; 5] = [
        r"[a-z0-9_-]+\.(toml|csv|tsv|json|jsonl|html?|parquet|xlsx?|docx?|pptx?|odt|ods|pdf|txt|py|rs|md|zip|gz|png|jpe?g|svg|ya?ml|ini|log|kmz|kml|gpx|shp|geojson|sqlite|db)\b",
        r"\b[a-z]+://|\bwww\.",
        r"[a-z0-9._+-]+@[a-z0-9-]+\.[a-z]+",
        r"(^|[ (])(~|\.\.?)?/[a-z0-9_.-]+/",
        r"\\\\[a-z0-9]",
    ];
    let patterns = CERTAIN.iter().chain(if certain { &[][..] } else { &LIKELY[..] });
    patterns.into_iter().find_map(|one| pattern(one).find(text)).map(|found| found.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::fold::folded;
    use super::*;

    #[test]
    fn positions_are_found_in_every_notation() {
        for text in [
            "36.5°N 41.0°E",
            "36°30′N",
            "36.5N 41.0E",
            "36.5 N, 41.0 E",
            "N36.5 E41.0",
            "N 36 30 00 E 041 00 00",
            "3630N 04100E",
            "363000N0410000E",
            "37S FB 12345 67890",
            "37SFB1234567890",
            "38SKF 1234 5678",
            "37S 678901 4041234",
            "8H72G2X2+2Q",
            "V2JP+X8",
            "8H53V2JP+X8",
            "geo:36.5,41",
            "///filled.count.soap",
            "36-30N 041-00E",
        ] {
            assert!(certain(&folded(text)).is_some(), "{text}");
        }
        for text in [
            "36.5, 41.0",
            "36.512 / 41.034",
            "lat 36 lon 41",
            "latitude: 36.5",
            "grid 123456",
            "36 degrees",
            "36 30 N",
            "36:30:00N",
            "8H530000+",
            "V2JP+",
            "word.other.third",
            "LM46ab",
            "FB 1234 5678",
            "36.5 north",
            "sunset at 16:58",
            "about 36.5",
        ] {
            assert!(likely(&folded(text), &[36.5, 41.0]).is_some(), "{text}");
        }
        for text in ["40 km/h, 0.5, 0.8", "Released for planning", "18:00 to 02:00", "4 north, 3 east", "P80 36.9 days"] {
            assert_eq!(likely(&folded(text), &[36.5, 41.0]), None, "{text}");
        }
    }

    #[test]
    fn squares_and_hashes_of_letters_are_found() {
        for text in ["37SGV", "37S GV", "37 S GV", "zone 37sgv", "sv9r0k2", "38S"] {
            assert!(in_letters(text, &folded(text)).is_some(), "{text}");
        }
        for text in ["within 12hrs", "30min", "4 men", "valid 12h to", "2nd draft", "10K", "version 3", "4x4"] {
            assert_eq!(in_letters(text, &folded(text)), None, "{text}");
        }
    }

    #[test]
    fn files_and_addresses_are_found() {
        for text in
            ["see plan.toml", "/home/x", "C:\\Users", "https://example.org", "a@b.org", "~/out/run", "\\\\server\\share", "counts.csv"]
        {
            assert!(path(&folded(text), false).is_some(), "{text}");
        }
        assert_eq!(path("convoys.csv, and/or segments.csv", true), None);
    }
}
