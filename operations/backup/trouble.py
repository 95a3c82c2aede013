"""What hinders a backup or a restore, in one sentence for the person at the terminal."""


class Trouble(Exception):
    pass
