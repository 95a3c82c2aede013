from ..security.conftest import *  # noqa: F403  the same scene, in which there is something of everything
from ..security.conftest import own_folder, single_sign_on  # noqa: F401
