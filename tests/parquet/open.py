"""Opens replications.parquet of a sweep in DuckDB, pandas and polars and holds it against replications.csv and the manifest."""

import json
import sys

import duckdb
import pandas
import polars
import pyarrow.parquet

folder = sys.argv[1]
parquet, csv = f"{folder}/replications.parquet", f"{folder}/replications.csv"
with open(f"{folder}/manifest.json", encoding="utf-8") as file:
    manifest = json.load(file)

expected = pandas.read_csv(csv, low_memory=False)
rows = len(expected)
assert rows == 9 * 1000, rows
checks = 0


def check(what, found, wanted):
    global checks
    assert found == wanted, f"{what}: {found!r}, but should be {wanted!r}"
    checks += 1


found = pandas.read_parquet(parquet)
check("pandas, rows", len(found), rows)
check("pandas, columns", list(found.columns), list(expected.columns))
for name in expected.columns:
    check(f"pandas, {name}", found[name].isna().sum(), expected[name].isna().sum())
    if pandas.api.types.is_numeric_dtype(expected[name]):
        check(f"pandas, {name}", (found[name].dropna().to_numpy() == expected[name].dropna().to_numpy()).all(), True)

frame = polars.read_parquet(parquet)
check("polars, shape", frame.shape, expected.shape)
# Values and not their mean: polars sums in pieces, which are cut otherwise in the two files.
check("polars, values", frame["days_to_completion"].to_list(), polars.read_csv(csv)["days_to_completion"].to_list())
check("polars, text", sorted(value for value in frame["shift"].unique() if value is not None), ["one bay", "two bays"])

query = f"select count(*), count(shift), count(distinct point), max(replication), min(lanes) from '{parquet}'"
check("DuckDB", duckdb.sql(query).fetchall()[0], (rows, 6 * 1000, 9, 999, 1.0))
by_point = "select point, avg(days_to_completion) from '{}' group by point order by point"
pairs = zip(duckdb.sql(by_point.format(parquet)).fetchall(), duckdb.sql(by_point.format(csv)).fetchall())
# Sums in another order differ in their last bits.
check("DuckDB, means", all(a[0] == b[0] and abs(a[1] - b[1]) < 1e-12 for a, b in pairs), True)

metadata = pyarrow.parquet.read_schema(parquet).metadata
check("metadata, plan", metadata[b"convoysim_plan_sha256"].decode(), manifest["plan_sha256"])
check("metadata, scenario", len(metadata[b"scenario_sha256"]), 64)
versions = f"DuckDB {duckdb.__version__}, pandas {pandas.__version__}, polars {polars.__version__}"
print(f"{checks} checks of {rows} rows passed with {versions}")
