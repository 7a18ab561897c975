//! The engine itself: what is asked, what is believed, what happens when things go wrong.

use std::time::{Duration, Instant};

use serde_json::json;
use slateboard::board::{EngineChoice, Machine, Origin, Storyboard, TakeId};
use slateboard::engine::remote::Endpoint;
use slateboard::engine::{Cancel, EngineError, Event, Generator, Outcome, RemoteEngine, SceneAsk, SceneJob};

use super::server::{Reply, Server, answer};

fn board() -> Storyboard {
    let yaml = include_str!("../../storyboards/the-keeper.yaml");
    slateboard::store::yaml::read(yaml.as_bytes()).unwrap()
}

fn job(seeds: &[u32]) -> (SceneJob, Storyboard) {
    let board = board();
    let ask = SceneAsk { seeds: seeds.to_vec(), ..SceneAsk::default() };
    (SceneJob::new(&board, board.scenes[1].id, &ask).unwrap(), board)
}

fn choice(server: &Server) -> EngineChoice {
    EngineChoice { deadline: Some(30), ..EngineChoice::at(server.url.clone()) }
}

fn engine(choice: &EngineChoice) -> RemoteEngine {
    RemoteEngine::new(Endpoint::new(choice, |name| (name == "TEST_KEY").then(|| "sk-a-secret".into())).unwrap())
}

fn run(engine: &mut RemoteEngine, seeds: &[u32]) -> Result<Outcome, EngineError> {
    engine.run(&job(seeds).0.job, &Cancel::default(), &mut |_| {})
}

const QUICK: Duration = Duration::ZERO;

#[test]
fn takes_come_from_a_server_with_their_seeds_and_say_so() {
    let server = Server::start(|number, asked| Reply::Words(answer(asked, number), QUICK));
    let (job, _) = job(&[7, 8, 9]);
    let mut texts = vec![String::new(); 3];
    let mut finished = 0;
    let mut engine = engine(&choice(&server));
    let outcome = engine.run(&job.job, &Cancel::default(), &mut |event| match event {
        Event::Piece { index, text } => texts[index] += &text,
        Event::Finished { .. } => finished += 1,
        _ => {}
    });
    let outcome = outcome.unwrap();
    assert_eq!(finished, 3);
    let told: Vec<Option<String>> = texts.into_iter().map(Some).collect();
    assert_eq!(outcome.answers, told, "what was told is what came");
    let mut seeds: Vec<_> = server.chats().iter().map(|asked| asked.body["seed"].as_u64().unwrap()).collect();
    seeds.sort_unstable();
    assert_eq!(seeds, [7, 8, 9]);
    let takes = job.takes(&outcome, TakeId::default).unwrap();
    assert_eq!(takes.len(), 3);
    for take in &takes {
        let provenance = &take.provenance;
        assert_eq!((provenance.origin, provenance.machine), (Origin::Model, Machine::Remote));
        assert_eq!(provenance.model.as_deref(), Some("test-model"));
        assert_eq!(provenance.model_sha256, None);
        assert!(provenance.prompt_sha256.is_some() && provenance.seed.is_some());
    }
    assert_eq!((outcome.stats.tokens, outcome.stats.prompt_tokens, outcome.stats.cached_tokens), (150, 100, 80));
    let first = &server.chats()[0].body;
    assert_eq!(first["response_format"]["type"], "json_schema");
    assert_eq!(first["messages"][0]["role"], "system");
    assert!(!first.to_string().contains(r"\\p{"), "no class that only some grammars know");
}

