"""The image's recipe, and the job that runs it."""

import subprocess

import yaml
from deploy.conftest import tool
from forked_scrapy import ROOT

DOCKER, KUBERNETES = ROOT / "deploy" / "docker", ROOT / "deploy" / "kubernetes"


def _finds_nothing(*words: str) -> None:
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hadolint_finds_nothing() -> None:
    _finds_nothing(tool("hadolint"), str(DOCKER / "Dockerfile"))


def test_the_image_is_small_pinned_and_not_roots() -> None:
    lines = (DOCKER / "Dockerfile").read_text().splitlines()
    assert [line.split()[1] for line in lines if line.startswith("USER ")][-1] not in {"root", "0"}
    assert all("-slim" in line for line in lines if line.startswith("FROM "))
    assert all("--require-hashes" in line or "--no-deps" in line for line in lines if "pip install" in line)
    copied = {word for line in lines if line.startswith("COPY") and "--from" not in line for word in line.split()[1:-1]}
    assert copied == {
        line[1:] for line in (DOCKER / "Dockerfile.dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    assert all((ROOT / name).exists() for name in copied)


def test_compose_is_read_only() -> None:
    (crawl,) = yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"].values()
    assert crawl["read_only"] is True
    assert crawl["cap_drop"] == ["ALL"]
    assert (DOCKER / crawl["build"]["context"] / crawl["build"]["dockerfile"]).is_file()


def test_kubernetes_takes_the_job() -> None:
    _finds_nothing(tool("kubernetes-validate"), "--strict", str(KUBERNETES / "cronjob.yaml"))


def test_the_job_knows_the_exit_codes() -> None:
    _, job = yaml.safe_load_all((KUBERNETES / "cronjob.yaml").read_text())
    assert job["spec"]["concurrencyPolicy"] == "Forbid"
    rules = job["spec"]["jobTemplate"]["spec"]["podFailurePolicy"]["rules"]
    codes = {code: rule["action"] for rule in rules for code in rule.get("onExitCodes", {}).get("values", [])}
    assert codes == {**dict.fromkeys((1, 2, 3, 5, 6, 7), "FailJob"), 8: "Count", 11: "Ignore"}
    assert job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["restartPolicy"] == "Never"  # what such rules ask for
