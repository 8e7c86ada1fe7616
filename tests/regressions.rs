//! Inputs that once broke something, and small ones to start from, through the fuzz targets of the same names.
#![allow(clippy::unwrap_used)]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::fs;
use std::path::Path;

type Target = fn(&[u8]);

#[test]
fn found_inputs_do_no_harm_again() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let all: [(&str, Target); 3] =
        [("text", targets::text), ("html", targets::html), ("page", targets::page)];
    for (name, target) in all {
        let mut count = 0;
        for folder in ["regressions", "seeds"] {
            for file in fs::read_dir(root.join(folder).join(name)).unwrap() {
                let path = file.unwrap().path();
                println!("{}", path.display());
                target(&fs::read(&path).unwrap());
                count += 1;
            }
        }
        assert!(count > 0, "nothing to replay for {name}");
    }
}
