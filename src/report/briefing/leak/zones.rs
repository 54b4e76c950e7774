//! Zones of time and countries: each bounds where a place is.

use super::dates::pattern;
use super::fold::words;

/// Zones of time by their letters, where these mean nothing else.
const LETTERS: &str = "AST ADT EST EDT CST CDT MST MDT PST PDT AKST HST NST BST IST CET CEST EET EEST MSK SAMT GST IRST IRDT TRT IDT AFT PKT NPT MMT ICT \
    WIB WITA HKT SGT JST KST AEST AEDT ACST AWST NZST NZDT WAT SAST EAT BRT CLT UZT ALMT AZT WEST MEZ MESZ TSI";
/// Letters of the military alphabet, each a zone.
const ALPHABET: &str = "alfa|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|\
    uniform|victor|whiske?y|x-?ray|yankee|zulu";
/// What zones are named after, besides countries.
const NAMED: &str = "eastern|central|mountain|pacific|atlantic|arabian?|gulf|greenwich|moscow|baghdad|damascus|istanbul|ankara|tehran|amman|beirut|riyadh|\
    kabul|erbil|kyiv|kiev|london|paris|berlin|washington|geneva|brussels|european|african|levant|standard|summer|daylight|solar";
/// Countries, folded, that are no other word of English.
const COUNTRIES: &str = "afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh barbados \
    belarus belgium belize benin bhutan bolivia bosnia herzegovina botswana brazil brunei bulgaria burundi cambodia cameroon canada chad chile china \
    colombia comoros congo croatia cuba cyprus czechia denmark djibouti dominica ecuador egypt eritrea estonia eswatini ethiopia fiji finland france \
    gabon gambia georgia germany ghana greece grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel \
    italy jamaica japan jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein \
    lithuania luxembourg madagascar malawi malaysia maldives mali malta mauritania mauritius mexico micronesia moldova monaco mongolia montenegro \
    morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger nigeria norway oman pakistan palau palestine panama paraguay peru \
    philippines poland portugal qatar romania russia rwanda samoa senegal serbia seychelles singapore slovakia slovenia somalia spain sudan suriname \
    sweden switzerland syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey turkiye turkmenistan tuvalu uganda ukraine uruguay \
    uzbekistan vanuatu venezuela vietnam yemen zambia zimbabwe kurdistan gaza rojava sahel mesopotamia";

/// Where a text that a person wrote names a zone of time. `text` is folded, `original` is not.
pub(super) fn zone(original: &str, text: &str) -> Option<String> {
    let countries = COUNTRIES.split_whitespace().collect::<Vec<_>>().join("|");
    let number = "([0-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)";
    let patterns = [
        r"\b(africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific|etc)/[a-z_+-]+".to_owned(),
        r"\b(us/(eastern|central|mountain|pacific|alaska|hawaii|arizona)|canada/[a-z]+)\b".to_owned(),
        format!(r"\b(utc|gmt|zulu|z) ?(\+|-|plus|minus) ?{number}"),
        format!(r"\b{number} hours? (ahead of|behind|before|after) (utc|gmt|greenwich|zulu)\b"),
        r"(^|[^0-9a-z])[+-](0[0-9]|1[0-4]):?(00|15|30|45)\b".to_owned(),
        format!(r"\b({ALPHABET})[ -](time|zone)\b"),
        format!(r"\b(time ?zone|zone)[ :]+({ALPHABET}|[a-z]|[+-]?[0-9]+)\b"),
        format!(r"\b({NAMED}|{countries})n?[ -](standard |summer |daylight |winter |savings? )?time\b"),
        r"\b[a-z]+ (standard|daylight|savings?) time\b".to_owned(),
        format!(r"\b({}) time\b", LETTERS.to_lowercase().split_whitespace().collect::<Vec<_>>().join("|")),
        r"\b[a-z]+/[a-z]+ time\b".to_owned(),
    ];
    if let Some(found) = patterns.iter().find_map(|one| pattern(one).find(text)) {
        return Some(found.as_str().trim().to_owned());
    }
    // In capitals all through, a word such as WEST is a word.
    let small = original.chars().any(char::is_lowercase);
    let is_zone = |word: &&str| LETTERS.split_whitespace().any(|zone| zone == *word) && (small || !["WEST", "EAT"].contains(word));
    let letters = original.split(|c: char| !c.is_alphanumeric()).find(is_zone);
    // 1930C: a time of day with the letter of its zone.
    let time = pattern(r"\b([01][0-9]|2[0-3]):?[0-5][0-9] ?[A-Z]\b").find(original).map(|found| found.as_str());
    letters.or(time).map(str::to_lowercase)
}

/// Where a text names a country or its people. Folded text.
pub(super) fn country(text: &str) -> Option<String> {
    const ENDS: [&str; 9] = ["", "n", "i", "s", "is", "an", "ian", "ians", "ns"];
    let is_country = |word: &&str| {
        let names = COUNTRIES.split_whitespace();
        let of = |country: &str| {
            let stem = country.strip_suffix('a').or(country.strip_suffix('y')).unwrap_or(country);
            word.strip_prefix(country).is_some_and(|end| ENDS.contains(&end))
                || word.strip_prefix(stem).is_some_and(|end| stem.len() > 3 && ["ian", "ians", "ese"].contains(&end))
        };
        names.into_iter().any(of)
    };
    words(text).find(is_country).map(Into::into)
}
