//! Who may: the viewer. Roles and their policy join it together with tokens.

/// Who is asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// Anyone; sees what the law makes public.
    #[default]
    Anonymous,
}
