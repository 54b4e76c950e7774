//! The command `convoysim`.

fn main() {}
