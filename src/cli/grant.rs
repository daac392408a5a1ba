//! `simpul grant`: gives roles to subjects, lists grants and revokes them.

use std::collections::HashMap;

use clap::{Args, Subcommand};
use entity::{access_grant, cooperative, institution, region, vocabulary::Role};
use sea_orm::{
    ActiveEnum, ColumnTrait, DatabaseConnection, EntityTrait, Iterable, QueryFilter, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::{
    Failure, demand_known, demand_readable,
    key::{state, writable},
    output::{print, table},
    say,
    subject::{Subject, expiry, time},
};
use crate::{
    access::{Grant, GrantScope, RegionCode},
    config::{DatabaseOptions, File},
    store::{self, Credentials, credential::OPERATOR},
};

/// Give roles to subjects of API keys and tokens, list them and revoke them.
#[derive(Args, Debug)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Give a role to a subject
    Add(Box<Addition>),
    /// List all grants
    List {
        #[command(flatten)]
        database: DatabaseOptions,
    },
    /// Revoke a grant: it ends on all nodes within a minute
    Revoke {
        #[command(flatten)]
        database: DatabaseOptions,
        /// Id of the grant, as `simpul grant list` shows it
        id: Uuid,
    },
}

#[derive(Args, Debug)]
struct Addition {
    #[command(flatten)]
    database: DatabaseOptions,
    /// Who gets the role: the subject of a key, or issuer and subject of a token, joined by `#`
    #[arg(long)]
    subject: Subject,
    /// REGISTRAR, COOPERATIVE, PARTNER, ANALYST, MINISTRY or ADMIN
    #[arg(long, value_parser = role)]
    role: Role,
    #[command(flatten)]
    scope: Scope,
    /// The agreement by which an ANALYST may ask for personal figures, in up to 400 characters; the access log names it
    #[arg(long)]
    agreement: Option<String>,
    /// Number of days after which the grant expires [default: never]
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=36_500))]
    expires: Option<u32>,
}

/// What a grant is for.
#[derive(Args, Debug, Default)]
#[group(multiple = false)]
pub(super) struct Scope {
    /// Code of the region of a REGISTRAR, such as 32 or 32.04; all regions inside it are meant too
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// Slug of the cooperative of a COOPERATIVE
    #[arg(long, value_name = "SLUG")]
    cooperative: Option<String>,
    /// Slug of the partner institution of a PARTNER
    #[arg(long, value_name = "SLUG")]
    institution: Option<String>,
}

fn role(text: &str) -> Result<Role, String> {
    Role::try_from_value(&text.to_ascii_uppercase()).map_err(|_| {
        let all: Vec<String> = Role::iter().map(|role| role.to_value()).collect();
        format!("one of {}", all.join(", "))
    })
}

impl Options {
    pub(super) async fn run(self, file: &File) -> Result<(), Failure> {
        match self.action {
            Action::Add(addition) => addition.run(file).await,
            Action::List { database } => {
                let database = store::connect(database.url(file).text()).await?;
                demand_readable(&database).await?;
                list(&database).await
            }
            Action::Revoke { database, id } => {
                if !writable(&database, file).await?.revoke_grant(id).await? {
                    let missing =
                        format!("no valid grant has the id {id}; `simpul grant list` shows all grants");
                    return Err(Failure::Refused(missing));
                }
                say(&format!("the grant {id} is revoked"));
                Ok(())
            }
        }
    }
}

impl Addition {
    async fn run(self, file: &File) -> Result<(), Failure> {
        self.scope.fits(self.role)?;
        self.fits_agreement()?;
        let database = store::connect(self.database.url(file).text()).await?;
        demand_known(&database).await?;
        let grant = Grant { role: self.role, scope: self.scope.found(&database).await? };
        let expires_at = expiry(self.expires);
        let by = (OPERATOR, self.agreement.as_deref());
        let added =
            Credentials::new(database).add_grant_under(self.subject.text(), grant, by, expires_at).await;
        let id = added.map_err(|error| Failure::Refused(error.to_string()))?;
        say(&format!("{} is {} by the grant {id}", self.subject.text(), self.role.to_value()));
        Ok(())
    }
}

impl Addition {
    /// Checks that an analyst has an agreement, and no other role.
    fn fits_agreement(&self) -> Result<(), Failure> {
        let analyst = self.role == Role::Analyst;
        let refused = match &self.agreement {
            None if analyst => {
                "the role ANALYST takes --agreement: what its questions about personal data rest on"
            }
            Some(_) if !analyst => "--agreement is for the role ANALYST",
            Some(text) if !(1..=400).contains(&text.chars().count()) => {
                "--agreement takes 1 to 400 characters"
            }
            _ => return Ok(()),
        };
        Err(Failure::Refused(refused.to_owned()))
    }
}

