//! What the elements share: host attributes, events, texts.
