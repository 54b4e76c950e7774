//! The command `convoysim`.

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    convoysim::cli::run(std::env::args_os(), &mut std::io::stdout().lock(), &mut std::io::stderr()).into()
}
