"""A picture in colours that can be mixed, as making it smaller does: no numbers of a palette, and 8 bits to each."""

from PIL import Image


def in_whole_colours(picture):
    if picture.mode == "I;16":
        return _in_8_bits(picture)
    if picture.mode in ("1", "P", "PA"):
        return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture


def _in_8_bits(grey):
    """Of each two bytes the one that counts more; Pillow's own way takes all but the darkest for white."""
    coarse = Image.frombytes("L", grey.size, grey.tobytes()[1::2])
    coarse.info = {name: told for name, told in grey.info.items() if name != "transparency"}
    return coarse
