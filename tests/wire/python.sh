#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs a test in Python, or skips it where there is none.
command -v python3 > /dev/null || { echo "skipped: python3 is missing"; exit 77; }
exec python3 "$@"
