"""Folders laid over the lawbook: what they add and replace, what reports say of them, and what is wrong with them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gapcheck import Lawbook
from gapcheck.errors import LawbookError
from gapcheck.law.build import layers
from tests.conftest import ROOT, Run

LOCAL = ROOT / "examples/local-rules"
SHIPPED = (ROOT / "examples/profiles/nuclear-medicine-technologist.yaml").read_text(encoding="utf-8")
TASK = "nm-administer-iv-contrast"
AS_AT = ("--as-at", "2026-11-22")


def checked(gapcheck: Run, *arguments: object) -> dict[str, object]:
    """The report of the shipped nuclear medicine technologist, who holds no life support certificate."""
    profile = SHIPPED + "facts: {als-certificate: false}\n"
    done = gapcheck("check", "-", "--format", "json", *AS_AT, "--no-cross-check", *arguments, stdin=profile)
    assert done.returncode == 0, done.stderr
    data: dict[str, object] = json.loads(done.stdout)
    return data


def finding(report: dict[str, object], task: str = TASK) -> dict[str, object]:
    (found,) = [item for item in report["findings"] if item["task"] == task]  # type: ignore[attr-defined]
    return found


def test_a_policy_restricts_and_never_blocks(gapcheck: Run) -> None:
    plain, local = finding(checked(gapcheck)), finding(checked(gapcheck, "--rules", LOCAL))
    assert [act["act"] for act in plain["acts"]] == ["administer-pom-parenterally"]
    assert [act["act"] for act in local["acts"]] == ["administer-pom-parenterally", "inject-contrast-alone"]
    assert local["acts"][1]["verdict"] == "barred"
    assert local["status"] == "restricted"
    assert "That is local policy and not law." in local["why"]


def test_evidence_tasks_and_synonyms_come_with_it(gapcheck: Run) -> None:
    assert "local-contrast-audit" in finding(checked(gapcheck, "--rules", LOCAL))["evidence"]
    book = Lawbook.load(LOCAL)
    assert "contrast bay duties" in book.data["tasks"][TASK]["synonyms"]
    assert len(book.data["tasks"][TASK]["synonyms"]) == len(Lawbook.load().data["tasks"][TASK]["synonyms"]) + 1
    assert book.data["tasks"]["hot-lab-elute-generator"]["comparator"] == "pharmacy-technician"


def test_reports_name_every_overlay_and_what_it_replaces(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "reforms").mkdir()
    name = "reforms/register-sonographers.yaml"
    shutil.copy(ROOT / "rules" / name, tmp_path / name)
    overlays = checked(gapcheck, "--rules", LOCAL, "--rules", tmp_path)["lawbook"]["overlays"]  # type: ignore[index]
    assert [item["overlay"] for item in overlays] == ["example-hospital", tmp_path.name]
    assert [(item["adds"], item["replaces"]) for item in overlays] == [(8, []), (0, [name])]
    assert overlays[0]["publisher"] == "Example Hospital"
    for face in ("table", "markdown"):
        rules = ("--rules", LOCAL, "--rules", tmp_path)
        text = gapcheck("check", "-", *AS_AT, *rules, "--format", face, stdin=SHIPPED).stdout
        text = " ".join(text.replace("\\", "").split())
        assert "Laid over the lawbook: Contrast policy and local tasks of an invented hospital" in text
        assert f"replaces {name}" in text
    assert checked(gapcheck)["lawbook"]["overlays"] == []  # type: ignore[index]


def test_a_later_overlay_lies_over_an_earlier_one(gapcheck: Run, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(LOCAL / "evidence", other / "evidence")
    path = other / "evidence/audit.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("200 injections", "300 injections"), encoding="utf-8")
    book = Lawbook.load(LOCAL, other)
    assert "300 injections" in book.data["claims"]["local-contrast-audit"]["statement"]
    assert [item["replaces"] for item in book.overlays] == [
        [],
        ["evidence/audit.yaml", "evidence/local-references.yaml"],
    ]
    assert book.digest != Lawbook.load(LOCAL).digest != Lawbook.load().digest


def test_the_shipped_example_passes_lint(gapcheck: Run) -> None:
    done = gapcheck("lint", LOCAL, *AS_AT)
    assert done.returncode == 0
    assert "examples/local-rules" not in done.stdout.replace("\\", "/")


def test_needs_are_added_to_each_way_of_a_task(tmp_path: Path) -> None:
    """Of the three forms of needs: none, all of some acts, and any one of several."""
    tasks = Lawbook.load().data["tasks"]
    none = next(key for key, item in tasks.items() if item["needs"] == "none")
    several = next(key for key, item in tasks.items() if "any-of" in item["needs"])
    lines = [f"  - {{task: {key}, needs: [{{act: hold-clinical-post-above-band-7}}]}}" for key in (none, several)]
    (tmp_path / "more.yaml").write_text("\n".join(["additions:", *lines, ""]), encoding="utf-8")
    local = Lawbook.load(tmp_path).data["tasks"]
    assert local[none]["needs"] == {"all-of": [{"act": "hold-clinical-post-above-band-7"}]}
    ways = local[several]["needs"]["any-of"]
    assert len(ways) == len(tasks[several]["needs"]["any-of"])
    assert all(way["together"][-1] == {"act": "hold-clinical-post-above-band-7"} for way in ways)


WRONG = {
    "additions:\n  - {task: nm-pet-tc, synonyms: [x]}\n": "there is no task `nm-pet-tc`",
    "additions:\n  - {task: nm-pet-ct, needs: [{act: irmer-operat}]}\n": "did you mean `irmer-operate`",
    "additions:\n  - {task: nm-pet-ct}\n": "",
    "additions: 3\n": "",
    "additions:\n  - {task: nm-pet-ct, synonym: [x]}\n": "synonym",
}


def test_what_is_wrong_is_said_with_file_and_line(gapcheck: Run, tmp_path: Path) -> None:
    """Each in a file of its own, and all told at once."""
    for number, text in enumerate(WRONG):
        (tmp_path / f"wrong-{number}.yaml").write_text(text, encoding="utf-8")
    done = gapcheck("lint", tmp_path, *AS_AT)
    assert done.returncode == 1
    said = " ".join(done.stdout.split())  # a line too long for the screen goes on in the next
    for number, words in enumerate(WRONG.values()):
        assert f"wrong-{number}.yaml:" in said and words in said
    assert gapcheck("can", "irmer-refer", "--rules", tmp_path).returncode == 2


def test_an_overlay_says_whose_it_is(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "overlay.yaml").write_text("overly: mine\n", encoding="utf-8")
    done = gapcheck("can", "irmer-refer", "--rules", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "overlay.yaml:1" in done.stderr


def laid(tmp_path: Path, change: Callable[[str], str], name: str = "contrast-policy/contrast-alone.yaml") -> Path:
    """The shipped local rules with one file changed."""
    folder = tmp_path / "local"
    shutil.copytree(LOCAL, folder)
    (folder / name).write_text(change((folder / name).read_text(encoding="utf-8")), encoding="utf-8")
    return folder


ASKED = ("can", "inject-contrast-alone", "--profession", "clinical-technologist", "--registered", "rct", *AS_AT)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("holder:", "holdr:", "contrast-alone.yaml:14: there is no key `holdr`"),
        ("{from: 2025-01-01}", "{from: 2025-13-01}", "is not a date"),
        ("{from: 2025-01-01}", "{from: 01.02.2025}", "is not a date"),
        ("{from: 2025-01-01}", "from 2025", "contrast-alone.yaml:9"),
        ("force: framework", "force: statute", "cannot stand in a local lawbook"),
        ("law: {instrument: contrast-policy, provisions: [section-4]}", "law: the policy", "contrast-alone.yaml:7"),
        ("is: current", "is: currant", "`holder.statutory-registration` is never `currant`"),
        ("is: current", "is: 0x" + "f" * 4000, "too large a number"),
    ],
)
def test_a_fault_in_a_local_rule_is_refused_by_every_command(
    gapcheck: Run, tmp_path: Path, old: str, new: str, says: str
) -> None:
    folder = laid(tmp_path, lambda text: text.replace(old, new))
    every = (ASKED, ("matrix",), ("check", "-"), ("explain", "pgd"), ("lint", folder))
    for command in every if new.startswith("holdr") else (ASKED,):  # they load it in one way
        rules = () if command[0] == "lint" else ("--rules", folder)
        done = gapcheck(*command, *rules, stdin=SHIPPED)
        assert done.returncode == (1 if command[0] == "lint" else 2), (command, done.stdout, done.stderr)
        if command[0] != "lint":
            assert says in done.stderr, command


def test_a_register_that_is_added_is_never_statutory(tmp_path: Path) -> None:
    folder = laid(tmp_path, str)
    (folder / "our-registers.yaml").write_text(
        "registers:\n  - {id: our-list, title: Our list, kind: statutory, law: {instrument: nhsrhcpa-2002, provisions: [s-25-3]}}\n",
        encoding="utf-8",
    )
    with pytest.raises(LawbookError, match="`kind: statutory` cannot stand in a local lawbook"):
        Lawbook.load(folder)


def test_links_in_a_loop_are_not_followed(gapcheck: Run, tmp_path: Path) -> None:
    folder = laid(tmp_path, str)
    (folder / "again").symlink_to(".")
    assert gapcheck(*ASKED, "--fact", "als-certificate=false", "--rules", folder).returncode == 1


def test_names_that_are_no_text_and_no_name_at_all(tmp_path: Path) -> None:
    folder = laid(tmp_path, str)
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.yaml"))).write_text("a: b\n", encoding="utf-8")
    ((_, files),) = layers([str(folder)])
    assert "\\xff\\xfe.yaml" in files
    with pytest.raises(LawbookError, match="there are no lawbook files"):
        layers([""])


SPOTS = [
    (path.relative_to(LOCAL).as_posix(), number)
    for path in sorted(LOCAL.rglob("*.yaml"))
    for number in range(1, len(path.read_text(encoding="utf-8").splitlines()))
]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spot=st.sampled_from(SPOTS),
    line=st.one_of(
        st.sampled_from(
            ["", "[]", "x: {}", "routes: null", "law: text", "- 1", "needs: text", "\t", "? ", "a: *b", "in-force: x"]
        ),
        st.text(alphabet="abc:{}[]-,'\"#&*! \n", max_size=20),
    ),
)
@example(spot=("contrast-policy/contrast-alone.examples.yaml", 4), line="- 1")
def test_a_damaged_local_lawbook_is_never_our_fault(
    gapcheck: Run, tmp_path_factory: pytest.TempPathFactory, spot: tuple[str, int], line: str
) -> None:
    name, number = spot

    def damage(text: str) -> str:
        lines = text.splitlines()
        indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
        return "\n".join([*lines[:number], indent + line, *lines[number + 1 :], ""])

    folder = laid(tmp_path_factory.mktemp("damaged"), damage, name)
    assert gapcheck(*ASKED, "--rules", folder).returncode in (0, 1, 2, 3)
