"""The tasks' backend of the tests: a task runs where it is enqueued, and fails there too."""

from django.tasks import TaskResultStatus
from django.tasks.backends.immediate import ImmediateBackend


class LoudImmediateBackend(ImmediateBackend):
    def enqueue(self, task, args, kwargs):
        result = super().enqueue(task, args, kwargs)
        if result.status == TaskResultStatus.FAILED:
            raise AssertionError(result.errors[0].traceback)
        return result
