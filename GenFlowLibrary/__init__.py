"""GenFlowLibrary: a Robot Framework keyword library for RPA with generative steps.

``Library    GenFlowLibrary`` imports the class below; everything else is found from ``library.py``.
"""

from GenFlowLibrary._version import __version__
from GenFlowLibrary.library import GenFlowLibrary

__all__ = ["GenFlowLibrary", "__version__"]