#[test]
fn a_busy_server_is_asked_again_when_it_says_so() {
    let server = Server::start(|number, asked| match number {
        0 => Reply::Status(429, "retry-after: 1\r\n", r#"{"error": {"message": "slow down"}}"#.into()),
        1 => Reply::Status(503, "", "loading".into()),
        2 => Reply::Raw(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n".to_vec()),
        _ => Reply::Words(answer(asked, 0), QUICK),
    });
    let clock = Instant::now();
    let outcome = run(&mut engine(&choice(&server)), &[1]).unwrap();
    assert!(outcome.answers[0].is_some());
    assert!(clock.elapsed() >= Duration::from_secs(1), "it was left alone as long as it asked");
    assert_eq!(server.chats().len(), 4);
}

#[test]
fn an_answer_that_breaks_off_begins_anew() {
    let server = Server::start(|number, asked| match number {
        0 | 1 => Reply::Breaks(answer(asked, 0), 5),
        _ => Reply::Words(answer(asked, 0), QUICK),
    });
    let (job, _) = job(&[1]);
    let (mut text, mut again) = (String::new(), 0);
    let outcome = engine(&choice(&server)).run(&job.job, &Cancel::default(), &mut |event| match event {
        Event::Piece { text: more, .. } => text += &more,
        Event::Again { .. } => {
            again += 1;
            text.clear();
        }
        _ => {}
    });
    assert_eq!(outcome.unwrap().answers, [Some(text)]);
    assert_eq!(again, 2);
}

#[test]
fn an_answer_that_is_not_of_the_form_is_asked_for_with_another_seed_and_never_believed() {
    let server = Server::start(|number, asked| match number {
        0 => Reply::Words("Sure! Here is your scene.".into(), QUICK),
        1 => Reply::Words(answer(asked, 0).replace("MARA", "GANDALF"), QUICK),
        2 => Reply::Cut(answer(asked, 0)),
        _ => Reply::Words(format!("```json\n{}\n```", answer(asked, 1)), QUICK),
    });
    let outcome = run(&mut engine(&choice(&server)), &[5]).unwrap();
    assert!(outcome.answers[0].as_ref().unwrap().starts_with('{'));
    let seeds: std::collections::BTreeSet<_> =
        server.chats().iter().map(|asked| asked.body["seed"].as_u64().unwrap()).collect();
    assert_eq!(seeds.len(), 4);

    let server = Server::start(|_, asked| Reply::Words(answer(asked, 0).replace("wide", "vast"), QUICK));
    let error = run(&mut engine(&choice(&server)), &[5, 6]).unwrap_err();
    assert!(matches!(&error, EngineError::Job(why) if why.contains("structure")), "{error}");
    assert_eq!(server.chats().len(), 8, "four times each, and no more");
}

#[test]
fn a_server_that_does_not_stream_is_read_whole() {
    let server = Server::start(|_, asked| Reply::Whole(answer(asked, 0)));
    let outcome = run(&mut engine(&choice(&server)), &[5]).unwrap();
    assert!(outcome.answers[0].is_some());
}

#[test]
fn no_more_answers_are_out_at_once_than_allowed() {
    let server = Server::start(|number, asked| Reply::Words(answer(asked, number), Duration::from_millis(2)));
    let choice = EngineChoice { max_parallel: Some(3), ..choice(&server) };
    let engine = engine(&choice);
    assert_eq!(engine.abreast(), 3);
    let jobs: Vec<_> = (0..3)
        .map(|at| {
            let mut hold = engine.another().unwrap();
            std::thread::spawn(move || hold.run(&job(&[at, at + 10, at + 20]).0.job, &Cancel::default(), &mut |_| {}))
        })
        .collect();
    for job in jobs {
        assert!(job.join().unwrap().unwrap().answers.iter().all(Option::is_some));
    }
    assert_eq!((server.most_at_once(), server.chats().len()), (3, 9));
    let greetings = server.asked().iter().filter(|asked| asked.what == "GET /v1/models").count();
    assert!(greetings <= 3, "{greetings}");
}

#[test]
fn stopping_is_immediate_and_the_server_sees_it() {
    let server = Server::start(|_, _| Reply::Silence);
    let cancel = Cancel::default();
    let stop = cancel.clone();
    let mut engine = engine(&choice(&server));
    engine.warm_up(&Cancel::default(), &mut |_| {}).unwrap();
    let waiting = std::thread::spawn(move || {
        let result = engine.run(&job(&[1, 2]).0.job, &cancel, &mut |_| {});
        (result, Instant::now())
    });
    while server.chats().len() < 2 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let clock = Instant::now();
    stop.cancel();
    let (result, ended) = waiting.join().unwrap();
    assert_eq!(result.unwrap_err(), EngineError::Cancelled);
    assert!(ended - clock < Duration::from_secs(1));
    let patience = Instant::now() + Duration::from_secs(5);
    while server.hung_up() < 2 {
        assert!(Instant::now() < patience, "nobody hung up");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_silent_server_is_given_up_at_the_deadline() {
    let server = Server::start(|_, _| Reply::Silence);
    let choice = EngineChoice { deadline: Some(1), ..choice(&server) };
    let clock = Instant::now();
    let error = run(&mut engine(&choice), &[1]).unwrap_err();
    assert!(matches!(error, EngineError::Unreachable(_)), "{error}");
    assert!(clock.elapsed() < Duration::from_secs(10));
}

#[test]
fn garbage_is_told_in_clean_words() {
    let nasty = "\u{1b}]52;c;aGk=\u{7}\u{202e}nonsense";
    for reply in [
        format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{nasty}", nasty.len()),
        format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: {}\r\n\r\ndata: {nasty}",
            nasty.len() + 6
        ),
        nasty.to_owned(),
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}".to_owned(),
        "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n".to_owned(),
        format!("HTTP/1.1 418 Teapot\r\ncontent-length: {}\r\n\r\n{nasty}", nasty.len()),
    ] {
        let raw = reply.clone();
        let server = Server::start(move |_, _| Reply::Raw(raw.clone().into_bytes()));
        let error =
            run(&mut engine(&EngineChoice { deadline: Some(2), ..choice(&server) }), &[1]).unwrap_err().to_string();
        assert!(!error.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{error:?}");
        assert!(error.contains("the server 127.0.0.1"), "{error}");
    }
}

#[test]
fn a_key_goes_to_the_server_and_nowhere_else() {
    let server = Server::start(|_, asked| {
        let body = json!({ "error": { "message": format!("wrong key: {}", asked.headers) } });
        Reply::Status(401, "", body.to_string())
    });
    let choice = EngineChoice { key_env: Some("TEST_KEY".into()), ..choice(&server) };
    let error = run(&mut engine(&choice), &[1]).unwrap_err().to_string();
    assert!(server.asked().iter().all(|asked| asked.headers.contains("authorization: bearer sk-a-secret")));
    assert!(error.contains("wrong key") && error.contains("[key]") && !error.contains("sk-a-secret"), "{error}");
    assert_eq!(server.chats().len(), 1, "what is refused for good is not asked again");
}

#[test]
fn a_prompt_that_the_server_finds_too_long_is_shortened_and_that_is_named() {
    let server = Server::start(|number, asked| {
        match number {
        0 => Reply::Status(
            400,
            "",
            json!({ "error": { "message": "This model's maximum context length is 900 tokens. However, you requested 1100." } })
                .to_string(),
        ),
        _ => Reply::Words(answer(asked, 0), QUICK),
    }
    });
    let context = job(&[1]).0.job.max_tokens + 1000;
    let choice = EngineChoice { context: Some(context), ..choice(&server) };
    let mut engine = engine(&choice);
    let outcome = run(&mut engine, &[1]).unwrap();
    assert!(!outcome.left_out.is_empty());
    run(&mut engine, &[2]).unwrap();
    let lengths: Vec<usize> = server.chats().iter().map(|asked| asked.body["messages"].to_string().len()).collect();
    assert!(lengths.len() == 3 && lengths[1] < lengths[0], "{lengths:?}");
    assert_eq!(lengths[2], lengths[1], "what was learned of its tokens holds for the next prompt");
}

#[test]
fn a_prompt_that_leaves_the_answer_too_little_room_is_shortened_too() {
    // As often as a wrong answer is asked for anew.
    let server = Server::start(|number, asked| match number {
        ..4 => Reply::Cut(answer(asked, 0)),
        _ => Reply::Words(answer(asked, 0), QUICK),
    });
    let context = job(&[1]).0.job.max_tokens + 1000;
    let outcome = run(&mut engine(&EngineChoice { context: Some(context), ..choice(&server) }), &[1]).unwrap();
    let lengths: Vec<usize> = server.chats().iter().map(|asked| asked.body["messages"].to_string().len()).collect();
    assert!(lengths.len() == 5 && lengths[4] < lengths[3], "{lengths:?}");
    assert!(outcome.answers[0].is_some());
}

#[test]
fn embeddings_are_readings_where_the_server_has_them() {
    let server = Server::embedding(|number, asked| match number {
        1 => Reply::Status(400, "", "no".into()),
        _ => Reply::Words(answer(asked, number), QUICK),
    });
    let choice = EngineChoice { max_parallel: Some(1), ..choice(&server) };
    let mut engine = engine(&choice);
    let outcome = run(&mut engine, &[1, 2, 3]).unwrap();
    assert_eq!(engine.embeds(), Some(true));
    let points: Vec<Option<Vec<f32>>> =
        outcome.readings.iter().map(|one| one.as_ref().map(|one| one.embedding.numbers().to_vec())).collect();
    assert_eq!(points.iter().filter(|point| point.is_none()).count(), 1, "the answer that is none has no reading");
    assert_eq!(points.into_iter().flatten().collect::<Vec<_>>(), [[0.0, 0.5], [1.0, 0.5]]);
    assert!(outcome.readings.iter().flatten().all(|one| one.model.starts_with("test-model on ")));

    let server = Server::start(|_, asked| Reply::Words(answer(asked, 0), QUICK));
    let choice = EngineChoice::at(server.url.clone());
    let mut engine = self::engine(&choice);
    let outcome = run(&mut engine, &[1]).unwrap();
    assert_eq!((engine.embeds(), outcome.readings.len()), (Some(false), 0));
    assert!(outcome.model.device.contains("no embeddings"));
}

#[test]
fn nobody_at_the_address_is_said_within_seconds() {
    let clock = Instant::now();
    let error =
        engine(&EngineChoice::at("http://127.0.0.1:9".into())).warm_up(&Cancel::default(), &mut |_| {}).unwrap_err();
    assert!(matches!(&error, EngineError::Unreachable(words) if words.contains("127.0.0.1:9")), "{error}");
    assert!(clock.elapsed() < Duration::from_secs(15));
}
