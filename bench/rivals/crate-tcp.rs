//! For each line of input: milliseconds and rows of one `net::tcp()`. Giving the rows back is not timed.
use std::io::BufRead;
use std::time::Instant;

fn main() {
    for _round in std::io::stdin().lock().lines() {
        let start = Instant::now();
        let rows = procfs::net::tcp().expect("net::tcp");
        let elapsed = start.elapsed();
        println!("{:.3} {}", elapsed.as_secs_f64() * 1e3, rows.len());
    }
}
