"""The index on PostgreSQL: for each noun a table of keys and `tsvector`s with a GIN index, kept by triggers."""

from .asking import among, limited, newest
from .keeping import drop, fill, forget_all_if_none, functions, is_there, learn, refresh, tables, triggers

__all__ = [
    "among",
    "drop",
    "fill",
    "forget_all_if_none",
    "functions",
    "is_there",
    "learn",
    "limited",
    "newest",
    "refresh",
    "tables",
    "triggers",
]
