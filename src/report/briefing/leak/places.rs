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
        r"\b[23456789cfghjmpqrvwx]{4,8}\+[23456789cfghjmpqrvwx]{2,3}\b",
        r"\bgeo:",
        r"///[a-z]+\.[a-z]+\.[a-z]+",
    ];
    PATTERNS.iter().find_map(|one| pattern(one).find(text)).map(|found| found.as_str())
}

/// Where a text that a person wrote gives a position, or a zone of time that bounds one; `own` are latitude and longitude of the scenario.
pub(super) fn likely<'t>(text: &'t str, own: &[f64]) -> Option<&'t str> {
    const PATTERNS: [&str; 7] = [
        r"\b[0-6]?[0-9][c-hj-np-x] ?[a-hj-np-z]{2} ?[0-9]{2} ?[0-9]{2}\b",
        r"\b[0-9]+([.,][0-9]+)? ?(deg|degs|degree|degrees)\b",
        r"\b(lat|latitude|lon|lng|long|longitude|northing|easting|grid|mgrs|utm|gps|wgs ?84|coordinates?)\b[^a-z]{0,6}[0-9]",
        r"\b(utc|gmt) ?[+-] ?[0-9]",
        r"\b([01][0-9]|2[0-3])[:h]?[0-5][0-9] ?(z|utc|gmt)\b",
        r"\b(sunset|sunrise|dusk|dawn|nightfall|moonrise|moonset|twilight|noon)\b[^.]{0,20}[0-9]",
        r"\b[a-z]+/[a-z]+ time\b",
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
            "UTC+3",
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
    fn files_and_addresses_are_found() {
        for text in
            ["see plan.toml", "/home/x", "C:\\Users", "https://example.org", "a@b.org", "~/out/run", "\\\\server\\share", "counts.csv"]
        {
            assert!(path(&folded(text), false).is_some(), "{text}");
        }
        assert_eq!(path("convoys.csv, and/or segments.csv", true), None);
    }
}
