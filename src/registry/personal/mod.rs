//! The table of personal data: every attribute of a natural person, its columns, who is allowed which use of it, and
//! the places of the schema that offer the use.
//!
//! The numbers of women and men in an annual report are not attributes of a person. Decision 0026 says why figures of
//! people by gender or education are not public, decision 0073 who may use what.

mod view;

pub(super) use self::view::{
    Contacts, Description, Holder, KnownName, Participant, Results, is_known, read, view,
};
use crate::access::{
    ANALYSTS, EVERYONE, MINISTRY, Permission, Personal,
    Relation::{Employer, Host, Office, Sender},
};

/// Who takes part in a batch.
pub const PARTICIPANT: Personal = Personal {
    read: Permission::related(&[Sender, Office, Host]).at(&["Placement.person"]),
    filter: MINISTRY.at(&["PlacementWhere.person"]),
    narrow: ANALYSTS,
    ..Personal::hidden("participant", &["placement.person_id"])
};

/// Who holds an office. The name under which it is held is public.
pub const HOLDER: Personal = Personal {
    read: Permission::related(&[Sender, Office]).at(&["Officer.person"]),
    filter: MINISTRY.at(&["OfficerWhere.person"]),
    narrow: ANALYSTS,
    ..Personal::hidden("holder of an office", &["officer.person_id"])
};

/// Who a person is: the key and the age of the record, by which one person is singled out.
pub const RECORD: Personal = Personal {
    filter: MINISTRY.at(&[
        "PersonWhere.id",
        "PersonWhere.createdAt",
        "PersonWhere.updatedAt",
        "PersonWhere.source",
    ]),
    ..Personal::hidden("record of a person", &[])
};

/// The name of a person, apart from any office.
pub const NAME: Personal = Personal {
    read: Permission::related(&[Sender, Office, Host]).at(&["Person.name"]),
    filter: MINISTRY.at(&["PersonWhere.name"]),
    ..Personal::hidden("name of a person", &["person.name", "person.name_fold"])
};

/// Gender.
pub const GENDER: Personal = Personal {
    read: Permission::related(&[Office, Host]).at(&["Person.gender"]),
    filter: MINISTRY.at(&["PersonWhere.gender"]),
    narrow: ANALYSTS,
    group: ANALYSTS.at(&["OfficerDimension.GENDER", "PlacementDimension.GENDER"]),
    ..Personal::hidden("gender", &["person.gender"])
};

/// Highest level of education completed.
pub const EDUCATION: Personal = Personal {
    read: Permission::related(&[Office, Host]).at(&["Person.education"]),
    filter: MINISTRY.at(&["PersonWhere.education"]),
    narrow: ANALYSTS,
    group: ANALYSTS.at(&["OfficerDimension.EDUCATION", "PlacementDimension.EDUCATION"]),
    ..Personal::hidden("education", &["person.education"])
};

/// Personal telephone.
pub const PHONE: Personal = Personal {
    read: Permission::related(&[Employer]).at(&["Person.phone"]),
    ..Personal::hidden("personal telephone", &["person.phone"])
};

/// Personal e-mail.
pub const EMAIL: Personal = Personal {
    read: Permission::related(&[Employer]).at(&["Person.email"]),
    ..Personal::hidden("personal e-mail", &["person.email"])
};

/// Days that a participant attended.
pub const ATTENDANCE: Personal = Personal {
    read: Permission::related(&[Office, Host]).at(&["Placement.attendanceDays"]),
    filter: MINISTRY.at(&["PlacementWhere.attendanceDays"]),
    narrow: ANALYSTS,
    ..Personal::hidden("attendance", &["placement.attendance_days"])
};

/// A participant's score.
pub const SCORE: Personal = Personal {
    read: Permission::related(&[Office, Host]).at(&["Placement.score"]),
    filter: MINISTRY.at(&["PlacementWhere.score"]),
    narrow: ANALYSTS,
    ..Personal::hidden("score", &["placement.score_milli"])
};

/// The number of a participant's certificate.
pub const CERTIFICATE: Personal = Personal {
    read: Permission::related(&[Office, Host]).at(&["Placement.certificateNumber"]),
    filter: MINISTRY.at(&["PlacementWhere.certificateNumber"]),
    look_up: MINISTRY.at(&["PlacementBy.certificateNumber"]),
    ..Personal::hidden("number of a certificate", &["placement.certificate_number"])
};

/// The name of an officer, which is selected under the cooperative. Search and sorting use another column.
pub const OFFICER_NAME: Personal = Personal {
    read: EVERYONE.at(&["Officer.name"]),
    filter: MINISTRY.at(&["OfficerWhere.name"]),
    order: MINISTRY.at(&["OfficerOrderField.NAME"]),
    ..Personal::hidden("name of an officer", &["officer.name_fold"])
};

/// The name of an official, which is selected under the institution. Search and sorting use another column.
pub const OFFICIAL_NAME: Personal = Personal {
    read: EVERYONE.at(&["Official.name"]),
    filter: MINISTRY.at(&["OfficialWhere.name"]),
    order: MINISTRY.at(&["OfficialOrderField.NAME"]),
    ..Personal::hidden("name of an official", &["official.name_fold"])
};

/// Every attribute.
pub const TABLE: [&Personal; 13] = [
    &PARTICIPANT,
    &HOLDER,
    &RECORD,
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
