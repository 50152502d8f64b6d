//! The store: one SQLite file, and the folder of keys that makes it readable.
//!
//! The file alone is editions, wave files, releases, hashes and noise. Several processes may use it
//! at once: the server counts while the command line closes a wave.

mod counting;
mod error;
mod releasing;
mod waves;
mod writer;

pub use counting::{Ballot, Counted, count};
pub use error::StoreError;
pub use waves::{NewWave, Wave, WaveRow};
pub use writer::{Counting, Writer};

use crate::keys::{KeyDir, private_folder};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Migrations in order; the number of the last one applied is the file's `user_version`.
const MIGRATIONS: &[&str] = &[include_str!("schema.sql")];
/// How long one process waits for another's transaction. The longest is a release: well under a
/// second for ten thousand units.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a collector keeps what it has.
#[derive(Debug, Clone)]
pub struct Folders {
    /// The folder of the database.
    pub data: PathBuf,
    /// The folder of the keys; keep it out of backups of the other.
    pub keys: PathBuf,
}

/// An open store.
pub struct Store {
    conn: Connection,
    keys: KeyDir,
}

impl Store {
    /// Opens the store in `folders`, making what is missing and finishing what a crash cut short.
    ///
    /// # Errors
    /// When a folder or file cannot be made or written, or the file is of a newer version.
    pub fn open(folders: &Folders) -> Result<Self, StoreError> {
        private_folder(&folders.data)
            .map_err(|error| StoreError::Folder(folders.data.clone(), error))?;
        let keys = KeyDir::open(&folders.keys)?;
        let conn = connect(&Self::file(&folders.data))?;
        let mut store = Self { conn, keys };
        store.migrate()?;
        store.destroy_left_over_keys()?;
        Ok(store)
    }

    /// The database file in a data folder.
    pub fn file(data: &Path) -> PathBuf {
        data.join("trust-climate.sqlite")
    }

    /// The folder of keys.
    pub fn keys(&self) -> &KeyDir {
        &self.keys
    }

    /// Whether the store has no wave.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(self
            .conn
            .query_row("SELECT NOT EXISTS (SELECT 1 FROM wave)", [], |row| {
                row.get(0)
            })?)
    }

    /// Moves the write-ahead log into the database and empties it, so that what was deleted is gone
    /// from both. Gives up quietly when another process reads for long: the log is emptied the next
    /// time, and what it holds of a released wave is sealed with a key that no longer exists.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        Ok(self
            .conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    fn migrate(&mut self) -> Result<(), StoreError> {
        if migrations_left(&self.conn)?.is_empty() {
            return Ok(());
        }
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have done it while we waited.
        for (number, migration) in migrations_left(&tx)? {
            tx.execute_batch(migration)?;
            tx.pragma_update(None, "user_version", number)?;
        }
        Ok(tx.commit()?)
    }
}

/// Migrations that the file has not had, with their numbers.
fn migrations_left(conn: &Connection) -> Result<Vec<(u32, &'static str)>, StoreError> {
    let applied: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let all: Vec<(u32, &str)> = (1..).zip(MIGRATIONS.iter().copied()).collect();
    if all.last().is_some_and(|(newest, _)| applied > *newest) {
        return Err(StoreError::NewerVersion);
    }
    Ok(all
        .into_iter()
        .filter(|(number, _)| *number > applied)
        .collect())
}

fn connect(file: &Path) -> Result<Connection, StoreError> {
    let conn = Connection::open(file)?;
    conn.busy_timeout(PATIENCE)?;
    // Pages of 8 kB hold a sealed tally each (measured: a third more submissions a second), which
    // only counts before the file is made.
    conn.pragma_update(None, "page_size", 8192)?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    // An acknowledged submission is on the disk, not in its cache.
    conn.pragma_update(None, "synchronous", "FULL")?;
    // What is deleted is overwritten.
    conn.pragma_update_and_check(None, "secure_delete", "ON", |_| Ok(()))?;
    conn.pragma_update(None, "foreign_keys", "ON")?;
    // Sorting and the like stays in memory: no temporary file holds what the database deletes.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(conn)
}
