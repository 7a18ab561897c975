//! The colours of the screen. Meaning is never by colour alone: marks and words say it too.
//!
//! A theme is a file: `themes/*.yaml` of the program, or `themes/*.yaml` of the person's configuration. It gives looks to
//! [`Scope`]s by their dotted names. A scope it does not name looks like the one above it (`take.picked` like `take`, that
//! like `text`); a theme that `inherits` another names only what differs.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;

macro_rules! scopes {
    ($($(#[$doc:meta])* $scope:ident = $name:literal,)+) => {
        /// A part of the screen that a theme gives its look to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Scope { $($(#[$doc])* $scope),+ }

        impl Scope {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$scope),+];

            /// Its name in a theme's file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$scope => $name),+ }
            }
        }
    };
}

scopes! {
    /// Everything that has no look of its own, and the screen behind it.
    Text = "text",
    /// What is there to be read when wanted.
    Quiet = "text.quiet",
    /// Headings of views.
    Title = "text.title",
    /// Names of people and things.
    Name = "text.name",
    /// Letters that a search found.
    Match = "text.match",
    /// Rules between views.
    Border = "border",
    /// The row under the cursor.
    Cursor = "cursor",
    /// Rows chosen together.
    Selected = "cursor.selected",
    /// Keys, where they are shown.
    Key = "key",
    /// What lies over the screen.
    Popup = "popup",
    /// The frame around it.
    PopupBorder = "popup.border",
    /// The last row's words.
    Status = "status",
    /// Something went wrong.
    Trouble = "status.trouble",
    /// How far something is: the part that is done.
    Progress = "progress",
    /// A take.
    Take = "take",
    /// What was accepted.
    Picked = "take.picked",
    /// What waits for a verdict.
    Undecided = "take.undecided",
    /// What was rejected.
    Rejected = "take.rejected",
    /// What is being written.
    Growing = "take.growing",
    /// A scene's brief.
    Brief = "take.brief",
    /// Who speaks.
    Speaker = "take.speaker",
    /// What is heard.
    Sound = "take.sound",
    /// Words that only the newer text has.
    Added = "diff.added",
    /// Words that only the older text has.
    Removed = "diff.removed",
    /// A shot's framing.
    Shot = "shot",
    /// Who stands where in it.
    Plan = "shot.plan",
    /// Its seconds, and other times.
    Time = "time",
}

/// What each part of the screen looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    name: String,
    styles: Vec<Style>,
    frame: Option<Paper>,
}

/// What shots are drawn with in a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The lines.
    pub ink: Color,
    /// What is drawn on.
    pub paper: Color,
}

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// None, or none are wanted.
    None,
    /// Sixteen, which the person chose.
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// All.
    #[default]
    True,
}

impl Depth {
    /// A colour in red, green and blue as it is told a terminal of so many: the nearest of xterm's where not all are known.
    #[must_use]
    pub fn told(self, [red, green, blue]: [u8; 3]) -> Color {
        match self {
            Self::True => Color::Rgb(red, green, blue),
            Self::None | Self::Sixteen | Self::Indexed => Color::Indexed(nearest(red, green, blue)),
        }
    }

    /// The theme that stands in for one with more colours; `None` where there are enough for all.
    #[must_use]
    pub const fn stand_in(self) -> Option<&'static str> {
        match self {
            Self::None => Some(MONO),
            Self::Sixteen => Some(SIXTEEN),
            Self::Indexed | Self::True => None,
        }
    }
}

/// A theme's file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    inherits: Option<String>,
    palette: BTreeMap<String, Color>,
    looks: BTreeMap<String, Look>,
    frame: Option<Paper>,
}

/// What a scope looks like, as the file says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Look {
    /// A colour of the palette, or any that ratatui can read.
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underlined: bool,
    reversed: bool,
    crossed: bool,
}

