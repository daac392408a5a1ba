//! Text made comparable: what people write in different ways folds to the same.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Decomposed, without marks, in lower case, runs of white space as one space: the text of every `…_fold` column.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain: String =
        text.nfkd().flat_map(char::to_lowercase).filter(|letter| !is_combining_mark(*letter)).collect();
    let mut folded = String::with_capacity(plain.len());
    for word in plain.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn marks_case_and_width_do_not_count() {
        assert_eq!(fold("Kopontren Al-Ittifāq"), "kopontren al-ittifaq");
        assert_eq!(fold("ＫＯＰＤＥＳ №1 ﬁsh"), "kopdes no1 fish");
        assert_eq!(fold("İstanbul"), "istanbul");
    }

    #[test]
    fn white_space_is_one_space_and_none_at_the_ends() {
        assert_eq!(fold("  Desa\t\u{a0}Suka \n Maju "), "desa suka maju");
        assert_eq!(fold(" \n"), "");
    }

    #[test]
    fn what_is_folded_stays() {
        for text in ["Ångström  É", "ŒUVRE ǅ", "Ba'u / Tio-tio"] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
    }
}
