//! Numbers in, numbers out: moments and intervals.
