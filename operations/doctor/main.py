"""The diagnostic from top to bottom."""

import argparse
import logging
from urllib.parse import urlsplit

from . import (
    data,
    database,
    disk,
    jobs,
    layer,
    mail,
    packages,
    processes,
    quiet,
    redis,
    report,
    road,
    sentinels,
    settings,
    single_sign_on,
    web,
)
from .finding import unasked, wrong
from .place import DjangoFails, Place

CHECKS = {
    packages.NAME: packages.check,
    data.NAME: data.check,
    disk.NAME: disk.check,
    settings.NAME: settings.check,
    database.NAME: database.check,
    sentinels.NAME: sentinels.check,
    redis.NAME: redis.check,
    layer.NAME: layer.check,
    jobs.WORKER: jobs.check_worker,
    jobs.BEAT: jobs.check_beat,
    mail.NAME: mail.check,
    single_sign_on.NAME: single_sign_on.check,
    web.NAME: web.check,
    web.LINE: web.check_line,
    road.NAME: road.check,
    processes.NAME: processes.check,
    quiet.NAME: quiet.check,  # last, for it waits
}


def main(arguments):
    """0: all is well. 1: something is wrong. 2: the diagnostic itself could not run."""
    options = _parse(arguments)
    logging.disable(logging.CRITICAL)  # what the parts log about their failing is said here in sentences
    place = Place(options.url, options.data)
    findings = list(examine(place)) if options.json else _told_one_by_one(place)
    if options.json:
        print(report.as_json(findings, place.secrets(), place.url))
    return 0 if report.is_well(findings) else 1


def _told_one_by_one(place):
    """Each as soon as it is known: most take no time, and some do."""
    print(f"PrizmAI Messaging at {place.url}, data in {place.data}\n", flush=True)
    findings = []
    for finding in examine(place):
        findings.append(finding)
        print(report.as_text(finding, place.secrets()), flush=True)
    print(f"\n{report.verdict(findings)}")
    return findings


def examine(place, checks=CHECKS):
    """All findings of these checks, each check on its own: none keeps another from being made."""
    for name, check in checks.items():
        try:
            yield from check(place)
        except DjangoFails as error:
            yield _without_django(name, error, place)
        except Exception as error:  # a check that fails is itself a finding
            yield wrong(name, f"The check failed: {type(error).__name__}: {error}", "Please report this.")


def _without_django(name, error, place):
    if not place.data.is_dir():
        return unasked(name, str(error))
    if name == settings.NAME:
        return wrong(
            name, f"They cannot be loaded: {error}", "Correct the variable or package that is named."
        )
    return unasked(name, "the settings cannot be loaded")


def _parse(arguments):
    parser = argparse.ArgumentParser(
        prog="check_messaging_config.py",
        description="Tell what is wrong with this installation, and how to cure it.",
    )
    parser.add_argument("--json", action="store_true", help="tell it to a program")
    parser.add_argument(
        "--url",
        action="append",
        default=[],
        help="the web server to ask; again for each more of the installation",
    )
    parser.add_argument("--data", metavar="DIR", help="the data folder (default PRIZMAI_DATA, or var/)")
    options = parser.parse_args(arguments)
    options.url = [_origin(url, parser) for url in options.url]
    return options


def _origin(url, parser):
    """The beginning of an address, which may have been copied from a browser."""
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return f"{parts.scheme}://{parts.netloc}"
    except ValueError:  # of the port, or of the host
        pass
    return parser.error(f"{url} is not an address such as http://localhost:8000")
