//! A cooperative for search engines: an Organization of schema.org.

use serde_json::{Map, Value, json};

use super::Profile;
use crate::pages::provenance;

/// What is published of it; `None` of one that is made up, which no search engine shall find as an organization.
pub(super) fn organization(profile: &Profile) -> Option<Value> {
    if provenance::is_synthetic(&profile.source) {
        return None;
    }
    let mut address = Map::new();
    address.insert("@type".to_owned(), json!("PostalAddress"));
    address.insert("addressCountry".to_owned(), json!("ID"));
    address.insert("addressLocality".to_owned(), json!(profile.region.name));
    put(&mut address, "addressRegion", profile.region.ancestors.first().map(|region| &region.name));
    put(&mut address, "streetAddress", profile.address.as_ref());
    put(&mut address, "postalCode", profile.region.postal_code.as_ref());
    let mut organization = Map::new();
    organization.insert("@context".to_owned(), json!("https://schema.org"));
    organization.insert("@type".to_owned(), json!("Organization"));
    organization.insert("@id".to_owned(), json!(format!("/koperasi/{}", profile.slug)));
    organization.insert("name".to_owned(), json!(profile.name));
    organization.insert("address".to_owned(), Value::Object(address));
    put(&mut organization, "alternateName", profile.short_name.as_ref());
    put(&mut organization, "identifier", profile.registration_number.as_ref());
    put(&mut organization, "foundingDate", profile.established_on.as_ref());
    put(&mut organization, "telephone", profile.phone.as_ref());
    put(&mut organization, "email", profile.email.as_ref());
    put(&mut organization, "sameAs", profile.website.as_ref());
    Some(Value::Object(organization))
}

fn put(object: &mut Map<String, Value>, name: &str, value: Option<&String>) {
    if let Some(value) = value {
        object.insert(name.to_owned(), json!(value));
    }
}
