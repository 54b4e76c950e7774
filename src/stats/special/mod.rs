//! Special functions over `libm`, with the same bits on every platform.

mod normal;
mod sum;

pub use normal::{normal_cdf, normal_pdf, normal_quantile};
pub use sum::sum;
