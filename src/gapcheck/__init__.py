"""gapcheck: who may lawfully do what in UK health care, and what registration would change.

from gapcheck import Lawbook, Profile, check

lawbook = Lawbook.load()
report = check(Profile.read("profile.yaml", lawbook), lawbook)
"""

from gapcheck.engine.findings import Finding, Report
from gapcheck.errors import InputError, LawbookError
from gapcheck.law.lawbook import Lawbook
from gapcheck.library import check
from gapcheck.profile.model import Profile
from gapcheck.version import __version__

__all__ = ["Finding", "InputError", "Lawbook", "LawbookError", "Profile", "Report", "__version__", "check"]
