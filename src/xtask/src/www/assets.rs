//! Pages, scripts, styles and texts: what comes from `www/` and from the wasm modules.

use sha2::{Digest, Sha256};

use super::{minify::served, site::Site, texts};
use crate::{
    failure::{Failure, Outcome},
    workspace::{Workspace, read, read_text},
};

/// Stands in pages and in the registration for the folder of assets, relative to the file.
const PLACEHOLDER: &str = "__ASSETS__";

/// The script with the stable name: the one tag that a host page embeds.
const REGISTRATION: &str = "trust-climate.js";

/// How much of the digest names the assets' folder: 64 bits, far from any accidental collision.
const HASH_DIGITS: usize = 16;

/// Pages, registration and the folder of assets.
pub fn site(workspace: &Workspace, modules: Site) -> Outcome<Site> {
    let mut assets = modules;
    add_sources(workspace, &mut assets)?;
    assets.add_all("", texts::compiled(workspace)?)?;
    let hash = digest(assets.iter());
    let folder = format!("a/{}", &hash[..HASH_DIGITS]);

    let mut site = Site::read(&workspace.path("www/pages"))?;
    let registration = read_text(&workspace.path("www").join(REGISTRATION))?;
    site.add(REGISTRATION.into(), registration.into_bytes())?;
    let mut site = linked(&site, &folder)?;
    site.add_all(&format!("{folder}/"), assets)?;
    small(&site)
}

/// The site with small scripts and styles; their readable form is in the repository.
fn small(site: &Site) -> Outcome<Site> {
    let mut result = Site::default();
    for (name, bytes) in site.iter() {
        result.add(name.into(), served(name, bytes)?)?;
    }
    Ok(result)
}

/// The scripts directly in `www/`, and all of `www/styles`.
fn add_sources(workspace: &Workspace, assets: &mut Site) -> Outcome {
    // Beside the scripts, so that the way from a script to its style sheet is its name.
    assets.add_all("", Site::read(&workspace.path("www/styles"))?)?;
    for (name, bytes) in scripts(workspace)? {
        assets.add(name, bytes)?;
    }
    Ok(())
}

fn scripts(workspace: &Workspace) -> Outcome<Vec<(String, Vec<u8>)>> {
    let folder = workspace.path("www");
    let unreadable = |error| Failure::file("read", &folder, &error);
    let mut scripts = Vec::new();
    for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
        let name = entry
            .map_err(unreadable)?
            .file_name()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".js") && name != REGISTRATION {
            let bytes = read(&folder.join(&name))?;
            scripts.push((name, bytes));
        }
    }
    Ok(scripts)
}

/// Writes the way to the assets into pages and registration. Relative, so that the site works
/// in any sub-folder of any server.
fn linked(site: &Site, folder: &str) -> Outcome<Site> {
    let mut result = Site::default();
    for (name, bytes) in site.iter() {
        let bytes = if name.ends_with(".html") || name == REGISTRATION {
            let text = std::str::from_utf8(bytes)
                .map_err(|_| Failure::new(format!("`{name}` in `www/` is not UTF-8")))?;
            text.replace(PLACEHOLDER, &way_to(folder, name))
                .into_bytes()
        } else {
            bytes.to_vec()
        };
        result.add(name.into(), bytes)?;
    }
    Ok(result)
}

/// `./a/…` from the top, `../a/…` from one folder down, and so on.
fn way_to(folder: &str, from: &str) -> String {
    match from.matches('/').count() {
        0 => format!("./{folder}"),
        depth => format!("{}{folder}", "../".repeat(depth)),
    }
}

/// SHA-256 over names and bytes, each with its length before it, in lowercase hexadecimal.
pub fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut sha = Sha256::new();
    for (name, bytes) in files {
        for part in [name.as_bytes(), bytes] {
            // Lengths keep "ab" + "c" apart from "a" + "bc".
            sha.update(part.len().to_le_bytes());
            sha.update(part);
        }
    }
    sha.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_the_assets_follows_the_depth_of_the_page() {
        assert_eq!(way_to("a/0f", "index.html"), "./a/0f");
        assert_eq!(way_to("a/0f", "answer/index.html"), "../a/0f");
        assert_eq!(way_to("a/0f", "x/y/index.html"), "../../a/0f");
    }

    #[test]
    fn the_digest_keeps_names_and_bytes_apart() {
        let one = digest([("ab", b"c".as_slice())]);
        let other = digest([("a", b"bc".as_slice())]);
        assert_ne!(one, other);
        assert_eq!(one.len(), 64);
    }
}
