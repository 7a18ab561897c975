//! The formats by name.

use crate::board::vocabulary::vocabulary;

vocabulary! {
    /// A format that a board goes out in.
    Format: "format" {
        /// The board as slateboard keeps it.
        Yaml = "yaml",
        /// The same as JSON.
        Json = "json",
        /// A screenplay as plain text.
        Fountain = "fountain",
        /// A Final Draft screenplay.
        Fdx = "fdx",
        /// A Storyboarder project folder.
        Storyboarder = "storyboarder",
        /// OpenTimelineIO.
        Otio = "otio",
        /// FCPXML 1.10, for Final Cut Pro and Resolve.
        Fcpxml = "fcpxml",
        /// Final Cut Pro 7 XML, for Premiere and Resolve.
        Xmeml = "xmeml",
        /// A CMX 3600 edit decision list.
        Edl = "edl",
        /// A shot list.
        Csv = "csv",
        /// Spoken lines as SubRip subtitles.
        Srt = "srt",
        /// Spoken lines as WebVTT subtitles.
        Vtt = "vtt",
        /// Worksheets.
        Pdf = "pdf",
        /// One page with contact sheet, script and animatic.
        Html = "html",
        /// A folder of frames with a contact sheet.
        Png = "png",
        /// The project in one archive.
        Zip = "zip",
        /// The animatic as a GIF.
        Gif = "gif",
        /// The animatic as an animated WebP.
        Webp = "webp",
        /// The animatic as H.264 video.
        Mp4 = "mp4",
        /// The animatic as VP9 video.
        Webm = "webm",
        /// A readable treatment.
        Md = "md",
    }
}

impl Format {
    /// What it is for, in a few words.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Yaml => "the board as slateboard keeps it, edits newer than the file included",
            Self::Json => "the same as JSON, after the schema that `slateboard schema` prints",
            Self::Fountain => "a screenplay as plain text, shots as [[notes]]",
            Self::Fdx => "a Final Draft screenplay",
            Self::Storyboarder => "a project folder that Storyboarder 3 opens",
            Self::Otio => "OpenTimelineIO, every take as a media reference",
            Self::Fcpxml => "FCPXML 1.10 for Final Cut Pro and Resolve",
            Self::Xmeml => "Final Cut Pro 7 XML for Premiere and Resolve",
            Self::Edl => "a CMX 3600 edit decision list",
            Self::Csv => "the shot list, one row a shot",
            Self::Srt => "spoken lines as SubRip subtitles",
            Self::Vtt => "spoken lines as WebVTT subtitles",
            Self::Pdf => "worksheets with 1 to 12 panels a page",
            Self::Html => "one self-contained page: contact sheet, script, animatic",
            Self::Png => "a folder of frames with a contact sheet",
            Self::Zip => "the project in one archive: board, frames, feedback",
            Self::Gif => "the animatic as a GIF",
            Self::Webp => "the animatic as an animated WebP",
            Self::Mp4 => "the animatic as H.264 video, through ffmpeg",
            Self::Webm => "the animatic as VP9 video, through ffmpeg",
            Self::Md => "a readable treatment",
        }
    }

    /// Whether it is a folder rather than a file.
    #[must_use]
    pub const fn is_folder(self) -> bool {
        matches!(self, Self::Storyboarder | Self::Png)
    }
}
