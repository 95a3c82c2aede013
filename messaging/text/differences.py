"""What changed between two wordings, word by word."""

import re

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_COMPARED = 40_000  # pairs of words; beyond that all in between counts as replaced


def differences(before, after):
    """[("same", "removed" or "added", text)]: without the removed they read `after`, without the added `before`."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    middle = _steps(old[start : len(old) - end], new[start : len(new) - end])
    same = [("same", word) for word in old[:start]], [("same", word) for word in old[len(old) - end :]]
    return _joined([*same[0], *middle, *same[1]])


def _shared(one, other):
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _steps(old, new):
    if len(old) * len(new) > MOST_COMPARED:
        return [*(("removed", word) for word in old), *(("added", word) for word in new)]
    lengths = _common_lengths(old, new)
    steps, i, j = [], 0, 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and old[i] == new[j]:
            steps.append(("same", old[i]))
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or lengths[i + 1][j] >= lengths[i][j + 1]):
            steps.append(("removed", old[i]))
            i += 1
        else:
            steps.append(("added", new[j]))
            j += 1
    return steps


def _common_lengths(old, new):
    """[i][j]: how many words old[i:] and new[j:] have in common, in their order."""
    lengths = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        below, row = lengths[i + 1], lengths[i]
        for j in range(len(new) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if old[i] == new[j] else max(below[j], row[j + 1])
    return lengths


def _joined(steps):
    joined = []
    for kind, word in steps:
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + word)
        else:
            joined.append((kind, word))
    return joined