/// Why a theme cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    /// It is not of the form.
    #[error("theme {name}: {why}")]
    Form {
        /// The theme.
        name: String,
        /// What and where.
        why: String,
    },
    /// It names a part of the screen that there is not.
    #[error("theme {name}: there is no part {scope}")]
    NoScope {
        /// The theme.
        name: String,
        /// The name.
        scope: String,
    },
    /// It names a colour that there is not.
    #[error("theme {name}: {scope} has the colour {colour}, which neither its palette nor the terminal knows")]
    NoColour {
        /// The theme.
        name: String,
        /// Where.
        scope: String,
        /// The colour.
        colour: String,
    },
    /// It inherits from a theme that there is not, or that inherits from it.
    #[error("theme {name}: it inherits {from}, which is no other theme")]
    NoParent {
        /// The theme.
        name: String,
        /// The one it names.
        from: String,
    },
}

impl ThemeError {
    /// Which theme it is about.
    fn theme(&self) -> &str {
        match self {
            Self::Form { name, .. } | Self::NoScope { name, .. } | Self::NoColour { name, .. } => name,
            Self::NoParent { name, .. } => name,
        }
    }
}

/// The themes that come with the program, the first one first.
const BUILT_IN: &[(&str, &str)] = &[
    ("slate", include_str!("../../themes/slate.yaml")),
    ("night", include_str!("../../themes/night.yaml")),
    ("dusk", include_str!("../../themes/dusk.yaml")),
    ("paper", include_str!("../../themes/paper.yaml")),
    ("contrast", include_str!("../../themes/contrast.yaml")),
    (MONO, include_str!("../../themes/mono.yaml")),
];

/// The theme for terminals without colours.
pub const MONO: &str = "mono";
/// The theme for terminals with sixteen colours: the first one.
const SIXTEEN: &str = "slate";

impl Theme {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a part of the screen looks like.
    #[must_use]
    pub fn style(&self, scope: Scope) -> Style {
        self.styles.get(scope as usize).copied().unwrap_or_default()
    }

    /// What shots are drawn with; `None` for the frame style's own ink and paper.
    #[must_use]
    pub fn frame(&self) -> Option<Paper> {
        self.frame
    }

    /// The theme as a terminal with so many colours shows it: colours it lacks become the nearest ones, and where there are
    /// too few to tell them apart, the theme made for that stands in.
    fn at_depth(self, depth: Depth, find: &dyn Fn(&str) -> Option<File>) -> Self {
        // What stands in for a theme draws its frames too: dark paper on a light screen would be neither.
        let stands_in = |name: &str| {
            let (styles, frame) =
                Self::resolve(name, find).map(|theme| (theme.styles, theme.frame)).unwrap_or_default();
            Self { name: self.name.clone(), styles, frame }
        };
        let true_colours =
            || self.styles.iter().any(|style| [style.fg, style.bg].iter().any(|c| matches!(c, Some(Color::Rgb(..)))));
        match depth {
            Depth::None => stands_in(MONO),
            Depth::Sixteen if true_colours() => stands_in(SIXTEEN),
            Depth::True | Depth::Sixteen => self,
            Depth::Indexed => Self { styles: self.styles.into_iter().map(indexed).collect(), ..self },
        }
    }

    /// A theme with what it inherits.
    fn resolve(name: &str, find: &dyn Fn(&str) -> Option<File>) -> Result<Self, ThemeError> {
        let mut whole = File::default();
        let mut next = Some(name.to_owned());
        let mut passed: Vec<String> = Vec::new();
        while let Some(at) = next {
            let no_parent = || ThemeError::NoParent { name: name.to_owned(), from: at.clone() };
            let file = find(&at).ok_or_else(no_parent)?;
            if passed.contains(&at) {
                return Err(no_parent());
            }
            passed.push(at);
            for (scope, look) in file.looks {
                whole.looks.entry(scope).or_insert(look);
            }
            for (colour, value) in file.palette {
                whole.palette.entry(colour).or_insert(value);
            }
            whole.frame = whole.frame.or(file.frame);
            next = file.inherits;
        }
        for scope in whole.looks.keys() {
            if !Scope::ALL.iter().any(|known| known.name() == scope) {
                return Err(ThemeError::NoScope { name: name.to_owned(), scope: scope.clone() });
            }
        }
        let style = |scope: &Scope| whole.style(name, scope.name());
        let styles = Scope::ALL.iter().map(style).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { name: name.to_owned(), styles, frame: whole.frame })
    }
}

