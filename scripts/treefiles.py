#!/usr/bin/python3 -B
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The project's own files: all below the source root but build directories,
version control, and the bad examples that the tests of the checks read.

Usage: treefiles.py [PATTERN...]    prints the paths that match, sorted
"""

import fnmatch
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
EXAMPLES = os.path.join("tests", "scripts", "examples")


def is_build_dir(path):
    """Whether meson made this directory."""
    return os.path.isdir(os.path.join(path, "meson-private"))


def tree_files(root=ROOT, patterns=("*",)):
    """Paths relative to root whose base name matches one of patterns."""
    found = []
    for folder, dirs, names in os.walk(root):
        where = os.path.relpath(folder, root)
        dirs[:] = [
            d for d in dirs
            if d not in (".git", "__pycache__")
            and not (where == "." and d.startswith("build"))
            and os.path.normpath(os.path.join(where, d)) != EXAMPLES
            and not is_build_dir(os.path.join(folder, d))]
        found += [
            os.path.normpath(os.path.join(where, n)) for n in names
            if any(fnmatch.fnmatch(n, p) for p in patterns)
            and os.path.isfile(os.path.join(folder, n))]
    return sorted(found)


if __name__ == "__main__":
    print("\n".join(tree_files(patterns=sys.argv[1:] or ("*",))))
