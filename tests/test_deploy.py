"""docs/deploy.md: its unit is read by systemd, its proxies are started, as Debian packages them, before a service.

What `compose.yaml` sets is what the image and the service know.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml

from tanya_csto.service.settings import Settings, variable
from tests.service.live import Service, serving

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
DEPLOY = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
IMAGE = (ROOT / "Containerfile").read_text(encoding="utf-8")
SERVICE = "127.0.0.1:8000"
SITE = "tanya.example.org"


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"needs {program}")


def block(language: str) -> str:
    """Return the code block of the document in that language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", DEPLOY, re.MULTILINE | re.DOTALL)
    return str(found)


def replaced(text: str, new: dict[str, str]) -> str:
    """Return `text` with each key, which it must hold, replaced by its value."""
    for old, value in new.items():
        assert old in text
        text = text.replace(old, value)
    return text


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service that believes a proxy on this machine, and lets nobody else than this machine read /metrics."""
    with serving(tmp_path, trusted_proxies="127.0.0.1", rate="0.001", burst="2") as running:
        yield running


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    """Run a proxy in `folder` until it listens at `port`, and end it afterwards."""
    environment = {"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/bin"}
    log = folder / "proxy.log"
    with log.open("w") as out, subprocess.Popen(command, stdout=out, stderr=out, env=environment) as process:
        try:
            deadline = time.monotonic() + 30
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert process.poll() is None, log.read_text()
                    assert time.monotonic() < deadline, log.read_text()
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()


def get(port: int, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(f"https://localhost:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30, context=context) as reply:
            return reply.status, reply.read().decode(), dict(reply.headers)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), dict(error.headers)


def holds_what_the_document_says(port: int) -> None:
    """Ask through the proxy at `port`; the service takes two requests of a client."""
    status, body, headers = get(port, "/ask?" + urllib.parse.urlencode({"q": "Siapa Sekretaris Jenderal CSTO?"}))
    assert status == 200, body
    assert json.loads(body)["short_answer"] == "Imangali Tasmagambetov"
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert get(port, "/metrics")[0] == 403
    earlier = [("riwayat", "kata “lama” " * 41)] * 10
    assert get(port, "/?" + urllib.parse.urlencode([*earlier, ("q", "Apa itu CSTO?")]))[0] == 200
    limited = [get(port, "/ask?q=Apa", **{"X-Forwarded-For": f"203.0.113.{n}"})[0] for n in range(3)]
    assert limited[-1] == 429, "a visitor who names another address gets another visitor's share"


@needs("nginx")
@needs("openssl")
def test_nginx_passes_questions_on_and_keeps_metrics_to_itself(service: Service, port: int, tmp_path: Path) -> None:
    certificate, key = tmp_path / "site.pem", tmp_path / "site.key"
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -keyout {key} -out {certificate}".split(),
        check=True,
        capture_output=True,
    )
    server = replaced(
        block("nginx"),
        {
            "listen [::]:443 ssl http2;": "",
            "listen 443": f"listen 127.0.0.1:{port}",
            f"/etc/ssl/{SITE}.pem": str(certificate),
            f"/etc/ssl/private/{SITE}.key": str(key),
            SERVICE: f"127.0.0.1:{service.port}",
        },
    )
    places = "".join(
        f"{kind}_temp_path {tmp_path / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"daemon off;\nmaster_process off;\npid {tmp_path / 'pid'};\nerror_log stderr;\nevents {{}}\n"
    (tmp_path / "nginx.conf").write_text(f"{head}http {{\n{places}{server}}}\n")
    with running(["nginx", "-c", str(tmp_path / "nginx.conf")], port, tmp_path):
        holds_what_the_document_says(port)


@needs("caddy")
def test_caddy_passes_questions_on_and_keeps_metrics_to_itself(service: Service, port: int, tmp_path: Path) -> None:
    site = replaced(
        block("caddy"),
        {
            "{\n\tservers": "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\tservers",
            f"{SITE} {{": f"localhost:{port} {{\n\ttls internal",
            SERVICE: f"127.0.0.1:{service.port}",
        },
    )
    (tmp_path / "Caddyfile").write_text(site)
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    with running(command, port, tmp_path):
        holds_what_the_document_says(port)


@needs("systemd-analyze")
def test_the_unit_is_one_that_systemd_runs_and_that_exposes_little(tmp_path: Path) -> None:
    unit = tmp_path / "tanya-csto.service"
    unit.write_text(replaced(block("ini"), {"/opt/tanya-csto/bin/tanya-csto": sys.executable}))
    for command in (["verify"], ["security", "--offline=yes", "--threshold=20"]):
        told = subprocess.run(["systemd-analyze", *command, str(unit)], capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stdout + told.stderr
        assert "Unknown" not in told.stderr


def composed() -> tuple[dict[str, Any], Settings]:
    """Return the service of `compose.yaml`, and its settings: the image's own, and above them what the file sets."""
    (service,) = yaml.safe_load(COMPOSE)["services"].values()
    assert all(isinstance(value, str) for value in service["environment"].values())
    return service, Settings.read(dict(re.findall(r"\b(TANYA_\w+)=(\S*)", IMAGE)) | service["environment"])


def test_compose_sets_what_the_service_knows() -> None:
    known = {variable(each.name) for each in fields(Settings)}
    assert set(re.findall(r"\bTANYA_\w+", COMPOSE + IMAGE)) <= known


def test_compose_publishes_the_port_of_the_image_to_this_machine_alone() -> None:
    service, settings = composed()
    assert service["ports"] == [f"{SERVICE}:{settings.port}"]
    assert re.findall(r"^EXPOSE (.+)$", IMAGE, re.MULTILINE) == [str(settings.port)]
    assert settings.host == "0.0.0.0"  # noqa: S104 - inside the container


def test_compose_builds_a_target_of_the_image() -> None:
    service, _ = composed()
    assert (ROOT / service["build"]["context"] / service["build"]["dockerfile"]).samefile(ROOT / "Containerfile")
    assert f"AS {service['build']['target']}\n" in IMAGE


def test_compose_lets_the_service_write_its_feedback_and_nothing_else() -> None:
    service, settings = composed()
    assert service["read_only"]
    assert service["tmpfs"] == ["/tmp"]  # noqa: S108 - inside the container
    (volume,) = yaml.safe_load(COMPOSE)["volumes"]
    assert settings.feedback is not None
    assert service["volumes"] == [f"{volume}:{settings.feedback.parent}"]
    ((uid, owner),) = re.findall(r"--uid (\d+) .* (\w+) \\\n", IMAGE)
    assert f"install --directory --owner={owner} --group={owner} {settings.feedback.parent}\n" in IMAGE
    assert re.findall(r"^USER (.+)$", IMAGE, re.MULTILINE) == [f"{uid}:{uid}"]


def test_compose_trusts_the_gateway_of_its_network_alone() -> None:
    _, settings = composed()
    (network,) = yaml.safe_load(COMPOSE)["networks"]["default"]["ipam"]["config"]
    gateway = next(ip_network(network["subnet"]).hosts())
    assert settings.trusted_proxies == (ip_network(str(gateway)),)


def test_compose_waits_until_the_service_has_stopped() -> None:
    service, settings = composed()
    assert int(service["stop_grace_period"].removesuffix("s")) > settings.shutdown_timeout
