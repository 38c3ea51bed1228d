"""Lint: every code fires on a lawbook that is broken for it, and on none of the lawbook's own files."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from gapcheck.document.answer import Look
from gapcheck.document.render import rendered
from gapcheck.law.windows import END, Window, hole, overlap, uncovered
from gapcheck.lint import Lint, LintFinding, codes, dropped, lint
from gapcheck.lint.codes import ERROR, WARNING, read_codes
from gapcheck.lint.report import lint_data, lint_lines
from tests.conftest import ROOT, TODAY, Run

CODES = read_codes()


class Break(NamedTuple):
    """A change to one file of a copied lawbook, and the words that the finding says."""

    file: str
    change: Callable[[str], str]
    says: str
    at: str = ""  # the file of the finding, where it is another


def instead(old: str, new: str, after: str = "") -> Callable[[str], str]:
    """Put `new` for the first `old` that follows `after`."""

    def change(text: str) -> str:
        start = text.index(after)
        assert old in text[start:], old
        return text[:start] + text[start:].replace(old, new, 1)

    return change


def without(pattern: str) -> Callable[[str], str]:
    """Take the first match of a pattern out."""

    def change(text: str) -> str:
        assert re.search(pattern, text, re.MULTILINE), pattern
        return re.sub(pattern, "", text, count=1, flags=re.MULTILINE)

    return change


def example(case: str) -> Callable[[str], str]:
    """Take an example out."""
    return without(rf"^  - {{case: \"?{case}.*\n(?:     .*\n)*")


ASKS = "    - {fact: medicine.parenteral, is: true, says: is given parenterally}\n"
HEALTH = "{fact: prevents-ill-health, is: true}"

# What breaks a lawbook so that the other checks wait.
BLOCKING = {
    "L001": Break("hpo-2001/ent-specialist.yaml", instead("title: ", "title: a: "), "not readable as YAML"),
    "L002": Break("hpo-2001/not-retail-supply.yaml", instead("circumstances:", "circumstance:"), "did you mean `circumstances`?"),
    "L003": Break("hmr-2012/psd-administration.yaml", instead("reg-214", "reg-999"), "`hmr-2012/reg-999`"),
    "L004": Break("routes.yaml", instead("{id: emergency,", "{id: referrer,"), "the id `referrer` is taken by"),
}  # fmt: skip
# What makes the other checks of dates wait, and no other.
ALONE = {
    "L015": Break("pom-order-1997/emergency-1997.yaml", instead("to: 2012", "to: 1912"), "after its last day"),
}
FIRST = [("L001", "L002", "L004"), ("L003",)]  # one copy each: what names nothing shows once the files are read

AGAIN = """  - id: rct-again
    register: rct
    as: extended
    scopes: [renal-technology]
    says: Something else.
    source: {title: Another text, publisher: Another body}
    confidence: unverified
    checked: 2026-11-30
