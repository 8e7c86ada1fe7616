//! The manifest of each browser: the common one with the browser's own keys laid over it.

use crate::run::path;
use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};
use std::fs;

/// What is shipped instead of the content scripts.
pub(crate) const CONTENT_SCRIPT: &str = "content.js";

/// The manifest as shipped to this browser, and the content scripts that it lists in the source.
pub(crate) fn merged(browser: &str) -> Result<(String, Vec<String>)> {
    let mut manifest = read("base")?;
    overlay(&mut manifest, read(browser)?);
    let version = project_version()?;
    let shipped = manifest.get("version").and_then(Value::as_str).unwrap_or_default();
    ensure!(
        shipped == version,
        "extension/manifest has version {shipped:?}, Cargo.toml has {version:?}"
    );
    let scripts = take_scripts(&mut manifest).context("extension/manifest: content_scripts")?;
    Ok((serde_json::to_string_pretty(&manifest)? + "\n", scripts))
}

fn take_scripts(manifest: &mut Map<String, Value>) -> Option<Vec<String>> {
    let js = manifest.get_mut("content_scripts")?.get_mut(0)?.get_mut("js")?;
    let scripts = std::mem::replace(js, json!([CONTENT_SCRIPT]));
    scripts.as_array()?.iter().map(|one| Some(one.as_str()?.to_owned())).collect()
}

fn read(name: &str) -> Result<Map<String, Value>> {
    let file = format!("extension/manifest/{name}.json");
    let text = fs::read_to_string(path(&file)).with_context(|| file.clone())?;
    serde_json::from_str(&text).context(file)
}

/// Objects are merged, everything else is replaced.
fn overlay(base: &mut Map<String, Value>, over: Map<String, Value>) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Object(below)), Value::Object(above)) => overlay(below, above),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

fn project_version() -> Result<String> {
    let text = fs::read_to_string(path("Cargo.toml")).context("Cargo.toml")?;
    let package = text.split("[package]").nth(1).context("Cargo.toml has no [package]")?;
    package
        .lines()
        .find_map(|line| line.strip_prefix("version = "))
        .map(|version| version.trim_matches('"').to_owned())
        .context("Cargo.toml has no version")
}

#[cfg(test)]
mod tests {
    use super::overlay;
    use serde_json::{Map, Value, json};

    #[test]
    fn objects_merge_and_the_rest_is_replaced() {
        let map =
            |value: Value| -> Map<String, Value> { value.as_object().cloned().unwrap_or_default() };
        let mut base = map(json!({"a": {"x": 1, "y": [1]}, "b": [1, 2]}));
        overlay(&mut base, map(json!({"a": {"y": [2]}, "b": [3], "c": true})));
        assert_eq!(Value::Object(base), json!({"a": {"x": 1, "y": [2]}, "b": [3], "c": true}));
    }
}
