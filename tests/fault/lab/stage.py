"""The stage is a process of the product in which a stagehand does, at once, what a scene needs (see stagehand.py)."""

import json
import subprocess
import sys
import threading
from pathlib import Path

from .part import ROOT
from .undertaker import bury, watch_over


class Stage:
    def __init__(self, env, log):
        self._log = Path(log)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fault.lab.stagehand"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log.open("ab"),
            text=True,
            bufsize=1,
            start_new_session=True,
        )
        watch_over(self._process.pid)
        self._turn = threading.Lock()

    def ask(self, verb, **words):
        """What the stagehand's function of that name returns."""
        with self._turn:
            self._process.stdin.write(json.dumps({"verb": verb, "words": words}) + "\n")
            answer = self._process.stdout.readline()
        assert answer, f"The stage is gone:\n{self._log.read_text()[-3000:]}"
        answer = json.loads(answer)
        if "failed" in answer:
            raise AssertionError(f"{verb}({words}) on the stage: {answer['failed']}")
        return answer["value"]

    def close(self):
        self._process.stdin.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)
        bury(self._process.pid)