"""

# What breaks it in one place, all laid into a single copy.
LATER = {
    "L005": Break("chiropractors-act-1994/chiropractor-titles.yaml",
                  instead("{id: chiropractor}", "{id: Chiropractor}"), "`Chiropractor` is not an id"),
    "L007": Break("irmer-2000/practitioner-2000.yaml", instead("[doctor, dentist]", "[doctor, dentist, surgeon]"),
                  "`holder.profession` is never `surgeon`"),
    "L008": Break("hmr-2012/instrument.yaml", without("^    url: .*/regulation/229\n"), "the key `url` is missing"),
    "L009": Break("osteopaths-act-1993/instrument.yaml", without("^checked: .*\n"), "the key `checked` is missing"),
    "L010": Break("chiropractors-act-1994/instrument.yaml", instead("checked: 2026", "checked: 2024"), "more than a year before"),
    "L011": Break("opticians-act-1989/instrument.yaml", instead("checked: 2026", "checked: 2062"), "which is after"),
    "L012": Break("registers.yaml", instead("kind: accredited", "kind: statutory", "id: rccp"),
                  "`rccp` is marked statutory, but does not cite `nhsrhcpa-2002/s-25-3`"),
    "L013": Break("professions.yaml", instead("accredited: [ahcs]", "accredited: [hcpc]"), "`hcpc` among its accredited registers"),
    "L014": Break("agenda-for-change/band-8.yaml", instead("force: framework", "force: statute"), "rests on no statute"),
    "L016": Break("hmr-2012/pgd-administration-2012.yaml", instead("to: 2020-12-18", "to: 2021-12-18"),
                  "both are in force from 2020-12-19 to 2021-12-18"),
    "L017": Break("hmr-2012/medical-exposure-2014.yaml", instead("to: 2018-02-05", "to: 2018-01-05"),
                  "no version from 2018-01-06 to 2018-02-05 in `england`, `scotland`, `wales`", "hmr-2012/medical-exposure.yaml"),
    "L018": Break("hmr-2012/vaccine-group-direction.yaml", instead("from: 2026-03-31", "from: 2025-03-31"),
                  "but `hmr-2012/reg-235a` only from 2026-03-31"),
    "L019": Break("irmer-2017/referrer.yaml", instead("extent: [great-britain]", "extent: [uk]"),
                  "applies in `northern-ireland`, where no provision"),
    "L020": Break("hmr-2012/naloxone-supply.yaml", instead("extent: [uk]", "extent: [england, scotland, northern-ireland]"),
                  "leaves out `wales`"),
    "L021": Break("acts.yaml", instead("covered: {england: 2010-04-01", "covered: {england: 2009-04-01"),
                  "covered from 2009-04-01, and its first rule begins on 2010-04-01"),
    "L022": Break("hmr-2012/schedule-19.yaml",
                  instead("  all:\n", "  all:\n    - {fact: emergency, is: false, says: is given calmly}\n"), "can never open"),
    "L023": Break("dxa-reporting-standards/dxa-reporting.yaml", instead("is: current", "in: [current, none]"), "can never bar"),
    "L024": Break("hmr-2012/sch17-group-authority.yaml", instead("  all:\n", "  all:\n" + ASKS),
                  "the condition on `medicine.parenteral` can never matter"),
    "L025": Break("hmr-2012/sch17-armed-forces.yaml",
                  instead(HEALTH, HEALTH + "\n        - {all: [{fact: emergency, is: true}, {fact: childbirth, is: true}]}"),
                  "on `emergency`, `childbirth`, can never matter"),
    "L026": Break("hpo-2001/not-retail-supply.yaml",
                  instead("say:", "    - fact: hearing-aid-supply\n      is: not-retail\n      unless-stated: false\n      says: again\nsay:"),
                  "says what the condition on line 18 says"),
    "L028": Break("hmr-2012/sch17-als-provider.yaml", without("^      opens: .*\n"), "the key `opens` is missing"),
    "L029": Break("acts.yaml", instead("routes: [recognised-mpe]", "routes: [recognised-mpe, emergency]"),
                  "has the route `emergency`, and no rule"),
    "L030": Break("hpo-2001/hearing-aid-trainee.examples.yaml", example("A trainee on an approved course"), "no example of"),
    "L031": Break("hpo-2001/ent-specialist.examples.yaml", lambda text: text.replace("by: [ent-specialist", "by: [title"),
                  "the condition on `ent-specialist` fails", "hpo-2001/ent-specialist.yaml"),
    "L032": Break("hmr-2012/pgd-classes.yaml", without("^ .*id: dietitian.*\n"), "", "hmr-2012/pgd-administration-2012.examples.yaml"),
    "L033": Break("nmo-2001/nmc-titles.yaml", lambda text: text + "  - {id: matron-in-chief, from: 2004-08-01}\n",
                  "no example is about `matron-in-chief`"),
    "L034": Break("tasks/dxa.yaml", instead("synonyms: [", "synonyms: [Gamma-camera imaging, "),
                  "is a synonym of `nm-gamma-camera-imaging` and of", "tasks/nuclear-medicine.yaml"),
    "L035": Break("arrangements.yaml", instead("aliases: [sp]", "aliases: [sp, ip]"), "also means `independent-prescriber`"),
    "L036": Break("evidence/general.yaml", without("^    references: .*\\n"), "the key `references` is missing"),
    "L037": Break("facts.yaml", lambda text: text + "  - {id: fasting, type: boolean, says: has fasted, question: Fasted?}\n",
                  "`fasting` is not used"),
    "L050": Break("tasks/renal-technology.yaml", without("^      evidence: .*\n"), "the key `evidence` is missing"),
    "L051": Break("tasks/non-ionising.yaml", instead("evidence: none", "evidence: rate"), "and cites none"),
    "L052": Break("evidence/references.yaml",
                  instead('    details: "49:382-410"\n    year: 2019\n    doi: 10.1053/j.semnuclmed.2019.06.006\n', "    year: 2019\n"),
                  "`schreuder-2019` does not lead to the work: it lacks an address"),
    "L054": Break("irr-2017/instrument.yaml", instead("1075/regulation/14", "1075/regulation/15"),
                  "leads to regulation 15, and its title names `regulation 14`"),
    "L055": Break("medicines.yaml", instead("medicine.radioactive: false", "medicine.radioactive: true", "  - id: dobutamine"),
                  "`dobutamine` is said to be radioactive"),
    "L062": Break("medicines.yaml", without("^ .*northern-ireland.*SR 2014/158.*\\n"),
                  "`tramadol` does not settle `medicine.controlled-drug` in `northern-ireland` (from 2014-06-10)"),
    "L063": Break("hmr-2012/sch17-midwife-supply.yaml", instead("limits: >-\n", "limits: >-\n  The provision for Scotland was not read. "),
                  "`sch17-midwife-supply` opens, and its `limits` says that law was not read"),
    "L057": Break("tasks/dxa.yaml", instead("synonyms: [", "synonyms: [of the service, "), "stands in adverts of any work"),
    "L053": Break("coverage.yaml", lambda text: text + AGAIN, "`rct-again` says again whether a register covers"),
}  # fmt: skip
# What a copy of a file breaks: the copy's name, and a change to it.
COPIES = {
    "L006": Break("hmr-2012/sch17-ship.yaml", instead("id: sch17-ship", "id: sch17-master"), "the file is named", "hmr-2012/copy.yaml"),
    "L027": Break("hmr-2012/sch17-orthoptist.yaml", instead("id: sch17-orthoptist", "id: sch17-orthoptist2"),
                  "`sch17-orthoptist2` says of `supply-pom` what `sch17-orthoptist` says", "hmr-2012/sch17-orthoptist2.yaml"),
}  # fmt: skip


@pytest.fixture(scope="module")
def sound() -> Lint:
    return lint(TODAY, ROOT / "rules")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Lint:
    """A lawbook with every breakage that lets the other checks go on."""
    rules = copied(tmp_path_factory.mktemp("broken"))
    for item in COPIES.values():
        (rules / item.at).write_text(item.change((rules / item.file).read_text(encoding="utf-8")), encoding="utf-8")
    for item in LATER.values():
        change(rules, item)
    return lint(TODAY, rules)


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "rules", folder / "rules"))


def change(rules: Path, item: Break) -> None:
    path = rules / item.file
    path.write_text(item.change(path.read_text(encoding="utf-8")), encoding="utf-8")


def found(result: Lint, code: str, item: Break) -> list[str]:
    """The messages of a code in the file where they are expected."""
    return [
        f"{finding.message}; {finding.help}"
        for finding in result.findings
        if finding.code.id == code and Path(finding.file).as_posix().endswith(f"/{item.at or item.file}")
    ]


def test_every_code_has_a_page_and_a_breakage() -> None:
    named = {value for name, value in vars(codes).items() if name.isupper() and re.fullmatch(r"L\d{3}", str(value))}
    elsewhere = {codes.NOT_AS_RECORDED, codes.SIGN_OFF_STALE, codes.SIGN_OFF_PAST, codes.DISPUTED}  # tests/review
    assert (
        named
        == set(CODES)
        == BLOCKING.keys() | ALONE.keys() | LATER.keys() | COPIES.keys() | {codes.PROPERTY_DROPPED} | elsewhere
    )


def test_the_packaged_lawbook_has_no_error(gapcheck: Run, sound: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gapcheck.lint.lint", lambda *_: sound)  # it takes its time, and was done
    result = gapcheck("lint", "--as-at", TODAY)
    assert (result.returncode, result.stderr.partition(",")[0]) == (0, "0 errors")
    assert " (error) " not in result.stdout


@pytest.mark.parametrize("code", [*LATER, *COPIES])
def test_code_fires(code: str, broken: Lint, sound: Lint) -> None:
    item = {**LATER, **COPIES}[code]
    before = found(sound, code, item)
    assert [text for text in found(broken, code, item) if item.says in text and text not in before]
    assert CODES[code].severity == WARNING or not before


@pytest.mark.parametrize("codes", FIRST, ids="+".join)
def test_codes_fire_and_the_rest_waits(codes: tuple[str, ...], tmp_path: Path) -> None:
    rules = copied(tmp_path)
    for code in codes:
        change(rules, BLOCKING[code])
    result = lint(TODAY, rules)
    assert result.waits
    for code in codes:
        assert [text for text in found(result, code, BLOCKING[code]) if BLOCKING[code].says in text]


POINTS = {
    "L014": "force:",
    "L016": "to: 2021",
    "L020": "extent:",
    "L024": "parenteral",
    "L035": "ip]",
    "L037": "fasting",
    "L051": "evidence: rate",
}


@pytest.mark.parametrize("code", POINTS)
def test_a_finding_points_at_its_line(code: str, broken: Lint) -> None:
    """At the condition, member or key itself, not at the top of the file."""
    item = LATER[code]
    (line,) = (finding.line for finding in broken.findings if finding.code.id == code and item.says in finding.message)
    (path,) = {finding.file for finding in broken.findings if Path(finding.file).as_posix().endswith(f"/{item.file}")}
    assert POINTS[code] in Path(path).read_text(encoding="utf-8").splitlines()[line - 1]


# Breakages of the kinds that a maintainer makes by mistake, each caught by the command.
MISTAKES = {
    "a class member removed": Break("hmr-2012/pgd-classes.yaml", without("^ .*id: dietitian.*\n"), "L032 A dietitian", "hmr-2012/pgd-supply.examples.yaml"),
    "a medicine taken out, shown by a row of several cases": Break(
        "hmr-2012/sch17-midwife-supplies.yaml", without("^ .*id: diclofenac.*\n"), "L032 the example `A listed medicine in England",
        "hmr-2012/sch17-midwife-supply.examples.yaml"),
    "the date of a member moved": Break(
        "hmr-2012/pgd-classes.yaml", instead("2024-06-26", "2024-06-16", "id: pharmacy-technician"), "L032 A pharmacy technician",
        "hmr-2012/pgd-supply.examples.yaml"),
    "the date of a rule moved": Break("irmer-2017/practitioner.yaml", instead("from: 2018-02-06", "from: 2018-03-06"), "L017 no version"),
    "a condition on registration dropped": Break(
        "irmer-2017/referrer.yaml", without("^    - fact: holder.statutory-registration\n(?:      .*\n)+"), "L032 accredited register",
        "irmer-2017/referrer.examples.yaml"),
    "an accredited register marked statutory, with its law": Break(
        "registers.yaml",
        lambda text: instead("s-25g", "s-25-3", "id: rct")(instead("kind: accredited", "kind: statutory", "id: rct")(text)), "L013 `rct`", "professions.yaml"),
    "a nation missing from a rule": Break("hmr-2012/medical-exposure.yaml", instead("[uk]", "[england, scotland]"), "L020 leaves out `wales`"),
    "a nation missing from an instrument": Break("hmr-2012/instrument.yaml", instead("[uk]", "[great-britain]"), "L019 no provision", "hmr-2012/schedule-19.yaml"),
}  # fmt: skip


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Lint:
    """A lawbook with every one of those mistakes."""
    rules = copied(tmp_path_factory.mktemp("mistaken"))
    for item in MISTAKES.values():
        change(rules, item)
    return lint(TODAY, rules)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_caught(mistake: str, mistaken: Lint) -> None:
    item = MISTAKES[mistake]
    code, _, words = item.says.partition(" ")
    assert CODES[code].severity == ERROR
    assert [text for text in found(mistaken, code, item) if words in text]


def test_one_line_each_with_file_line_code_and_what_to_do(broken: Lint, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file as it is found from where the command runs."""
    top = next(Path(item.file) for item in broken.findings if item.file.endswith("naloxone-supply.yaml")).parents[1]
    monkeypatch.chdir(top.parent)
    lines = lint_lines(broken)
    assert len(lines) == len(broken.findings)
    assert (
        "rules/hmr-2012/naloxone-supply.yaml:8: L020 `naloxone-supply` leaves out `wales`, to which its law extends, and no "
        "other rule is for it there; add the nation, write the rule that holds there, or give the provision its true extent"
    ) in lines


