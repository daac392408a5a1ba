//! Rules of names for search: titles of cooperatives, words of little meaning, short names of regions.

use crate::{
    graph::{
        fold::fold,
        search::{Language, RegionNameRules, Title},
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
        (&["desa"], VILLAGE),
        (&["kopkel"], URBAN),
        (&["kkmp"], URBAN),
        (&["kelurahan"], URBAN),
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
    others: &[
        ("sumut", "12"),
        ("sumbar", "13"),
        ("sumsel", "16"),
        ("babel", "19"),
        ("bangka belitung", "19"),
        ("kepri", "21"),
        ("dki", "31"),
        ("dki jakarta", "31"),
        ("jabar", "32"),
        ("jateng", "33"),
        ("diy", "34"),
        ("jogja", "34"),
        ("jogjakarta", "34"),
        ("jatim", "35"),
        ("ntb", "52"),
        ("ntt", "53"),
        ("kalbar", "61"),
        ("kalteng", "62"),
        ("kalsel", "63"),
        ("kaltim", "64"),
        ("kaltara", "65"),
        ("sulut", "71"),
        ("sulteng", "72"),
        ("sulsel", "73"),
        ("sultra", "74"),
        ("sulbar", "76"),
        ("malut", "82"),
    ],
};

/// The spellings of a text as a code, number, slug or domain.
pub(super) fn spellings(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    vec![text.to_owned(), text.to_uppercase(), legal_number(text), slug, folded]
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
        assert!(spellings("UNPAS.ac.id").contains(&"unpas.ac.id".into()));
    }
}
