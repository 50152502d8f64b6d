//! Works out what releases give away, independently of the code that suppressed.
