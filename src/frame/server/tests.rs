//! Against a small server of our own that answers as the real ones are documented to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::thread::JoinHandle;

use super::*;

/// Answers one request, and gives back its path and its body.
fn server(status: &str, answer: Vec<u8>) -> (String, JoinHandle<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let status = status.to_owned();
    let thread = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut first = String::new();
        reader.read_line(&mut first).unwrap();
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let mut stream = stream;
        write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len()).unwrap();
        stream.write_all(&answer).unwrap();
        (first.split(' ').nth(1).unwrap().to_owned(), serde_json::from_slice(&body).unwrap_or(Value::Null))
    });
    (at, thread)
}

fn settings(server: &str, shape: &str) -> Settings {
    serde_yaml::from_str(&format!("{{server: '{server}', shape: {shape}, timeout: 5}}")).unwrap()
}

fn sketch() -> RgbaImage {
    RgbaImage::from_pixel(64, 36, image::Rgba([200, 190, 180, 255]))
}

fn ask() -> Ask {
    let board: Storyboard =
        serde_yaml::from_str("{slateboard: 1, bible: {characters: [{name: MARA, look: yellow raincoat}]}}").unwrap();
    let shot: Shot = serde_yaml::from_str("{size: wide, angle: low, seconds: 2, description: She waits., staging: [{subject: MARA, position: left, pose: standing}]}").unwrap();
    Ask::new(&settings("http://x", "a1111"), &board, "EXT. SHORE - DAWN", &shot, Size::new(644, 360).unwrap(), 7)
}

fn encoded() -> String {
    STANDARD.encode(png(&sketch(), &Origin::sketch("", "")).unwrap())
}

#[test]
fn the_prompt_tells_framing_looks_and_places() {
    let prompt = ask().prompt;
    for part in
        ["wide shot, low angle", "She waits.", "EXT. SHORE - DAWN", "MARA (yellow raincoat), standing at the left"]
    {
        assert!(prompt.contains(part), "{prompt}");
    }
}

#[test]
fn img2img_starts_from_our_sketch_and_says_so() {
    let (at, thread) =
        server("200 OK", json!({"images": [encoded()], "parameters": {}, "info": "{}"}).to_string().into());
    let (picture, origin) = picture(&settings(&at, "a1111"), &ask(), &sketch()).unwrap();
    let (path, body) = thread.join().unwrap();
    assert_eq!(picture, sketch());
    assert_eq!(path, "/sdapi/v1/img2img");
    assert_eq!((body["seed"].as_u64(), body["width"].as_u64()), (Some(7), Some(640)));
    let start = STANDARD.decode(body["init_images"][0].as_str().unwrap()).unwrap();
    assert_eq!(open(&start).unwrap(), sketch());
    assert_eq!(origin.source, Source::ModelFromSketch);
    assert!(origin.notes.contains(&("slateboard:seed", "7".into())));
}

#[test]
fn txt2img_is_asked_where_nothing_of_the_sketch_is_to_stay() {
    let (at, thread) = server(
        "200 OK",
        json!({"images": [format!("data:image/png;base64,{}", encoded())], "info": ""}).to_string().into(),
    );
    let settings = Settings { denoising_strength: 1.0, ..settings(&at, "a1111") };
    let (_, origin) = picture(&settings, &ask(), &sketch()).unwrap();
    let (path, body) = thread.join().unwrap();
    assert_eq!((path.as_str(), origin.source), ("/sdapi/v1/txt2img", Source::Model));
    assert!(body.get("init_images").is_none());
}

#[test]
fn openais_shape_has_a_size_and_no_seed() {
    let (at, thread) = server("200 OK", json!({"created": 1, "data": [{"b64_json": encoded()}]}).to_string().into());
    let (picture, origin) = picture(&settings(&at, "openai"), &ask(), &sketch()).unwrap();
    let (path, body) = thread.join().unwrap();
    assert_eq!((picture, path.as_str()), (sketch(), "/v1/images/generations"));
    assert_eq!(body["size"], "644x360");
    assert!(body.get("seed").is_none() && !origin.notes.iter().any(|(key, _)| *key == "slateboard:seed"));
}

#[test]
fn what_goes_wrong_is_said_in_words() {
    let at_work = |status: &str, answer: &str| {
        let (at, thread) = server(status, answer.as_bytes().to_vec());
        let error = picture(&settings(&at, "a1111"), &ask(), &sketch()).unwrap_err().to_string();
        thread.join().unwrap();
        error
    };
    assert!(at_work("500 Broken", "out of memory\u{1b}[31m").contains("answered 500: out of memory"));
    assert!(!at_work("500 Broken", "\u{1b}[31m").contains('\u{1b}'));
    assert!(at_work("200 OK", "<html>").contains("is no picture"));
    assert!(at_work("200 OK", "{\"images\": []}").contains("lists no picture"));
    assert!(at_work("200 OK", "{\"images\": [\"AAAA\"]}").contains("is no picture"));
    let closed = picture(&settings("http://127.0.0.1:9", "a1111"), &ask(), &sketch()).unwrap_err();
    assert!(matches!(closed, ServerError::Unreached { .. }), "{closed}");
}
