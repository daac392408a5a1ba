//! Changes to what is known of a cooperative.

use async_graphql::MaybeUndefined::{Null, Undefined, Value};
use entity::{
    cooperative::{ActiveModel, Model},
    cooperative_business_class, party,
    vocabulary::CooperativeStatus,
};
use sea_orm::{ActiveValue, IntoActiveModel, Set, TryIntoModel};
use uuid::Uuid;

use super::{
    Cooperative, classes,
    input::AmendCooperativeInput,
    names,
    position::{self, Position},
};
use crate::{
    graph::{Error, fold::fold, load::Noun},
    registry::{
        cooperative::legal_number,
        region::Region,
        write::{Act, Belonging, Faults, Refusal, UserErrorCode, Write, patch},
    },
    store::WriteError,
};

/// The verb `amendCooperative`.
#[derive(Clone, Debug)]
pub(super) struct Amend(pub(super) AmendCooperativeInput);

impl Act for Amend {
    const NOUN: &'static str = Cooperative::NAME;

    fn verb(&self) -> &'static str {
        "amendCooperative"
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        let Self(input) = self;
        let cooperative = write.existing::<Cooperative>(&input.id, "id").await?;
        let id = cooperative.id;
        write.demand(&write.parties(&[id]).await?)?;
        Write::expect::<Cooperative>(&cooperative, &input.id, input.expected_version)?;
        let mut faults = Faults::default();
        let mut row = cooperative.clone().into_active_model();
        self.patch(write, &mut faults, &cooperative, &mut row);
        let given = match &input.business_classes {
            Undefined => None,
            Null => Some(<&[_]>::default()),
            Value(classes) => Some(classes.as_slice()),
        };
        let classes = match given {
            Some(given) => Some(classes::read(write, &mut faults, id, given).await?),
            None => None,
        };
        legal(&mut faults, &cooperative, &amended(&row)?);
        faults.none()?;
        self.follow(write, &mut faults, &cooperative, &mut row).await?;
        faults.none()?;
        let relinked = match &classes {
            Some(rows) => classes::differ(write, id, rows).await?,
            None => false,
        };
        let amended = amended(&row)?;
        let attests = relinked || attested(&amended) != attested(&cooperative);
        if attests && !is_open(cooperative.status) && !write.is_by_office() {
            let refusal = "only an office amends what it has attested of a cooperative";
            return Err(Refusal::Failed(Error::Forbidden(refusal)));
        }
        if amended.region_code != cooperative.region_code {
            // The cooperative moves itself only until it is a legal entity.
            let parties = if is_open(cooperative.status) { vec![id] } else { Vec::new() };
            write.demand(&Belonging { parties, regions: vec![amended.region_code.clone()] })?;
        }
        if relinked {
            let transaction = write.transaction();
            transaction.update::<entity::cooperative::Entity>(Self::NOUN, &cooperative, row).await?;
        } else {
            write.amend::<Cooperative>(&cooperative, row).await?;
        }
        let transaction = write.transaction();
        if let Some(rows) = &classes {
            let column = cooperative_business_class::Column::CooperativeId;
            transaction.relink::<cooperative_business_class::Entity>(column, id, rows).await?;
        }
        if amended.name_fold != cooperative.name_fold {
            transaction.derive::<party::Entity>(id, party::Column::NameFold, amended.name_fold).await?;
        }
        if amended.region_code != cooperative.region_code {
            transaction.derive::<party::Entity>(id, party::Column::RegionCode, amended.region_code).await?;
        }
        Ok(id)
    }
}

