"""`gapcheck team`: what it says is what removing a post, or adding a paper, and checking again comes to."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing import Registry, Resource

from gapcheck import Lawbook, check
from gapcheck.profile.model import Attested, Listing, Profile, Registration, TaskEntry
from gapcheck.profile.read import STATUSES, profile_of
from gapcheck.reading import DataFile, read_document
from gapcheck.team.cover import TeamCover
from gapcheck.team.helps import Options, all_reforms, cheapest, effort
from gapcheck.team.model import Post, Team, TeamTask
from gapcheck.team.read import read_team, team_of
from gapcheck.team.standings import Measure, Standings, with_changes
from gapcheck.team.study import Study
from tests.conftest import ROOT, TODAY, Run

EXAMPLE = ROOT / "examples/teams/nuclear-medicine.yaml"
COVERS = ("yes", "if")


def plain(path: Path = EXAMPLE) -> dict[str, Any]:
    """The example as data, the profile that it names written out."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    data["team"].pop("as-at")
    for post in data["posts"]:
        if "profile" in post:
            profile = yaml.safe_load((path.parent / post.pop("profile")).read_text(encoding="utf-8"))
            post.update({key: profile[key] for key in ("holder", "entitlements", "arrangements")})
            post["title"] = profile["post"]["title"]
    return json.loads(json.dumps(data, default=str))  # type: ignore[no-any-return]


def findings(
    book: Lawbook, data: dict[str, Any], post: dict[str, Any], reforms: tuple[str, ...] = ()
) -> dict[str, str]:
    """Today's answer to each task of the team for a post, by `check` and nothing else."""
    tasks = [{key: item[key] for key in ("id", "medicine", "facts") if key in item} for item in data["tasks"]]
    profile = {
        "gapcheck": 1,
        "post": {"title": post["id"], "nation": data["team"]["nation"], "employer": data["team"]["employer"]},
        **{key: post[key] for key in ("holder", "entitlements", "arrangements") if key in post},
        "tasks": tasks,
    }
    read = profile_of(DataFile("x", profile, {(): 1}), book)
    return {item.task: item.today for item in check(read, book, as_at=TODAY, reforms=reforms).findings}


def covering(answers: dict[str, dict[str, str]]) -> dict[str, list[str]]:
    tasks = next(iter(answers.values()))
    return {task: [post for post, found in answers.items() if found[task] in COVERS] for task in tasks}


@pytest.fixture(scope="module")
def report(gapcheck: Run) -> dict[str, Any]:
    result = gapcheck("team", EXAMPLE, "--as-at", TODAY, "--format", "json")
    assert result.returncode == 0, result.stderr
    data: dict[str, Any] = json.loads(result.stdout)
    files = [
        json.loads((ROOT / f"schemas/{name}.schema.json").read_text("utf-8")) for name in ("team-report", "report")
    ]
    registry: Registry[Any] = Registry().with_resources((item["$id"], Resource.from_contents(item)) for item in files)
    jsonschema.Draft202012Validator(files[0], registry=registry).validate(data)
    return data


@pytest.fixture(scope="module")
def answers(book: Lawbook) -> dict[str, dict[str, str]]:
    data = plain()
    return {post["id"]: findings(book, data, post) for post in data["posts"]}


def test_the_cover_is_what_a_check_of_each_post_says(
    report: dict[str, Any], answers: dict[str, dict[str, str]]
) -> None:
    for line in report["cover"]:
        for today in ("yes", "if", "arrange", "unknown", "no"):
            assert line[today] == [post for post, found in answers.items() if found[line["task"]] == today]


def test_what_hangs_on_the_radiographer_is_named(report: dict[str, Any]) -> None:
    tasks = {item["task"] for item in report["single_points"] if item["post"] == "radiographer"}
    assert tasks == {"nm-administer-iv-contrast", "nm-mrt-somatostatin-injection", "nm-refer-for-imaging"}


