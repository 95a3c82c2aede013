"""A picture converted to a colour mode in which it can be resized: no palette, and 8 bits per channel."""

from PIL import Image


def in_whole_colours(picture):
    if picture.mode == "I;16":
        return _in_8_bits(picture)
    if picture.mode in ("1", "P", "PA"):
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture


def _in_8_bits(grey):
    """Keep the high byte of each pixel; Pillow's own conversion makes all but the darkest pixels white."""
    coarse = Image.frombytes("L", grey.size, grey.tobytes()[1::2])
    coarse.info = {name: told for name, told in grey.info.items() if name != "transparency"}
    return coarse
