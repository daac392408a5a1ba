//! The table of personal data: every attribute of a natural person, its columns, who is allowed which use of it, and
//! the places of the schema that offer the use.
//!
//! The numbers of women and men in an annual report are not attributes of a person. Decision 0026 says why figures of
//! people by gender or education are not public.

use crate::{
    access::{EVERYONE, NOBODY, Personal, Use},
    graph::{Error, Result, personal_data::permit},
};

/// The person who holds an office or takes part in a batch.
pub const PERSON: Personal = Personal {
    read: NOBODY.at(&["Officer.person", "Placement.person"]),
    filter: NOBODY.at(&["OfficerWhere.person", "PlacementWhere.person"]),
    ..Personal::hidden("who a person is", &["officer.person_id", "placement.person_id"])
};

/// The name of a person, apart from any office.
pub const NAME: Personal = Personal {
    read: NOBODY.at(&["Person.name"]),
    filter: NOBODY.at(&["PersonWhere.name"]),
    ..Personal::hidden("name of a person", &["person.name", "person.name_fold"])
};

/// Gender.
pub const GENDER: Personal = Personal {
    read: NOBODY.at(&["Person.gender"]),
    filter: NOBODY.at(&["PersonWhere.gender"]),
    group: NOBODY.at(&["OfficerDimension.GENDER", "PlacementDimension.GENDER"]),
    ..Personal::hidden("gender", &["person.gender"])
};

/// Highest level of education completed.
pub const EDUCATION: Personal = Personal {
    read: NOBODY.at(&["Person.education"]),
    filter: NOBODY.at(&["PersonWhere.education"]),
    group: NOBODY.at(&["OfficerDimension.EDUCATION", "PlacementDimension.EDUCATION"]),
    ..Personal::hidden("schooling", &["person.education"])
};

/// Personal telephone.
pub const PHONE: Personal = Personal {
    read: NOBODY.at(&["Person.phone"]),
    ..Personal::hidden("personal telephone", &["person.phone"])
};

/// Personal e-mail.
pub const EMAIL: Personal =
    Personal { read: NOBODY.at(&["Person.email"]), ..Personal::hidden("personal e-mail", &["person.email"]) };

/// Days that a participant attended.
pub const ATTENDANCE: Personal = Personal {
    read: NOBODY.at(&["Placement.attendanceDays"]),
    filter: NOBODY.at(&["PlacementWhere.attendanceDays"]),
    ..Personal::hidden("attendance", &["placement.attendance_days"])
};

/// A participant's score.
pub const SCORE: Personal = Personal {
    read: NOBODY.at(&["Placement.score"]),
    filter: NOBODY.at(&["PlacementWhere.score"]),
    ..Personal::hidden("score", &["placement.score_milli"])
};

/// The number of a participant's certificate.
pub const CERTIFICATE: Personal = Personal {
    read: NOBODY.at(&["Placement.certificateNumber"]),
    filter: NOBODY.at(&["PlacementWhere.certificateNumber"]),
    look_up: NOBODY.at(&["PlacementBy.certificateNumber"]),
    ..Personal::hidden("number of a certificate", &["placement.certificate_number"])
};

/// The name of an officer, which is selected under the cooperative. Search and sorting use another column.
pub const OFFICER_NAME: Personal = Personal {
    read: EVERYONE.at(&["Officer.name"]),
    filter: NOBODY.at(&["OfficerWhere.name"]),
    order: NOBODY.at(&["OfficerOrderField.NAME"]),
    ..Personal::hidden("name of an officer", &["officer.name_fold"])
};

/// The name of an official, which is selected under the institution. Search and sorting use another column.
pub const OFFICIAL_NAME: Personal = Personal {
    read: EVERYONE.at(&["Official.name"]),
    filter: NOBODY.at(&["OfficialWhere.name"]),
    order: NOBODY.at(&["OfficialOrderField.NAME"]),
    ..Personal::hidden("name of an official", &["official.name_fold"])
};

/// Every attribute.
pub const TABLE: [&Personal; 11] = [
    &PERSON,
    &NAME,
    &GENDER,
    &EDUCATION,
    &PHONE,
    &EMAIL,
    &ATTENDANCE,
    &SCORE,
    &CERTIFICATE,
    &OFFICER_NAME,
    &OFFICIAL_NAME,
];

/// The result of a field that no viewer may read: null with `FORBIDDEN`. The value of the row is not read.
#[expect(clippy::unnecessary_wraps, reason = "an error in an `Option` nulls its field, and only that")]
pub(super) fn hidden<T>(personal: &Personal) -> Option<Result<T>> {
    let refused = permit(personal, Use::Read).err();
    Some(Err(refused.unwrap_or_else(|| Error::Internal(format!("{} is never read", personal.attribute)))))
}
