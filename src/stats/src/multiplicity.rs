//! Many tests at once.

use crate::moments::real;
use crate::reason::Reason;

/// The q value of each p value, in the order given: `q(i) = min over j ≥ i of p(j)·m/j`, p sorted
/// upwards, at most 1 (Benjamini & Hochberg 1995, *J. R. Stat. Soc. B* 57: 289–300). No p values
/// give no q values.
///
/// # Errors
/// `OutOfRange` when a p value is not from 0 to 1.
pub fn benjamini_hochberg(p: &[f64]) -> Result<Vec<f64>, Reason> {
    if p.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(Reason::OutOfRange);
    }
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let all = real(p.len() as u64);
    let (mut q, mut least, mut rank) = (vec![0.0; p.len()], 1.0_f64, all);
    for index in order.into_iter().rev() {
        least = least.min(p[index] * (all / rank));
        q[index] = least;
        rank -= 1.0;
    }
    Ok(q)
}
