//! Counting: from validated submissions to sealed tallies, in one transaction.

use super::waves::{Wave, insert_wave, set_state, state_of};
use super::{NewWave, Store, StoreError};
use crate::fielding::State;
use crate::keys::{KeyDir, WaveKeys};
use crate::seal::{open, products_label, seal, tally_label};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use survey::Response;
use tally::{CrossProducts, Tally};
use wire::{Codes, Date, ProblemCode};

/// A submission that has been opened and validated.
pub struct Ballot {
    /// The wave it is for.
    pub wave: Arc<Wave>,
    /// Id of a leaf of that wave.
    pub unit: String,
    /// Hash of the submission's id.
    pub id_hash: [u8; 32],
    /// Hash of its one-time code.
    pub code_hash: Option<[u8; 32]>,
    /// The answers.
    pub response: Response,
}

/// How a ballot came to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// By this submission.
    Now,
    /// By an earlier one with the same id.
    Before,
}

/// What became of a ballot.
pub(super) type Verdict = Result<Counted, ProblemCode>;

/// Counts a batch: all of it is on the disk when this returns, or none of it.
///
/// # Errors
/// When the store or the keys fail; then nothing was counted.
pub fn count(
    store: &mut Store,
    ballots: &[&Ballot],
    today: &Date,
) -> Result<Vec<Verdict>, StoreError> {
    let tx = store
        .conn
        .transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut batch = Batch {
        tx: &tx,
        keys: &store.keys,
        urns: BTreeMap::new(),
    };
    let verdicts = ballots
        .iter()
        .map(|ballot| batch.cast(ballot, today))
        .collect::<Result<_, _>>()?;
    batch.seal()?;
    tx.commit()?;
    Ok(verdicts)
}

/// The tallies that a transaction has opened so far.
struct Batch<'a> {
    tx: &'a Transaction<'a>,
    keys: &'a KeyDir,
    /// By wave.
    urns: BTreeMap<String, Urn>,
}

impl Batch<'_> {
    /// Checks one ballot against what other processes may have changed, and counts it.
    fn cast(&mut self, ballot: &Ballot, today: &Date) -> Result<Verdict, StoreError> {
        let wave = &ballot.wave;
        let Some(state) = state_of(self.tx, &wave.file.id)? else {
            return Ok(Err(ProblemCode::WaveUnknown));
        };
        if let Err(problem) = state.admits(&wave.file, today) {
            return Ok(Err(problem));
        }
        if is_counted(self.tx, ballot)? {
            return Ok(Ok(Counted::Before));
        }
        if let Err(problem) = spend_code(self.tx, ballot)? {
            return Ok(Err(problem));
        }
        let tx = self.tx;
        let urn = self.urn(wave)?;
        let tally = urn.tally(tx, &ballot.unit)?;
        tally.record(&wave.layout, wave.edition.survey(), &ballot.response)?;
        let products = urn.products(tx)?;
        products.record(wave.edition.survey(), &ballot.response);
        mark_counted(tx, ballot)?;
        Ok(Ok(Counted::Now))
    }

    /// The urn of a wave. Its keys are read once a batch, and go with it.
    fn urn(&mut self, wave: &Arc<Wave>) -> Result<&mut Urn, StoreError> {
        Ok(match self.urns.entry(wave.file.id.clone()) {
            Entry::Occupied(urn) => urn.into_mut(),
            Entry::Vacant(place) => {
                let keys = self.keys.read(&wave.file.id)?;
                place.insert(Urn::new(Arc::clone(wave), keys))
            }
        })
    }

    fn seal(self) -> Result<(), StoreError> {
        self.urns
            .into_values()
            .try_for_each(|urn| urn.seal(self.tx))
    }
}

fn is_counted(tx: &Connection, ballot: &Ballot) -> Result<bool, StoreError> {
    let mut find =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM counted WHERE wave = ?1 AND hash = ?2)")?;
    Ok(
        find.query_row(params![ballot.wave.file.id, ballot.id_hash], |row| {
            row.get(0)
        })?,
    )
}

fn mark_counted(tx: &Connection, ballot: &Ballot) -> Result<(), StoreError> {
    let mut insert = tx.prepare_cached("INSERT INTO counted (wave, hash) VALUES (?1, ?2)")?;
    insert.execute(params![ballot.wave.file.id, ballot.id_hash])?;
    Ok(())
}

/// Spends the ballot's code, where the wave has codes.
fn spend_code(tx: &Connection, ballot: &Ballot) -> Result<Result<(), ProblemCode>, StoreError> {
    match ballot.wave.file.codes {
        Codes::None => return Ok(Ok(())),
        Codes::Unlisted | Codes::Listed => {}
    }
    let Some(hash) = ballot.code_hash else {
        return Ok(Err(ProblemCode::CodeMissing));
    };
    let wave = &ballot.wave.file.id;
    let mut find = tx.prepare_cached("SELECT spent FROM code WHERE wave = ?1 AND hash = ?2")?;
    match find
        .query_row(params![wave, hash], |row| row.get::<_, bool>(0))
        .optional()?
    {
        None => return Ok(Err(ProblemCode::CodeUnknown)),
        Some(true) => return Ok(Err(ProblemCode::CodeUsed)),
        Some(false) => {}
    }
    tx.prepare_cached("UPDATE code SET spent = 1 WHERE wave = ?1 AND hash = ?2")?
        .execute(params![wave, hash])?;
    Ok(Ok(()))
}

