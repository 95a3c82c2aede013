"""The findings, told to a person or to a program. Whatever must stay secret is struck out here, last of all."""

import json
from dataclasses import replace

MARKS = {True: "ok     ", False: "WRONG  ", None: "?      "}


def as_text(finding, secrets):
    (told,) = without(secrets, [finding])
    line = f"{MARKS[told.ok]}{told.name}: {told.what}"
    return f"{line}\n         -> {told.cure}" if told.ok is False else line


def as_json(findings, secrets, url):
    told = [finding.as_dict() for finding in without(secrets, findings)]
    return json.dumps({"well": is_well(findings), "url": url, "findings": told}, indent=2)


def verdict(findings):
    count = sum(finding.ok is False for finding in findings)
    if count:
        return f"{count} thing{'s are' if count > 1 else ' is'} wrong. More in docs/troubleshooting.md."
    return (
        "All is well."
        if is_well(findings)
        else "Nothing is known to be wrong, but not everything could be asked."
    )


def is_well(findings):
    return all(finding.ok for finding in findings)


def without(secrets, findings):
    """In what was found alone: a password may be a word that any report holds, and JSON writes some otherwise."""
    for finding in findings:
        yield replace(
            finding, what=_strike_out(finding.what, secrets), cure=_strike_out(finding.cure, secrets)
        )


def _strike_out(text, secrets):
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "********")
    return text
