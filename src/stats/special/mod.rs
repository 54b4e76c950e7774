//! Special functions and the classic distributions of statistics, with the same bits on every platform.
//!
//! Everything is built from the `libm` crate and plain arithmetic. Distribution functions come with their inverses;
//! the inverses are found by a guarded Newton iteration on the logarithm of the smaller tail (in `root`), which keeps
//! the *relative* accuracy of small quantiles. Accuracy is that of the known answers in the tests: 10⁻¹⁰ or better.

mod beta;
mod binomial;
mod classic;
mod gamma;
mod kolmogorov;
mod normal;
mod quadrature;
pub(super) mod root;
mod stirling;
mod sum;

pub use beta::{beta_cdf, beta_density, beta_quantile};
pub use binomial::{binomial_cdf, binomial_pmf, poisson_cdf, poisson_pmf};
pub use classic::{chi_squared_cdf, chi_squared_quantile, f_cdf, f_quantile, student_t_cdf, student_t_quantile};
pub use gamma::{gamma_cdf, gamma_density, gamma_quantile, gamma_survival};
pub use kolmogorov::{kolmogorov_cdf, kolmogorov_critical};
pub use normal::{normal_cdf, normal_pdf, normal_quantile};
pub use sum::sum;

pub(super) use quadrature::integrate;
