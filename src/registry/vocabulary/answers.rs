//! The vocabularies of answers: what a search found and why, how exact a count is, why a figure is missing.

use async_graphql::{
    OutputType,
    registry::{MetaType, Registry},
};
use entity::vocabulary::label::{Vocabulary, Word, Words};

use crate::{
    graph::{aggregate::NullReason, page::CountPrecision, search::MatchField},
    registry::search::SearchType,
};

/// An English label and an Indonesian description; the other texts are in the description of the schema.
type Texts = (&'static str, &'static str);

/// The texts of each enum, and of its values in the order of the schema.
const TEXTS: [(&str, Texts, &[Texts]); 4] = [
    (
        "CountPrecision",
        ("Precision of a count", "Seberapa tepat sebuah jumlah."),
        &[("Exact", "Jumlahnya tepat."), ("At least", "Jumlahnya paling sedikit sebanyak ini.")],
    ),
    (
        "NullReason",
        ("Reason for no figure", "Mengapa angka suatu ukuran kosong dalam sebuah kelompok."),
        &[
            ("No values", "Tidak ada baris yang terisi."),
            ("Mixed units", "Nilainya dalam beberapa satuan: kelompokkan atau saring menurut satuan."),
            (
                "Several years",
                "Nilainya dari beberapa tahun, dan setiap baris tentang setahun penuh: kelompokkan atau saring menurut tahun.",
            ),
        ],
    ),
    (
        "SearchField",
        ("Matching field", "Isian yang cocok dengan kata-kata pencarian."),
        &[
            ("Name", "Namanya."),
            ("Other name", "Nama pendek, nama Inggris, atau kode program."),
            ("Code", "Kode, nomor, slug, domain, atau kode pos."),
            (
                "Region",
                "Wilayahnya, wilayah di sekitarnya, atau yang berdekatan; untuk program, wilayah tuan rumahnya.",
            ),
            ("Kind", "Jenis koperasi, lembaga, atau program, atau kategori komoditas."),
            ("Community", "Basis komunitas koperasi."),
            ("Program", "Program nasional koperasi."),
            ("Commodity", "Komoditas yang dikelola koperasi pada tahun terakhirnya."),
            ("Organiser or host", "Penyelenggara atau tuan rumah program."),
        ],
    ),
    (
        "SearchType",
        ("Kind of result", "Apa yang dapat ditemukan pencarian."),
        &[
            ("Cooperatives", "Koperasi."),
            ("Partner institutions", "Lembaga mitra."),
            ("Internship programs", "Program magang."),
            ("Commodities", "Komoditas."),
            ("Regions", "Wilayah: provinsi, kabupaten dan kota, kecamatan, desa."),
        ],
    ),
];

/// The vocabularies of answers.
pub(super) fn all() -> Vec<Vocabulary> {
    let mut types = Registry::default();
    CountPrecision::create_type_info(&mut types);
    NullReason::create_type_info(&mut types);
    MatchField::create_type_info(&mut types);
    SearchType::create_type_info(&mut types);
    let described = TEXTS.iter().filter_map(|(name, own, of_values)| {
        let MetaType::Enum { enum_values, description, .. } = types.types.get(*name)? else { return None };
        let values = enum_values.values().zip(*of_values);
        let values = values.map(|(value, own)| Word {
            value: value.name.clone(),
            words: words(value.description.as_deref(), own),
        });
        Some(Vocabulary { name, words: words(description.as_deref(), own), values: values.collect() })
    });
    described.collect()
}

fn words(description: Option<&str>, (label, indonesian): &Texts) -> Words {
    Words::new(&[description.unwrap_or_default()], label, indonesian)
}