/// All themes there are. One is read when it is first shown: a start shows one of them.
pub struct Themes {
    files: Vec<(String, Cow<'static, str>)>,
    depth: Depth,
    read: Vec<OnceCell<Option<Theme>>>,
}

impl Themes {
    /// Those of the program, and `files` (name and text) over them, for a terminal with so many colours; and what is wrong
    /// with those files, which are left out.
    #[must_use]
    pub fn new(files: Vec<(String, String)>, depth: Depth) -> (Self, Vec<ThemeError>) {
        let own = BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), Cow::Borrowed(*text)));
        let mut themes = Self { files: own.collect(), depth, read: Vec::new() };
        let mut errors = Vec::new();
        let mut checked = Vec::new();
        for (name, text) in files {
            match File::read(&name, &text) {
                Err(error) => errors.push(error),
                Ok(_) => {
                    themes.files.retain(|(other, _)| *other != name);
                    themes.files.push((name.clone(), Cow::Owned(text)));
                    checked.push(name);
                }
            }
        }
        // One may inherit from another that comes behind it, and one of the program's from one that stands in its place.
        let wrong = |name: &String| Theme::resolve(name, &|name| themes.file(name)).err();
        let wrong: Vec<ThemeError> = checked.iter().filter_map(wrong).collect();
        themes.files.retain(|(name, _)| wrong.iter().all(|error| error.theme() != name));
        errors.extend(wrong);
        themes.read = themes.files.iter().map(|_| OnceCell::new()).collect();
        (themes, errors)
    }

    /// Their names, the first one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(name, _)| name.as_str())
    }

    /// The theme of that name, else the first one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Theme> {
        let at = self.names().position(|known| known == name).unwrap_or(0);
        let read = |name: &str| {
            let find = |name: &str| self.file(name);
            Theme::resolve(name, &find).ok().map(|theme| theme.at_depth(self.depth, &find))
        };
        self.read.get(at)?.get_or_init(|| read(&self.files.get(at)?.0)).as_ref()
    }

    fn file(&self, name: &str) -> Option<File> {
        let (_, text) = self.files.iter().find(|(known, _)| known == name)?;
        File::read(name, text).ok()
    }
}

impl File {
    fn read(name: &str, text: &str) -> Result<Self, ThemeError> {
        let wrong = |error: serde_yaml::Error| ThemeError::Form { name: name.to_owned(), why: error.to_string() };
        serde_yaml::from_str::<Option<Self>>(text).map(Option::unwrap_or_default).map_err(wrong)
    }

    /// The look of a scope: its own, else that of the nearest one above it.
    fn style(&self, theme: &str, scope: &str) -> Result<Style, ThemeError> {
        let mut name = scope;
        loop {
            if let Some(look) = self.looks.get(name) {
                return look.style(&self.palette).map_err(|colour| ThemeError::NoColour {
                    name: theme.to_owned(),
                    scope: name.to_owned(),
                    colour,
                });
            }
            match name.rsplit_once('.') {
                Some((above, _)) => name = above,
                None => return Ok(Style::new()),
            }
        }
    }
}

impl Look {
    fn style(&self, palette: &BTreeMap<String, Color>) -> Result<Style, String> {
        let colour = |name: &Option<String>| {
            let known = |name: &String| palette.get(name).copied().or_else(|| name.parse().ok());
            name.as_ref().map(|name| known(name).ok_or_else(|| name.clone())).transpose()
        };
        let mut style = Style { fg: colour(&self.fg)?, bg: colour(&self.bg)?, ..Style::new() };
        for (on, modifier) in [
            (self.bold, Modifier::BOLD),
            (self.dim, Modifier::DIM),
            (self.italic, Modifier::ITALIC),
            (self.underlined, Modifier::UNDERLINED),
            (self.reversed, Modifier::REVERSED),
            (self.crossed, Modifier::CROSSED_OUT),
        ] {
            if on {
                style = style.add_modifier(modifier);
            }
        }
        Ok(style)
    }
}

