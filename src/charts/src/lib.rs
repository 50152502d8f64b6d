//! Charts of published values as SVG, each with its sentence and its table.
