//! `cargo xtask`: builds, shows and tests Fold Appeals.

mod check;
mod demo;
mod manifest;
mod package;
mod run;
mod setup;
mod twice;
mod wasm;

use std::process::ExitCode;

const USAGE: &str = "\
Usage: cargo xtask <COMMAND>

Commands:
  build             dist/chrome, dist/firefox, their packages and dist/www
  build --packages  the same without dist/www
  demo [FILE|URL]   open an article with the extension in a fresh browser profile:
                    a saved page, a plain text file, an address, or the article that comes with it
  icons             the icon's pictures in extension/icons, from icon.svg
  pictures          the pictures of README.md, docs/GUIDE.md and the stores' listings, in docs and store
  test              everything: format, lints, native, wasm, both browsers, packages
  test --browser [NAME...]
                    only the browser tests (tests/browser/NAME.test.mjs), on a fresh build
  test --live       the pages whose appeals come by script, with and without a policy in each browser
  test --twice      only that two clean builds give the same packages, byte for byte
  bench             what the extension costs a page, beside Readability, written to docs/PERFORMANCE.md";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args.as_slice() {
        ["build"] => package::build(),
        ["build", "--packages"] => package::packages(),
        ["demo"] => demo::demo(None),
        ["demo", target] if !target.starts_with('-') => demo::demo(Some(target)),
        ["icons"] => demo::icons(),
        ["pictures"] => demo::pictures(),
        ["test"] => check::everything(),
        ["test", "--browser", names @ ..] => check::browser_only(names),
        ["test", "--live"] => check::live(),
        ["test", "--twice"] => package::packages().and_then(|()| twice::identical()),
        ["bench"] => check::bench(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