def test_an_absence_is_what_is_left_when_the_post_is_taken_out(
    report: dict[str, Any], answers: dict[str, dict[str, str]]
) -> None:
    whole = covering(answers)
    assert [item["without"] for item in report["absence"]] == [[post] for post in answers]
    for item in report["absence"]:
        left = {post: found for post, found in answers.items() if post not in item["without"]}
        gone = [task for task, posts in covering(left).items() if whole[task] and not posts]
        arrange = [task for task in gone if "arrange" in {found[task] for found in left.values()}]
        assert item["arrange"] == arrange
        assert item["stops"] == [task for task in gone if task not in arrange]


def test_each_day_is_the_team_without_those_who_are_not_there(gapcheck: Run, report: dict[str, Any]) -> None:
    days = {item["day"]: item for item in report["week"]}
    assert list(days) == ["monday", "tuesday", "wednesday", "thursday", "friday"]
    assert days["friday"]["without"] == ["technologist-b", "radiographer"]
    asked = gapcheck("team", EXAMPLE, "--as-at", TODAY, "--format", "json", "--day", "fri", "--without", "scientist")
    found = json.loads(asked.stdout)["absence"][-2:]
    assert found[0]["without"] == ["technologist-b", "radiographer"]
    assert found[1]["without"] == ["technologist-b", "radiographer", "scientist"]
    assert found[1]["day"] == "friday"


def test_every_single_help_is_found_by_trying_each(
    book: Lawbook, report: dict[str, Any], answers: dict[str, dict[str, str]]
) -> None:
    """Every arrangement and entitlement of the lawbook is put in place for every post, and the team is checked again."""
    data, whole = plain(), covering(answers)
    found: dict[tuple[str, str, str], tuple[list[str], list[str]]] = {}
    for number, post in enumerate(data["posts"]):
        for identity, item in book.data["arrangements"].items():
            if item["kind"] == "annotation":
                continue
            changed = copy.deepcopy(post)
            changed[f"{item['kind']}s"].insert(0, identity)
            after = covering({**answers, post["id"]: findings(book, data, changed)})
            covers = [task for task in after if after[task] and not whole[task]]
            relieves = [task for task in after if len(whole[task]) == 1 and len(after[task]) > 1]
            if covers or relieves:
                found[item["kind"], identity, data["posts"][number]["id"]] = covers, relieves
    said = {(item["kind"], item["what"], item["post"]): (item["covers"], item["relieves"]) for item in report["helps"]}
    assert said == found
    assert ("arrangement", "psd", "technologist-a") in said


def test_the_cheapest_set_leaves_no_single_point_and_no_smaller_one_does(
    book: Lawbook, report: dict[str, Any], answers: dict[str, dict[str, str]]
) -> None:
    data = plain()
    steps = report["cheapest"]["steps"]
    assert len(steps) == 2
    assert not report["cheapest"]["cut_short"]

    def hanging(steps: list[dict[str, Any]]) -> list[str]:
        posts = copy.deepcopy(data["posts"])
        for step in steps:
            next(item for item in posts if item["id"] == step["post"])[f"{step['kind']}s"].insert(0, step["what"])
        after = covering({post["id"]: findings(book, data, post) for post in posts})
        return [task for task, found in after.items() if len(found) == 1]

    assert hanging(steps) == []
    assert all(hanging([item]) for item in report["helps"])


def test_what_reforms_change(book: Lawbook, report: dict[str, Any]) -> None:
    """Registration alone lets a technologist be made a referrer; a group direction takes the amendment as well."""
    reforms = {tuple(item["reforms"]): item for item in report["reforms"]}
    alone = reforms["register-clinical-technologists",]
    assert alone["registered"] == ["technologist-a", "technologist-b"]
    assert {(item["task"], item["was"], item["today"]) for item in alone["changed"]} == {
        ("nm-refer-for-imaging", "no", "arrange")
    }
    assert reforms["pgd-for-clinical-technologists",]["changed"] == []  # it opens nothing alone, and changes nothing
    sets = [(sorted(step["what"] for step in item["steps"]), item["relieves"]) for item in report["sets"]]
    assert (["hcpc", "irmer-referrer", "register-clinical-technologists"], ["nm-refer-for-imaging"]) in sets
    both = ["hcpc", "pgd", "pgd-for-clinical-technologists", "register-clinical-technologists"]
    assert (both, ["nm-administer-iv-contrast", "nm-mrt-somatostatin-injection"]) in sets


