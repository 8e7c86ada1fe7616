//! The command line tool from outside: what it prints, and that bad input is refused without losing anything else.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use common::root;

fn tool(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fold-appeals"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

fn file(name: &str, content: &[u8]) -> PathBuf {
    let dir = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = dir.join(name);
    fs::write(&path, content).unwrap();
    path
}

fn refused(args: &[&str], says: &str) {
    let out = tool(args, b"");
    let err = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(1), "{args:?}: {err}");
    assert!(err.contains(says), "{args:?} says: {err}");
    assert!(out.stdout.is_empty(), "{args:?} printed something");
}

const STORY: &str = "The council voted on Tuesday to close the harbour bridge for two years, the mayor said.\n\
    The repair will cost nine million, according to the city's engineers.\n\
    Dear reader,\n\
    Our newsroom has no owner and no paywall. We are funded by readers like you.\n\
    Please support us from $3 a month. Every contribution makes a difference.\n\
    Remind me later\n";

#[test]
fn clean_keeps_the_story_and_drops_the_appeal() {
    let path = file("story.txt", STORY.as_bytes());
    let out = tool(&["clean", path.to_str().unwrap()], b"");
    assert!(out.status.success());
    assert_eq!(
        String::from_utf8(out.stdout).unwrap(),
        STORY.lines().take(2).map(|l| format!("{l}\n")).collect::<String>()
    );
}

#[test]
fn clean_leaves_html_without_the_appeal() {
    let paragraph = "<p>The council voted on Tuesday to close the harbour bridge for two years, the mayor said, and the repair will cost nine million.</p>";
    let html = format!(
        "<!doctype html><title>Bridge</title><article><h1>Bridge</h1>{}<div class=x><h3>Support our journalism</h3><p>Please support us from $3 a month. We are funded by readers like you.</p><a href=/donate>Donate now</a></div></article>",
        paragraph.repeat(8)
    );
    let path = file("story.html", html.as_bytes());
    let out = String::from_utf8(tool(&["clean", path.to_str().unwrap()], b"").stdout).unwrap();
    assert!(out.contains("harbour bridge") && !out.contains("Donate now"), "{out}");
}

#[test]
fn the_seed_keeps_its_thirteen_lines() {
    let Ok(dir) = fs::read_dir(root().join("../shared/seed")) else {
        eprintln!("skipped: there is no ../shared/seed here");
        return;
    };
    let seed =
        dir.map(|f| f.unwrap().path()).find(|p| p.extension().is_some_and(|e| e == "txt")).unwrap();
    let text = fs::read_to_string(&seed).unwrap();
    let out = String::from_utf8(tool(&["clean", seed.to_str().unwrap()], b"").stdout).unwrap();
    assert_eq!(out.lines().collect::<Vec<_>>(), text.lines().take(13).collect::<Vec<_>>());
    assert_eq!(text.lines().count(), 21);
}

#[test]
fn classify_answers_line_by_line_and_names_the_bad_ones() {
    let blocks: Vec<_> = STORY.lines().map(|l| serde_json::json!({ "text": l })).collect();
    let good = serde_json::json!({ "id": 7, "lang": "en", "blocks": blocks }).to_string();
    let input = format!(
        "{good}\n{{\"id\": 8, \"blocks\": [\n{{\"id\":9,\"blocks\":[{{\"text\":\"\\ud800\"}}]}}\n\n{{\"id\":10,\"blocks\":[{{\"text\":\" \"}},{{\"text\":\"x\\u0000y\"}}]}}\n"
    );
    let out = tool(&["classify"], input.as_bytes());
    assert_eq!(out.status.code(), Some(1));
    let answers: Vec<serde_json::Value> = String::from_utf8(out.stdout)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(answers.iter().map(|a| a["id"].as_u64().unwrap()).collect::<Vec<_>>(), [7, 10]);
    let labels: Vec<_> = answers[0]["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| b["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels[3..], ["appeal"; 3]);
    assert!(!labels[..2].contains(&"appeal"));
    assert_eq!(answers[1]["blocks"].as_array().unwrap().len(), 2);
    let err = String::from_utf8_lossy(&out.stderr);
    assert!(
        err.contains("line 2:")
            && err.contains("line 3:")
            && !err.contains("line 1:")
            && !err.contains("line 5:"),
        "{err}"
    );
}

#[test]
fn explain_gives_reasons_and_a_machine_form() {
    let path = file("why.txt", STORY.as_bytes());
    let out = String::from_utf8(tool(&["explain", path.to_str().unwrap()], b"").stdout).unwrap();
    assert!(out.contains("asks for support") && out.contains("support us"), "{out}");
    let json = tool(&["explain", "--json", path.to_str().unwrap()], b"").stdout;
    let dump: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(
        dump["page"]["blocks"].as_array().unwrap().len(),
        dump["verdict"]["blocks"].as_array().unwrap().len()
    );
}

#[test]
fn what_cannot_be_read_is_refused_with_the_reason() {
    refused(&["clean", "no-such-file.html"], "no-such-file.html");
    refused(&["clean", env!("CARGO_TARGET_TMPDIR")], "folder");
    for (name, content, says) in [
        ("empty.txt", &b""[..], "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
        ("noise.txt", &[0, 1, 2, 3, 4, 5, 6, 7], "binary"),
    ] {
        let path = file(name, content);
        refused(&["explain", path.to_str().unwrap()], says);
    }
    let huge = file("huge.html", b"");
    fs::File::options().write(true).open(&huge).unwrap().set_len(200 << 20).unwrap();
    refused(&["clean", huge.to_str().unwrap()], "200 MB; the limit is 64 MB");
    refused(&["eval", env!("CARGO_TARGET_TMPDIR")], "no labelled data");
    assert_eq!(tool(&["frobnicate"], b"").status.code(), Some(2));
}

#[test]
fn odd_but_readable_input_is_read() {
    let deep = format!("<body>{}deep{}", "<div>".repeat(60_000), "</div>".repeat(60_000));
    for (name, content, has) in [
        ("deep.html", deep.as_bytes(), "deep"),
        ("broken.html", b"<html><p>one<div></span><b>two</p><table><td>three</html>", "three"),
        ("latin.html", b"<meta charset=iso-8859-1><p>Gr\xf6\xdfe", "Größe"),
        (
            "unknown.html",
            b"<meta charset=klingon><p>Die Gr\xf6\xdfe der St\xe4dte w\xe4chst",
            "Größe",
        ),
        ("utf16.html", b"\xff\xfe<\0p\0>\0x\0y\0", "xy"),
        ("nul.txt", b"one\0two and some more words so that it is plainly a text", "onetwo"),
    ] {
        let path = file(name, content);
        let out = tool(&["explain", path.to_str().unwrap()], b"");
        let text = String::from_utf8_lossy(&out.stdout);
        assert!(
            out.status.success() && text.contains(has),
            "{name}: {text} {}",
            String::from_utf8_lossy(&out.stderr)
        );
    }
}