/// Whether a file is a theme of the screen, as far as it can be read; frame styles live in the same folders.
#[must_use]
pub fn is_theme(yaml: &str) -> bool {
    yaml.lines().any(|line| ["looks:", "inherits:"].iter().any(|name| line.starts_with(name)))
}

/// The style in the nearest colours of xterm's 256.
fn indexed(style: Style) -> Style {
    let near = |colour: Option<Color>| {
        colour.map(|colour| match colour {
            Color::Rgb(red, green, blue) => Color::Indexed(nearest(red, green, blue)),
            other => other,
        })
    };
    Style { fg: near(style.fg), bg: near(style.bg), ..style }
}

/// The nearest colour of xterm's cube (16 to 231) and its greys (232 to 255), by the sum of squared differences.
fn nearest(red: u8, green: u8, blue: u8) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let step = |value: u8| {
        let near = STEPS.iter().enumerate().min_by_key(|(_, step)| step.abs_diff(value));
        near.map_or((0, 0), |(at, step)| (u8::try_from(at).unwrap_or(0), *step))
    };
    let far = |r: u8, g: u8, b: u8| {
        let part = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        part(r, red) + part(g, green) + part(b, blue)
    };
    let ((r, red_step), (g, green_step), (b, blue_step)) = (step(red), step(green), step(blue));
    let mean = (u16::from(red) + u16::from(green) + u16::from(blue)) / 3;
    let grey = u8::try_from((mean.saturating_sub(3) / 10).min(23)).unwrap_or(23);
    let grey_step = 8 + 10 * grey;
    if far(grey_step, grey_step, grey_step) < far(red_step, green_step, blue_step) {
        232 + grey
    } else {
        16 + 36 * r + 6 * g + b
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, WCAG 2.2.
    fn luminance(colour: Color) -> f64 {
        let Color::Rgb(red, green, blue) = colour else { panic!("{colour} is not told in numbers") };
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue)
    }

    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_word_of_the_coloured_themes_passes_wcag_aa_on_every_ground_it_stands_on() {
        let (themes, _) = read(&[]);
        for name in ["contrast", "night", "dusk", "paper"] {
            let theme = find(&themes, name);
            let ground = |scope| theme.style(scope).bg.unwrap_or_else(|| panic!("{name}: {scope:?} has no ground"));
            let grounds = [ground(Scope::Text), ground(Scope::Popup), ground(Scope::Cursor)];
            for scope in Scope::ALL {
                let words = theme.style(*scope).fg.unwrap_or(theme.style(Scope::Text).fg.unwrap());
                // Rules and frames are no text: 3 to 1 is asked of them, and they never stand under the cursor.
                let rule = matches!(scope, Scope::Border | Scope::PopupBorder);
                let (least, grounds) = match (rule, name) {
                    (true, _) => (3.0, &grounds[..2]),
                    (false, _) => (4.5, &grounds[..]),
                };
                for ground in grounds {
                    let seen = contrast(words, *ground);
                    assert!(seen >= least, "{name}: {} {seen:.2} to 1 on {ground}", scope.name());
                }
                if name == "contrast" && !rule {
                    assert!(contrast(words, grounds[0]) >= 7.0, "{} is not of high contrast", scope.name());
                }
            }
        }
    }

    #[test]
    fn a_terminal_with_few_colours_gets_none_that_it_lacks() {
        let themes = |depth| {
            let (themes, _) = Themes::new(Vec::new(), depth);
            themes.names().map(|name| themes.get(name).unwrap().clone()).collect::<Vec<_>>()
        };
        let colours =
            |theme: &Theme| theme.styles.iter().flat_map(|style| [style.fg, style.bg]).flatten().collect::<Vec<_>>();
        for theme in themes(Depth::None) {
            assert_eq!(colours(&theme), [], "{}", theme.name());
            assert!(theme.style(Scope::Cursor).add_modifier.contains(Modifier::REVERSED));
        }
        for theme in themes(Depth::Sixteen).iter().chain(&themes(Depth::Indexed)) {
            assert!(!colours(theme).iter().any(|colour| matches!(colour, Color::Rgb(..))), "{}", theme.name());
        }
    }

    #[test]
    fn the_nearest_of_256_colours_is_found() {
        for ((red, green, blue), index) in
            [((0, 0, 0), 16), ((255, 255, 255), 231), ((255, 0, 0), 196), ((120, 120, 120), 243), ((95, 135, 175), 67)]
        {
            assert_eq!(nearest(red, green, blue), index, "{red} {green} {blue}");
        }
    }

    #[test]
    fn a_theme_names_what_shots_are_drawn_with() {
        let (themes, _) = read(&[("child", "inherits: paper")]);
        let paper = Paper { ink: Color::Rgb(0x2b, 0x2a, 0x2e), paper: Color::Rgb(0xf4, 0xef, 0xe4) };
        assert_eq!(find(&themes, "child").frame(), Some(paper));
        assert_eq!(find(&themes, "slate").frame(), None);
        let (sixteen, _) = Themes::new(Vec::new(), Depth::Sixteen);
        assert_eq!(sixteen.get("night").unwrap().frame(), None, "what stands in for it draws in its own");
    }

    fn read(files: &[(&str, &str)]) -> (Vec<Theme>, Vec<ThemeError>) {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let (themes, errors) = Themes::new(files, Depth::True);
        (themes.names().map(|name| themes.get(name).unwrap().clone()).collect(), errors)
    }

    fn find<'a>(themes: &'a [Theme], name: &str) -> &'a Theme {
        themes.iter().find(|theme| theme.name() == name).unwrap()
    }

    #[test]
    fn the_themes_that_come_with_the_program_can_be_read() {
        let (themes, errors) = read(&[]);
        assert_eq!(errors, []);
        assert_eq!(themes.len(), BUILT_IN.len());
    }

    #[test]
    fn a_part_without_a_look_looks_like_the_one_above_it() {
        let (themes, errors) = read(&[("mine", "looks: {take: {fg: red}, take.picked: {bold: true}}")]);
        assert_eq!(errors, []);
        let mine = find(&themes, "mine");
        assert_eq!(mine.style(Scope::Growing), Style::new().fg(Color::Red));
        assert_eq!(mine.style(Scope::Picked), Style::new().bold());
        assert_eq!(mine.style(Scope::Key), Style::new());
    }

    #[test]
    fn a_theme_that_inherits_names_only_what_differs() {
        let (themes, errors) = read(&[
            ("base", "{palette: {leaf: '#00ff00'}, looks: {take.picked: {fg: leaf}, key: {fg: leaf}}}"),
            ("child", "{inherits: base, palette: {leaf: '#008800'}, looks: {key: {fg: blue}}}"),
        ]);
        assert_eq!(errors, []);
        let child = find(&themes, "child");
        assert_eq!(child.style(Scope::Picked).fg, Some(Color::Rgb(0, 0x88, 0)));
        assert_eq!(child.style(Scope::Key).fg, Some(Color::Blue));
    }

    #[test]
    fn a_wrong_theme_is_said_and_the_others_hold() {
        let (themes, errors) = read(&[
            ("a", "looks: {taek: {fg: red}}"),
            ("b", "looks: {take: {fg: leaf}}"),
            ("c", "inherits: d"),
            ("d", "inherits: c"),
            ("e", "looks: {take: {colour: red}}"),
        ]);
        assert_eq!(themes.len(), BUILT_IN.len());
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 5, "{said:?}");
        assert!(said.iter().any(|words| words == "theme a: there is no part taek"), "{said:?}");
        assert!(said.iter().any(|words| words.contains("leaf")), "{said:?}");
    }
}