def test_each_reform_is_the_team_checked_again_under_it(
    book: Lawbook, report: dict[str, Any], answers: dict[str, dict[str, str]]
) -> None:
    """With the registration of those whom the reform lets register, by `check` and nothing else."""
    data = plain()
    whole = covering(answers)
    opened = {"clinical-technologist": "hcpc"}  # what `register-clinical-technologists` opens
    for item in report["reforms"]:
        registers = "register-clinical-technologists" in item["reforms"]
        then: dict[str, dict[str, str]] = {}
        for post in copy.deepcopy(data["posts"]):
            profession = post["holder"]["profession"]
            if registers and profession in opened:
                post["holder"]["registrations"].append({"register": opened[profession], "as": profession})
            then[post["id"]] = findings(book, data, post, tuple(item["reforms"]))
        after = covering(then)
        assert item["covers"] == [task for task in after if after[task] and not whole[task]]
        assert item["relieves"] == [task for task in after if len(whole[task]) == 1 and len(after[task]) > 1]
        changed = {
            (task, post): now for post, some in then.items() for task, now in some.items() if now != answers[post][task]
        }
        assert {(one["task"], one["post"]): one["today"] for one in item["changed"]} == changed


@pytest.fixture(scope="module")
def team(book: Lawbook) -> Team:
    return read_team(EXAMPLE, book)


@pytest.fixture(scope="module")
def standings(book: Lawbook) -> Standings:
    return Standings(book.at(TODAY, "england"))


def anybody(book: Lawbook, chance: Random) -> Profile:
    """Anybody: any profession, register, status and paper, in place, run out, missing or not stated."""

    def listing(kind: str) -> Listing:
        known = [identity for identity, item in book.data["arrangements"].items() if item["kind"] == kind]
        items = [
            Attested(item, until=chance.choice(("", "", "2020-01-01", "2030-01-01")))
            for item in chance.sample(known, chance.randint(0, min(6, len(known))))
        ]
        return Listing(tuple(items), chance.random() < 0.6)

    profession = chance.choice(list(book.data["professions"]))
    own = [item["register"] for item in book.data["professions"][profession]["registers"]]
    registrations = [
        Registration(
            chance.choice(own or list(book.data["registers"])) if chance.random() < 0.8 else chance.choice(list(book.data["registers"])),
            chance.choice(STATUSES),
            chance.choice(("", profession, *chance.sample(list(book.data["professions"]), 1))),
        )
        for _ in range(chance.randint(0, 2))
    ]  # fmt: skip
    return Profile(
        profession, "england", registrations=tuple(registrations), annotations=listing("annotation"),
        entitlements=listing("entitlement"), arrangements=listing("arrangement"),
    )  # fmt: skip


@given(chance=st.randoms(use_true_random=True))
@settings(max_examples=30, deadline=None)
def test_adding_never_reduces_cover(book: Lawbook, standings: Standings, team: Team, chance: Random) -> None:
    """A person, an arrangement, an entitlement or a registration more, and every task has as many posts as before: for anybody,
    with any task."""
    posts = [Post(f"p{number}", anybody(book, chance)) for number in range(3)]
    tasks = tuple(TeamTask(TaskEntry(name)) for name in chance.sample(list(book.data["tasks"]), 8))
    asked = team._replace(posts=tuple(posts), tasks=tasks)
    before = TeamCover(asked, standings)
    papers = [
        Measure(item["kind"], identity) for identity, item in book.data["arrangements"].items() if item["kind"] != "annotation"
    ]  # fmt: skip
    own = [item["register"] for item in book.data["professions"][posts[0].profile.profession]["registers"]]
    joined = [Measure("registration", register) for register in own or book.data["registers"]]
    changes = [chance.choice(papers), chance.choice(papers), chance.choice(joined)]
    cases = [[*posts, Post("more", anybody(book, chance))]]
    for change in changes:
        profile, _ = with_changes(posts[0].profile, tasks[0].entry, [change])
        cases.append([posts[0]._replace(profile=profile), *posts[1:]])
    for case in cases:
        after = TeamCover(asked._replace(posts=tuple(case)), standings)
        assert all(set(one) <= set(other) for one, other in zip(before.covering, after.covering, strict=True))


