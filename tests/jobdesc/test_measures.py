"""The measures of job descriptions: a folder that somebody labelled, and the scorecard fitted from judged mentions."""

from __future__ import annotations

from pathlib import Path

import yaml

from benchmarks import jobdesc_folder, jobdesc_scorecard
from gapcheck import Lawbook
from tests.conftest import ROOT


def test_a_labelled_folder_is_measured(book: Lawbook, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Clinical Technologist\n\nLarkmere NHS Trust, England\n\nDuties\n\n- Inject radiopharmaceuticals.\n- Give contrast under a PGD.\n"
        "\nEssential\n\n- Registered with the RCT.\n",
        encoding="utf-8",
    )
    (tmp_path / "b.txt").write_text("Porter\n\nLarkmere NHS Trust, England\n\nYou move beds.\n", encoding="utf-8")
    labels = {
        "a.txt": {
            "status": "accredited-essential", "nation": "wales", "groups": ["clinical-technologist"],
            "duties": ["nm-administer-radiopharmaceutical-iv", "nm-spect-ct"], "codes": ["W002"],
        },
        "b.txt": {"duties": [], "codes": []},
    }  # fmt: skip
    (tmp_path / "labels.yaml").write_text(yaml.safe_dump(labels), encoding="utf-8")
    counts, wrong = jobdesc_folder.measured(tmp_path, book)
    assert counts["documents"] == 2 and counts["other documents"] == 1 and counts["other tasks"] == 0
    assert counts["tasks right"] == 1 and counts["tasks wanted"] == 2 and counts["tasks said"] > 1
    assert counts["codes right"] == counts["codes wanted"] == 1
    assert (counts["status exact"], counts["groups exact"], counts["nation exact"]) == (1, 1, 0)
    assert {"labelled, and not said: nm-spect-ct", "nation: england, should be wales"} <= set(wrong["a.txt"])
    assert "b.txt" not in wrong


def test_the_scorecard_can_be_fitted_anew() -> None:
    judged = jobdesc_scorecard.mentions(jobdesc_scorecard.TABLE)
    assert len(judged) == 1595 and {item.batch for item in judged} == {"1", "3"}
    points = jobdesc_scorecard.fitted(judged[::4])
    assert points["holder-verb"] > 0 > points["place-subject"]
    here, others = ([item for item in judged if (item.batch == "3") is own] for own in (True, False))
    card = yaml.safe_load(jobdesc_scorecard.CARD.read_text(encoding="utf-8"))
    own = {item["id"]: item["points"] for item in card["card"]}
    for some in (here, others):
        counted, right, real = jobdesc_scorecard.told(some, own, card["bands"]["counts"])
        assert right / counted > 0.8 and right / real > 0.6
    text = jobdesc_scorecard.rewritten(
        (ROOT / "rules/wording/scorecard.yaml").read_text(encoding="utf-8"), {"we-our": 9, "study": 9}
    )
    found = {item["id"]: item["points"] for item in yaml.safe_load(text)["card"]}
    assert found["we-our"] == 9 and found["study"] == own["study"]
