//! Every format as another program reads it.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::place::{BINARY, Place, root, tool};

/// A board whose dialogue has a character of every block of Unicode that text may have, and what YAML trips over.
fn babel(place: &Place) {
    let every: String = (0..0x11_0000_u32)
        .step_by(0x80)
        .filter_map(|at| (at..at + 0x80).find_map(|c| char::from_u32(c).filter(|c| c.is_alphanumeric())))
        .collect();
    let letters: Vec<char> = every.chars().collect();
    let tricky =
        ["no", "yes", "on", "1:30", "012", "1e3", "~", "=", "<<", "- a: b # c", "\"'\"", "]]>", "--> x", "<b>&amp;"];
    let lines = letters.chunks(60).map(|part| part.iter().collect::<String>()).chain(tricky.map(str::to_owned));
    let mut board: Value = place.json(&["show", "the-keeper.yaml", "--json"]);
    let dialogue: Vec<Value> = lines.map(|line| json!({ "speaker": "MARA", "line": line })).collect();
    board["scenes"][0]["takes"][0]["dialogue"] = dialogue.into();
    board["scenes"].as_array_mut().unwrap().truncate(1);
    fs::write(place.at("babel.json"), board.to_string()).unwrap();
    place.done(&["import", "babel.json", "--out", "babel.yaml"]);
}

