//! Where keys count: on the board itself, or in what lies over it. Each place has keys of its own.

use super::overlay::Overlay;

/// A place where keys count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The board and its views.
    Board,
    /// Any line or text that is written in.
    Text,
    /// The editor of a text.
    Editor,
    /// The question what becomes of changed words.
    Unsaved,
    /// The line that narrows the list of scenes.
    Filter,
    /// The palette.
    Palette,
    /// Anything that is closed again.
    Popup,
    /// The reasons to reject a take.
    Reasons,
    /// The texts that can be changed.
    Fields,
    /// The shots a scene can be split at.
    Split,
    /// A board that somebody else holds.
    Held,
    /// What an import would do.
    Import,
}

impl Layer {
    /// Whether a character is written here unless it is bound.
    #[must_use]
    pub const fn is_written_in(self) -> bool {
        matches!(self, Self::Text | Self::Editor | Self::Filter | Self::Palette)
    }
}

impl Overlay {
    /// The places whose keys count now.
    #[must_use]
    pub fn layers(&self) -> &'static [Layer] {
        match self {
            Self::None => &[Layer::Board],
            Self::Help(_) | Self::Why(_) => &[Layer::Popup],
            Self::Reasons => &[Layer::Reasons, Layer::Popup],
            Self::Fields(_) => &[Layer::Fields, Layer::Popup],
            Self::Split(_) => &[Layer::Split, Layer::Popup],
            Self::Filter(_) => &[Layer::Filter, Layer::Text],
            Self::Palette(_) => &[Layer::Palette, Layer::Text],
            Self::Editor(editor) if editor.asking => &[Layer::Unsaved],
            Self::Editor(_) => &[Layer::Editor, Layer::Text],
            Self::Held { .. } => &[Layer::Held],
            Self::Import(_) => &[Layer::Import, Layer::Popup],
        }
    }
}
