//! Normalises text for comparison: different spellings of the same text fold to the same string.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Folds a text: removes differences of case, accents, width, quotation marks, apostrophes, hyphens and invisible
/// characters, and writes each run of white space as one space, none at its ends. This is the text of every `…_fold`
/// column.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in plain(text).split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Folds a part of a text: white space at its ends is kept as one space.
#[must_use]
pub fn fold_part(part: &str) -> String {
    let plain = plain(part);
    let mut folded = String::with_capacity(plain.len());
    for letter in plain.chars() {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        if letter != ' ' || !folded.ends_with(' ') {
            folded.push(letter);
        }
    }
    folded
}

/// Converts a name to lower-case letters and digits, with words joined by hyphens: a readable key for addresses.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for letter in fold(name).chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Decomposes the text, lower-cases it and removes marks; white space is kept.
fn plain(text: &str) -> String {
    // Some signs would come apart into a blank and a mark.
    let spelled =
        text.chars().filter(|letter| !is_invisible(*letter)).map(|letter| common(letter).unwrap_or(letter));
    let lower = spelled.nfkd().flat_map(char::to_lowercase).filter(|letter| !is_combining_mark(*letter));
    lower.map(|letter| common(letter).unwrap_or(letter)).collect()
}

/// The ASCII character for a typographic variant of it.
fn common(sign: char) -> Option<char> {
    match sign {
        '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | 'ˊ' | 'ˋ' | '‘' | '’' | '‚' | '‛' | '′'
        | '‵' | 'ꞌ' | '＇' => Some('\''),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | '＂' => Some('"'),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '⁃' | '−' | '﹘' | '﹣' | '－' => Some('-'),
        _ => None,
    }
}

/// Whether a character is invisible, which Unicode calls `Default_Ignorable_Code_Point`: joiners, fillers, marks of
/// direction, soft hyphens, variation selectors, tags.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether a character changes the direction of the text around it, which Unicode calls `Bidi_Control`: a text with one may
/// be shown in another order than it has.
#[must_use]
pub fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{fold, fold_part, slug};

    #[test]
    fn a_slug_is_letters_digits_and_single_hyphens() {
        assert_eq!(slug("Kopontren Al-Ittifaq"), "kopontren-al-ittifaq");
        assert_eq!(slug("(STAN) Pulo Lon / Ba'u."), "stan-pulo-lon-ba-u");
    }

    #[test]
    fn diacritics_case_and_width_are_ignored() {
        assert_eq!(fold("Kopontren Al-Ittifāq"), "kopontren al-ittifaq");
        assert_eq!(fold("ＫＯＰＤＥＳ №1 ﬁsh"), "kopdes no1 fish");
        assert_eq!(fold("İstanbul"), "istanbul");
    }

    #[test]
    fn white_space_is_collapsed_and_trimmed() {
        assert_eq!(fold("  Desa\t\u{a0}Suka \n Maju "), "desa suka maju");
        assert_eq!(fold(" \n"), "");
    }

    #[test]
    fn typographic_punctuation_becomes_ascii() {
        for text in ["Ba'u", "Ba’u", "Ba‘u", "Ba`u", "Ba´u", "Baʼu", "Baʻu", "Ba′u", "Ba＇u", "BA\u{2019}U"]
        {
            assert_eq!(fold(text), "ba'u", "{text}");
        }
        for text in ["Tio-tio", "Tio‐tio", "Tio‑tio", "Tio–tio", "Tio—tio", "Tio−tio", "Tio－tio"]
        {
            assert_eq!(fold(text), "tio-tio", "{text}");
        }
        assert_eq!(fold("“Maju” „Jaya“ «Abadi»"), "\"maju\" \"jaya\" \"abadi\"");
    }

    #[test]
    fn invisible_characters_are_removed() {
        for text in [
            "Suka\u{200b}maju",
            "Suka\u{ad}maju",
            "\u{feff}Sukamaju",
            "Suka\u{200d}maju\u{200e}",
            "Suka\u{2060}maju",
            "Suka\u{115f}\u{3164}maju\u{ffa0}",
            "Suka\u{fe0f}maju\u{e0020}\u{e0001}",
        ] {
            assert_eq!(fold(text), "sukamaju", "{text:?}");
        }
    }

    #[test]
    fn a_part_keeps_a_space_at_its_ends() {
        assert_eq!(fold_part("Kota "), "kota ");
        assert_eq!(fold_part(" \t Kota\u{a0}\u{a0}Tua\n"), " kota tua ");
        assert_eq!(fold_part("  "), " ");
        assert_eq!((fold_part(""), fold_part("\u{301}"), fold_part("\u{200b}")), <_>::default());
    }

    /// Folding a text again does not change it, and it contains each of its folded parts.
    #[test]
    fn folding_is_idempotent_and_keeps_substrings() {
        for text in ["Ångström  É", "ŒUVRE ǅ", "Ba’u / Tio–tio", "a\u{b4}b \u{a8} c", "Ⅷ ½ ﷺ"] {
            assert_eq!(fold(&fold(text)), fold(text));
            assert_eq!(fold_part(&fold_part(text)), fold_part(text));
            let letters: Vec<char> = text.chars().collect();
            for start in 0..letters.len() {
                let part: String = letters[start..].iter().collect();
                assert!(fold(text).contains(fold_part(&part).trim()), "{text}: {part}");
            }
        }
    }
}
