"""What docs/scaling.md tells people to use, as far as it can be tried without benchmarks/cluster."""

import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.cluster import machines
from tests.buckets import in_a_bucket

HERE = Path(machines.__file__).parent
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@pytest.mark.skipif(not NGINX, reason="nginx is not installed")
def test_nginx_takes_the_balancers_configuration_also_with_a_server_out(tmp_path):
    first, second, store = (machines.Machine(name, tmp_path) for name in ("A", "B", "store"))
    balancer = machines.Balancer([first, second], store, SimpleNamespace(folder=tmp_path))
    for balancer.down in (set(), {first}):
        balancer.configure()
        text = (balancer.folder / "nginx.conf").read_text()
        assert "@STORE@" not in text and (f"{first.address} down" in text) == bool(balancer.down)
        command = [NGINX, "-t", "-p", balancer.folder, "-c", balancer.folder / "nginx.conf"]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def test_the_buckets_policy_lets_everybody_read_renditions_and_nothing_else(settings):
    with in_a_bucket(settings) as store:
        import boto3
        from botocore import UNSIGNED
        from botocore.config import Config
        from botocore.exceptions import ClientError

        policy = (
            (HERE / "bucket-policy.json").read_text().replace("arn:aws:s3:::pictures/", "arn:aws:s3:::news/")
        )
        store.Policy().put(Policy=policy)
        names = ["renditions/a/480.jpg", "originals/a.jpg", "social/1/a.jpg", "erasures/a"]
        for name in names:
            store.put_object(Key=name, Body=b"x")
        nobody = boto3.client("s3", region_name="us-east-1", config=Config(signature_version=UNSIGNED))
        assert nobody.get_object(Bucket="news", Key=names[0])["Body"].read() == b"x"
        for name in names[1:]:
            with pytest.raises(ClientError, match="Forbidden"):
                nobody.get_object(Bucket="news", Key=name)
        with pytest.raises(ClientError):
            nobody.put_object(Bucket="news", Key="renditions/a/480.jpg", Body=b"mine")
