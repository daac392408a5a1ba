//! Cells of tables: a value in the form of the reader's language, with the exact value by which a column is sorted.

use maud::{Markup, html};

use super::language::Language;

impl Language {
    /// A whole number.
    pub(super) fn whole(self, number: i64) -> Markup {
        html! { data value=(number) { (self.number(number)) } }
    }

    /// A decimal number as the API writes it.
    pub(super) fn quantity(self, decimal: &str) -> Markup {
        html! { data value=(decimal) { (self.decimal(decimal)) } }
    }

    /// A decimal number and what it counts.
    pub(super) fn measure(self, decimal: &str, unit: Option<&str>) -> Markup {
        html! { (self.quantity(decimal)) @if let Some(unit) = unit { " " (unit) } }
    }

    /// A part of a whole in percent; nothing of nothing.
    pub(super) fn share(self, part: i64, whole: i64) -> Markup {
        html! {
            @if let Some(percent) = self.percent(part, whole) {
                data value=(i128::from(part) * 1_000_000_000 / i128::from(whole)) { (percent) }
            }
        }
    }

    /// An amount in rupiah, to the last one.
    pub(super) fn amount(self, amount: &str) -> Markup {
        html! { data value=(amount) { (self.rupiah_exact(amount)) } }
    }

    /// An amount in rupiah in short, with the exact amount beside it.
    pub(super) fn rupiah(self, amount: &str) -> Markup {
        let (short, exact) = (self.rupiah_in_short(amount), self.rupiah_exact(amount));
        html! {
            data value=(amount) { (short) }
            @if short != exact { " " small.exact { (exact) } }
        }
    }

    /// A day in words.
    pub(super) fn day(self, text: &str) -> Markup {
        html! { time datetime=(text) { (self.date(text)) } }
    }

    /// A month in words, which the API writes as its first day.
    pub(super) fn month_of(self, text: &str) -> Markup {
        html! { time datetime=(text.get(..7).unwrap_or(text)) { (self.month(text)) } }
    }

    /// A value, or that it is not known: a record without a number does not say that the number is 0.
    pub(super) fn known(self, value: Option<Markup>) -> Markup {
        value.unwrap_or_else(|| self.unknown())
    }

    /// That a value is not known.
    pub(super) fn unknown(self) -> Markup {
        html! { span.soft.unknown { (self.text("unknown")) } }
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{English, Indonesian};

    #[test]
    fn a_cell_has_its_exact_value_beside_its_text() {
        let rupiah = Indonesian.rupiah("1200000001").into_string();
        assert!(rupiah.contains("<data value=\"1200000001\">Rp\u{a0}1,2 miliar</data>"), "{rupiah}");
        assert_eq!(Indonesian.whole(1234).into_string(), "<data value=\"1234\">1.234</data>");
        assert_eq!(
            English.measure("0.042", Some("tonnes")).into_string(),
            "<data value=\"0.042\">0.042</data> tonnes"
        );
        // Both are shown as 33.3 %.
        assert_ne!(English.share(3_333, 10_000).into_string(), English.share(3_331, 10_000).into_string());
        assert_eq!(English.share(0, 0).into_string(), "");
        let month = Indonesian.month_of("2025-11-01").into_string();
        assert_eq!(month, "<time datetime=\"2025-11\">November 2025</time>");
        assert!(Indonesian.known(None).into_string().contains("belum diketahui"));
    }
}
