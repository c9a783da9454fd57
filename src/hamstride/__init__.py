"""Can I run today, and what exactly should I do?"""

__version__ = "0.1.0"
