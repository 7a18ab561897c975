//! Whose words these are: a take's and a board's provenance in words that other programs know.

use serde_json::{Value, json};

use crate::board::{Origin, Storyboard, Take};

/// Who made something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// People alone, in slateboard or in the program it was imported from.
    Hand,
    /// The model alone.
    Model,
    /// Both.
    Composite,
}

impl Source {
    /// Who made a take.
    #[must_use]
    pub fn of_take(take: &Take) -> Self {
        match take.provenance.origin {
            Origin::Human | Origin::Import => Self::Hand,
            Origin::Model if take.provenance.edited.is_empty() => Self::Model,
            Origin::Model => Self::Composite,
        }
    }

    /// Who made some takes together; people where there are none.
    pub fn of_takes<'a>(takes: impl IntoIterator<Item = &'a Take>) -> Self {
        takes.into_iter().map(Self::of_take).reduce(Self::with).unwrap_or(Self::Hand)
    }

    /// Who made a whole board.
    #[must_use]
    pub fn of_board(board: &Storyboard) -> Self {
        Self::of_takes(board.scenes.iter().flat_map(|scene| &scene.takes))
    }

    fn with(self, other: Self) -> Self {
        if self == other { self } else { Self::Composite }
    }

    /// The word for it in our own fields.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Model => "model",
            Self::Composite => "composite",
        }
    }

    /// A sentence for a reader.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Hand => "Written by hand; no text here comes from a model.",
            Self::Model => "Text written by a language model.",
            Self::Composite => "Composite: text by a language model and by hand.",
        }
    }

    /// IPTC's digital source type as a URI.
    #[must_use]
    pub const fn iptc(self) -> &'static str {
        match self {
            Self::Hand => "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation",
            Self::Model => "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
            Self::Composite => "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
        }
    }

    /// An XMP packet that says it, for PNG and PDF.
    #[must_use]
    pub fn xmp(self, title: &str) -> String {
        let title = super::xml::escaped(title);
        format!(
            concat!(
                "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n",
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">",
                "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" ",
                "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" ",
                "xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">",
                "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>",
                "<xmp:CreatorTool>slateboard {}</xmp:CreatorTool>",
                "<Iptc4xmpExt:DigitalSourceType>{}</Iptc4xmpExt:DigitalSourceType>",
                "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
            ),
            title,
            env!("CARGO_PKG_VERSION"),
            self.iptc()
        )
    }
}

/// How one take came to be, as a program reads it.
#[must_use]
pub fn of_take(take: &Take) -> Value {
    json!({
        "take": take.id,
        "source": Source::of_take(take).word(),
        "digital_source_type": Source::of_take(take).iptc(),
        "provenance": take.provenance,
    })
}

/// How every take of a board came to be.
#[must_use]
pub fn manifest(board: &Storyboard) -> Value {
    let scenes: Vec<Value> = board
        .scenes
        .iter()
        .map(|scene| {
            json!({
                "scene": scene.id,
                "number": scene.number,
                "picked": scene.picked,
                "takes": scene.takes.iter().map(of_take).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "title": board.title,
        "program": concat!("slateboard ", env!("CARGO_PKG_VERSION")),
        "source": Source::of_board(board).word(),
        "digital_source_type": Source::of_board(board).iptc(),
        "statement": Source::of_board(board).sentence(),
        "scenes": scenes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::Field;
    use crate::exchange::fixture;

    #[test]
    fn a_board_says_whose_text_it_holds() {
        let mut board = fixture::keeper();
        assert_eq!(Source::of_board(&board), Source::Hand);
        assert!(manifest(&board)["statement"].as_str().unwrap().contains("no text here comes from a model"));
        board.scenes[0].takes[0].provenance.origin = Origin::Model;
        assert_eq!(Source::of_board(&board), Source::Model);
        board.scenes[0].takes[0].provenance.edited = vec![Field::Action];
        assert_eq!(manifest(&board)["source"], "composite");
        board.scenes.clear();
        assert_eq!(Source::of_board(&board), Source::Hand);
    }
}
