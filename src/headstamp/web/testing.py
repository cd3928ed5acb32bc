"""Settings under which the tests of the web run: a workspace of their own, quick hashes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="headstamp-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["HEADSTAMP_WORKSPACE"] = _folder
os.environ["HEADSTAMP_SECRET_KEY"] = "tests" * 10
for _folder_name in ("files", "tmp"):
    os.makedirs(os.path.join(_folder, _folder_name))  # noqa: PTH103, PTH118

from headstamp.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SECURE = SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_PROXY_SSL_HEADER = None
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