impl Scope {
    pub(super) fn region(code: &str) -> Self {
        Self { region: Some(code.to_owned()), ..Self::default() }
    }

    pub(super) fn cooperative(slug: &str) -> Self {
        Self { cooperative: Some(slug.to_owned()), ..Self::default() }
    }

    pub(super) fn institution(slug: &str) -> Self {
        Self { institution: Some(slug.to_owned()), ..Self::default() }
    }

    /// Checks that the role has the scope that it needs, and no other.
    fn fits(&self, role: Role) -> Result<(), Failure> {
        let given = (self.region.is_some(), self.cooperative.is_some(), self.institution.is_some());
        let (needed, flag) = match role {
            Role::Registrar => ((true, false, false), "takes --region"),
            Role::Cooperative => ((false, true, false), "takes --cooperative"),
            Role::Partner => ((false, false, true), "takes --institution"),
            Role::Analyst | Role::Ministry | Role::Admin => (
                (false, false, false),
                "is for the whole registry: it takes no region, cooperative or institution",
            ),
        };
        let refused = || Failure::Refused(format!("the role {} {flag}", role.to_value()));
        if given == needed { Ok(()) } else { Err(refused()) }
    }

    /// The scope by its keys in the registry.
    pub(super) async fn found(&self, database: &DatabaseConnection) -> Result<GrantScope, Failure> {
        if let Some(code) = &self.region {
            let known = region::Entity::find_by_id(code.clone()).one(database).await?.is_some();
            let code =
                RegionCode::new(code).filter(|_| known).ok_or_else(|| missing("region", "code", code))?;
            return Ok(GrantScope::WithinRegion(code));
        }
        if let Some(slug) = &self.cooperative {
            let found = cooperative::Entity::find().filter(cooperative::Column::Slug.eq(slug.as_str()));
            let found = found.one(database).await?.ok_or_else(|| missing("cooperative", "slug", slug))?;
            return Ok(GrantScope::Party(found.id));
        }
        if let Some(slug) = &self.institution {
            let found = institution::Entity::find().filter(institution::Column::Slug.eq(slug.as_str()));
            let found =
                found.one(database).await?.ok_or_else(|| missing("partner institution", "slug", slug))?;
            return Ok(GrantScope::Party(found.id));
        }
        Ok(GrantScope::Everything)
    }
}

fn missing(noun: &str, key: &str, text: &str) -> Failure {
    Failure::Refused(format!("no {noun} has the {key} `{text}`"))
}

async fn list(database: &DatabaseConnection) -> Result<(), Failure> {
    let grants = Credentials::new(database.clone()).grants().await?;
    let mut slugs = HashMap::new();
    // In subqueries, since an engine binds a limited number of values.
    let named = |column: access_grant::Column| {
        access_grant::Entity::find().select_only().column(column).filter(column.is_not_null()).into_query()
    };
    let of = named(access_grant::Column::CooperativeId);
    let found = cooperative::Entity::find().filter(cooperative::Column::Id.in_subquery(of));
    slugs.extend(found.all(database).await?.into_iter().map(|row| (row.id, row.slug)));
    let of = named(access_grant::Column::InstitutionId);
    let found = institution::Entity::find().filter(institution::Column::Id.in_subquery(of));
    slugs.extend(found.all(database).await?.into_iter().map(|row| (row.id, row.slug)));
    let scope = |grant: &access_grant::Model| match (
        &grant.region_code,
        grant.cooperative_id.or(grant.institution_id),
    ) {
        (Some(code), _) => code.clone(),
        (None, Some(party)) => slugs.get(&party).cloned().unwrap_or_else(|| party.to_string()),
        (None, None) => "-".to_owned(),
    };
    let mut rows = vec![
        ["ID", "SUBJECT", "ROLE", "SCOPE", "STATE", "CREATED", "EXPIRES", "BY", "AGREEMENT"]
            .map(str::to_owned),
    ];
    rows.extend(grants.iter().map(|grant| {
        [
            grant.id.to_string(),
            grant.subject.clone(),
            grant.role.to_value(),
            scope(grant),
            state(grant.revoked_at, grant.expires_at).to_owned(),
            time(Some(grant.created_at)),
            time(grant.expires_at),
            grant.created_by.clone(),
            grant.agreement.clone().unwrap_or_else(|| "-".to_owned()),
        ]
    }));
    Ok(print(&table(&rows))?)
}
