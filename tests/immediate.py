"""The tasks' backend of the tests: a task runs where it is enqueued, and fails there too.

One with a `run_after` to come is not run: whoever tests what it does at its time calls it then, or has a
real queue (`tests/background.py`).
"""

from django.tasks import TaskResultStatus
from django.tasks.backends.immediate import ImmediateBackend
from django.utils import timezone


class LoudImmediateBackend(ImmediateBackend):
    supports_defer = True

    def _execute_task(self, task_result):
        run_after = task_result.task.run_after
        if run_after is None or run_after <= timezone.now():
            super()._execute_task(task_result)

    def enqueue(self, task, args, kwargs):
        result = super().enqueue(task, args, kwargs)
        if result.status == TaskResultStatus.FAILED:
            raise AssertionError(result.errors[0].traceback)
        return result