def test_data(broken: Lint) -> None:
    data = lint_data(broken)
    assert data["summary"] == {"errors": broken.count(ERROR), "warnings": broken.count(WARNING), "waits": False}
    assert len(data["findings"]) == broken.count(ERROR) + broken.count(WARNING)
    assert set(data["findings"][0]) == {"code", "severity", "title", "file", "line", "message", "help"}


def test_warnings_fail_only_when_strict(
    gapcheck: Run, broken: Lint, sound: Lint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that is old."""
    warnings = tuple(item for item in broken.findings if item.code.severity == WARNING)
    monkeypatch.setattr("gapcheck.lint.lint", lambda *_: replace(sound, findings=warnings))
    later = ("lint", "--as-at", "2029-01-01", "--format", "json")
    plain, strict = gapcheck(*later), gapcheck(*later, "--strict")
    assert (plain.returncode, strict.returncode) == (0, 1)
    assert plain.stdout == strict.stdout and "L010" in {item["code"] for item in json.loads(plain.stdout)["findings"]}


def test_sarif_annotates_the_lines(tmp_path: Path, gapcheck: Run) -> None:
    """As code review wants it: a rule for each code, and a path from the top of the repository."""
    change(copied(tmp_path), ALONE["L015"])
    target = tmp_path / "lint.sarif"
    result = gapcheck("lint", "rules", "--as-at", TODAY, "--format", "sarif", "-o", target, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    log = json.loads(target.read_text(encoding="utf-8"))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0" and log["$schema"].endswith("sarif-schema-2.1.0.json")
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    for rule in rules:
        assert rule["shortDescription"]["text"] and rule["help"]["text"] and rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in (ERROR, WARNING)
    for item in run["results"]:
        assert rules[item["ruleIndex"]]["id"] == item["ruleId"] and item["message"]["text"]
        where = item["locations"][0]["physicalLocation"]
        assert (tmp_path / where["artifactLocation"]["uri"]).is_file() and where["region"]["startLine"] > 0
    annotated = {
        item["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for item in run["results"]
        if item["level"] == ERROR
    }
    assert annotated == {f"rules/pom-order-1997/emergency-1997{end}.yaml" for end in ("", ".examples")}
    assert "L015" in {item["ruleId"] for item in run["results"]}


def test_a_local_lawbook_is_checked_with_the_packaged_one(tmp_path: Path, gapcheck: Run) -> None:
    """A folder without lawbook.yaml is laid over; its findings carry its own path, and it may name packaged ids."""
    (tmp_path / "local").mkdir()
    claims = (
        "claims:\n  - {id: local-claim, kind: risk, scopes: [all], professions: [nurse], nations: [uk], statement: x, "
        "references: [ipem-manifesto-2024], tasks: [nm-gama-camera-imaging]}\n"
    )
    (tmp_path / "local/ours.yaml").write_text(claims, encoding="utf-8")
    result = gapcheck("lint", "local", "--as-at", TODAY, cwd=tmp_path)
    assert result.returncode == 1
    assert (
        result.stdout.startswith("local/ours.yaml:2: L003 ")
        and "did you mean `nm-gamma-camera-imaging`" in result.stdout
    )


def test_a_local_lawbook_drops_no_property(tmp_path: Path) -> None:
    """A properties.yaml of its own replaces the packaged one; under another name it adds to it."""
    text = (ROOT / "rules/properties.yaml").read_text(encoding="utf-8").replace("../schemas", f"{ROOT}/schemas")
    first, second = (place.start() for place in [*re.finditer(r"^  - id: ", text, re.MULTILINE)][:2])
    (tmp_path / "properties.yaml").write_text(text[:first] + text[second:], encoding="utf-8")
    ((file, says),) = [(one.file, one.message) for one in _dropped_in(tmp_path)]
    assert file == "properties.yaml" and "drops 1 property" in says
    (tmp_path / "properties.yaml").write_text(text[:second].replace("id: ", "id: our-own-", 1), encoding="utf-8")
    (tmp_path / "properties.yaml").rename(tmp_path / "our-properties.yaml")
    assert _dropped_in(tmp_path) == []


def _dropped_in(folder: Path) -> list[LintFinding]:
    problems = dropped([str(ROOT / "rules"), str(folder)])
    return [LintFinding(CODES[item.code], item.source, item.line or 1, item.message, item.help) for item in problems]


def test_no_lawbook_is_bad_input(tmp_path: Path, gapcheck: Run) -> None:
    for arguments in (("lint", tmp_path / "nowhere"), ("lint", tmp_path), ("lint", "--as-at", "2026-02-30")):
        result = gapcheck(*arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr.startswith("error: ")


HOSTILE = {
    "list.yaml": "- a\n",
    "scalar.yaml": "hello\n",
    "empty.yaml": "",
    "binary.yaml": "a\0b",
    "deep.yaml": "[" * 50,
    "alias.yaml": "a: &x 1\nb: *x\n",
    "unknown.yaml": "nothing: known\n",
    "acts.yaml": "acts: 3\n",
    "rule.yaml": "route: x\n",
    "class.yaml": "class: [1]\nmembers: {a: b}\n",
    "reform.yaml": "reform: x\nchanges: [1]\n",
    "tasks.yaml": "scope: x\ntasks: [{id: 1}, x]\n",
    "claims.yaml": "claims: [1, {id: x}]\n",
}


def test_whatever_stands_in_a_file_is_a_finding(tmp_path: Path) -> None:
    for name, text in HOSTILE.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = lint(TODAY, tmp_path)
    assert result.waits
    assert {Path(finding.file).name for finding in result.findings} == set(HOSTILE)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_page(code: str, law: object) -> None:
    from gapcheck.explain.explained import explained

    about = CODES[code]
    page = " ".join(str(rendered(explained(law, code.lower()), "table", Look(True))).split())  # type: ignore[arg-type]
    for text in (about.title, about.severity, about.why, about.bad, about.good, about.mend):
        assert " ".join(text.replace("`", "").split()) in page  # words for people have no backticks


def test_windows() -> None:
    a, b, c = Window("2000-01-01", "2009-12-31"), Window("2010-01-01", "2014-12-31"), Window("2016-01-01", END)
    assert overlap(a, b) is None and overlap(a, Window("2009-12-31", END)) == Window("2009-12-31", "2009-12-31")
    assert hole([c, b, a]) == Window("2015-01-01", "2015-12-31") and hole([a, b]) is None and hole([]) is None
    assert uncovered(b, [a, b]) is None and uncovered(a, [b]) == a
    assert uncovered(Window("2009-01-01", END), [a, c]) == Window("2010-01-01", "2015-12-31")
    assert uncovered(Window("2009-01-01", END), [a, b]) == Window("2015-01-01", END)
