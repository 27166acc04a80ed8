# Each target is a task of bin/cliffhanger.py, which works without make too.
# ARGS= hands on arguments (make test ARGS="-k backup"); PYTHON=, HOST= and PORT= are read from the environment.

# The first Python that runs: a version manager's shim may not.
STARTER := $(shell for python in python3 python3.13 python3.12 /usr/bin/python3; do \
	$$python -c "" 2>/dev/null && echo $$python && break; done)
START = $(or $(STARTER),$(error Install Python 3.9 or newer first; on Debian and Ubuntu: apt-get install python3 python3-venv)) bin/cliffhanger.py

export PYTHON HOST PORT

.DEFAULT_GOAL := help
.PHONY: demo setup run test test-postgres lint audit bench screenshots ci help

demo setup run test test-postgres lint audit bench screenshots ci help:
	@$(START) $@ $(ARGS)
