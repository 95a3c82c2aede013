"""A program: a PDF comes in, and out come the width, the height, and a picture of its first page as WebP.

It stands alone, without Django and without the environment of who calls it, and takes little time and memory.
"""

import io
import sys
from contextlib import suppress

import pypdfium2

LONGEST_SIDE = 640  # pixels, of what is shown at most half as wide
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
    """Where the system knows limits; where it does not, there is only the patience of who calls."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))


if __name__ == "__main__":
    main()
