"""What TRL's own readers make of exported verdicts, as JSON. Called by tests/taste.rs: trainers.py FILE..."""

import json
import sys

from datasets import load_dataset
from trl.data_utils import is_conversational, unpair_preference_dataset


def read(path, cache):
    rows = load_dataset("json", data_files=path, split="train", cache_dir=cache)
    told = {
        "columns": sorted(rows.column_names),
        "rows": len(rows),
        "conversational": is_conversational(rows[0]),
    }
    if "chosen" in rows.column_names:
        apart = unpair_preference_dataset(rows)
        told["unpaired"] = [row["label"] for row in apart]
    return told


if __name__ == "__main__":
    cache, *paths = sys.argv[1:]
    print(json.dumps([read(path, cache) for path in paths]))
