"""Sorry is what the launcher says when it cannot go on: one clear sentence, and what to do about it."""

import errno


class Sorry(Exception):
    def __init__(self, sentence, cure=""):
        super().__init__(sentence)
        self.sentence, self.cure = sentence, cure

    @classmethod
    def about_folder(cls, folder, error):
        """The Sorry for an OSError met while writing in the data folder."""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return cls(
                f"There is no room left on the disk that holds {folder}.",
                "Free some space there, or choose a folder on another disk with --data.",
            )
        if error.errno in (errno.EEXIST, errno.ENOTDIR):
            return cls(f"{folder} is no folder, or lies in a file.", "Choose another folder with --data.")
        return cls(
            f"{error.filename or folder} cannot be written ({error.strerror or error}).",
            f"All that is in {folder} must belong to the user who starts it; or choose another folder with --data.",
        )
