//! Waves and editions in the store: making, reading, opening and closing them.

use super::{Store, StoreError};
use crate::fielding::{Refusal, State};
use crate::keys::{Secret, WaveKeys};
use crate::seal::{products_label, seal, tally_label};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use survey::Edition;
use tally::{CrossProducts, Layout, Tally, UnitIdx};
use wire::{Date, WaveFile};

/// A wave with what is needed to count for it. Nothing here changes or is secret.
#[derive(Debug)]
pub struct Wave {
    /// The wave file.
    pub file: WaveFile,
    /// SHA-256 of its bytes.
    pub hash: String,
    /// What is asked.
    pub edition: Edition,
    /// The cells of its tallies.
    pub layout: Layout,
}

/// A wave to be made.
pub struct NewWave<'a> {
    /// The wave file.
    pub file: &'a WaveFile,
    /// The edition that it names.
    pub edition: &'a Edition,
    /// Its private key, when it will take submissions.
    pub private: Option<Secret>,
    /// Hashes of the one-time codes issued.
    pub codes: &'a [[u8; 32]],
}

/// A wave as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaveRow {
    /// Id.
    pub id: String,
    /// Where it is in its life.
    pub state: State,
    /// SHA-256 of the wave file.
    pub hash: String,
    /// The wave file.
    pub file: WaveFile,
}

impl Wave {
    /// The unit called `unit`, if it is one that is answered for.
    pub fn leaf(&self, unit: &str) -> Option<UnitIdx> {
        self.file
            .units
            .idx(unit)
            .filter(|idx| self.file.units.is_leaf(*idx))
    }

    /// Ids of the leaves, in the order of the wave file.
    pub fn leaves(&self) -> impl Iterator<Item = &str> {
        let units = &self.file.units;
        let all = units.units().iter().enumerate();
        all.filter(|(idx, _)| units.is_leaf(*idx))
            .map(|(_, unit)| unit.id.as_str())
    }
}

impl Store {
    /// Makes a planned wave: its keys, a sealed zero for every leaf, its codes.
    ///
    /// # Errors
    /// When there is a wave of that id, or something cannot be written.
    pub fn create_wave(&mut self, new: &NewWave<'_>) -> Result<(), StoreError> {
        self.with_new_keys(new, |tx, keys| insert_wave(tx, keys, new).map(drop))
    }

    /// Runs `make` in a transaction, with new keys that are on the disk before it commits: a wave
    /// without them could not be used. A failure takes the keys away again.
    pub(super) fn with_new_keys<T>(
        &mut self,
        new: &NewWave<'_>,
        make: impl FnOnce(&Transaction<'_>, &WaveKeys) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let id = &new.file.id;
        // First of all, so that no other process makes the same wave meanwhile.
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        if is_taken(&tx, id)? {
            return Err(StoreError::WaveExists(id.clone()));
        }
        // Keys without a wave are what a crash between the two steps left behind.
        self.keys.destroy(id)?;
        let keys = WaveKeys::new(new.private.clone());
        self.keys.create(id, &keys)?;
        let made = make(&tx, &keys).and_then(|made| Ok(tx.commit().map(|()| made)?));
        if made.is_err() {
            self.keys.destroy(id)?;
        }
        made
    }

    /// Opens a planned wave.
    ///
    /// # Errors
    /// When it is not planned, or its first day has not come.
    pub fn open_wave(&mut self, id: &str, today: &Date) -> Result<(), StoreError> {
        self.step(id, |state, file| state.open(file, today))
    }

    /// Closes an open wave.
    ///
    /// # Errors
    /// When it is not open, or its last day has not come.
    pub fn close_wave(&mut self, id: &str, today: &Date) -> Result<(), StoreError> {
        self.step(id, |state, file| state.close(file, today))
    }

    fn step(
        &mut self,
        id: &str,
        next: impl FnOnce(State, &WaveFile) -> Result<State, Refusal>,
    ) -> Result<(), StoreError> {
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let row = wave_row(&tx, id)?;
        let state = next(row.state, &row.file)
            .map_err(|refusal| StoreError::Refused(id.to_owned(), refusal))?;
        set_state(&tx, id, state)?;
        Ok(tx.commit()?)
    }

    /// Every wave, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn waves(&self) -> Result<Vec<WaveRow>, StoreError> {
        let mut ids = self.conn.prepare_cached("SELECT id FROM wave")?;
        let ids = ids.query_map([], |row| row.get::<_, String>(0))?;
        let mut waves = ids
            .map(|id| wave_row(&self.conn, &id?))
            .collect::<Result<Vec<_>, _>>()?;
        waves.sort_by(|a, b| (&a.file.opens, &a.id).cmp(&(&b.file.opens, &b.id)));
        Ok(waves)
    }

