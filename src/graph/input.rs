//! Input objects as data: a list of fields, by which one function registers, parses and writes back every input type.
//!
//! The library's derive generates code for each field of each type. The schema has thousands of such fields, and
//! compiling them took longer than everything else.

use async_graphql::{
    InputType, InputValueError, InputValueResult, Name, Pos, Value,
    indexmap::IndexMap,
    registry::{InputObjectBuilder, MetaInputValue, MetaType, MetaTypeId, Registry},
};

/// A field of the input object `T`.
#[derive(Debug)]
pub struct InputField<T> {
    /// The Rust name of the field. The schema has it in camel case.
    pub name: &'static str,
    /// The lines of its description.
    pub description: &'static [&'static str],
    /// Registers its type, and returns the name of the type.
    pub register: fn(&mut Registry) -> String,
    /// Sets it to a value of a request.
    pub parse: fn(&mut T, Value) -> Result<(), String>,
    /// Its value, as the library writes defaults.
    pub write: fn(&T) -> Value,
}

/// An input object that is described by data.
pub trait InputObject: InputType + 'static {
    /// The lines of its description.
    const DESCRIPTION: &'static [&'static str];
    /// Its fields, all of them optional.
    const FIELDS: &'static [InputField<Self>];

    /// The object of a request that leaves out every field.
    fn empty() -> Self;
}

/// Registers an input object, and returns the name of its type.
pub fn register<T: InputObject>(registry: &mut Registry) -> String {
    let make: fn(&mut Registry) -> MetaType = |registry| {
        let fields = T::FIELDS.iter().map(|field| (field.name, field.description, field.register));
        definition(registry, &T::type_name(), std::any::type_name::<T>(), T::DESCRIPTION, &mut { fields })
    };
    registry.create_input_type::<T, _>(MetaTypeId::InputObject, make)
}

