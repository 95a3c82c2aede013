"""The index on PostgreSQL: for each noun a table of keys and `tsvector`s with a GIN index, filled by triggers."""

from .asking import among, newest, time_limit
from .keeping import drop, fill, forget_all_if_none, functions, is_there, refresh, tables, triggers

__all__ = [
    "among",
    "drop",
    "fill",
    "forget_all_if_none",
    "functions",
    "is_there",
    "time_limit",
    "newest",
    "refresh",
    "tables",
    "triggers",
]
