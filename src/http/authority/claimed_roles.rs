//! Roles that an issuer keeps: claims of its tokens, by JSON pointers, and the roles that their texts stand for.

use std::collections::BTreeMap;

use entity::vocabulary::Role;
use sea_orm::ActiveEnum;
use serde_json::Value;

use crate::access::{Grant, GrantScope, MOST_GRANTS, RegionCode};

/// Where tokens tell roles, and what their texts stand for. Off where it is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct ClaimedRoles {
    pointers: Vec<String>,
    grants: BTreeMap<String, Grant>,
}

impl ClaimedRoles {
    /// From JSON pointers, such as `/realm_access/roles`, and the role of each text that may be there: `MINISTRY`, `ADMIN`, or
    /// `REGISTRAR` with the code of a region.
    pub(super) fn new(pointers: &[String], roles: &BTreeMap<String, String>) -> Result<Self, String> {
        if pointers.is_empty() != roles.is_empty() {
            return Err("`roles_at` and `roles` belong together".to_owned());
        }
        let is_pointer = |text: &str| {
            text.starts_with('/') && text.split('~').skip(1).all(|end| end.starts_with(['0', '1']))
        };
        if let Some(wrong) = pointers.iter().find(|pointer| !is_pointer(pointer)) {
            return Err(format!(
                "`{wrong}` is no JSON pointer: it begins with `/`, and `~` stands before 0 or 1"
            ));
        }
        if roles.contains_key("") {
            return Err("the empty text stands for no role".to_owned());
        }
        let grants = roles.iter().map(|(text, role)| Ok((text.clone(), grant(role)?)));
        Ok(Self { pointers: pointers.to_vec(), grants: grants.collect::<Result<_, String>>()? })
    }

    /// The grants that the claims of a verified token give, each once. A claim is a text, or a list of texts.
    pub(super) fn of(&self, claims: &Value) -> Vec<Grant> {
        let told = self.pointers.iter().filter_map(|pointer| claims.pointer(pointer));
        let texts = told.flat_map(|claim| match claim {
            Value::Array(texts) => texts.as_slice(),
            text => std::slice::from_ref(text),
        });
        let mut grants: Vec<Grant> = Vec::new();
        for grant in texts.filter_map(|text| self.grants.get(text.as_str()?)) {
            if !grants.contains(grant) && grants.len() < MOST_GRANTS {
                grants.push(*grant);
            }
        }
        grants
    }
}

fn grant(text: &str) -> Result<Grant, String> {
    let everything = |role| Ok(Grant { role, scope: GrantScope::Everything });
    let (role, code) = text.split_once(' ').map_or((text, None), |(role, code)| (role, Some(code)));
    match (Role::try_from_value(&role.to_owned()), code) {
        (Ok(role @ (Role::Ministry | Role::Admin)), None) => everything(role),
        (Ok(Role::Registrar), Some(code)) => {
            let known = RegionCode::new(code).filter(|_| is_code(code));
            let code =
                known.ok_or_else(|| format!("`{code}` is no code of a region, such as 32 or 32.04"))?;
            Ok(Grant { role: Role::Registrar, scope: GrantScope::WithinRegion(code) })
        }
        _ => Err(format!(
            "`{text}` is no role of a claim: MINISTRY, ADMIN, or REGISTRAR with the code of a region, such as `REGISTRAR 32`; \
             other roles are given by `simpul grant add`"
        )),
    }
}

/// Whether a text has the form of a region's code: 2, 2, 2 and 4 digits, joined by dots.
fn is_code(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let digits = |(part, length): (&&str, usize)| {
        part.len() == length && part.bytes().all(|digit| digit.is_ascii_digit())
    };
    parts.len() <= 4 && parts.iter().zip([2, 2, 2, 4]).all(digits)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use entity::vocabulary::Role;
    use serde_json::json;

    use super::{ClaimedRoles, grant};

    fn roles(pointers: &[&str], map: &[(&str, &str)]) -> Result<ClaimedRoles, String> {
        let pointers: Vec<String> = pointers.iter().map(|pointer| (*pointer).to_owned()).collect();
        let map: BTreeMap<_, _> =
            map.iter().map(|(text, role)| ((*text).to_owned(), (*role).to_owned())).collect();
        ClaimedRoles::new(&pointers, &map)
    }

    #[test]
    fn roles_are_read_from_texts_and_lists_of_texts_at_the_pointers() {
        let known = [("office-32", "REGISTRAR 32"), ("central", "MINISTRY"), ("it", "ADMIN")];
        let roles = roles(&["/realm_access/roles", "/group"], &known).unwrap();
        for (claims, expected) in [
            (
                json!({ "realm_access": { "roles": ["offline_access", "office-32", "central", "central", 7] } }),
                vec![Role::Registrar, Role::Ministry],
            ),
            (
                json!({ "group": "it", "realm_access": { "roles": "central" } }),
                vec![Role::Ministry, Role::Admin],
            ),
            (
                json!({ "group": "IT", "realm_access": { "roles": { "central": true } }, "roles": ["central"] }),
                vec![],
            ),
            (json!({ "group": ["central central", ["central"], null] }), vec![]),
            (json!([]), vec![]),
        ] {
            let told: Vec<Role> = roles.of(&claims).iter().map(|grant| grant.role).collect();
            assert_eq!(told, expected, "{claims}");
        }
    }

    #[test]
    fn a_map_that_names_no_role_is_refused() {
        for wrong in [
            "",
            "ministry",
            "REGISTRAR",
            "REGISTRAR x",
            "MINISTRY 32",
            "COOPERATIVE",
            "ANALYST",
            "REGISTRAR  32",
            "REGISTRAR ",
            "REGISTRAR 3",
            "REGISTRAR 32.",
            "REGISTRAR 32.04.1",
        ] {
            assert!(grant(wrong).is_err(), "{wrong}");
        }
        assert!(roles(&["/roles"], &[]).is_err());
        assert!(roles(&[], &[("central", "MINISTRY")]).is_err());
        assert!(roles(&["roles"], &[("central", "MINISTRY")]).is_err());
        assert!(roles(&["/a~2"], &[("central", "MINISTRY")]).is_err());
        assert!(roles(&["/a~1b~0"], &[("central", "MINISTRY")]).is_ok());
        assert!(roles(&["/roles"], &[("", "MINISTRY")]).is_err());
        assert!(roles(&[], &[]).unwrap().of(&json!({ "roles": ["MINISTRY"] })).is_empty());
    }
}
