"""An address that leads nowhere is refused like one that is forbidden: nobody learns which of the two it is."""

from ..close_codes import FORBIDDEN
from ..errors import Refused
from ..socket import LiveSocket


class Nowhere(LiveSocket):
    def admit(self):
        raise Refused(FORBIDDEN)
