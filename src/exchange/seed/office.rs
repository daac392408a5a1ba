//! Seeds the offices of the three people that the article names.

use entity::{
    official,
    vocabulary::{OfficerBody, OfficerRole, OfficerStatus},
};

use super::{
    article::{Article, Person},
    cooperative::{self, Cooperatives, MODEL},
    institution::{self, Institutions},
};
use crate::{
    exchange::{
        ExchangeError,
        identity::{id, record},
        slug::slug,
    },
    graph::fold::fold,
    store::bulk::Bulk,
};

pub(super) fn add(
    bulk: &mut Bulk,
    article: &Article,
    institutions: &Institutions,
    cooperatives: &Cooperatives,
) -> Result<(), ExchangeError> {
    for named in &article.people {
        match named.organisation.as_str() {
            MODEL => manager(bulk, article, named, cooperatives)?,
            "Provinsi Jawa Barat" => bulk.add(&held(article, named, institutions, "Diskuk Jabar")?)?,
            _ => bulk.add(&held(article, named, institutions, "Kemenkop")?)?,
        }
    }
    Ok(())
}

/// The key, made of the office. Made of the name, it would allow callers to test guessed names.
fn key(named: &Person) -> String {
    slug(&format!("{} {}", named.organisation, named.office))
}

fn manager(
    bulk: &mut Bulk,
    article: &Article,
    named: &Person,
    cooperatives: &Cooperatives,
) -> Result<(), ExchangeError> {
    let key = key(named);
    let person_id = id("person", &key, 0);
    bulk.add(&record!(
        article.origin(),
        person {
            id: person_id,
            name: named.name.clone(),
            name_fold: fold(&named.name),
            gender: None,
            education: None,
            phone: None,
            email: None,
        }
    ))?;
    bulk.add(&record!(
        article.origin(),
        officer {
            id: id("officer", &key, 0),
            cooperative_id: cooperative::of(cooperatives, MODEL)?,
            person_id,
            name: named.name.clone(),
            name_fold: fold(&named.name),
            title: Some(named.office.clone()),
            body: OfficerBody::Management,
            role: OfficerRole::Manager,
            ex_officio: false,
            starts_on: None,
            ends_on: None,
            status: OfficerStatus::Active,
        }
    ))?;
    Ok(())
}

fn held(
    article: &Article,
    named: &Person,
    institutions: &Institutions,
    short: &str,
) -> Result<official::Model, ExchangeError> {
    Ok(record!(
        article.origin(),
        official {
            id: id("official", &key(named), 0),
            institution_id: institution::of(institutions, short)?.id,
            name: named.name.clone(),
            name_fold: fold(&named.name),
            position: named.office.clone(),
            position_fold: fold(&named.office),
        }
    ))
}
