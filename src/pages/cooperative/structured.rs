//! A cooperative for search engines: an Organization of schema.org.

use serde_json::{Value, json};

use super::Profile;
use crate::pages::structured::thing;

/// What is published of it.
pub(super) fn organization(profile: &Profile) -> Value {
    thing(
        "Organization",
        json!({
            "@id": format!("/koperasi/{}", profile.slug),
            "name": profile.name,
            "alternateName": profile.short_name,
            "identifier": profile.registration_number,
            "foundingDate": profile.established_on,
            "telephone": profile.phone,
            "email": profile.email,
            "sameAs": profile.website,
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "ID",
                "addressLocality": profile.region.name,
                "addressRegion": profile.region.ancestors.first().map(|region| &region.name),
                "streetAddress": profile.address,
                "postalCode": profile.region.postal_code,
            },
        }),
    )
}