/// The tallies of one wave that a transaction has opened.
pub(super) struct Urn {
    wave: Arc<Wave>,
    keys: WaveKeys,
    tallies: BTreeMap<String, Tally>,
    products: Option<CrossProducts>,
}

impl Urn {
    pub(super) fn new(wave: Arc<Wave>, keys: WaveKeys) -> Self {
        Self {
            wave,
            keys,
            tallies: BTreeMap::new(),
            products: None,
        }
    }

    /// The tally of a leaf, opened when it is first asked for.
    pub(super) fn tally(&mut self, tx: &Connection, unit: &str) -> Result<&mut Tally, StoreError> {
        Ok(match self.tallies.entry(unit.to_owned()) {
            Entry::Occupied(tally) => tally.into_mut(),
            Entry::Vacant(place) => place.insert(read_tally(tx, &self.wave, &self.keys, unit)?),
        })
    }

    /// The wave's cross-products, opened when they are first asked for.
    pub(super) fn products(&mut self, tx: &Connection) -> Result<&mut CrossProducts, StoreError> {
        let products = match self.products.take() {
            Some(products) => products,
            None => read_products(tx, &self.wave, &self.keys)?,
        };
        Ok(self.products.insert(products))
    }

    /// Seals everything that was opened with a fresh nonce and puts it back.
    pub(super) fn seal(self, tx: &Connection) -> Result<(), StoreError> {
        let id = &self.wave.file.id;
        let mut update =
            tx.prepare_cached("UPDATE tally SET sealed = ?3 WHERE wave = ?1 AND unit = ?2")?;
        for (unit, tally) in &self.tallies {
            let label = tally_label(id, unit, self.wave.edition.hash());
            update.execute(params![
                id,
                unit,
                seal(&self.keys.tally, &label, &tally.to_bytes())
            ])?;
        }
        if let Some(products) = &self.products {
            let label = products_label(id, self.wave.edition.hash());
            tx.prepare_cached("UPDATE products SET sealed = ?2 WHERE wave = ?1")?
                .execute(params![
                    id,
                    seal(&self.keys.tally, &label, &products.to_bytes())
                ])?;
        }
        Ok(())
    }
}

/// Opens the tally of one leaf.
pub(super) fn read_tally(
    tx: &Connection,
    wave: &Wave,
    keys: &WaveKeys,
    unit: &str,
) -> Result<Tally, StoreError> {
    let id = &wave.file.id;
    let mut find = tx.prepare_cached("SELECT sealed FROM tally WHERE wave = ?1 AND unit = ?2")?;
    let sealed: Vec<u8> = find.query_row(params![id, unit], |row| row.get(0))?;
    open(
        &keys.tally,
        &tally_label(id, unit, wave.edition.hash()),
        &sealed,
    )
    .ok()
    .and_then(|bytes| Tally::from_bytes(&wave.layout, &bytes).ok())
    .ok_or_else(|| StoreError::Damaged(id.clone(), "a sealed tally"))
}

/// Opens the cross-products of a wave.
pub(super) fn read_products(
    tx: &Connection,
    wave: &Wave,
    keys: &WaveKeys,
) -> Result<CrossProducts, StoreError> {
    let id = &wave.file.id;
    let mut find = tx.prepare_cached("SELECT sealed FROM products WHERE wave = ?1")?;
    let sealed: Vec<u8> = find.query_row([id], |row| row.get(0))?;
    open(
        &keys.tally,
        &products_label(id, wave.edition.hash()),
        &sealed,
    )
    .ok()
    .and_then(|bytes| CrossProducts::from_bytes(&wave.edition, &bytes).ok())
    .ok_or_else(|| StoreError::Damaged(id.clone(), "its sealed cross-products"))
}

impl Store {
    /// Makes a wave whose answers were collected elsewhere: sealed like any other, and closed.
    ///
    /// # Errors
    /// When there is a wave of that id, or something cannot be written; then nothing is.
    pub fn import_wave(
        &mut self,
        new: &NewWave<'_>,
        tallies: &BTreeMap<String, Tally>,
        products: &CrossProducts,
    ) -> Result<(), StoreError> {
        self.with_new_keys(new, |tx, keys| {
            let wave = Arc::new(insert_wave(tx, keys, new)?);
            let mut urn = Urn::new(Arc::clone(&wave), keys.clone());
            for (unit, tally) in tallies {
                urn.tally(tx, unit)?.merge(tally)?;
            }
            urn.products(tx)?.merge(products)?;
            urn.seal(tx)?;
            set_state(tx, &wave.file.id, State::Closed)
        })
    }
}
