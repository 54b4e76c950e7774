//! `[[escorts]]`: a pool of escort vehicles.

use super::buses::breakdown;
use super::reader::Reader;
use crate::model::params::{EscortPool, EscortRest};

/// Reads one pool.
pub(super) fn read(r: &Reader<'_>) -> Option<EscortPool> {
    let id = r.need("id", |i| i.text());
    let count = r.need("count", |i| i.whole());
    let home = r.need("home", |i| {
        i.id_of()?;
        i.text()
    });
    let rest = r.open("rest", |i| {
        let r = i.table()?;
        let after = r.need("after", |i| i.interval());
        let length = r.need("length", |i| i.time());
        Some(EscortRest { after: after?, length: length? })
    });
    let breakdown = breakdown(r);
    Some(EscortPool { id: id?, count: count?, home: home?, rest: rest?, breakdown: breakdown? })
}
