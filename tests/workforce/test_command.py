"""gapcheck workforce, through the real command."""

from __future__ import annotations

import csv
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import jsonschema
import polars as pl
import pytest

from tests.conftest import ROOT, TODAY, Run

ESR = ROOT / "examples/workforce"
HEADER = "id,organisation,nation,employer,profession,registrations,entitlements,arrangements,tasks,band\n"
POST = "{},{},england,nhs,clinical-technologist,rct,irmer-operator,pgd,nm-gamma-camera-imaging;nm-administer-iv-contrast,6\n"
AT = ("--as-at", TODAY)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Fifty posts."""
    path = tmp_path / "posts.csv"
    path.write_text(HEADER + "".join(POST.format(f"P{n}", f"Trust {n % 3}") for n in range(50)), encoding="utf-8")
    return path


def rejected(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_findings_are_the_same_in_every_form(gapcheck: Run, table: Path) -> None:
    for suffix in ("parquet", "csv", "duckdb"):
        run = gapcheck("workforce", table, "-o", table.with_name(f"out.{suffix}"), *AT)
        assert run.returncode == 0, run.stderr
        assert "50 rows in = 50 answered + 0 rejected; 100 findings" in run.stdout
    parquet = pl.read_parquet(table.with_name("out.parquet")).with_columns(pl.all().cast(pl.String))
    text = pl.read_csv(table.with_name("out.csv"), infer_schema=False).fill_null("")
    with duckdb.connect(str(table.with_name("out.duckdb")), read_only=True) as store:
        rows = store.execute("SELECT * FROM findings").fetchall()
        about = dict(store.execute("SELECT * FROM about").fetchall())
    assert parquet.rows() == text.rows() == rows
    assert about["as_at"] == TODAY
    assert pl.read_parquet_metadata(table.with_name("out.parquet"))["digest"] == about["digest"]
    assert not list(table.parent.glob(".*"))


def test_findings_are_those_of_check(gapcheck: Run, tmp_path: Path) -> None:
    profile = ROOT / "examples/profiles/nuclear-medicine-radiographer.yaml"
    report = json.loads(gapcheck("check", profile, *AT, "--format", "json", "--no-cross-check").stdout)
    tasks = ";".join(item["task"] for item in report["findings"])
    table = tmp_path / "one.csv"
    import yaml

    data = yaml.safe_load(profile.read_text(encoding="utf-8"))
    held = ";".join(item["register"] for item in data["holder"]["registrations"])
    listed = [
        value if isinstance(value := data.get(key, []), str) else ";".join(item if isinstance(item, str) else item["id"] for item in value)
        for key in ("entitlements", "arrangements")
    ]  # fmt: skip
    annotations = data["holder"].get("annotations", "")
    facts = ";".join(f"{key}={value}" for key, value in data.get("facts", {}).items())
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            [
                "id",
                "nation",
                "employer",
                "profession",
                "registrations",
                "annotations",
                "entitlements",
                "arrangements",
                "facts",
                "tasks",
            ]
        )
        writer.writerow(["1", data["post"]["nation"], data["post"].get("employer", ""), data["holder"]["profession"], held,
                         annotations if isinstance(annotations, str) else ";".join(annotations), *listed, facts, tasks])  # fmt: skip
    run = gapcheck("workforce", table, "-o", tmp_path / "out.parquet", *AT)
    assert run.returncode == 0, run.stdout + run.stderr
    keys = ("task", "status", "today", "because_of_registration")
    found = pl.read_parquet(tmp_path / "out.parquet").select(pl.col(*keys).cast(pl.String)).rows(named=True)
    assert found == [{key: item[key] for key in keys} for item in report["findings"]]


def test_two_runs_give_the_same_bytes(gapcheck: Run, table: Path) -> None:
    for name, seed in (("a", "1"), ("b", "2")):
        for suffix in ("parquet", "csv"):
            gapcheck("workforce", table, "-o", table.with_name(f"{name}.{suffix}"), *AT, PYTHONHASHSEED=seed)
    for suffix in ("parquet", "csv"):
        assert table.with_name(f"a.{suffix}").read_bytes() == table.with_name(f"b.{suffix}").read_bytes()


@pytest.mark.parametrize(
    ("encoding", "options"),
    [("utf-8-sig", ()), ("utf-16", ()), ("cp1252", ("--encoding", "windows-1252"))],
)
def test_encodings_and_the_semicolons_of_excel(
    gapcheck: Run, tmp_path: Path, encoding: str, options: tuple[str, ...]
) -> None:
    path = tmp_path / "excel.csv"
    text = 'sep=;\r\nid;organisation;nation;profession;tasks\r\n1;"Ysbyty; Gwynédd";wales;sonographer;son-vascular-scan\r\n'
    path.write_text(text, encoding=encoding, newline="")
    run = gapcheck("workforce", path, "-o", tmp_path / "out.parquet", *options)
    assert run.returncode == 0, run.stderr
    assert pl.read_parquet(tmp_path / "out.parquet")["organisation"].to_list() == ["Ysbyty; Gwynédd"]


def test_another_encoding_unannounced_costs_the_rows_that_need_it(gapcheck: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes((HEADER + POST.format(1, "A") + POST.format(2, "Gwynédd")).encode("cp1252"))
    assert gapcheck("workforce", path, "-o", tmp_path / "out.parquet").returncode == 0
    (reject,) = rejected(tmp_path / "out.rejects.csv")
    assert (reject["row"], reject["reason"]) == ("3", "the line is not text in UTF-8")
    assert "windows-1252" in reject["help"]


def test_parquet_in_with_lists_and_standard_input(gapcheck: Run, table: Path) -> None:
    rows = pl.read_csv(table, infer_schema=False).with_columns(
        pl.col("tasks").str.split(";"), pl.col("band").cast(pl.Int8)
    )
    rows.write_parquet(table.with_name("posts.parquet"))
    gapcheck("workforce", table.with_name("posts.parquet"), "-o", table.with_name("a.parquet"), *AT)
    text = table.read_text(encoding="utf-8")
    run = gapcheck("workforce", "-", "-o", table.with_name("b.parquet"), *AT, stdin=text)
    assert run.returncode == 0, run.stderr
    assert table.with_name("a.parquet").read_bytes() == table.with_name("b.parquet").read_bytes()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_read_as_a_file_is(gapcheck: Run, table: Path) -> None:
    """`gapcheck workforce <(zcat posts.csv.gz)`."""
    pipe = table.with_name("pipe")
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(table.read_bytes()))
    writer.start()
    run = gapcheck("workforce", pipe, "-o", table.with_name("a.csv"), *AT)
    writer.join()
    assert run.returncode == 0 and "50 rows in = 50 answered" in run.stdout, run.stderr
    gapcheck("workforce", table, "-o", table.with_name("b.csv"), *AT)
    assert table.with_name("a.csv").read_bytes() == table.with_name("b.csv").read_bytes()


def test_an_extract_is_read_by_the_example_mapping(gapcheck: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    run = gapcheck("workforce", ESR / "esr-extract.csv", "--columns", ESR / "esr.yaml", "-o", out)
    assert run.returncode == 0, run.stderr
    found = (
        pl.read_parquet(out)
        .select(pl.col("id", "profession", "registrations", "band").cast(pl.String))
        .unique()
        .sort("id")
    )
    assert found.rows() == [
        ("20011", "clinical-technologist", "rct", "6"),
        ("20012", "clinical-technologist", "none", "5"),
        ("20013", "diagnostic-radiographer", "hcpc", "7"),
        ("20014", "clinical-scientist", "hcpc", "8a"),
        ("20015", "sonographer", "", "7"),
    ]
    assert {item["row"] for item in rejected(tmp_path / "out.rejects.csv")} == {"7"}
    assert "the mapping does not say which profession" in (tmp_path / "out.rejects.csv").read_text(encoding="utf-8")


def test_options_map_columns_and_set_constants(gapcheck: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("ESR_ID\tWho\tWhat\n7\tSonographer\tson-vascular-scan\n", encoding="utf-8")
    options = ("--map", "id=esr_id", "--map", "profession=Who", "--map", "tasks=What", "--set", "nation=scotland")
    assert gapcheck("workforce", path, "-o", tmp_path / "out.csv", *options).returncode == 0
    (row,) = rejected(tmp_path / "out.csv")
    assert (row["id"], row["nation"], row["profession"]) == ("7", "scotland", "sonographer")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.csv", "-o", "o.parquet"], "nowhere.csv: cannot be read"),
        (["posts.csv", "-o", "o.xlsx"], "a name ends in .parquet, .csv or .duckdb"),
        (["posts.csv"], "say where the findings go"),
        (["posts.csv", "-o", "posts.csv"], "the output is also an input"),
        (["posts.csv", "-o", "no/such/folder.parquet"], "no/such/folder.rejects.csv: cannot be written: no such file"),
        (["posts.csv", "-o", "o.parquet", "--map", "bands=id"], "did you mean `band`?"),
        (["posts.csv", "-o", "o.parquet", "--map", "id=Id Number"], "there is no column `Id Number` (for id)"),
        (["posts.csv", "-o", "o.parquet", "--since", "posts.csv"], "this is no output of gapcheck workforce"),
        (["posts.csv", "-o", "o.parquet", "--nation", "englund"], "did you mean `england`?"),
        (["posts.csv", "-o", "o.parquet", "--reform", "nothing"], "there is no reform `nothing`"),
        (["empty.csv", "-o", "o.parquet"], "the file is empty"),
        (["picture.csv", "-o", "o.parquet"], "this is a binary file"),
        (["returns.csv", "-o", "o.parquet"], "a carriage return stands within the header"),
        (
            ["twice.csv", "-o", "o.parquet"],
            "several columns could be the tasks of a post: `tasks`, `Tasks`, `tasks (2)`",
        ),
    ],
)
def test_what_cannot_be_done_is_said(gapcheck: Run, table: Path, arguments: list[str], said: str) -> None:
    (table.parent / "empty.csv").write_bytes(b"")
    (table.parent / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    (table.parent / "returns.csv").write_bytes(b"id,profess\rion,tasks\n1,nurse,x\n")
    (table.parent / "twice.csv").write_text("id,profession,tasks,Tasks,tasks\n1,nurse,x,y,z\n", encoding="utf-8")
    before = set(table.parent.iterdir())
    run = gapcheck("workforce", *arguments, cwd=table.parent)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr and "Traceback" not in run.stderr
    assert set(table.parent.iterdir()) == before


def test_exit_codes_follow_fail_on(gapcheck: Run, table: Path) -> None:
    out = table.with_name("out.parquet")
    assert gapcheck("workforce", table, "-o", out, "--fail-on", "risky").returncode == 1
    assert gapcheck("workforce", table, "-o", out, "--fail-on", "blocked").returncode == 0


def test_the_summary_in_every_face(gapcheck: Run, table: Path) -> None:
    for suffix in ("json", "csv", "md", "html", "docx", "pdf"):
        run = gapcheck(
            "workforce", table, "-o", table.with_name("o.parquet"), "--summary", table.with_name(f"s.{suffix}"), *AT
        )
        assert run.returncode == 0, run.stderr
        assert table.with_name(f"s.{suffix}").stat().st_size > 200
    data = json.loads(table.with_name("s.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "schemas/workforce-summary.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(data)
    assert data["rows"] == {"in": 50, "answered": 50, "rejected": 0}
    assert sum(line["findings"] for line in data["lines"]) == 100 == sum(item["findings"] for item in data["by_status"])
    assert sum(line["posts"] for line in data["posts"]) == 50
    with table.with_name("s.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert sum(int(line["findings"]) for line in csv.DictReader(stream)) == 100


@pytest.mark.parametrize("rows", ["", "\n\n", "1,A,france,nhs,nurse,,,,no-such-task,6\n"])
@pytest.mark.parametrize("suffix", ["parquet", "csv", "duckdb"])
def test_a_table_of_which_nothing_is_answered_is_no_fault(
    gapcheck: Run, tmp_path: Path, rows: str, suffix: str
) -> None:
    table = tmp_path / "posts.csv"
    table.write_text(HEADER + rows, encoding="utf-8")
    for face in ("table", "markdown", "csv", "json"):
        run = gapcheck("workforce", table, "-o", tmp_path / f"out.{suffix}", "--format", face, *AT)
        assert run.returncode == 0, run.stderr
    for face in ("html", "docx", "pdf"):
        run = gapcheck("workforce", table, "-o", tmp_path / f"out.{suffix}", "--summary", tmp_path / f"s.{face}", *AT)
        assert run.returncode == 0, run.stderr
        assert f"{1 if 'france' in rows else 0} rows in = 0 answered" in run.stdout
    assert len(rejected(tmp_path / "out.rejects.csv")) == (2 if "france" in rows else 0)


def test_a_table_runs_no_formula(gapcheck: Run, table: Path) -> None:
    table.write_text(
        HEADER
        + POST.format('"=cmd|1"', "+Trust")
        + POST.format("3", "\u200b=1")
        + POST.format("2", "@x").replace("rct", "=bad"),
        encoding="utf-8",
    )
    run = gapcheck("workforce", table, "-o", table.with_name("o.csv"), "--format", "csv")
    assert rejected(table.with_name("o.csv"))[0]["id"] == "'=cmd|1"
    assert rejected(table.with_name("o.csv"))[0]["organisation"] == "'+Trust"
    assert rejected(table.with_name("o.csv"))[2]["organisation"] == "' =1"
    assert rejected(table.with_name("o.rejects.csv"))[0]["value"] == "'=bad"
    assert "'+Trust" in run.stdout


def test_since_says_what_changed_and_why(gapcheck: Run, table: Path) -> None:
    for before, after in (("parquet", "csv"), ("duckdb", "parquet"), ("csv", "duckdb")):
        old, new = table.with_name(f"old.{before}"), table.with_name(f"new.{after}")
        assert gapcheck("workforce", table, "-o", old, *AT).returncode == 0
        lines = table.read_text(encoding="utf-8").splitlines()
        lines[1] = lines[1].replace(",rct,", ",rct:lapsed,")
        lines[2] = lines[2].replace("nm-gamma", "nm-pet-ct;nm-gamma")
        del lines[3]
        lines.append(POST.format("=new", "Trust 9").strip())
        other = table.with_name("later.csv")
        other.write_text("\n".join(lines), encoding="utf-8")
        run = gapcheck("workforce", other, "-o", new, "--since", old, *AT)
        assert run.returncode == 0, run.stderr
        told = [
            (item["id"], item["task"], item["change"], item["why"])
            for item in rejected(table.with_name("new.changes.csv"))
        ]
        lapsed = "registrations: rct became rct:lapsed"
        assert told == [
            ("'=new", "nm-administer-iv-contrast", "post new", "the post was not answered before"),
            ("'=new", "nm-gamma-camera-imaging", "post new", "the post was not answered before"),
            ("P0", "nm-administer-iv-contrast", "worse", lapsed),
            ("P1", "nm-pet-ct", "task added", "the task was not among those of the post"),
            (
                "P2",
                "nm-administer-iv-contrast",
                "post gone",
                "the post is no longer in the table, or its row was rejected",
            ),
            (
                "P2",
                "nm-gamma-camera-imaging",
                "post gone",
                "the post is no longer in the table, or its row was rejected",
            ),
        ]


def test_since_tells_the_law_from_the_facts(gapcheck: Run, table: Path) -> None:
    old = table.with_name("old.parquet")
    gapcheck("workforce", table, "-o", old, *AT)
    lines = table.read_text(encoding="utf-8").replace(
        "P0,Trust 0,england,nhs,clinical-technologist,rct", "P0,Trust 0,england,nhs,clinical-technologist,"
    )
    table.write_text(lines, encoding="utf-8")
    reform = ("--reform", "register-clinical-technologists")
    gapcheck("workforce", table, "-o", table.with_name("new.parquet"), "--since", old, *reform, *AT)
    told = rejected(table.with_name("new.changes.csv"))
    ours = [item["why"] for item in told if item["id"] == "P0"]
    others = {item["why"] for item in told if item["id"] != "P0"}
    assert ours and all("registrations: rct became not stated" in why for why in ours)
    assert others and all(
        why.startswith("the law: lawbook") and why.endswith("+register-clinical-technologists") for why in others
    )


def test_duplicates_are_rejected_or_kept(gapcheck: Run, table: Path) -> None:
    table.write_text(HEADER + POST.format(1, "A") + POST.format(2, "B") + POST.format(1, "C"), encoding="utf-8")
    out = table.with_name("o.parquet")
    assert "3 rows in = 2 answered + 1 rejected" in gapcheck("workforce", table, "-o", out).stdout
    assert rejected(table.with_name("o.rejects.csv"))[0]["row"] == "4"
    assert (
        "3 rows in = 3 answered + 0 rejected" in gapcheck("workforce", table, "-o", out, "--duplicates", "keep").stdout
    )


def killed(arguments: list[str], cwd: Path, after: float) -> None:
    """Run the command and kill it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gapcheck", "workforce", *arguments],
        cwd=cwd,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()


