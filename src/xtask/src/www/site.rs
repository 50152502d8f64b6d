//! A set of files by name, in memory and on disk.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fs,
    path::Path,
};

use crate::{
    failure::{Failure, Outcome},
    workspace::{emptied, read, remove_folder, write},
};

/// Files by their name relative to some folder, with `/` on every system.
#[derive(Default, PartialEq, Eq)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// Every file under a folder, or none when there is no such folder.
    pub fn read(folder: &Path) -> Outcome<Self> {
        let mut site = Self::default();
        if folder.exists() {
            site.read_into(folder, "")?;
        }
        Ok(site)
    }

    fn read_into(&mut self, folder: &Path, prefix: &str) -> Outcome {
        let unreadable = |error| Failure::file("read", folder, &error);
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                return Err(Failure::new(format!(
                    "the name of `{}` is not UTF-8",
                    path.display()
                )));
            };
            if path.is_dir() {
                self.read_into(&path, &format!("{prefix}{name}/"))?;
            } else {
                self.add(format!("{prefix}{name}"), read(&path)?)?;
            }
        }
        Ok(())
    }

    /// Adds one file.
    ///
    /// # Errors
    /// Two files of one name, such as a script called like a module's glue.
    pub fn add(&mut self, name: String, bytes: Vec<u8>) -> Outcome {
        match self.files.entry(name) {
            Entry::Vacant(place) => {
                place.insert(bytes);
                Ok(())
            }
            Entry::Occupied(taken) => Err(Failure::new(format!(
                "two files of the site would be called `{}`",
                taken.key()
            ))),
        }
    }

    /// Adds every file of another site, its name after `prefix`.
    pub fn add_all(&mut self, prefix: &str, other: Self) -> Outcome {
        for (name, bytes) in other.files {
            self.add(format!("{prefix}{name}"), bytes)?;
        }
        Ok(())
    }

    /// The bytes of one file.
    pub fn get(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// Names and bytes, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// Makes `folder` hold exactly these files. A page loaded meanwhile gets the old site or the
    /// new one, never a mixture, because the new one is written beside it and renamed.
    pub fn write(&self, folder: &Path) -> Outcome {
        if *self == Self::read(folder)? {
            return Ok(());
        }
        let (new, old) = (folder.with_extension("new"), folder.with_extension("old"));
        emptied(&new)?;
        for (name, bytes) in self.iter() {
            write(&new.join(name), bytes)?;
        }
        remove_folder(&old)?;
        if folder.exists() {
            rename(folder, &old)?;
        }
        rename(&new, folder)?;
        remove_folder(&old)
    }
}

fn rename(from: &Path, to: &Path) -> Outcome {
    fs::rename(from, to).map_err(|error| Failure::file("rename", from, &error))
}
