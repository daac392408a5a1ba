//! The tables of the registry, one file each, and its enums. It has no queries and no access rules.
//!
//! * Time is `i64` microseconds since 1970 in UTC (`…_at`), days are dates (`…_on`), money is `i64` whole rupiah.
//! * `…_milli` counts thousandths, `…_bp` basis points, `…_e3` and `…_e5` thousandths and hundred-thousandths of a degree.
//! * `sphere_…_e9` are a point's coordinates on the unit sphere, in billionths of its radius: towards 0° N 0° E, 0° N 90° E
//!   and the north pole. Distances are compared by them.
//! * `…_fold` is the folded form of the column before it: text is sorted and searched by it, never by the original.
//! * Fields are in the order of their columns, because a `Model` is also read from a positional JSON array. Tables with
//!   flags derive `Serialize` for `ModelEx` only to make the fields' `serde` attribute known there.

pub mod access_grant;
pub mod access_log;
pub mod annual_report;
pub mod api_key;
pub mod batch_province;
pub mod business_class;
pub mod business_unit;
pub mod change;
pub mod change_horizon;
pub mod claim;
pub mod commodity;
pub mod cooperative;
pub mod cooperative_business_class;
pub mod cooperative_commodity;
pub mod data_load;
pub mod institution;
pub mod internship_batch;
pub mod internship_program;
pub mod json;
pub mod linkage;
pub mod linkage_month;
pub mod linked_state;
pub mod officer;
pub mod official;
pub mod partnership;
pub mod partnership_application;
pub mod partnership_party;
pub mod party;
pub mod person;
pub mod placement;
pub mod program_partnership;
pub mod program_supporter;
pub mod region;
pub mod set;
pub mod training_session;
pub mod vocabulary;
