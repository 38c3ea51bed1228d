"""gapcheck prove on the real command line: what it prints, how it ends, and that its counterexamples can be run."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

from tests.conftest import ROOT, Run


def copied(folder: Path, file: str = "", old: str = "", new: str = "") -> Path:
    """A copy of the rules with one piece of text changed."""
    rules = folder / "rules"
    shutil.copytree(ROOT / "rules", rules)
    if file:
        text = (rules / file).read_text(encoding="utf-8")
        assert text.count(old) >= 1
        (rules / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return rules


def test_each_property_is_said_to_hold_with_its_cases(gapcheck: Run) -> None:
    """A few of them: all are proved by `gapcheck prove`, which the continuous integration runs."""
    few = ("irmer-needs-a-statutory-register", "anyone-may-be-operator", "rules-follow-their-law")
    done = gapcheck("prove", *(word for name in few for word in ("--only", name)), "--format", "json")
    data = json.loads(done.stdout)
    assert done.returncode == 0
    assert data["holds"] is True
    assert [item["id"] for item in data["properties"]] == list(few)
    assert data["cases"] == sum(item["cases"] for item in data["properties"]) > 100_000
    assert all(item["cases"] > 0 and item["broken"] is None and item["holds"] for item in data["properties"])
    assert done.stderr.splitlines()[-1].startswith("3 of 3: ")


def test_a_broken_property_is_shown_with_a_command_that_reproduces_it(gapcheck: Run, tmp_path: Path) -> None:
    condition = """    - fact: holder.statutory-registration
      is: current
      as: register
      says: is registered by a regulator listed in section 25(3) of the 2002 Act
"""
    rules = copied(tmp_path, "irmer-2017/referrer.yaml", condition, "")
    done = gapcheck("prove", rules, "--only", "irmer-needs-a-statutory-register")
    assert done.returncode == 1
    assert "NO" in done.stdout
    shown = done.stdout[
        done.stdout.index("- gapcheck can") :
    ].split()  # a line too long for the screen goes on in the next
    words = shlex.split(" ".join(shown))[2:]
    assert words[-2:] == ["--rules", str(rules)]
    assert gapcheck(*words).returncode == 0, "open or available, which it must not be"
    assert gapcheck(*words[:-2]).returncode == 1, "barred by the packaged lawbook"


def test_the_table_names_each_property_and_goes_to_a_file(gapcheck: Run, tmp_path: Path) -> None:
    out = tmp_path / "proof.txt"
    done = gapcheck("prove", "--only", "law-everywhere", "--only", "rules-follow-their-law", "-o", out)
    assert (done.returncode, done.stdout) == (0, "")
    rows = out.read_text(encoding="utf-8").splitlines()[4:]
    assert [row.split()[-1] for row in rows] == ["yes", "yes"]
    assert rows[0].startswith("No route is silently absent")


def test_properties_may_be_laid_over(gapcheck: Run, tmp_path: Path) -> None:
    (tmp_path / "local.yaml").write_text(
        """properties:
  - id: nobody-may-refer
    title: Nobody may refer
    says: Nobody may ever refer. (This is not so.)
    kind: never
    acts: [irmer-refer]
    nations: [great-britain]
    when: {fact: holder.profession, is: nurse}
""",
        encoding="utf-8",
    )
    done = gapcheck("prove", tmp_path, "--only", "nobody-may-refer", "--format", "json")
    assert done.returncode == 1
    (command,) = json.loads(done.stdout)["properties"][0]["broken"]["commands"]
    assert gapcheck(*shlex.split(command)[1:]).returncode == 0


OUT_OF_FORM = {  # a change to one property, and what is said of it
    ("kind: never\n", "kind: nevr\n"): "`never`",
    ("routes: [practitioner, referrer]", "gaining: [arrangement]"): "gaining",
    ("    when: {fact: holder.statutory-registration, is-not: current}\n", ""): "`when` is missing",
    ("is-not: current", "is-nto: current"): "is-nto",
    ("from: 2018-02-06", "from: 2018-02-31"): "2018-02-31",
}


def test_a_property_out_of_form_is_bad_input(gapcheck: Run, tmp_path: Path) -> None:
    """Each in a file of its own, laid over the packaged lawbook, and all told at once."""
    text = """properties:
  - id: nobody-may-refer
    title: Nobody may refer
    says: Nobody may ever refer. (This is not so.)
    kind: never
    acts: [irmer-refer]
    routes: [practitioner, referrer]
    from: 2018-02-06
    when: {fact: holder.statutory-registration, is-not: current}
"""
    for number, (old, new) in enumerate(OUT_OF_FORM):
        assert old in text
        changed = text.replace(old, new).replace("nobody-may-refer", f"nobody-may-refer-{number}")
        (tmp_path / f"local-{number}.yaml").write_text(changed, encoding="utf-8")
    done = gapcheck("prove", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    for number, said in enumerate(OUT_OF_FORM.values()):
        assert f"local-{number}.yaml:" in done.stderr and said in done.stderr, done.stderr


def test_a_property_that_names_what_is_not_there_is_bad_input(gapcheck: Run, tmp_path: Path) -> None:
    rules = copied(tmp_path, "properties.yaml", "routes: [practitioner, referrer]", "routes: [practitioner, refferer]")
    done = gapcheck("prove", rules, "--only", "irmer-needs-a-statutory-register")
    assert (done.returncode, done.stdout) == (2, "")
    assert "properties.yaml:" in done.stderr and "did you mean `referrer`?" in done.stderr, done.stderr


def test_what_cannot_be_proved_is_bad_input(gapcheck: Run, tmp_path: Path) -> None:
    assert gapcheck("prove", tmp_path / "nowhere").returncode == 2
    done = gapcheck("prove", "--only", "law-everywhre")
    assert done.returncode == 2 and "did you mean `law-everywhere`?" in done.stderr
    rules = copied(tmp_path)
    (rules / "properties.yaml").unlink()
    done = gapcheck("prove", rules)
    assert done.returncode == 2 and "no properties" in done.stderr
