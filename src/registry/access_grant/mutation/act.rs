//! What the verbs of access grants change.

use entity::vocabulary::Role;
use uuid::Uuid;

use super::{AccessGrant, AddAccessGrantInput, RevokeAccessGrantInput};
use crate::{
    access::{Grant, GrantScope, MOST_GRANTS, RegionCode},
    graph::load::Noun,
    registry::{
        cooperative::Cooperative,
        institution::PartnerInstitution,
        write::{Act, Belonging, Faults, Refusal, UserErrorCode, Write},
    },
    store::{
        Credentials, WriteError,
        credential::{self, LedgerError, NewGrant},
    },
};

/// The longest name of an agreement.
const AGREEMENT: usize = 400;

/// The verb `addAccessGrant`.
#[derive(Clone, Debug)]
pub(super) struct Add {
    pub(super) input: AddAccessGrantInput,
    pub(super) of: Option<Credentials>,
}

impl Add {
    /// The scope of the grant: the one that the role takes, and no other.
    async fn scope(&self, write: &Write, faults: &mut Faults) -> Result<Option<GrantScope>, Refusal> {
        let input = &self.input;
        let takes = match input.role {
            Role::Registrar => "region",
            Role::Cooperative => "cooperative",
            Role::Partner => "institution",
            Role::Analyst | Role::Ministry | Role::Admin => "",
        };
        let given = [
            ("region", input.region.is_some()),
            ("cooperative", input.cooperative.is_some()),
            ("institution", input.institution.is_some()),
        ];
        for (field, is_given) in given {
            match (field == takes, is_given) {
                (true, false) => {
                    let (en, id) = ("the role takes it", "peran ini memerlukannya");
                    faults.add(UserErrorCode::Required, field, en, id);
                }
                (false, true) => {
                    let (en, id) = ("the role does not take it", "peran ini tidak memerlukannya");
                    faults.add(UserErrorCode::Invalid, field, en, id);
                }
                _ => {}
            }
        }
        let party = |key: Option<Uuid>| key.map(GrantScope::Party);
        Ok(match input.role {
            Role::Registrar => {
                let region = write.region(faults, "region", input.region.as_ref()).await?;
                region.and_then(|region| RegionCode::new(&region.code)).map(GrantScope::WithinRegion)
            }
            Role::Cooperative => party(
                write.reference::<Cooperative>(faults, "cooperative", input.cooperative.as_ref()).await?,
            ),
            Role::Partner => {
                let institution = input.institution.as_ref();
                party(write.reference::<PartnerInstitution>(faults, "institution", institution).await?)
            }
            Role::Analyst | Role::Ministry | Role::Admin => Some(GrantScope::Everything),
        })
    }

    /// The agreement of an analyst, who has one and others have none.
    fn agreement(&self, faults: &mut Faults) -> Option<String> {
        let analyst = self.input.role == Role::Analyst;
        match &self.input.agreement {
            None if analyst => {
                let (en, id) = ("the role takes it", "peran ini memerlukannya");
                faults.add(UserErrorCode::Required, "agreement", en, id);
                None
            }
            Some(_) if !analyst => {
                let (en, id) = ("the role does not take it", "peran ini tidak memerlukannya");
                faults.add(UserErrorCode::Invalid, "agreement", en, id);
                None
            }
            text => faults.line("agreement", text.as_ref()?, AGREEMENT),
        }
    }
}

impl Act for Add {
    const NOUN: &'static str = AccessGrant::NAME;

    fn verb(&self) -> &'static str {
        "addAccessGrant"
    }

    fn committed(&self) {
        self.of.iter().for_each(Credentials::forget);
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        write.demand(&Belonging::default())?;
        let mut faults = Faults::default();
        faults.subject("subject", &self.input.subject);
        let scope = self.scope(write, &mut faults).await?;
        let agreement = self.agreement(&mut faults);
        let expires_at = faults.expiry("expiresAt", self.input.expires_at.as_ref());
        faults.none()?;
        let Some(scope) = scope else {
            return Err(Refusal::Failed(crate::graph::Error::Internal("a grant without a scope".into())));
        };
        let new = NewGrant {
            subject: &self.input.subject,
            grant: Grant { role: self.input.role, scope },
            created_by: write.actor(),
            agreement: agreement.as_deref(),
            expires_at,
        };
        let refused = match credential::add_grant(write.connection(), &new).await {
            Ok(id) => return Ok(id),
            Err(LedgerError::Granted(_)) => (
                UserErrorCode::Taken,
                "the subject has this grant already".to_owned(),
                "subjek sudah memiliki peran ini".to_owned(),
            ),
            Err(LedgerError::TooMany) => (
                UserErrorCode::LimitReached,
                format!("the subject has {MOST_GRANTS} grants, which is the most there may be"),
                format!("subjek sudah memiliki {MOST_GRANTS} peran, yang terbanyak"),
            ),
            Err(LedgerError::Database(error)) => return Err(WriteError::from(error).into()),
            Err(error @ LedgerError::NoRandomness) => {
                return Err(Refusal::Failed(crate::graph::Error::Internal(error.to_string())));
            }
        };
        let (code, en, id) = refused;
        Err(Refusal::of(code, "subject", en, id))
    }
}

/// The verb `revokeAccessGrant`.
#[derive(Clone, Debug)]
pub(super) struct Revoke {
    pub(super) input: RevokeAccessGrantInput,
    pub(super) of: Option<Credentials>,
}

impl Act for Revoke {
    const NOUN: &'static str = AccessGrant::NAME;

    fn verb(&self) -> &'static str {
        "revokeAccessGrant"
    }

    fn committed(&self) {
        self.of.iter().for_each(Credentials::forget);
    }

    async fn apply(&self, write: &mut Write) -> Result<Uuid, Refusal> {
        write.demand(&Belonging::default())?;
        let grant = write.existing::<AccessGrant>(&self.input.id, "id").await?;
        let by = write.actor();
        let revoked =
            credential::revoke_grant(write.connection(), grant.id, by).await.map_err(WriteError::from)?;
        if revoked {
            return Ok(grant.id);
        }
        let (en, id) = ("the grant was revoked before", "peran ini sudah dicabut");
        Err(Refusal::of(UserErrorCode::IllegalTransition, "id", en, id))
    }
}
