-- Migration 1. The tables of the collector.
--
-- What is not here is the point: no response, no time, no address, no order of arrival. The one
-- date anywhere is the first day of a wave. Tables are clustered by their keys (WITHOUT ROWID), so
-- that no row number tells who came first.

-- Published texts of surveys, by the SHA-256 of their bytes.
CREATE TABLE edition (
    hash TEXT PRIMARY KEY,
    json BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Waves. `file` is the wave file, byte for byte; everything that is fixed about a wave is in it.
CREATE TABLE wave (
    id      TEXT PRIMARY KEY,
    hash    TEXT NOT NULL,
    file    BLOB NOT NULL,
    edition TEXT NOT NULL REFERENCES edition (hash),
    state   TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed', 'released'))
) STRICT, WITHOUT ROWID;

-- One tally for every unit that is answered for, from the start and always of one size, sealed with
-- a key that is not in this file. Which rows are there, and how long they are, says nothing.
CREATE TABLE tally (
    wave   TEXT NOT NULL REFERENCES wave (id),
    unit   TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (wave, unit)
) STRICT, WITHOUT ROWID;

-- Cross-products of complete answers over the whole wave, never a unit: what reliability is computed
-- from. Sealed like the tallies. Deleted at release.
CREATE TABLE products (
    wave   TEXT PRIMARY KEY REFERENCES wave (id),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Hashes of the ids of counted submissions, so that a repeat is not counted twice. Ordered by hash,
-- which is random. Deleted at release.
CREATE TABLE counted (
    wave TEXT NOT NULL REFERENCES wave (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (wave, hash)
) STRICT, WITHOUT ROWID;

-- Hashes of one-time codes and whether they are spent; never with what for. Deleted at release.
CREATE TABLE code (
    wave  TEXT NOT NULL REFERENCES wave (id),
    hash  BLOB NOT NULL CHECK (length(hash) = 32),
    spent INTEGER NOT NULL DEFAULT 0 CHECK (spent IN (0, 1)),
    PRIMARY KEY (wave, hash)
) STRICT, WITHOUT ROWID;

-- Published results, byte for byte. `opens` puts them in order.
CREATE TABLE release (
    wave   TEXT PRIMARY KEY REFERENCES wave (id),
    opens  TEXT NOT NULL,
    file   TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    json   BLOB NOT NULL
) STRICT, WITHOUT ROWID;
