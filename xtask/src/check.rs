//! All tests. Later steps run even when an earlier one failed, so that one run tells everything.

use crate::package::{self, unpacked};
use crate::run::{cargo, npm_tool, path, program, run};
use crate::setup::{self, Browser};
use crate::twice;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::process::Command;
use std::time::Instant;

/// Everything the project can be tested for.
pub(crate) fn everything() -> Result<()> {
    setup::rust_components()?;
    setup::wasm_target()?;
    setup::npm_packages()?;
    setup::browser(Browser::Chromium)?;
    setup::browser(Browser::Firefox)?;
    if setup::shared().is_none() {
        println!("skipped: tests on the corpus and the seed, because ../shared is not there");
    }
    println!("the live pages run under one policy in each browser, under both in `test --live`");
    let mut steps = Steps::default();
    steps.command(cargo("fmt --all --check"));
    steps.command(npm_tool("biome", "check --error-on-warnings"));
    steps.command(cargo(
        "clippy --locked --workspace --all-targets --all-features -- --deny warnings",
    ));
    steps.command(cargo(
        "clippy --locked --target wasm32-unknown-unknown --lib --features wasm -- --deny warnings",
    ));
    steps.command(cargo("test --locked --workspace --exclude xtask --all-features"));
    steps.command(cargo("test --locked --profile xtask --package xtask"));
    if steps.step("build", package::build) {
        steps.step("two clean builds give the same packages", twice::identical);
        steps.command(npm_tool("tsc", "--project tsconfig.json"));
        steps.command(npm_tool("tsc", "--project tests/browser/tsconfig.json"));
        let lint = format!(
            "lint --warnings-as-errors --self-hosted=false --source-dir {}",
            unpacked("firefox").display()
        );
        steps.command(npm_tool("web-ext", &lint));
        steps.step("native command line tool", native_tool);
        steps.command(node_test(&[])?);
    }
    steps.finish()
}

/// Only the named browser tests, or all of them.
pub(crate) fn browser_only(names: &[&str]) -> Result<()> {
    setup::npm_packages()?;
    package::build()?;
    native_tool()?;
    run(node_test(names)?)
}

/// The pages whose scripts bring the appeal, each with and without a policy in each browser.
pub(crate) fn live() -> Result<()> {
    setup::npm_packages()?;
    package::build()?;
    native_tool()?;
    let mut command = node_test(&["pages"])?;
    command.env("LIVE", "1");
    run(command)
}

/// What the extension costs a page.
pub(crate) fn bench() -> Result<()> {
    setup::npm_packages()?;
    setup::browser(Browser::Chromium)?;
    setup::browser(Browser::Firefox)?;
    package::build()?;
    native_tool()?;
    run(program("node tests/browser/bench.mjs"))
}

/// The tests compare the browsers' verdicts with this tool's.
fn native_tool() -> Result<()> {
    run(cargo("build --locked --release --features cli --bin fold-appeals"))
}

fn node_test(names: &[&str]) -> Result<Command> {
    // One file at a time: every file starts browsers of its own.
    let mut command = program("node --test --test-concurrency=1 --test-reporter=spec");
    let mut files = Vec::new();
    for entry in fs::read_dir(path("tests/browser")).context("tests/browser")? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        if let Some(name) = file.strip_suffix(".test.mjs")
            && (names.is_empty() || names.contains(&name))
        {
            files.push(format!("tests/browser/{file}"));
        }
    }
    ensure!(!files.is_empty(), "no tests/browser/*.test.mjs has one of the names {names:?}");
    files.sort();
    command.args(files);
    Ok(command)
}

#[derive(Default)]
struct Steps {
    passed: usize,
    failed: Vec<String>,
}

impl Steps {
    fn command(&mut self, command: Command) -> bool {
        let shown = crate::run::show(&command);
        self.step(&shown, || run(command))
    }

    fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        println!("\n== {name}");
        let start = Instant::now();
        let result = work();
        println!("== {:.1} s", start.elapsed().as_secs_f32());
        match result {
            Ok(()) => self.passed += 1,
            Err(error) => {
                eprintln!("error: {error:#}");
                self.failed.push(name.to_owned());
                return false;
            }
        }
        true
    }

    fn finish(self) -> Result<()> {
        println!("\n{} steps passed, {} failed", self.passed, self.failed.len());
        if !self.failed.is_empty() {
            bail!("these steps failed:\n  {}", self.failed.join("\n  "));
        }
        Ok(())
    }
}
