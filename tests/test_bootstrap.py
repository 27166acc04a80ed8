"""`bin/cliffhanger.py` on machines that lack things: each test builds such a machine of small programs."""

import ast
import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STARTER = ROOT / "bin" / "cliffhanger.py"


@pytest.fixture
def starter(monkeypatch, tmp_path):
    """The starter as a module, in an empty project folder and with nothing on the PATH."""
    spec = importlib.util.spec_from_file_location("starter", STARTER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    project = tmp_path / "project"
    (project / ".venv").mkdir(parents=True)
    for name in ("uv.lock", "pyproject.toml"):
        (project / name).write_text(name)
    monkeypatch.setattr(module, "ROOT", project)
    monkeypatch.setattr(module, "VENV_PYTHON", Path(sys.executable))
    monkeypatch.setattr(module, "OWN_UV", project / ".tools" / "uv" / "bin" / "uv")
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    monkeypatch.delenv("PYTHON", raising=False)
    return module


@pytest.fixture
def program(tmp_path):
    """A function that puts a shell script on the PATH, or somewhere else."""

    def program(name, script, folder=tmp_path / "programs"):
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return program


REAL_PYTHON = os.path.realpath(sys.executable)
RUNS = f'exec {REAL_PYTHON} "$@"'
BROKEN_SHIM = 'echo "pyenv: command not found" >&2; exit 127'
TOO_OLD = "echo; exit 0"
UV = 'echo "$@" >> "$(dirname "$0")/uv.log"; echo "uv 1.0"'


def test_any_python_from_3_9_on_understands_the_starter():
    tree = ast.parse(STARTER.read_text(), feature_version=(3, 9))
    modules = {node.names[0].name for node in ast.walk(tree) if isinstance(node, ast.Import)}
    modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules <= sys.stdlib_module_names


def test_each_task_has_a_sentence_and_a_target():
    helped = subprocess.run(
        [sys.executable, STARTER, "help"], capture_output=True, text=True, check=True
    ).stdout
    phony = next(line for line in (ROOT / "Makefile").read_text().splitlines() if line.startswith(".PHONY:"))
    for task in phony.removeprefix(".PHONY:").split():
        assert f"\n  {task} " in helped


def test_an_unknown_task_is_named():
    done = subprocess.run([sys.executable, STARTER, "dance"], capture_output=True, text=True)
    assert (done.returncode, "“dance”" in done.stderr) == (1, True)


def test_the_first_python_that_runs_is_taken_by_its_real_path(starter, program):
    program("python3.13", BROKEN_SHIM)
    program("python3.12", RUNS)
    program("python3", "exit 1")
    assert starter.wanted_python() == REAL_PYTHON


def test_an_older_python_is_passed_over(starter, program):
    program("python3", TOO_OLD)
    assert starter.wanted_python() is None


def test_a_chosen_python_goes_before_all_others(starter, program, monkeypatch, tmp_path):
    program("python3.13", BROKEN_SHIM)
    monkeypatch.setenv("PYTHON", str(program("mine", RUNS, tmp_path / "elsewhere")))
    assert starter.wanted_python() == REAL_PYTHON


def test_a_chosen_python_that_will_not_do_is_named(starter, program, monkeypatch):
    monkeypatch.setenv("PYTHON", str(program("python3.9", TOO_OLD)))
    with pytest.raises(SystemExit, match=r"python3\.9 does not run or is older than Python 3\.12"):
        starter.wanted_python()


def test_a_uv_that_does_not_run_is_no_uv(starter, program):
    program("uv", BROKEN_SHIM)
    own = program("uv", UV, starter.OWN_UV.parent)
    assert starter.working_uv() == str(own)


def test_a_machine_without_venv_is_told_what_to_install(starter, program, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", str(program("python", "exit 1", tmp_path / "bare")))
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        starter.working_uv()
    assert not (starter.ROOT / ".tools" / "uv").exists(), "the next try begins anew"


def test_a_machine_without_network_is_told_so(starter, program, monkeypatch, tmp_path):
    pip_fails = (
        'mkdir -p "$3/bin" && printf "#!/bin/sh\\nexit 1\\n" > "$3/bin/python" && chmod +x "$3/bin/python"'
    )
    monkeypatch.setenv("PATH", os.defpath)
    monkeypatch.setattr(sys, "executable", str(program("python", pip_fails, tmp_path / "offline")))
    monkeypatch.setattr(starter.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="is there a network"):
        starter.working_uv()


def test_uv_is_given_the_python_that_was_found_once(starter, program, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{tmp_path / 'programs'}:{os.defpath}")
    program("python3.13", RUNS)
    program("uv", UV)
    starter.install()
    starter.install()
    calls = (tmp_path / "programs" / "uv.log").read_text().splitlines()
    assert [call for call in calls if call != "--version"] == [f"sync --locked --python {REAL_PYTHON}"]


def test_changed_dependencies_are_installed_at_the_next_start(starter, program, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", f"{tmp_path / 'programs'}:{os.defpath}")
    program("python3.13", RUNS)
    program("uv", UV)
    starter.install()
    (starter.ROOT / "uv.lock").write_text("another one")
    starter.install()
    assert (tmp_path / "programs" / "uv.log").read_text().count("sync") == 2


def test_where_no_python_can_be_had_a_sentence_says_what_to_install(starter, program):
    program("uv", 'if [ "$1" = sync ]; then exit 2; fi; echo "uv 1.0"')
    with pytest.raises(SystemExit, match=r"install Python 3\.12 or newer"):
        starter.install()


@pytest.mark.parametrize("task", ["demo", "run"])
def test_a_busy_port_is_named_before_anything_is_started(task, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        environment = os.environ | {"PORT": str(port), "HOST": "127.0.0.1", "VAR_DIR": str(tmp_path / "var")}
        done = subprocess.run(
            [sys.executable, STARTER, task], env=environment, capture_output=True, text=True
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} on 127.0.0.1 is in use by another program")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "80 80"])
def test_a_port_that_is_none_is_refused(starter, monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT must be a number from 1 to 65535"):
        starter.host_and_port()


def test_the_demo_keeps_its_key_where_only_its_owner_reads_it(starter, monkeypatch, tmp_path):
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    first, second = (starter.demo_environment("127.0.0.1", 8000) for _ in range(2))
    assert len(first["SECRET_KEY"]) > 50
    assert first["SECRET_KEY"] == second["SECRET_KEY"]
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_demo_takes_nothing_from_a_real_sites_settings(starter, monkeypatch, tmp_path):
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://real.example.org/site")
    environment = starter.demo_environment("127.0.0.1", 8000)
    assert "DATABASE_URL" not in environment
    assert (environment["DEBUG"], environment["ENV_FILE"]) == ("false", os.devnull)
    assert environment["ALLOWED_HOSTS"] == "127.0.0.1,[::1],localhost", "it answers on this machine alone"