fn spoken(board: &Value) -> Vec<String> {
    let dialogue = board["scenes"][0]["takes"][0]["dialogue"].as_array().unwrap();
    dialogue.iter().map(|speech| speech["line"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_unicode_block_survives_every_format_that_has_speech() {
    let place = Place::new();
    babel(&place);
    let expected = spoken(&place.json(&["show", "babel.yaml", "--json"]));
    assert!(expected.len() > 20);
    for (to, file) in [
        ("yaml", "b.yaml"),
        ("json", "b.json"),
        ("fountain", "b.fountain"),
        ("fdx", "b.fdx"),
        ("csv", "b.csv"),
        ("otio", "b.otio"),
        ("storyboarder", "project"),
    ] {
        place.export("babel.yaml", to, file, &["--size", "64x36"]);
        let out = format!("{to}-back.yaml");
        place.done(&["import", file, "--out", &out]);
        assert_eq!(spoken(&place.json(&["show", &out, "--json"])), expected, "{to}");
    }
    let yaml = place.read("yaml", "b.yaml", &[]);
    assert_eq!(spoken(&yaml["pyyaml"]), expected);
    assert_eq!(spoken(&yaml["ruamel"]), expected);
}

#[test]
fn fountain_parsers_find_the_scenes_and_the_speeches() {
    let place = Place::new();
    let left = place.export("the-keeper.yaml", "fountain", "k.fountain", &[]);
    assert!(left.contains("left out: frames and the bible\n"), "{left}");
    let one = place.read("screenplain", "k.fountain", &[]);
    let kinds = |kind: &str| one.as_array().unwrap().iter().filter(|p| p["kind"] == kind).count();
    assert_eq!((kinds("Slug"), kinds("Dialog")), (8, 1));
    let slug = one.as_array().unwrap().iter().find(|p| p["kind"] == "Slug").unwrap();
    assert_eq!(slug["text"], "EXT. ROCKY SHORE - DAWN");
    let dialog = one.as_array().unwrap().iter().find(|p| p["kind"] == "Dialog").unwrap();
    assert_eq!((&dialog["character"], &dialog["blocks"][0]), (&"MARA".into(), &"Who are you, then?".into()));
    let two = place.read("jouvence", "k.fountain", &[]);
    assert_eq!(two["title"]["title"], "The Keeper");
    let headers: Vec<&str> =
        two["scenes"].as_array().unwrap().iter().filter_map(|scene| scene["header"].as_str()).collect();
    assert!(headers[0].starts_with("EXT. ROCKY SHORE - DAWN") && headers.len() == 8, "{headers:?}");
}

#[test]
fn opentimelineio_reads_a_shot_as_a_clip_and_a_take_as_its_media() {
    let place = Place::new();
    place.done(&["verdict", "the-keeper.yaml", "1", "1", "accept", "--reason", "the sea is right"]);
    place.export("the-keeper.yaml", "otio", "k.otio", &["--size", "64x36"]);
    let read = place.read("otio", "k.otio", &[]);
    assert_eq!((&read["schema"], &read["name"]), (&"Timeline.1".into(), &"The Keeper".into()));
    assert_eq!((read["duration"].as_f64(), read["clips"].as_array().map(Vec::len)), (Some(17.0 * 24.0), Some(4)));
    let clip = &read["clips"][0];
    let take = "01J9Z0W1F3V7C2P5K8D4H6T9SA";
    assert_eq!((&clip["active"], &clip["references"][take]), (&take.into(), &"ExternalReference".into()));
    let picture = place.at(clip["urls"][take].as_str().unwrap());
    assert_eq!(image::image_dimensions(picture).unwrap(), (64, 36));
    let verdict = clip["markers"].as_array().unwrap().iter().find(|marker| marker["name"] == "accept").unwrap();
    assert_eq!((&verdict["color"], &verdict["comment"]), (&"GREEN".into(), &"accept by Anna: the sea is right".into()));
}

#[test]
fn edits_read_back_cut_for_cut_through_the_otio_adapters() {
    let place = Place::new();
    for fps in ["23.976", "24", "25", "29.97", "60"] {
        let yaml = fs::read_to_string(root().join("storyboards/the-keeper.yaml")).unwrap();
        fs::write(place.at("f.yaml"), yaml.replace("fps: 24\n", &format!("fps: {fps}\n"))).unwrap();
        let exact: f64 = match fps {
            "23.976" => 24000.0 / 1001.0,
            "29.97" => 30000.0 / 1001.0,
            whole => whole.parse().unwrap(),
        };
        let cuts: Vec<f64> = [4.0, 9.0, 12.0, 17.0].iter().map(|seconds| (seconds * exact).round()).collect();
        let frames: Vec<f64> = cuts.iter().zip([0.0].iter().chain(&cuts)).map(|(end, start)| end - start).collect();
        let lengths = |read: &Value| -> Vec<f64> {
            read["clips"].as_array().unwrap().iter().map(|clip| clip["frames"].as_f64().unwrap()).collect()
        };
        place.export("f.yaml", "xmeml", "f.xml", &["--no-frames", "--force"]);
        let xmeml = place.read("otio", "f.xml", &["fcp_xml"]);
        assert_eq!(lengths(&xmeml), frames, "xmeml at {fps}");
        assert!((xmeml["clips"][0]["rate"].as_f64().unwrap() - exact).abs() < 0.01, "{fps}");
        place.export("f.yaml", "edl", "f.edl", &["--no-frames", "--force"]);
        let nominal = exact.ceil().to_string();
        let edl = place.read("otio", "f.edl", &["cmx_3600", &nominal]);
        assert_eq!(lengths(&edl), frames, "edl at {fps}");
        assert_eq!(edl["clips"][1]["name"], "1-2");
        place.export("f.yaml", "fcpxml", "f.fcpxml", &["--no-frames", "--force"]);
        let fcpx = place.read("otio", "f.fcpxml", &["fcpx_xml"]);
        let names: Vec<&str> =
            fcpx["clips"].as_array().unwrap().iter().filter_map(|clip| clip["name"].as_str()).collect();
        assert_eq!(names, ["1-1", "1-2", "1-3", "1-4"]);
        if exact.fract() == 0.0 {
            // The adapter counts with whole rates only; unit tests look at the fractions.
            assert_eq!(lengths(&fcpx), frames, "fcpxml at {fps}");
        }
    }
}

#[test]
fn fcpxml_is_valid_by_the_published_definition() {
    let place = Place::new();
    let schema = root().join("tests/readers/fcpxml.dtd");
    for board in ["the-keeper.yaml", "last-save.yaml", "le-dernier-croissant.yaml"] {
        for more in [&["--force", "--size", "64x36"][..], &["--force", "--no-frames", "--no-provenance"]] {
            place.export(board, "fcpxml", "f.fcpxml", more);
            assert_eq!(place.read("dtd", "f.fcpxml", &[schema.to_str().unwrap()]), json!([]), "{board} {more:?}");
        }
    }
    let broken = fs::read_to_string(place.at("f.fcpxml")).unwrap().replace("<spine>", "<spine><note>no</note>");
    fs::write(place.at("f.fcpxml"), broken).unwrap();
    assert_ne!(
        place.read("dtd", "f.fcpxml", &[schema.to_str().unwrap()]),
        json!([]),
        "the definition refuses something"
    );
}

#[test]
fn edits_of_one_board_share_their_frames_until_they_differ() {
    let place = Place::new();
    for to in ["otio", "fcpxml", "xmeml", "edl"] {
        place.export("the-keeper.yaml", to, &format!("k.{to}"), &["--size", "64x36"]);
    }
    fs::write(place.at("k.frames/mine.txt"), "notes").unwrap();
    let (code, said) =
        place.fails(&["export", "the-keeper.yaml", "--to", "yaml", "--portable", "--out", "k.yaml", "--size", "80x36"]);
    assert!(code == 1 && said.contains("k.frames/scene-1-shot-01.png is there already"), "{said}");
    assert!(!place.at("k.yaml").exists(), "nothing was written");
    place.export("the-keeper.yaml", "xmeml", "k.xmeml", &["--size", "80x36", "--force"]);
    assert_eq!(image::image_dimensions(place.at("k.frames/scene-1-shot-01.png")).unwrap(), (80, 36));
    assert!(place.at("k.frames/mine.txt").exists(), "what others put there stays");
}

#[test]
fn an_export_says_what_of_this_board_it_left_out() {
    let place = Place::new();
    place.done(&["verdict", "the-keeper.yaml", "1", "1", "accept"]);
    for (to, words) in [
        ("yaml", "verdicts"),
        ("fountain", "frames, the bible and verdicts"),
        ("fdx", "sound, shots, staging, frames, the bible and verdicts"),
        ("csv", "frames, the bible and verdicts"),
        ("srt", "briefs, action, sound, shots, staging, frames, the bible and verdicts"),
        ("md", "staging, frames and verdicts"),
    ] {
        let (_, said) = place.done(&["export", "the-keeper.yaml", "--to", to, "--out", "-"]);
        assert!(said.lines().any(|line| line.ends_with(&format!("left out: {words}"))), "{to}: {said}");
    }
    let (_, said) = place.done(&["export", "last-save.yaml", "--to", "yaml", "--out", "-"]);
    assert_eq!(said, "", "nothing of this board is lost, and nothing is said");
    let gif = ["--size", "64x36", "--fps", "2"];
    let said = place.export("the-keeper.yaml", "gif", "k.gif", &gif);
    assert!(said.contains("left out: briefs, action, speech, sound"), "{said}");
    let said = place.export("the-keeper.yaml", "gif", "c.gif", &[&gif[..], &["--captions"]].concat());
    assert!(said.contains("left out: briefs, action, sound"), "{said}");
}

#[test]
fn subtitles_and_tables_are_read_by_others() {
    let place = Place::new();
    place.export("the-keeper.yaml", "srt", "k.srt", &[]);
    assert_eq!(place.read("srt", "k.srt", &[]), json!([["00:00:00,000", "00:00:02,083", "MARA: Who are you, then?"]]));
    place.export("the-keeper.yaml", "vtt", "k.vtt", &[]);
    assert_eq!(
        place.read("vtt", "k.vtt", &[]),
        json!([["00:00:00.000", "00:00:02.083", "Who are you, then?", "MARA"]])
    );
    place.export("the-keeper.yaml", "csv", "k.csv", &["--columns", "scene,shot,size,start"]);
    let rows = place.read("csv", "k.csv", &[]);
    assert_eq!(rows[1], json!({ "scene": "1", "shot": "2", "size": "medium", "start": "00:00:04:00" }));
    place.export("the-keeper.yaml", "fdx", "k.fdx", &[]);
    assert_eq!(place.read("xml", "k.fdx", &[])["tag"], "FinalDraft");
}

#[test]
fn an_export_overwrites_only_when_told_to_and_leaves_no_trace_of_a_failure() {
    let place = Place::new();
    place.export("the-keeper.yaml", "md", "k.md", &[]);
    let before = fs::read(place.at("k.md")).unwrap();
    let (code, said) = place.fails(&["export", "the-keeper.yaml", "--to", "fdx", "--out", "k.md"]);
    assert_eq!(code, 1);
    assert!(said.contains("already") && said.contains("--force"), "{said}");
    assert_eq!(fs::read(place.at("k.md")).unwrap(), before);
    place.export("last-save.yaml", "md", "k.md", &["--force"]);
    assert_ne!(fs::read(place.at("k.md")).unwrap(), before);
    let (code, _) = place.fails(&["export", "the-keeper.yaml", "--to", "md", "--out", "nowhere/k.md"]);
    assert_eq!(code, 1);
    let (code, said) = place.fails(&["export", "the-keeper.yaml", "--to", "storyboarder", "--out", "-"]);
    assert_eq!(code, 2, "{said}");
    assert!(place.names().iter().all(|name| !name.starts_with(".slateboard")), "{:?}", place.names());
}

#[test]
fn provenance_goes_along_unless_told_not_to() {
    let place = Place::new();
    place.export("the-keeper.yaml", "otio", "k.otio", &["--size", "64x36", "--manifest", "k.json"]);
    let manifest: Value = serde_json::from_slice(&fs::read(place.at("k.json")).unwrap()).unwrap();
    assert_eq!(manifest["source"], "hand");
    assert!(manifest["statement"].as_str().unwrap().contains("no text here comes from a model"));
    let picture = place.read("picture", "k.frames/scene-1-shot-01.png", &[]);
    assert!(picture["text"]["XML:com.adobe.xmp"].as_str().unwrap().contains("digitalCreation"), "{picture}");
    place.export("the-keeper.yaml", "otio", "k.otio", &["--size", "64x36", "--no-provenance", "--force"]);
    assert_eq!(place.read("picture", "k.frames/scene-1-shot-01.png", &[])["text"], json!({}));
    assert!(!fs::read_to_string(place.at("k.otio")).unwrap().contains("digital_source_type"));
}

#[test]
fn a_script_comes_in_and_comes_in_again() {
    let place = Place::new();
    let script = "Title: Twice\n\nEXT. SHORE - DAWN\n\nMARA (60s), in a yellow coat, climbs over wet rocks.\n\nMARA\nWho are you?\n\n\
                  INT. STAIR - DAY\n\nShe carries the bottle up, landing after landing.\n";
    fs::write(place.at("s.fountain"), script).unwrap();
    let (said, _) = place.done(&["import", "s.fountain", "--out", "s.yaml"]);
    assert!(said.contains("new in the bible: MARA, SHORE, STAIR"), "{said}");
    let board = place.json(&["show", "s.yaml", "--json"]);
    assert_eq!(board["bible"]["characters"][0]["look"], "60s, in a yellow coat");
    place.done(&["check", "s.yaml"]);
    fs::write(place.at("s.fountain"), script.replace("STAIR", "LIGHTHOUSE STAIR").replace("bottle", "green bottle"))
        .unwrap();
    let preview = place.json(&["import", "s.fountain", "--out", "s.yaml", "--dry-run", "--json"]);
    assert_eq!((&preview["written"], &preview["scenes"][1]["what"]), (&false.into(), &"changed".into()));
    assert_eq!(place.json(&["show", "s.yaml", "--json"]), board, "a preview writes nothing");
    place.done(&["import", "s.fountain", "--out", "s.yaml"]);
    let again = place.json(&["show", "s.yaml", "--json"]);
    assert_eq!(again["scenes"][1]["id"], board["scenes"][1]["id"]);
    assert_eq!(again["scenes"][1]["takes"].as_array().unwrap().len(), 2);
    assert_eq!(
        fs::read_to_string(place.at("s.fountain")).unwrap().matches("LIGHTHOUSE").count(),
        1,
        "the script is never written"
    );
}

#[test]
fn hostile_files_are_refused_in_words_and_write_nothing() {
    let place = Place::new();
    fs::File::create(place.at("big.fountain")).unwrap().set_len(200 << 20).unwrap();
    fs::write(place.at("latin.fountain"), b"EXT. CAF\xc9 - DAY\n").unwrap();
    fs::write(place.at("bomb.fdx"), "<!DOCTYPE a [<!ENTITY b 'x'>]><FinalDraft><Content>&b;</Content></FinalDraft>")
        .unwrap();
    fs::write(place.at("cut.fountain"), "\n\n").unwrap();
    fs::write(place.at("half.fdx"), "<FinalDraft><Content><Paragraph>").unwrap();
    fs::write(place.at("half.otio"), "{\"OTIO_SCHEMA\": \"Timeline.1\", ").unwrap();
    fs::write(place.at("table.csv"), "name,age\nA,3\n").unwrap();
    fs::write(place.at("what.docx"), "x").unwrap();
    for (file, code, words) in [
        ("big.fountain", 3, "200 MiB"),
        ("latin.fountain", 3, "not UTF-8"),
        ("bomb.fdx", 3, "entities"),
        ("cut.fountain", 3, "no scene"),
        ("half.fdx", 3, "breaks off"),
        ("half.otio", 3, "OpenTimelineIO"),
        ("table.csv", 3, "no column"),
        ("what.docx", 2, "no kind"),
        ("none.fountain", 1, "could not be read"),
    ] {
        let (found, said) = place.fails(&["import", file, "--out", "x.yaml"]);
        assert_eq!(found, code, "{file}: {said}");
        assert!(said.contains(words), "{file}: {said}");
        assert!(!place.at("x.yaml").exists() && !place.at("x.slate").exists(), "{file}");
    }
}

#[test]
fn a_worksheet_has_words_that_can_be_found_in_any_script() {
    let place = Place::new();
    let mut board: Value = place.json(&["show", "the-keeper.yaml", "--json"]);
    let words = ["灯台守は瓶を見つける", "Смотритель маяка", "Φύλακας του φάρου", "Gardienne ï Ő ş", "守灯塔的人"];
    for (shot, words) in board["scenes"][0]["takes"][0]["shots"].as_array_mut().unwrap().iter_mut().zip(words) {
        shot["description"] = words.into();
    }
    board["title"] = "灯台守".into();
    fs::write(place.at("cjk.json"), board.to_string()).unwrap();
    place.done(&["import", "cjk.json", "--out", "cjk.yaml"]);
    place.export("cjk.yaml", "pdf", "w.pdf", &["--panels", "2", "--footer", "for the crew"]);
    let text = tool(&place, "pdftotext", &["-layout", "w.pdf", "-"]);
    for words in words.iter().take(4).chain(["灯台守", "for the crew", "no text here comes from a model", "1/2"].iter())
    {
        assert!(text.contains(words), "{words} is not in:\n{text}");
    }
    assert!(text.contains("EXT. ROCKY SHORE - DAWN"), "a page of one scene has its heading:\n{text}");
    let info = tool(&place, "pdfinfo", &["w.pdf"]);
    assert!(info.contains("Pages:           2") && info.contains("slateboard"), "{info}");
    let fonts = tool(&place, "pdffonts", &["w.pdf"]);
    assert!(fonts.lines().skip(2).all(|line| line.contains("yes yes yes")), "embedded, subset, Unicode:\n{fonts}");
    assert!(fs::metadata(place.at("w.pdf")).unwrap().len() < 3_000_000, "only the glyphs used are in the file");
    tool(&place, "pdftoppm", &["-r", "40", "-png", "w.pdf", "page"]);
    let page = image::open(place.at("page-1.png")).unwrap().into_luma8();
    let dark = page.pixels().filter(|pixel| pixel[0] < 128).count();
    assert!(dark > 500, "the page is not empty");
}

#[test]
fn a_page_with_several_scenes_says_which() {
    let place = Place::new();
    fs::copy(root().join("docs/twenty-four.yaml"), place.at("many.yaml")).unwrap();
    place.export("many.yaml", "pdf", "many.pdf", &["--panels", "12"]);
    let text = tool(&place, "pdftotext", &["-layout", "-l", "1", "many.pdf", "-"]);
    assert!(
        text.lines().next().is_some_and(|top| top.contains("1–5") && top.contains("EXT. DESERT - DAY …")),
        "{text}"
    );
}

#[test]
fn every_layout_of_a_worksheet_can_be_drawn_by_another_program() {
    let place = Place::new();
    for (panels, orientation, reading) in [
        ("1", "landscape", "left-to-right"),
        ("3", "portrait", "left-to-right"),
        ("9", "landscape", "japanese"),
        ("12", "portrait", "japanese"),
    ] {
        let layout =
            ["--panels", panels, "--orientation", orientation, "--reading", reading, "--paper", "letter", "--force"];
        place.export("the-keeper.yaml", "pdf", "w.pdf", &layout);
        let pages = if panels == "1" {
            4
        } else if panels == "3" {
            2
        } else {
            1
        };
        assert!(tool(&place, "pdfinfo", &["w.pdf"]).contains(&format!("Pages:           {pages}")), "{panels}");
        tool(&place, "pdftoppm", &["-r", "20", "-png", "w.pdf", "page"]);
    }
}

#[test]
fn a_page_shows_its_frames_and_plays_in_chromium() {
    let place = Place::new();
    place.export("the-keeper.yaml", "html", "k.html", &[]);
    let chromium = ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find(|name| Command::new(name).arg("--version").output().is_ok())
        .unwrap_or("chromium");
    let url = format!("file://{}", place.at("k.html").display());
    let common = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=3000"];
    let dom = tool(&place, chromium, &[&common[..], &["--dump-dom", &url]].concat());
    assert_eq!(dom.matches("<img id=").count(), 4);
    // The script ran: the player has been given its first picture.
    let play = format!("{url}#play");
    let dom = tool(&place, chromium, &[&common[..], &["--dump-dom", &play]].concat());
    assert!(
        dom.contains("id=\"player\" tabindex=\"-1\" role=\"dialog\" aria-label=\"Animatic\" class=\"open\""),
        "the player is not open"
    );
    assert!(dom.contains("1-1  EXT. ROCKY SHORE - DAWN   0:00 / 0:17"), "the player says where it is");
    let shot = format!("--screenshot={}", place.at("k.png").display());
    tool(&place, chromium, &[&common[..], &["--window-size=1200,1600", &shot, &url]].concat());
    let picture = image::open(place.at("k.png")).unwrap().into_luma8();
    assert!(picture.pixels().filter(|pixel| pixel[0] < 100).count() > 2000, "the page is empty");
}

#[test]
fn moving_pictures_last_as_long_as_the_board_says() {
    let place = Place::new();
    for (to, file, format) in [("gif", "k.gif", "GIF"), ("webp", "k.webp", "WEBP")] {
        place.export("the-keeper.yaml", to, file, &["--size", "160x90", "--captions", "--fps", "6"]);
        let read = place.read("picture", file, &[]);
        assert_eq!((&read["format"], &read["size"]), (&format.into(), &json!([160, 90])));
        let milliseconds = read["milliseconds"].as_f64().unwrap();
        assert!((milliseconds - 17_000.0).abs() <= 20.0, "{file}: {milliseconds}");
        assert!(read["frames"].as_u64().unwrap() > 20, "{file}");
    }
    for (to, codec) in [("mp4", "h264"), ("webm", "vp9")] {
        let file = format!("k.{to}");
        place.export("the-keeper.yaml", to, &file, &["--size", "160x90", "--fps", "6"]);
        let probed = tool(
            &place,
            "ffprobe",
            &["-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", &file],
        );
        let probed: Value = serde_json::from_str(&probed).unwrap();
        let stream = &probed["streams"][0];
        assert_eq!(
            (&stream["codec_name"], &stream["width"], &stream["nb_read_frames"]),
            (&codec.into(), &160.into(), &"102".into())
        );
        let duration: f64 = probed["format"]["duration"].as_str().unwrap().parse().unwrap();
        assert!((duration - 17.0).abs() < 0.2, "{to}: {duration}");
        assert!(probed["format"]["tags"].to_string().contains("no text here comes from a model"), "{probed}");
    }
}

#[test]
fn without_ffmpeg_an_export_says_how_to_get_it() {
    let place = Place::new();
    let output = Command::new(BINARY)
        .current_dir(place.0.path())
        .args(["export", "the-keeper.yaml", "--to", "mp4", "--out", "k.mp4", "--size", "64x36"])
        .env("PATH", place.0.path())
        .env("SLATEBOARD_STATE_DIR", place.at("STATE"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("ffmpeg is not installed") && said.contains("apt install ffmpeg"), "{said}");
    assert!(!place.at("k.mp4").exists() && place.names().iter().all(|name| !name.starts_with(".slateboard")));
}

#[test]
fn an_archive_comes_back_as_the_board_it_was() {
    let place = Place::new();
    place.done(&["verdict", "the-keeper.yaml", "1", "1", "accept"]);
    place.export("the-keeper.yaml", "zip", "k.zip", &["--size", "64x36"]);
    let listed = tool(&place, "python3", &["-m", "zipfile", "-l", "k.zip"]);
    for name in ["board.yaml", "frames/scene-1-shot-04.png", "manifest.json", "feedback.jsonl"] {
        assert!(listed.contains(name), "{name}:\n{listed}");
    }
    place.done(&["import", "k.zip", "--out", "back.yaml"]);
    assert_eq!(place.json(&["show", "back.yaml", "--json"]), place.json(&["show", "the-keeper.yaml", "--json"]));
    place.export("the-keeper.yaml", "yaml", "portable.yaml", &["--portable", "--size", "64x36"]);
    assert!(place.at("portable.frames/scene-1-shot-01.png").is_file());
    place.export("the-keeper.yaml", "png", "frames", &["--size", "64x36"]);
    assert!(place.at("frames/contact-sheet.png").is_file() && place.at("frames/scene-1-shot-04.png").is_file());
}

#[cfg(unix)]
#[test]
fn a_stopped_export_puts_away_what_it_began() {
    let place = Place::new();
    let mut child = Command::new(BINARY)
        .current_dir(place.0.path())
        .args(["export", "the-keeper.yaml", "--to", "png", "--out", "frames", "--size", "3000x1500"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let begun = || place.names().iter().any(|name| name.starts_with(".slateboard"));
    for _ in 0..600 {
        if begun() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(begun(), "it never began");
    tool(&place, "sh", &["-c", &format!("kill -INT {}", child.id())]);
    let status = child.wait().unwrap();
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("stopped; nothing was written"), "{said}");
    assert!(!begun() && !place.at("frames").exists(), "{:?}", place.names());
}
