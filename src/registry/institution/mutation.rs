//! The verbs of partner institutions: registered, and amended.

mod amend;
mod input;
mod register;

use async_graphql::{Context, Object};
use entity::vocabulary::InstitutionKind;
use uuid::Uuid;

use self::input::{AmendInstitutionInput, RegisterInstitutionInput};
use super::{PartnerInstitution, query::BY_ID};
use crate::{
    graph::{Result, inline::Inline},
    registry::{
        owners,
        write::{Belonging, Faults, Refusal, UserErrorCode, Write, payload},
    },
};

payload! {
    /// Outcome of a verb on a partner institution [hasil].
    InstitutionPayload {
        /// The institution as it is now; null when nothing was changed, unless someone else changed it meanwhile [lembaga mitra].
        institution: PartnerInstitution = BY_ID
    }
}

/// Verbs of partner institutions.
#[derive(Clone, Copy, Debug, Default)]
pub struct InstitutionMutation;

#[Object]
impl InstitutionMutation {
    /// Registers a partner institution, which is active. The office of its region registers it; the ministry registers
    /// ministries, and one without a region [daftarkan lembaga mitra].
    async fn register_institution(
        &self,
        ctx: &Context<'_>,
        input: RegisterInstitutionInput,
    ) -> Option<Result<Inline<InstitutionPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, register::Register(input), &key).await
    }

    /// Changes what is known of an institution: absent fields stay as they are, and null empties one. Its slug stays. The
    /// institution amends its short name and its domain; all else is amended by an office [ubah lembaga mitra].
    async fn amend_institution(
        &self,
        ctx: &Context<'_>,
        input: AmendInstitutionInput,
    ) -> Option<Result<Inline<InstitutionPayload>>> {
        let key = input.idempotency_key.clone();
        payload(ctx, amend::Amend(input), &key).await
    }
}

/// Whom the records of an institution belong to: itself, and the office of its region.
pub(in crate::registry) async fn belonging(write: &Write, institution: Uuid) -> Result<Belonging, Refusal> {
    owners::of_institution(write, institution).await
}

/// Whose offices attest an institution of this kind: that of its region; a ministry is attested by the ministry alone.
fn attested_in(kind: InstitutionKind, region: Option<&String>) -> Belonging {
    let regional = region.filter(|_| kind != InstitutionKind::Ministry);
    Belonging { parties: Vec::new(), regions: regional.into_iter().cloned().collect() }
}

/// An internet domain, in lower case.
fn domain(faults: &mut Faults, text: &str) -> Option<String> {
    let domain = faults.line("domain", text, 253)?.to_lowercase();
    let clean = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '-');
    if domain.contains('.') && domain.chars().all(clean) && !domain.starts_with('.') {
        return Some(domain);
    }
    let (en, id) = ("this is not a domain, such as unpad.ac.id", "ini bukan domain, misalnya unpad.ac.id");
    faults.add(UserErrorCode::Invalid, "domain", en, id);
    None
}

/// The name of an institution.
fn name(faults: &mut Faults, text: &str) -> Option<String> {
    let name = faults.line("name", text, 200)?;
    if name.chars().count() >= 2 {
        return Some(name);
    }
    faults.add(
        UserErrorCode::OutOfRange,
        "name",
        "it has 2 to 200 characters",
        "terdiri atas 2 sampai 200 karakter",
    );
    None
}
