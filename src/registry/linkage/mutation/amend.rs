//! Changes to what was agreed on.

use chrono::NaiveDate;
use entity::vocabulary::LinkageStatus;
use sea_orm::{IntoActiveModel, TryIntoModel};
use uuid::Uuid;

use super::{BusinessLinkage, agreement, input::AmendLinkageInput, propose};
use crate::{
    graph::{Error, load::Noun},
    registry::{
        partnership::Partnership,
        write::{Act, Faults, Refusal, UserErrorCode, Write, patch},
    },
};

/// The states in which its parties amend a linkage: an office attests what follows.
const OPEN: [LinkageStatus; 3] = [LinkageStatus::Proposed, LinkageStatus::Negotiating, LinkageStatus::Trial];

/// The verb `amendLinkage`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendLinkageInput);

impl Act for Amend {
    const NOUN: &'static str = BusinessLinkage::NAME;

    fn verb(&self) -> &'static str {
        "amendLinkage"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let linkage = write.existing::<BusinessLinkage>(&input.id, "id").await?;
        write.demand(&write.parties(&[linkage.supplier_id, linkage.buyer_id]).await?)?;
        Write::expect::<BusinessLinkage>(&linkage, &input.id, input.expected_version)?;
        if !OPEN.contains(&linkage.status) && !write.is_by_office() {
            let refusal = "only an office amends a linkage that is active or was";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        let mut faults = Faults::default();
        let mut row = linkage.clone().into_active_model();
        faults.demanded("kind", &input.kind, &mut row.kind);
        faults.demanded("pattern", &input.pattern, &mut row.pattern);
        faults.demanded("exclusive", &input.exclusive, &mut row.exclusive);
        patch(&mut row.starts_on, &input.starts_on, |day| Some(day.0));
        patch(&mut row.ends_on, &input.ends_on, |day| Some(day.0));
        patch(&mut row.unit, &input.unit, |unit| Some(*unit));
        patch(&mut row.payment_term_days, &input.payment_term_days, |days| {
            faults.between("paymentTermDays", *days, 0, propose::MAX_DAYS)
        });
        patch(&mut row.annual_volume_milli, &input.annual_volume, |volume| {
            faults.thousandths("annualVolume", volume)
        });
        patch(&mut row.annual_value, &input.annual_value, |value| faults.rupiah("annualValue", value));
        let commodity = write.commodity(&mut faults, "commodity", input.commodity.value()).await?;
        patch(&mut row.commodity_code, &input.commodity, |_| commodity);
        let partnership =
            write.reference::<Partnership>(&mut faults, "partnership", input.partnership.value()).await?;
        patch(&mut row.partnership_id, &input.partnership, |_| partnership);
        dates(&mut faults, row.starts_on.clone().take().flatten(), row.ends_on.clone().take().flatten());
        faults.none()?;
        if let Ok(after) = row.clone().try_into_model() {
            agreement::demand(write, &linkage, &after, "partnership").await?;
        }
        write.amend::<BusinessLinkage>(&linkage, row).await?;
        Ok(linkage.id)
    }
}

/// A linkage ends after the day on which it starts.
pub(super) fn dates(faults: &mut Faults, from: Option<NaiveDate>, until: Option<NaiveDate>) {
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        let (en, id) = ("it ends after its first day", "berakhir setelah hari pertamanya");
        faults.add(UserErrorCode::OutOfRange, "endsOn", en, id);
    }
}