def test_a_reform_that_opens_nothing_changes_nothing(book: Lawbook, team: Team) -> None:
    law = book.at(TODAY, team.nation)
    cover = TeamCover(team, Standings(law))
    for item, _ in all_reforms(cover):
        other = TeamCover(team, Standings(book.at(TODAY, team.nation, reforms=item.reforms)))
        if not item.registered:
            assert bool(item.changed) == (other.grid != cover.grid)
        assert item.covered >= len(cover.covered)


def test_the_cheapest_set_does_without_what_a_colleague_gives(book: Lawbook) -> None:
    """A trainee may work under supervision, but not on the day when the supervisor is away."""
    text = (
        "gapcheck: 1\nteam: {name: A, nation: england}\ntasks: [nm-spect-ct]\nposts:\n"
        "  - {id: one, holder: {profession: clinical-technologist}, entitlements: [irmer-operator], arrangements: [training-recorded, none]}\n"
        "  - {id: two, holder: {profession: clinical-technologist}, entitlements: [none], arrangements: [none]}\n"
    )
    study = Study(team_of(read_document(text.encode(), "team.yaml"), book, None), book.at(TODAY, "england"))
    assert ("supervision",) in {tuple(step.change.what for step in item.steps) for item in study.singles}
    assert {step.change.what for step in study.cheapest.steps} == {"irmer-operator", "training-recorded"}


def test_the_search_says_when_it_is_cut_short(team: Team, standings: Standings) -> None:
    options = Options(TeamCover(team, standings))
    whole, cut = cheapest(options), cheapest(options, most=1)
    assert (whole.cut, cut.cut) == (False, True)
    assert effort(cut.steps) >= effort(whole.steps)
    assert not [task for task in options.of if options.count(task, frozenset(cut.steps)) == 1]


def test_the_first_screen_fits_and_names_the_radiographer(gapcheck: Run) -> None:
    shown = gapcheck("team", EXAMPLE, "--as-at", TODAY).stdout
    assert len(shown.splitlines()) <= 36
    assert "Covered today: 10 of 10 tasks. 3 tasks hang on one post." in shown
    assert "on Wednesday and Friday 3 tasks go on only once something is arranged" in shown
    assert not any(word in shown for word in ("nm-", "`", "irmer-", "psd"))


@pytest.mark.parametrize("ending", ["md", "html", "docx", "pdf", "xlsx", "csv", "txt"])
def test_every_format(gapcheck: Run, tmp_path: Path, ending: str) -> None:
    result = gapcheck("team", EXAMPLE, "--as-at", TODAY, "-o", tmp_path / f"team.{ending}")
    assert result.returncode == 0, result.stderr
    assert (tmp_path / f"team.{ending}").stat().st_size > 500


