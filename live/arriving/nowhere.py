"""An address that leads nowhere is refused like one that is forbidden: nobody learns which of the two it is."""

from ..errors import Refused
from ..socket import FORBIDDEN, LiveSocket


class Nowhere(LiveSocket):
    def admit(self):
        raise Refused(FORBIDDEN)
