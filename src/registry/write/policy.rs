//! Which roles may use which verbs, each within the scope of its grant.

use entity::vocabulary::Role::{self, Admin, Cooperative, Ministry, Partner, Registrar};
use uuid::Uuid;

use crate::access::GrantScope;

/// A verb, and the roles that may use it.
#[derive(Clone, Copy, Debug)]
pub struct Verb {
    pub name: &'static str,
    pub roles: &'static [Role],
}

/// The parties of a record, and the offices that keep it true.
const PARTIES_AND_OFFICES: &[Role] = &[Cooperative, Partner, Registrar, Ministry];

/// The cooperative of a record, and the offices.
const COOPERATIVE_AND_OFFICES: &[Role] = &[Cooperative, Registrar, Ministry];

/// The institutions that organise or host a batch, and the offices.
const HOSTS_AND_OFFICES: &[Role] = &[Partner, Registrar, Ministry];

/// What only an office attests.
const OFFICES: &[Role] = &[Registrar, Ministry];

/// The institution of a record, and the offices.
const INSTITUTION_AND_OFFICES: &[Role] = &[Partner, Registrar, Ministry];

/// Every verb.
pub const VERBS: &[Verb] = &[
    Verb { name: "proposeLinkage", roles: PARTIES_AND_OFFICES },
    Verb { name: "amendLinkage", roles: PARTIES_AND_OFFICES },
    Verb { name: "negotiateLinkage", roles: PARTIES_AND_OFFICES },
    Verb { name: "startTrial", roles: PARTIES_AND_OFFICES },
    Verb { name: "activateLinkage", roles: OFFICES },
    Verb { name: "holdLinkage", roles: PARTIES_AND_OFFICES },
    Verb { name: "resumeLinkage", roles: PARTIES_AND_OFFICES },
    Verb { name: "endLinkage", roles: PARTIES_AND_OFFICES },
    Verb { name: "reportBreach", roles: OFFICES },
    Verb { name: "dropLinkage", roles: PARTIES_AND_OFFICES },
    Verb { name: "nominate", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "verifyNominee", roles: HOSTS_AND_OFFICES },
    Verb { name: "rejectNominee", roles: HOSTS_AND_OFFICES },
    Verb { name: "confirmPlacement", roles: HOSTS_AND_OFFICES },
    Verb { name: "withdrawPlacement", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "registerCooperative", roles: OFFICES },
    Verb { name: "amendCooperative", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "deliberateCooperative", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "submitToNotary", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "legalizeCooperative", roles: OFFICES },
    Verb { name: "openForBusiness", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "deactivateCooperative", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "reactivateCooperative", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "suspendCooperative", roles: OFFICES },
    Verb { name: "reinstateCooperative", roles: OFFICES },
    Verb { name: "dissolveCooperative", roles: OFFICES },
    Verb { name: "mergeCooperatives", roles: OFFICES },
    Verb { name: "appointOfficer", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "endOffice", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "changeBoard", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "amendOfficer", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "suspendOfficer", roles: OFFICES },
    Verb { name: "reinstateOfficer", roles: OFFICES },
    Verb { name: "correctPerson", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "erasePerson", roles: OFFICES },
    Verb { name: "eraseOfficial", roles: OFFICES },
    Verb { name: "planBusinessUnit", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "buildBusinessUnit", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "openBusinessUnit", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "closeBusinessUnit", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "amendBusinessUnit", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "fileAnnualReport", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "amendAnnualReport", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "recordCommodity", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "amendCommodity", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "registerInstitution", roles: OFFICES },
    Verb { name: "amendInstitution", roles: INSTITUTION_AND_OFFICES },
    Verb { name: "appointOfficial", roles: INSTITUTION_AND_OFFICES },
    Verb { name: "amendOfficial", roles: INSTITUTION_AND_OFFICES },
    Verb { name: "endOfficial", roles: INSTITUTION_AND_OFFICES },
    Verb { name: "draftPartnership", roles: PARTIES_AND_OFFICES },
    Verb { name: "amendPartnership", roles: PARTIES_AND_OFFICES },
    Verb { name: "submitPartnership", roles: PARTIES_AND_OFFICES },
    Verb { name: "returnPartnership", roles: OFFICES },
    Verb { name: "approvePartnership", roles: OFFICES },
    Verb { name: "signPartnership", roles: OFFICES },
    Verb { name: "suspendPartnership", roles: OFFICES },
    Verb { name: "resumePartnership", roles: OFFICES },
    Verb { name: "renewPartnership", roles: OFFICES },
    Verb { name: "terminatePartnership", roles: OFFICES },
    Verb { name: "cancelPartnership", roles: PARTIES_AND_OFFICES },
    Verb { name: "draftProgram", roles: PARTIES_AND_OFFICES },
    Verb { name: "amendProgram", roles: PARTIES_AND_OFFICES },
    Verb { name: "publishProgram", roles: OFFICES },
    Verb { name: "openProgram", roles: PARTIES_AND_OFFICES },
    Verb { name: "startProgram", roles: PARTIES_AND_OFFICES },
    Verb { name: "completeProgram", roles: PARTIES_AND_OFFICES },
    Verb { name: "evaluateProgram", roles: OFFICES },
    Verb { name: "cancelProgram", roles: PARTIES_AND_OFFICES },
    Verb { name: "planBatch", roles: PARTIES_AND_OFFICES },
    Verb { name: "amendBatch", roles: PARTIES_AND_OFFICES },
    Verb { name: "openEnrolment", roles: PARTIES_AND_OFFICES },
    Verb { name: "startBatch", roles: PARTIES_AND_OFFICES },
    Verb { name: "completeBatch", roles: PARTIES_AND_OFFICES },
    Verb { name: "postponeBatch", roles: PARTIES_AND_OFFICES },
    Verb { name: "cancelBatch", roles: PARTIES_AND_OFFICES },
    Verb { name: "recordAttendance", roles: PARTIES_AND_OFFICES },
    Verb { name: "graduate", roles: PARTIES_AND_OFFICES },
    Verb { name: "markIncomplete", roles: PARTIES_AND_OFFICES },
    Verb { name: "markNoShow", roles: PARTIES_AND_OFFICES },
    Verb { name: "planFollowUp", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "amendPlacement", roles: PARTIES_AND_OFFICES },
    Verb { name: "planSession", roles: PARTIES_AND_OFFICES },
    Verb { name: "amendSession", roles: PARTIES_AND_OFFICES },
    Verb { name: "cancelSession", roles: PARTIES_AND_OFFICES },
    Verb { name: "requestPartnership", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "verifyApplication", roles: OFFICES },
    Verb { name: "returnApplication", roles: OFFICES },
    Verb { name: "amendApplication", roles: COOPERATIVE_AND_OFFICES },
    Verb { name: "decideApplication", roles: OFFICES },
    Verb { name: "activateApplication", roles: PARTIES_AND_OFFICES },
    Verb { name: "recordMonth", roles: PARTIES_AND_OFFICES },
    Verb { name: "amendMonth", roles: PARTIES_AND_OFFICES },
    Verb { name: "createApiKey", roles: &[Admin] },
    Verb { name: "revokeApiKey", roles: &[Admin] },
    Verb { name: "addAccessGrant", roles: &[Admin] },
    Verb { name: "revokeAccessGrant", roles: &[Admin] },
];

/// Whom a record belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Belonging {
    /// Keys of cooperatives and institutions.
    pub parties: Vec<Uuid>,
    /// Codes of the regions whose offices keep it.
    pub regions: Vec<String>,
}

impl Belonging {
    /// Whether a grant of this scope covers the record.
    #[must_use]
    pub fn is_within(&self, scope: GrantScope) -> bool {
        match scope {
            GrantScope::Everything => true,
            GrantScope::WithinRegion(region) => self.regions.iter().any(|code| {
                let rest = code.strip_prefix(region.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            }),
            GrantScope::Party(party) => self.parties.contains(&party),
        }
    }
}
