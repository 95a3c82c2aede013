"""An address that leads nowhere is refused like one that is forbidden: nobody learns which of the two it is."""

from ..sockets.close_codes import FORBIDDEN
from ..sockets.errors import Refused
from ..sockets.socket import LiveSocket


class Nowhere(LiveSocket):
    def admit(self):
        raise Refused(FORBIDDEN)
