from ..security.conftest import *  # noqa: F403  the same scene, in which there is something of everything
from ..security.conftest import nobody_has_tried_yet, own_folder, single_sign_on  # noqa: F401
