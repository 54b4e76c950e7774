//! Properties of the model over random scenarios: nobody is lost, nobody is stuck, and the sums agree.

mod dice;
mod generate;
mod run;
mod survey;
mod whole;
