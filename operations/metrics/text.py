"""The text format in which Prometheus reads numbers (https://prometheus.io/docs/instrumenting/exposition_formats)."""

from dataclasses import dataclass, field

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass
class Family:
    """One number, or the same of several things: `samples` are (suffix of the name, labels, value)."""

    name: str
    kind: str  # counter, gauge or histogram
    help: str
    samples: list = field(default_factory=list)

    def add(self, value, suffix="", **labels):
        self.samples.append((suffix, labels, value))
        return self

    def add_histogram(self, histogram, **labels):
        counts, total = histogram.read()
        for bound, count in zip((*histogram.bounds, "+Inf"), counts, strict=True):
            self.add(count, "_bucket", **labels, le=bound)
        return self.add(total, "_sum", **labels).add(counts[-1], "_count", **labels)


def written(families, **everywhere):
    """The whole answer, each sample with the labels `everywhere` as well."""
    return "".join(line + "\n" for family in families for line in _lines(family, everywhere))


def _lines(family, everywhere):
    yield f"# HELP {family.name} {family.help}"
    yield f"# TYPE {family.name} {family.kind}"
    for suffix, labels, value in family.samples:
        said = ",".join(f'{name}="{_escaped(label)}"' for name, label in {**everywhere, **labels}.items())
        yield (
            f"{family.name}{suffix}{{{said}}} {value:g}"
            if isinstance(value, float)
            else (f"{family.name}{suffix}{{{said}}} {value}")
        )


def _escaped(label):
    return str(label).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
