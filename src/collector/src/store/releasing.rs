//! Releasing a wave: its numbers go through disclosure, and everything else of it goes.

use super::counting::{read_products, read_tally};
use super::waves::{Wave, read_wave, set_state, wave_row};
use super::{Store, StoreError};
use crate::fielding::State;
use crate::keys::WaveKeys;
use crate::publish::{self, Counted};
use disclosure::Earlier;
use release::{Index, IndexEntry, Release};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};
use std::collections::BTreeMap;
use tally::Tally;
use wire::Date;

impl Store {
    /// Releases a closed wave whose grace period is over. The release, and the end of the sealed
    /// tallies, ids and codes, are one transaction; the keys go right after it.
    ///
    /// # Errors
    /// When the wave is not closed, devices may still deliver, or no release could be made.
    pub fn release_wave(&mut self, id: &str, today: &Date) -> Result<Release, StoreError> {
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let row = wave_row(&tx, id)?;
        let state = row
            .state
            .release(&row.file, today)
            .map_err(|refusal| StoreError::Refused(id.to_owned(), refusal))?;
        let wave = read_wave(&tx, id)?;
        let keys = self.keys.read(id)?;
        let release = publish::release(&Counted {
            wave: &wave.file,
            hash: &wave.hash,
            edition: &wave.edition,
            tallies: &read_tallies(&tx, &wave, &keys)?,
            products: Some(&read_products(&tx, &wave, &keys)?),
            earlier: &read_earlier(&tx, &wave)?,
        })?;
        insert_release(&tx, &wave, &release)?;
        set_state(&tx, id, state)?;
        forget(&tx, id)?;
        tx.commit()?;
        self.keys.destroy(id)?;
        self.checkpoint()?;
        Ok(release)
    }

    /// Ends the keys of released waves that a crash right after the release has left.
    pub(super) fn destroy_left_over_keys(&self) -> Result<(), StoreError> {
        let mut released = self.conn.prepare("SELECT id FROM wave WHERE state = ?1")?;
        for id in released.query_map([State::Released.as_str()], |row| row.get::<_, String>(0))? {
            self.keys.destroy(&id?)?;
        }
        Ok(())
    }

    /// The list of releases, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn releases(&self) -> Result<Index, StoreError> {
        let mut list = self
            .conn
            .prepare_cached("SELECT wave, file, sha256 FROM release ORDER BY opens, wave")?;
        let entry = |row: &rusqlite::Row<'_>| {
            Ok(IndexEntry {
                wave: row.get(0)?,
                file: row.get(1)?,
                sha256: row.get(2)?,
            })
        };
        Ok(Index::new(
            list.query_map([], entry)?.collect::<Result<_, _>>()?,
        ))
    }

    /// A release file, byte for byte, and its hash.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn release_file(&self, file: &str) -> Result<Option<(Vec<u8>, String)>, StoreError> {
        let mut find = self
            .conn
            .prepare_cached("SELECT json, sha256 FROM release WHERE file = ?1")?;
        Ok(find
            .query_row([file], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }
}

fn read_tallies(
    tx: &Connection,
    wave: &Wave,
    keys: &WaveKeys,
) -> Result<BTreeMap<String, Tally>, StoreError> {
    let tally = |unit: &str| Ok((unit.to_owned(), read_tally(tx, wave, keys, unit)?));
    wave.leaves().map(tally).collect()
}

/// The releases of the waves that opened before, oldest first.
fn read_earlier(tx: &Connection, wave: &Wave) -> Result<Vec<Earlier>, StoreError> {
    let (id, opens) = (&wave.file.id, wave.file.opens.as_str());
    let mut list = tx.prepare_cached(
        "SELECT wave, sha256, json FROM release WHERE (opens, wave) < (?1, ?2) ORDER BY opens, wave",
    )?;
    let mut earlier = Vec::new();
    let mut rows = list.query(params![opens, id])?;
    while let Some(row) = rows.next()? {
        let (wave, sha256, json): (String, String, Vec<u8>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let release =
            Release::from_json(&json).map_err(|_| StoreError::Damaged(wave, "its release"))?;
        earlier.push(Earlier { sha256, release });
    }
    Ok(earlier)
}

fn insert_release(tx: &Connection, wave: &Wave, release: &Release) -> Result<(), StoreError> {
    let json = release.to_json();
    let (id, opens) = (&wave.file.id, wave.file.opens.as_str());
    tx.execute(
        "INSERT INTO release (wave, opens, file, sha256, json) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            id,
            opens,
            publish::file_name(id),
            release::sha256_hex(&json),
            json
        ],
    )?;
    Ok(())
}

/// Deletes everything of a wave but its file, its state and its release.
fn forget(tx: &Connection, id: &str) -> Result<(), StoreError> {
    for table in ["tally", "products", "counted", "code"] {
        tx.execute(&format!("DELETE FROM {table} WHERE wave = ?1"), [id])?;
    }
    Ok(())
}