def test_a_killed_run_leaves_nothing_that_looks_finished(gapcheck: Run, tmp_path: Path) -> None:
    table = tmp_path / "posts.csv"
    table.write_text(HEADER + "".join(POST.format(f"P{n}", "A") for n in range(60_000)), encoding="utf-8")
    arguments = ["posts.csv", "-o", "out.parquet", *AT]
    begun = time.monotonic()
    assert gapcheck("workforce", *arguments, cwd=tmp_path).returncode == 0
    whole = time.monotonic() - begun
    wanted = (tmp_path / "out.parquet").read_bytes()
    (tmp_path / "out.parquet").unlink()
    for part in (0.3, 0.5, 0.7, 0.85, 0.95):
        killed(arguments, tmp_path, whole * part)
        left = tmp_path / "out.parquet"
        assert not left.exists() or left.read_bytes() == wanted
        left.unlink(missing_ok=True)
    assert gapcheck("workforce", *arguments, cwd=tmp_path).returncode == 0
    assert (tmp_path / "out.parquet").read_bytes() == wanted
    assert {item.name for item in tmp_path.iterdir()} == {"posts.csv", "out.parquet", "out.rejects.csv"}


def test_what_a_killed_run_left_under_longer_names_is_swept(gapcheck: Run, table: Path) -> None:
    """DuckDB makes files of its own beside the part, which may be gone when the run is killed."""
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    gone = table.with_name(f".out.duckdb.{dead.pid}.part.parquet")
    held = table.with_name(f".out.duckdb.{os.getppid()}.part.wal")
    gone.touch()
    held.touch()
    assert gapcheck("workforce", table, "-o", table.with_name("out.duckdb"), *AT).returncode == 0
    assert not gone.exists() and held.exists()


@pytest.mark.parametrize("suffix", ["parquet", "csv", "duckdb"])
def test_a_file_that_cannot_grow_is_an_error_and_leaves_nothing(tmp_path: Path, suffix: str) -> None:
    table = tmp_path / "posts.csv"
    table.write_text(HEADER + "".join(POST.format(f"P{n}", f"Trust {n}") for n in range(20_000)), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "gapcheck", "workforce", "posts.csv", "-o", f"out.{suffix}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000)),
    )
    assert run.returncode == 2, run.stderr
    assert f"out.{suffix}: cannot be written" in run.stderr
    assert {item.name for item in tmp_path.iterdir()} == {"posts.csv"}