    /// Id and state of every wave, in no order that matters.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn states(&self) -> Result<Vec<(String, State)>, StoreError> {
        let mut list = self.conn.prepare_cached("SELECT id, state FROM wave")?;
        let rows = list.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
        let words = rows.collect::<Result<Vec<_>, _>>()?;
        // The table's CHECK allows words of states only.
        let known = words
            .into_iter()
            .filter_map(|(id, word)| Some((id, State::parse(&word)?)));
        Ok(known.collect())
    }

    /// Where a wave is in its life; `None` when there is no such wave.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn state(&self, id: &str) -> Result<Option<State>, StoreError> {
        state_of(&self.conn, id)
    }

    /// A wave with what is needed to count for it.
    ///
    /// # Errors
    /// When there is no such wave, or it does not read back.
    pub fn wave(&self, id: &str) -> Result<Wave, StoreError> {
        read_wave(&self.conn, id)
    }

    /// The wave file, byte for byte, and its hash.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn wave_file(&self, id: &str) -> Result<Option<(Vec<u8>, String)>, StoreError> {
        let mut find = self
            .conn
            .prepare_cached("SELECT file, hash FROM wave WHERE id = ?1")?;
        Ok(find
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }

    /// The edition called `hash`, byte for byte.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn edition(&self, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
        edition_json(&self.conn, hash)
    }
}

/// Writes a planned wave and everything that belongs to it.
pub(super) fn insert_wave(
    tx: &Transaction<'_>,
    keys: &WaveKeys,
    new: &NewWave<'_>,
) -> Result<Wave, StoreError> {
    let bytes = new.file.to_json();
    let wave = Wave {
        hash: WaveFile::hash(&bytes),
        file: new.file.clone(),
        edition: new.edition.clone(),
        layout: Layout::new(new.edition),
    };
    let id = &wave.file.id;
    tx.execute(
        "INSERT INTO edition (hash, json) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![wave.edition.hash(), wave.edition.json()],
    )?;
    tx.execute(
        "INSERT INTO wave (id, hash, file, edition, state) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id,
            wave.hash,
            bytes,
            wave.edition.hash(),
            State::Planned.as_str()
        ],
    )?;
    let zero = Tally::zero(&wave.layout).to_bytes();
    for unit in wave.leaves() {
        let sealed = seal(
            &keys.tally,
            &tally_label(id, unit, wave.edition.hash()),
            &zero,
        );
        tx.execute(
            "INSERT INTO tally (wave, unit, sealed) VALUES (?1, ?2, ?3)",
            params![id, unit, sealed],
        )?;
    }
    let nobody = CrossProducts::zero(&wave.edition).to_bytes();
    let label = products_label(id, wave.edition.hash());
    tx.execute(
        "INSERT INTO products (wave, sealed) VALUES (?1, ?2)",
        params![id, seal(&keys.tally, &label, &nobody)],
    )?;
    for hash in new.codes {
        tx.execute(
            "INSERT INTO code (wave, hash) VALUES (?1, ?2)",
            params![id, hash],
        )?;
    }
    Ok(wave)
}

/// Whether a wave has this id, in whatever case: the id names a key file, and some file systems
/// take `w1` and `W1` for one.
fn is_taken(conn: &Connection, id: &str) -> Result<bool, StoreError> {
    let find = "SELECT EXISTS (SELECT 1 FROM wave WHERE id = ?1 COLLATE NOCASE)";
    Ok(conn.query_row(find, [id], |row| row.get(0))?)
}

pub(super) fn set_state(conn: &Connection, id: &str, state: State) -> Result<(), StoreError> {
    conn.execute(
        "UPDATE wave SET state = ?2 WHERE id = ?1",
        params![id, state.as_str()],
    )?;
    Ok(())
}

pub(super) fn state_of(conn: &Connection, id: &str) -> Result<Option<State>, StoreError> {
    let mut find = conn.prepare_cached("SELECT state FROM wave WHERE id = ?1")?;
    let word: Option<String> = find.query_row([id], |row| row.get(0)).optional()?;
    // The table's CHECK allows these words only.
    Ok(word.and_then(|word| State::parse(&word)))
}

pub(super) fn read_wave(conn: &Connection, id: &str) -> Result<Wave, StoreError> {
    let row = wave_row(conn, id)?;
    let json = edition_json(conn, &row.file.edition)?;
    let edition = json.and_then(|json| Edition::from_json(&json).ok());
    let edition = edition.ok_or_else(|| StoreError::Damaged(id.to_owned(), "its edition"))?;
    let layout = Layout::new(&edition);
    Ok(Wave {
        file: row.file,
        hash: row.hash,
        edition,
        layout,
    })
}

pub(super) fn wave_row(conn: &Connection, id: &str) -> Result<WaveRow, StoreError> {
    let mut find = conn.prepare_cached("SELECT state, hash, file FROM wave WHERE id = ?1")?;
    let found = find
        .query_row([id], |row| {
            Ok((
                row.get::<_, String>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, Vec<u8>>(2)?,
            ))
        })
        .optional()?;
    let (state, hash, file) = found.ok_or_else(|| StoreError::NoSuchWave(id.to_owned()))?;
    let damaged = || StoreError::Damaged(id.to_owned(), "its wave file");
    let state = State::parse(&state).ok_or_else(damaged)?;
    let file = WaveFile::from_json(&file).map_err(|_| damaged())?;
    Ok(WaveRow {
        id: id.to_owned(),
        state,
        hash,
        file,
    })
}

fn edition_json(conn: &Connection, hash: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let mut find = conn.prepare_cached("SELECT json FROM edition WHERE hash = ?1")?;
    Ok(find.query_row([hash], |row| row.get(0)).optional()?)
}
