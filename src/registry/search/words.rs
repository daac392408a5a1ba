//! Rules of names for search: titles of cooperatives, words of little meaning, short names of regions.

use crate::{
    graph::{
        fold::fold,
        search::{Language, RegionNameRules, Title, Trait},
    },
    registry::cooperative::legal_number,
};

const COOPERATIVE: Title = Title::ANY;
const VILLAGE: Title = Title(1 << 1);
const URBAN: Title = Title(1 << 2);
const MERAH_PUTIH: Title = Title(VILLAGE.0 | URBAN.0);
const VILLAGE_UNIT: Title = Title(1 << 3);
const PESANTREN: Title = Title(1 << 4);
const SAVINGS: Title = Title(1 << 5);
const EMPLOYEE: Title = Title(1 << 6);
const STUDENT: Title = Title(1 << 7);
const FISHER: Title = Title(1 << 8);
const MARKETING: Title = Title(1 << 9);
const PRODUCER: Title = Title(1 << 10);
const CONSUMER: Title = Title(1 << 11);
const SERVICE: Title = Title(1 << 12);
/// A village, which its cooperative is named after.
const DESA: Title = Title(1 << 13);
const KELURAHAN: Title = Title(1 << 14);

pub(super) const LANGUAGE: Language = Language {
    titles: &[
        (&["koperasi", "desa", "kelurahan", "merah", "putih"], MERAH_PUTIH),
        (&["koperasi", "desa", "merah", "putih"], VILLAGE),
        (&["koperasi", "kelurahan", "merah", "putih"], URBAN),
        (&["koperasi", "konsumen", "pondok", "pesantren"], PESANTREN),
        (&["koperasi", "pondok", "pesantren"], PESANTREN),
        (&["koperasi", "simpan", "pinjam"], SAVINGS),
        (&["koperasi", "unit", "desa"], VILLAGE_UNIT),
        (&["koperasi", "merah", "putih"], MERAH_PUTIH),
        (&["kopdes", "merah", "putih"], VILLAGE),
        (&["kopkel", "merah", "putih"], URBAN),
        (&["desa", "merah", "putih"], VILLAGE),
        (&["kelurahan", "merah", "putih"], URBAN),
        (&["koperasi", "desa"], VILLAGE),
        (&["koperasi", "kelurahan"], URBAN),
        (&["koperasi", "karyawan"], EMPLOYEE),
        (&["koperasi", "mahasiswa"], STUDENT),
        (&["koperasi", "nelayan"], FISHER),
        (&["koperasi", "pemasaran"], MARKETING),
        (&["koperasi", "produsen"], PRODUCER),
        (&["koperasi", "konsumen"], CONSUMER),
        (&["koperasi", "jasa"], SERVICE),
        (&["pondok", "pesantren"], PESANTREN),
        (&["merah", "putih"], MERAH_PUTIH),
        (&["koperasi"], COOPERATIVE),
        (&["kdkmp"], MERAH_PUTIH),
        (&["kopdes"], VILLAGE),
        (&["kdmp"], VILLAGE),
        (&["desa"], DESA),
        (&["kopkel"], URBAN),
        (&["kkmp"], URBAN),
        (&["kelurahan"], KELURAHAN),
        (&["kopontren"], PESANTREN),
        (&["kud"], VILLAGE_UNIT),
        (&["ksp"], SAVINGS),
        (&["kopkar"], EMPLOYEE),
        (&["kopma"], STUDENT),
        (&["kopnel"], FISHER),
        (&["kopsar"], MARKETING),
        (&["kp"], PRODUCER),
    ],
    noise: &["and", "dan", "di", "of", "the", "untuk"],
    fillers: &[
        "alamat", "cari", "daftar", "dekat", "di", "jalan", "jl", "jual", "kantor", "list", "mencari",
        "near", "nomor", "penjual", "petani", "telepon", "terdekat", "yang",
    ],
    common: &[
        "academy",
        "akademi",
        "badan",
        "balai",
        "bank",
        "bpr",
        "college",
        "cv",
        "dinas",
        "indonesia",
        "institut",
        "institute",
        "kabupaten",
        "kecamatan",
        "kecil",
        "kerja",
        "kesepahaman",
        "konsumen",
        "kontrak",
        "kota",
        "magang",
        "menengah",
        "minat",
        "negeri",
        "nota",
        "pasokan",
        "pelatihan",
        "pengurus",
        "perjanjian",
        "persero",
        "perum",
        "perumda",
        "politeknik",
        "polytechnic",
        "produsen",
        "program",
        "provinsi",
        "pt",
        "sama",
        "sekolah",
        "surat",
        "tbk",
        "tinggi",
        "universitas",
        "university",
        "usaha",
        "yayasan",
    ],
    short: &[
        ("kab", "kabupaten"),
        ("kec", "kecamatan"),
        ("poltek", "politeknik"),
        ("propinsi", "provinsi"),
        ("prov", "provinsi"),
        ("univ", "universitas"),
    ],
    title_trait,
    region_kinds: &[(DESA, "DESA"), (KELURAHAN, "KELURAHAN")],
};