Spoil = Callable[[dict[str, Any]], Any]
FAULTS: list[tuple[Spoil, str]] = [
    (lambda team: team["posts"][1].update(profile="../secret.yaml"), "`../secret.yaml` is not in the folder of the team file"),
    (lambda team: team["posts"][1].update(profile="/etc/passwd"), "`/etc/passwd` is not in the folder of the team file"),
    (lambda team: team["posts"][1].update(profile="link.yaml"), "`link.yaml` is not in the folder of the team file"),
    (lambda team: team["posts"][1].update(profile="profils/rad.yaml"), "did you mean `profiles/rad.yaml`?"),
    (lambda team: team["posts"][0].update(id="rad"), "there are two of the post `rad`"),
    (lambda team: team["posts"][0].update(entitlments=[]), "did you mean `entitlements`?"),
    (lambda team: team["posts"][0]["holder"].update(profession="clinical-technolgist"), "did you mean `clinical-technologist`?"),
    (lambda team: team["posts"][0].pop("holder"), "the key `holder` is missing"),
    (lambda team: team["posts"][1].update(arrangements=["psd"]), "leave it out"),
    (lambda team: team["tasks"].append("nm-spect-cd"), "there is no task `nm-spect-cd`"),
    (lambda team: team["tasks"].append("nm-spect-ct"), "there are two of the task `nm-spect-ct`"),
    (lambda team: team["team"].update(nation="englnd"), "did you mean `england`?"),
    (lambda team: team["posts"][0].update(days=["mon"]), "`mon` is not allowed"),
    (lambda team: team["tasks"].append({"id": "nm-pet-ct", "waits": {"minutes": 5}}), "the key `source` is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "said"), FAULTS)
def test_what_is_wrong_is_said_with_its_place(gapcheck: Run, tmp_path: Path, spoil: Spoil, said: str) -> None:
    (tmp_path / "secret.yaml").write_text("secret: 1", encoding="utf-8")
    folder = tmp_path / "team"
    (folder / "profiles").mkdir(parents=True)
    (folder / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (folder / "profiles/rad.yaml").write_text(
        (EXAMPLE.parent / "profiles/radiographer.yaml").read_text("utf-8"), "utf-8"
    )
    team: dict[str, Any] = {
        "gapcheck": 1,
        "team": {"name": "A team", "nation": "england"},
        "posts": [
            {"id": "tech", "holder": {"profession": "clinical-technologist", "registrations": []}},
            {"id": "rad", "profile": "profiles/rad.yaml"},
        ],
        "tasks": ["nm-spect-ct"],
    }
    spoil(team)
    path = folder / "team.yaml"
    path.write_text(yaml.safe_dump(team, sort_keys=False), encoding="utf-8")
    result = gapcheck("team", path)
    assert result.returncode == 2, result.stdout
    assert said in result.stderr
    assert f"{path}:" in result.stderr
    assert "secret:" not in result.stderr


def test_a_task_that_says_nothing_particular_takes_the_words_of_the_profile(book: Lawbook, tmp_path: Path) -> None:
    """A profile file may state an arrangement for one task; the team asks of that task what the profile says."""
    profile = yaml.safe_load((EXAMPLE.parent / "profiles/radiographer.yaml").read_text(encoding="utf-8"))
    profile["tasks"] = [{"id": "nm-administer-iv-contrast", "arrangements": "none"}]
    (tmp_path / "rad.yaml").write_text(yaml.safe_dump(json.loads(json.dumps(profile, default=str))), encoding="utf-8")
    text = (
        "gapcheck: 1\nteam: {name: A, nation: england}\nposts: [{id: rad, profile: rad.yaml}]\n"
        "tasks: [nm-administer-iv-contrast, {id: nm-administer-iv-contrast, medicine: gadolinium-contrast}]\n"
    )
    team = team_of(read_document(text.encode(), "team.yaml"), book, str(tmp_path))
    cover = TeamCover(team, Standings(book.at(TODAY, team.nation)))
    assert [row[0].today for row in cover.grid] == ["arrange", "yes"]


def test_exit_codes(gapcheck: Run) -> None:
    assert gapcheck("team", EXAMPLE, "--fail-on", "single-point").returncode == 1
    assert gapcheck("team", EXAMPLE, "--fail-on", "uncovered").returncode == 0
    wrong = gapcheck("team", EXAMPLE, "--without", "radiografer", "--day", "someday")
    assert wrong.returncode == 2
    assert "did you mean `radiographer`?" in wrong.stderr
