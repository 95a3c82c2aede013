"""The findings, told to a person or to a program. Whatever must stay secret is struck out here, last of all."""

import json

MARKS = {True: "ok     ", False: "WRONG  ", None: "?      "}


def as_text(findings, secrets):
    lines = []
    for finding in findings:
        lines.append(f"{MARKS[finding.ok]}{finding.name}: {finding.what}")
        if finding.ok is False:
            lines.append(f"         -> {finding.cure}")
    return strike_out("\n".join([*lines, "", verdict(findings)]), secrets)


def as_json(findings, secrets, url):
    told = {"well": is_well(findings), "url": url, "findings": [finding.as_dict() for finding in findings]}
    return strike_out(json.dumps(told, indent=2), secrets)


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


def strike_out(text, secrets):
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "********")
    return text
