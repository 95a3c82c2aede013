"""A program that reads a PDF and writes the width, the height, and a picture of its first page as WebP.

It runs on its own, without Django and without the environment of its caller, and within limits of time and memory.
"""

import io
import sys
from contextlib import suppress

import pypdfium2

LONGEST_SIDE = 640  # pixels; pages show it at most half as wide
QUALITY = 82
MOST_SECONDS = 4  # of work
MOST_BYTES = 1024 * 1024 * 1024  # of memory


def main():
    limit()
    page = pypdfium2.PdfDocument(sys.stdin.buffer.read())[0]
    scale = LONGEST_SIDE / max(page.get_size())
    picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    content = io.BytesIO()
    picture.convert("RGB").save(content, "WEBP", quality=QUALITY, method=4)
    sys.stdout.buffer.write(b"%d %d\n" % picture.size + content.getvalue())


def limit():
    """Limit this process, where the system can; where it cannot, only the timeout of the caller does."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


if __name__ == "__main__":
    main()