pub(super) const REGION_NAMES: RegionNameRules = RegionNameRules {
    kinds: &[
        "kabupaten administrasi",
        "kota administrasi",
        "kabupaten",
        "kota",
        "daerah khusus ibukota",
        "daerah istimewa",
    ],
    added: &[(2, "provinsi"), (8, "kecamatan")],
};

/// The property that a title names. The general title only says that a cooperative is meant.
fn title_trait(title: Title, alone: bool) -> Option<Trait> {
    let column = |column: &'static str, values: &[&str]| Trait::Column {
        noun: "cooperative",
        column,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    };
    let named = |own: Title| title.0 & own.0 == own.0;
    Some(match title {
        Title(0) => return None,
        DESA | KELURAHAN if !alone => return None,
        DESA => column("program", &["VILLAGE_MERAH_PUTIH"]),
        KELURAHAN => column("program", &["URBAN_VILLAGE_MERAH_PUTIH"]),
        _ if named(MERAH_PUTIH) => column("program", &["VILLAGE_MERAH_PUTIH", "URBAN_VILLAGE_MERAH_PUTIH"]),
        _ if named(VILLAGE) => column("program", &["VILLAGE_MERAH_PUTIH"]),
        _ if named(URBAN) => column("program", &["URBAN_VILLAGE_MERAH_PUTIH"]),
        _ if named(VILLAGE_UNIT) => column("community_base", &["KUD"]),
        _ if named(PESANTREN) => column("community_base", &["PESANTREN"]),
        _ if named(EMPLOYEE) => column("community_base", &["EMPLOYEE"]),
        _ if named(STUDENT) => column("community_base", &["STUDENT"]),
        _ if named(FISHER) => column("community_base", &["FISHER"]),
        _ if named(SAVINGS) => column("kind", &["SAVINGS_AND_LOAN"]),
        _ if named(MARKETING) => column("kind", &["MARKETING"]),
        _ if named(PRODUCER) => column("kind", &["PRODUCER"]),
        _ if named(CONSUMER) => column("kind", &["CONSUMER"]),
        _ if named(SERVICE) => column("kind", &["SERVICE"]),
        _ => Trait::Noun("cooperative"),
    })
}

/// The spellings of a text as a code, number, slug, domain or postal code.
pub(super) fn spellings(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    let region = region_code(&folded);
    let spellings = [text.to_owned(), text.to_uppercase(), legal_number(text), slug, folded];
    spellings.into_iter().chain(region).collect()
}

/// The code of a region that is typed without dots, or with other signs or blanks: `3204392001` is `32.04.39.2001`.
fn region_code(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let others = text.chars().filter(|sign| !sign.is_ascii_digit());
    if !others.into_iter().all(|sign| matches!(sign, '.' | ' ' | '-'))
        || ![2, 4, 6, 10].contains(&digits.len())
    {
        return None;
    }
    let parts = [0..2, 2..4, 4..6, 6..10].map(|part| digits.get(part));
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_more_words_come_before_those_of_fewer() {
        let lengths: Vec<usize> = LANGUAGE.titles.iter().map(|(title, _)| title.len()).collect();
        assert!(lengths.is_sorted_by(|one, other| one >= other), "{lengths:?}");
    }

    #[test]
    fn a_number_is_known_in_any_spelling() {
        assert!(
            spellings("ahu-0012345.ah.01.29.tahun 2025").contains(&"AHU-0012345.AH.01.29.TAHUN 2025".into())
        );
        assert!(spellings("Kopontren Al-Ittifaq").contains(&"kopontren-al-ittifaq".into()));
        assert!(spellings("k012").contains(&"K012".into()));
        for text in ["3204392001", "32.04.39.2001", "32 04 39 2001"] {
            assert!(spellings(text).contains(&"32.04.39.2001".into()), "{text}");
        }
        for (text, code) in [("32", "32"), ("3204", "32.04"), ("320439", "32.04.39")] {
            assert!(spellings(text).contains(&code.into()), "{text}");
        }
        assert!(spellings("UNPAS.ac.id").contains(&"unpas.ac.id".into()));
    }
}
