"""Reads numbers as strictly as Prometheus does."""

import re

SAMPLE = re.compile(
    r'^(?P<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\{(?P<labels>(?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*)\} (?P<value>\S+)$'
)


def parse(text):
    """{(name, labels): value}, having checked the form: help and type first, histograms whole and rising."""
    assert text.endswith("\n")
    kinds, samples = {}, {}
    for line in text.splitlines():
        if line.startswith("#"):
            _, word, name, rest = line.split(" ", 3)
            assert word in ("HELP", "TYPE") and rest
            if word == "TYPE":
                assert name not in kinds, "every family once"
                kinds[name] = rest
            continue
        sample = SAMPLE.match(line)
        assert sample, line
        family = (
            re.sub(r"_(bucket|sum|count)$", "", sample["name"])
            if sample["name"] not in kinds
            else sample["name"]
        )
        assert family in kinds, line
        labels = tuple(re.findall(r'(\w+)="([^"]*)"', sample["labels"]))
        assert (sample["name"], labels) not in samples
        samples[sample["name"], labels] = float(sample["value"])
    for (name, labels), value in samples.items():
        if name.endswith("_bucket") and labels[-1] == ("le", "+Inf"):
            series = [v for (n, ls), v in samples.items() if n == name and ls[:-1] == labels[:-1]]
            assert series == sorted(series)
            assert value == samples[name.removesuffix("_bucket") + "_count", labels[:-1]]
    return samples
