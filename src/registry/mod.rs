//! The nouns of the schema, a folder or file each: types, filters, orders, figures and root fields.

pub mod about;
pub mod access_grant;
pub mod annual_report;
pub mod api_key;
pub mod application;
pub mod batch;
pub mod business_class;
pub mod business_unit;
pub mod calendar;
pub mod changes;
pub mod commodity;
pub mod cooperative;
pub mod figures;
pub mod finding;
pub mod history;
pub mod institution;
pub mod linkage;
pub mod linkage_month;
mod may;
pub mod node;
pub mod officer;
pub mod official;
mod owners;
pub mod partnership;
pub mod party;
pub mod path;
pub mod person;
pub mod personal;
pub mod placement;
pub mod program;
pub mod record;
pub mod reference;
pub mod region;
pub mod rules;
pub mod search;
pub mod session;
pub mod states;
pub mod viewer;
mod visibility;
pub mod vocabulary;
pub mod write;

/// Declares a noun: a GraphQL type over the rows of `entity::$entity`.
macro_rules! noun {
    ($(#[$doc:meta])* $noun:ident: $entity:ident $(, $item:ident = $value:expr)* $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $noun {
            pub(in crate::registry) row: std::sync::Arc<::entity::$entity::Model>,
        }

        impl $crate::graph::load::Noun for $noun {
            type Entity = ::entity::$entity::Entity;

            const NAME: &'static str = stringify!($noun);

            $(crate::registry::noun_item! { $item = $value })*

            fn table() -> &'static $crate::graph::load::Table {
                static TABLE: std::sync::LazyLock<$crate::graph::load::Table> =
                    std::sync::LazyLock::new($crate::registry::history::table::<$noun>);
                &TABLE
            }

            fn planned_fields() -> &'static [$crate::graph::load::Field] {
                static FIELDS: std::sync::LazyLock<Vec<$crate::graph::load::Field>> =
                    std::sync::LazyLock::new($crate::registry::history::fields::<$noun>);
                &FIELDS
            }

            fn from_row(row: std::sync::Arc<::entity::$entity::Model>) -> Self {
                Self { row }
            }
        }

        $crate::graph::inline::inline_object!($noun);
    };
}

macro_rules! noun_item {
    (fields = $fields:expr) => {
        fn fields() -> Vec<$crate::graph::load::Field> {
            $fields
        }
    };
    (reads = $reads:expr) => {
        fn reads() -> Vec<(&'static str, Vec<$crate::graph::load::Column>)> {
            $reads
        }
    };
    (visible = $visible:expr) => {
        fn visible(scope: &$crate::access::Scope) -> $crate::graph::filter::Condition {
            let visible: fn(&$crate::access::Scope) -> $crate::graph::filter::Condition = $visible;
            visible(scope)
        }
    };
}

/// Declares the columns that fields read, for fields that are not named after their single column; no columns for a
/// field that is never read.
macro_rules! reads {
    ($entity:ident { $($field:literal: $($column:ident),*;)* }) => {
        vec![$(($field, vec![$(::entity::$entity::Column::$column.into()),*])),*]
    };
}

/// Declares edges as statics that are created at first use.
macro_rules! edges {
    ($($(#[$doc:meta])* $vis:vis $name:ident: $kind:ty = $edge:expr;)*) => {
        $($(#[$doc])* $vis static $name: std::sync::LazyLock<$kind> = std::sync::LazyLock::new(|| $edge);)*
    };
}

pub(crate) use {edges, noun, noun_item, reads};