impl Amend {
    /// Sets the columns that the input names.
    fn patch(&self, write: &Write, faults: &mut Faults, cooperative: &Model, row: &mut ActiveModel) {
        let Self(input) = self;
        let today = write.today();
        faults.replace("name", &input.name, &mut row.name, |faults, name| names::read(faults, name));
        patch(&mut row.short_name, &input.short_name, |text| faults.line("shortName", text, names::LONGEST));
        patch(&mut row.registration_number, &input.registration_number, |text| {
            faults.digits("registrationNumber", text, 10..=16)
        });
        patch(&mut row.legal_entity_number_raw, &input.legal_entity_number, |text| {
            faults.line("legalEntityNumber", text, 60)
        });
        patch(&mut row.legal_entity_number, &input.legal_entity_number, |text| {
            Some(legal_number(text.trim()))
        });
        patch(&mut row.legal_entity_on, &input.legal_entity_on, |day| {
            faults.past("legalEntityOn", *day, today)
        });
        patch(&mut row.tax_number, &input.tax_number, |text| faults.line("taxNumber", text, 40));
        patch(&mut row.business_number, &input.business_number, |text| {
            faults.digits("businessNumber", text, 13..=13)
        });
        faults.demanded("program", &input.program, &mut row.program);
        faults.demanded("type", &input.r#type, &mut row.cooperative_type);
        faults.demanded("form", &input.form, &mut row.form);
        faults.demanded("communityBase", &input.community_base, &mut row.community_base);
        patch(&mut row.formation_model, &input.formation_model, |model| Some(*model));
        faults.replace("region", &input.region, &mut row.region_code, |faults, id| {
            faults.coded("region", Region::NAME, id)
        });
        patch(&mut row.address, &input.address, |text| faults.line("address", text, 300));
        self.locate(faults, cooperative, row);
        patch(&mut row.phone, &input.phone, |text| faults.phone("phone", text));
        patch(&mut row.email, &input.email, |text| faults.email("email", text));
        patch(&mut row.website, &input.website, |text| faults.website("website", text));
        patch(&mut row.established_on, &input.established_on, |day| {
            faults.past("establishedOn", *day, today)
        });
        patch(&mut row.principal_saving, &input.principal_saving, |sum| {
            faults.rupiah("principalSaving", sum)
        });
        patch(&mut row.mandatory_saving, &input.mandatory_saving, |sum| {
            faults.rupiah("mandatorySaving", sum)
        });
        patch(&mut row.member_count, &input.member_count, |count| faults.count("memberCount", *count));
        patch(&mut row.member_count_on, &input.member_count_on, |day| {
            faults.past("memberCountOn", *day, today)
        });
    }

    fn locate(&self, faults: &mut Faults, cooperative: &Model, row: &mut ActiveModel) {
        let Self(input) = self;
        let known = Position::of(cooperative);
        match (&input.location, &input.location_precision) {
            (Undefined, Undefined) => {
                let moved =
                    matches!(&row.region_code, ActiveValue::Set(code) if *code != cooperative.region_code);
                if moved && known.is_some_and(|at| !at.is_exact()) {
                    position::set(row, None);
                }
            }
            (Null, _) => position::set(row, None),
            (Value(point), precision) => {
                let precision = precision.value().copied();
                let at = Position::read(faults, *point, precision);
                position::set(row, at);
            }
            (Undefined, Value(precision)) if known.is_some() => {
                position::set(row, known.map(|at| at.with(*precision)));
            }
            (Undefined, _) => {
                let (en, id) = ("a location has a precision", "titik koordinat memiliki ketelitian");
                faults.add(UserErrorCode::Invalid, "locationPrecision", en, id);
            }
        }
    }

    /// Sets the columns that follow from others: the name of the Merah Putih program, and folded names.
    async fn follow(
        &self,
        write: &Write,
        faults: &mut Faults,
        cooperative: &Model,
        row: &mut ActiveModel,
    ) -> Result<(), Refusal> {
        let patched = amended(row)?;
        let region = write.region_by_code(&patched.region_code, "region").await?;
        if let Some(name) = names::by_rule(patched.program, &region) {
            if self.0.name.is_value() && patched.name != name {
                names::differs(faults, &name);
            } else if patched.name != name {
                row.name = Set(name);
            }
        }
        let patched = amended(row)?;
        if patched.name != cooperative.name {
            row.name_fold = Set(fold(&patched.name));
        }
        if patched.short_name != cooperative.short_name {
            row.short_name_fold = Set(patched.short_name.as_deref().map(fold));
        }
        Ok(())
    }
}

fn amended(row: &ActiveModel) -> Result<Model, Refusal> {
    Ok(row.clone().try_into_model().map_err(WriteError::from)?)
}

/// Whether the cooperative itself amends all of its record.
fn is_open(status: CooperativeStatus) -> bool {
    use CooperativeStatus::{Deliberated, InNotary, Planned};
    matches!(status, Planned | Deliberated | InNotary)
}

/// What an office attests of a cooperative: all but what the cooperative keeps itself.
fn attested(row: &Model) -> Model {
    let mut row = row.clone();
    // Of those that have ended, it keeps nothing.
    if matches!(row.status, CooperativeStatus::Merged | CooperativeStatus::Dissolved) {
        return row;
    }
    (row.short_name, row.short_name_fold) = (None, None);
    (row.address, row.phone, row.email, row.website) = (None, None, None, None);
    (row.latitude_e3, row.longitude_e3, row.location_approximate, row.location_precision) =
        (None, None, None, None);
    (row.sphere_x_e9, row.sphere_y_e9, row.sphere_z_e9) = (None, None, None);
    (row.principal_saving, row.mandatory_saving) = (None, None);
    (row.member_count, row.member_count_on) = (None, None);
    row
}

/// Tells faults about the dates and numbers that the status demands or excludes.
fn legal(faults: &mut Faults, cooperative: &Model, amended: &Model) {
    let numbers = [
        (
            "registrationNumber",
            cooperative.registration_number.is_some(),
            amended.registration_number.is_some(),
            false,
        ),
        (
            "legalEntityNumber",
            cooperative.legal_entity_number.is_some(),
            amended.legal_entity_number.is_some(),
            true,
        ),
        ("legalEntityOn", cooperative.legal_entity_on.is_some(), amended.legal_entity_on.is_some(), true),
        ("establishedOn", cooperative.established_on.is_some(), amended.established_on.is_some(), true),
    ];
    for (field, before, after, kept) in numbers {
        let early = match field {
            "establishedOn" => cooperative.status == CooperativeStatus::Planned,
            _ => is_open(cooperative.status),
        };
        if early && after && !before {
            let (en, id) = ("its status does not have it yet", "belum ada pada status ini");
            faults.add(UserErrorCode::PrerequisiteMissing, field, en, id);
        } else if kept && before && !after && !early {
            faults.add(UserErrorCode::Required, field, "it may not be null", "tidak boleh kosong");
        }
    }
}