type FieldDefinition = (&'static str, &'static [&'static str], fn(&mut Registry) -> String);

fn definition(
    registry: &mut Registry,
    name: &str,
    rust_name: &'static str,
    description: &[&str],
    fields: &mut dyn Iterator<Item = FieldDefinition>,
) -> MetaType {
    let mut registered = IndexMap::new();
    for (name, description, register) in fields {
        let kind = register(registry);
        debug_assert!(!kind.ends_with('!'), "{name} is not optional");
        let mut value = MetaInputValue::new(camel_case(name), kind);
        value.description = text(description);
        registered.insert(camel_case(name), value);
    }
    InputObjectBuilder::new(name, registered).rust_typename(rust_name).description(text(description)).build()
}

/// The text of a documentation comment.
fn text(lines: &[&str]) -> Option<String> {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    Some(lines.join("\n")).filter(|text| !text.is_empty())
}

/// Parses an input object.
///
/// # Errors
/// When it is not an object, or one of its fields is invalid.
pub fn parse<T: InputObject>(value: Option<Value>) -> InputValueResult<T> {
    let Some(Value::Object(given)) = value else {
        return Err(InputValueError::expected_type(value.unwrap_or_default()));
    };
    let mut parsed = T::empty();
    for (name, value) in given {
        if let Some(field) = T::FIELDS.iter().find(|field| is_camel_case(&name, field.name)) {
            (field.parse)(&mut parsed, value).map_err(|error| InputValueError::custom(innermost(&error)))?;
        }
    }
    Ok(parsed)
}

/// The message of the innermost value that is wrong: its length does not grow with the depth of the input.
fn innermost(message: &str) -> &str {
    message.rfind("Failed to parse \"").map_or(message, |start| &message[start..])
}

/// Parses the value of a field.
///
/// # Errors
/// When it is invalid.
pub fn read<T: InputType>(field: &mut T, value: Value) -> Result<(), String> {
    *field = T::parse(Some(value)).map_err(|error| error.into_server_error(Pos::default()).message)?;
    Ok(())
}

/// Writes an input object as a value.
pub fn write<T: InputObject>(object: &T) -> Value {
    let fields = T::FIELDS.iter().map(|field| (Name::new(camel_case(field.name)), (field.write)(object)));
    Value::Object(fields.collect())
}

/// The name in the schema of a field with this name in Rust.
pub(crate) fn camel_case(name: &str) -> String {
    let mut words = name.trim_start_matches("r#").split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |mut camel, word| {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        camel + letters.as_str()
    })
}

/// Whether `camel` is the name in the schema of a field with this name in Rust.
fn is_camel_case(camel: &str, name: &str) -> bool {
    let mut letters = camel.chars();
    let mut upper = false;
    for letter in name.trim_start_matches("r#").chars() {
        if letter == '_' {
            upper = true;
            continue;
        }
        let letter = if std::mem::take(&mut upper) { letter.to_ascii_uppercase() } else { letter };
        if letters.next() != Some(letter) {
            return false;
        }
    }
    letters.next().is_none()
}

/// Declares an input object whose fields are all optional.
///
/// `input_object! { /// Description. pub struct RangeInput = "RangeInput" { /// Lower end. from: MaybeUndefined<i32>, } }`
#[macro_export]
macro_rules! input_object {
    (
        $(#[doc = $doc:literal])*
        $vis:vis struct $object:ident $(<$parameter:ident: $bound:path>)? = $name:expr => {
            $($(#[doc = $field_doc:literal])* $field_vis:vis $field:ident: $kind:ty,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug)]
        $vis struct $object $(<$parameter: $bound>)? {
            $($(#[doc = $field_doc])* $field_vis $field: $kind,)*
        }

        impl $(<$parameter: $bound>)? $crate::graph::input::InputObject for $object $(<$parameter>)? {
            const DESCRIPTION: &'static [&'static str] = &[$($doc),*];
            const FIELDS: &'static [$crate::graph::input::InputField<Self>] = &[$(
                $crate::graph::input::InputField {
                    name: stringify!($field),
                    description: &[$($field_doc),*],
                    register: <$kind as ::async_graphql::InputType>::create_type_info,
                    parse: |object, value| $crate::graph::input::read(&mut object.$field, value),
                    write: |object| ::async_graphql::InputType::to_value(&object.$field),
                },
            )*];

            fn empty() -> Self {
                Self { $($field: ::std::default::Default::default(),)* }
            }
        }

        impl $(<$parameter: $bound>)? ::async_graphql::InputType for $object $(<$parameter>)? {
            type RawValueType = Self;

            fn type_name() -> ::std::borrow::Cow<'static, str> {
                ::std::borrow::Cow::from($name)
            }

            fn create_type_info(registry: &mut ::async_graphql::registry::Registry) -> String {
                $crate::graph::input::register::<Self>(registry)
            }

            fn parse(value: Option<::async_graphql::Value>) -> ::async_graphql::InputValueResult<Self> {
                $crate::graph::input::parse(value)
            }

            fn to_value(&self) -> ::async_graphql::Value {
                $crate::graph::input::write(self)
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }
        }

        impl $(<$parameter: $bound>)? ::async_graphql::InputObjectType for $object $(<$parameter>)? {}
    };
}

#[cfg(test)]
mod tests {
    use super::{camel_case, innermost, is_camel_case};

    #[test]
    fn a_message_has_the_innermost_reason() {
        let nested = "Failed to parse \"Where\": Failed to parse \"Date\": a Date has ten characters";
        assert_eq!(innermost(nested), "Failed to parse \"Date\": a Date has ten characters");
        assert_eq!(
            innermost("Expected input type \"Int\", found \"a\"."),
            "Expected input type \"Int\", found \"a\"."
        );
    }

    #[test]
    fn names_are_in_camel_case() {
        for (rust, schema) in [("r#in", "in"), ("has_some", "hasSome"), ("eq", "eq"), ("is_a_b", "isAB")] {
            assert_eq!(camel_case(rust), schema);
            assert!(is_camel_case(schema, rust));
        }
        for other in ["hassome", "has_some", "hasSom", "hasSomeX", ""] {
            assert!(!is_camel_case(other, "has_some"), "{other}");
        }
    }
}
