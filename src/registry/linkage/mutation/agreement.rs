//! The agreement that a linkage needs to become active.

use entity::{
    linkage, partnership,
    vocabulary::{LinkageStatus, PartnershipPattern, PartnershipStatus},
};

use crate::registry::write::{Message, Refusal, UserError, UserErrorCode, Write};

/// Refuses a linkage that would become active, or that is active and gets another agreement, if the agreement has
/// expired. One that expires later beneath it is a finding.
pub(super) async fn demand(
    write: &Write,
    before: &linkage::Model,
    after: &linkage::Model,
    field: &str,
) -> Result<(), Refusal> {
    let same = before.status == after.status
        && before.partnership_id == after.partnership_id
        && before.pattern == after.pattern;
    if same || after.status != LinkageStatus::Active || after.pattern == PartnershipPattern::GeneralTrade {
        return Ok(());
    }
    // That there is one, and that it is signed, is a rule.
    let Some(key) = after.partnership_id else { return Ok(()) };
    let agreement = write.row::<partnership::Entity>(key).await?;
    if agreement.is_none_or(|agreement| agreement.status != PartnershipStatus::Expired) {
        return Ok(());
    }
    let message = Message::new(
        "the agreement on which the linkage is based has expired",
        "perjanjian yang mendasari keterhubungan ini telah berakhir",
    );
    Err(UserError::new(UserErrorCode::PrerequisiteMissing, &[field], message).into())
}
