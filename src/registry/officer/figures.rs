//! Figures on officers.

use entity::{
    cooperative,
    officer::Column,
    person,
    vocabulary::{Education, Gender, OfficerBody, OfficerRole, OfficerStatus, Source},
};

use super::{COOPERATIVE, Officer, OfficerWhere, PERSON};
use crate::{
    graph::{
        aggregate::{Figures, Measure},
        filter::Expression,
        personal_data::guarded,
    },
    registry::{
        edges,
        figures::aggregate,
        personal::{EDUCATION, GENDER},
    },
};

aggregate! {
    /// Figures on officers [angka pengurus, pengawas dan pengelola].
    OfficerFiguresQuery, officer_aggregate("officerAggregate"): Officer, OfficerWhere = || {
        let region = || Expression::through(&COOPERATIVE, cooperative::Column::RegionCode);
        Figures::of("Officer", "officers")
            .by_word::<OfficerBody>("BODY", "Organ of the cooperative [perangkat organisasi].", Column::Body)
            .by_word::<OfficerRole>("ROLE", "Office [jabatan].", Column::Role)
            .by_word::<OfficerStatus>("STATUS", "Status of the office holder [status jabatan].", Column::Status)
            .by_word::<Gender>(
                "GENDER",
                "Gender; `FORBIDDEN` to the public [jenis kelamin].",
                guarded(&GENDER, Expression::through(&PERSON, person::Column::Gender)),
            )
            .by_word::<Education>(
                "EDUCATION",
                "Highest level of education; `FORBIDDEN` to the public [pendidikan terakhir].",
                guarded(&EDUCATION, Expression::through(&PERSON, person::Column::Education)),
            )
            .by_rung("PROVINCE", "Province [provinsi].", region(), 2)
            .by_rung("REGENCY_CITY", "Regency or city [kabupaten/kota].", region(), 5)
            .by_word::<Source>("SOURCE", "Source of the records [asal data].", Column::Source)
            .distinct(
                "cooperativeCount",
                "Number of different cooperatives [jumlah koperasi].",
                Column::CooperativeId,
            )
            .measure(
                "termDays",
                "Days from the start to the end of the term; no value without an end date [lama masa jabatan].",
                Measure::days(Column::StartsOn, Column::EndsOn),
            )
    }
}
