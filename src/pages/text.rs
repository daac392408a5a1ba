//! The texts of pages: one catalogue for each language, in Fluent's format.

use std::{borrow::Cow, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use super::language::Language;

type Catalogue = FluentBundle<FluentResource>;

static INDONESIAN: LazyLock<Catalogue> =
    LazyLock::new(|| catalogue(Language::Indonesian, include_str!("texts/id.ftl")));
static ENGLISH: LazyLock<Catalogue> =
    LazyLock::new(|| catalogue(Language::English, include_str!("texts/en.ftl")));

fn catalogue(language: Language, source: &str) -> Catalogue {
    let mut bundle = Catalogue::new_concurrent(vec![language.identifier()]);
    // Marks around values, which matter to right-to-left languages only.
    bundle.set_use_isolating(false);
    let resource = match FluentResource::try_new(source.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    bundle
}

impl Language {
    fn catalogue(self) -> &'static Catalogue {
        match self {
            Self::Indonesian => &INDONESIAN,
            Self::English => &ENGLISH,
        }
    }

    /// The text with this id.
    pub(super) fn text(self, id: &'static str) -> Cow<'static, str> {
        self.format(id, None)
    }

    /// The text with this id, in which values stand. Numbers are given as texts in the language's form.
    pub(super) fn text_with(self, id: &'static str, values: &[(&'static str, &str)]) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, FluentValue::from(*value));
        }
        self.format(id, Some(&arguments)).into_owned()
    }

    /// The text for a number of things: its singular or its plural, with the number in the language's form.
    pub(super) fn counted(self, id: &'static str, number: i64) -> String {
        let mut arguments = FluentArgs::new();
        arguments.set("number", FluentValue::from(number));
        arguments.set("shown", FluentValue::from(self.number(number)));
        self.format(id, Some(&arguments)).into_owned()
    }

    fn format(self, id: &'static str, arguments: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let catalogue = self.catalogue();
        let Some(pattern) = catalogue.get_message(id).and_then(|message| message.value()) else {
            return Cow::Borrowed(id);
        };
        Cow::Owned(catalogue.format_pattern(pattern, arguments, &mut Vec::new()).into_owned())
    }
}
