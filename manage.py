#!/usr/bin/env python
"""Run one of the project's commands; `manage.py help` lists them."""

import gc
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    # Until all is loaded (`NewsroomAdminConfig.ready`): what starting makes is no garbage.
    gc.disable()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(sys.argv)
