"""How quick is a folder of adverts, and does its memory stay flat?

python benchmarks/jobdesc_speed.py [COUNT]

Writes COUNT (10,000) short adverts of our own making as JSON-LD, web pages and plain text, runs `gapcheck jd` over them twice
(a tenth of them, then all), and prints adverts a second and the peak memory of the largest process of each run.
"""

from __future__ import annotations

import html
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TITLES = ("Sonographer", "Nuclear Medicine Technologist", "MRI Radiographer", "Cardiac Physiologist", "Medical Engineer",
          "Radiotherapy Dosimetrist", "DXA Practitioner", "Clinical Scientist, Radiation Protection")  # fmt: skip
PLACES = ("Larkmere, England", "Ystradwen, Wales", "Glenarra, Scotland", "Derravane, Northern Ireland")
DUTIES = (
    "Perform and report abdominal and vascular ultrasound.", "Administer radiopharmaceuticals by intravenous injection.",
    "Cannulate and give contrast under a PGD.", "Act as IR(ME)R operator.", "Perform stress echo with dobutamine.",
    "Service and repair infusion pumps.", "Produce treatment plans and check them.", "Supervise trainees and students.",
    "Perform DXA scans and report them.", "Take part in audit and in the quality assurance of equipment.",
)  # fmt: skip
ASKS = (
    "You will be HCPC registered.", "Registration with the RCT or HCPC is essential.", "RCCP registration would be an advantage.",
    "A degree in a relevant subject is needed.", "You should be working towards registration with the AHCS.",
)  # fmt: skip
ABOUT = (
    "Our department has nine scanners and a friendly team. We offer interventional radiology, CT colonography and biopsy, and "
    "we are proud of our values. The town has good schools, a beach and a station with a fast train. "
)


def advert(number: int) -> tuple[str, str]:
    """An advert: the end of its file's name, and its text."""
    chance = random.Random(number)  # noqa: S311  # not for secrets
    title, duties = chance.choice(TITLES), chance.sample(DUTIES, 5)
    body = "".join(f"<li>{html.escape(duty)}</li>" for duty in duties)
    about = ABOUT * chance.randint(1, 5)
    page = f"<p>{about}</p><p>You will:</p><ul>{body}</ul><p>{chance.choice(ASKS)} Band {chance.randint(4, 8)}.</p>"
    kind = number % 3
    if kind == 0:
        place = {"@type": "Place", "address": {"addressLocality": chance.choice(PLACES), "addressCountry": "GB"}}
        posting = {"@context": "https://schema.org", "@type": "JobPosting", "title": title, "jobLocation": place,
                   "hiringOrganization": {"name": "Example NHS Trust"}, "description": html.escape(page)}  # fmt: skip
        return ".jsonld", json.dumps(posting)
    if kind == 1:
        return ".html", f"<!doctype html><html><body><h1>{title}</h1><p>{chance.choice(PLACES)}</p>{page}</body></html>"
    lines = "\n".join(f"- {duty}" for duty in duties)
    return ".txt", f"{title}\n\n{chance.choice(PLACES)}\n\n{about}\n\nDuties\n\n{lines}\n\n{chance.choice(ASKS)}\n"


def run(folder: Path) -> float:
    """Seconds that `gapcheck jd` takes over a folder."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "gapcheck", "jd", str(folder), "--format", "csv", "-o", f"{folder}.csv"], check=True
    )
    return time.perf_counter() - start


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as made:
        for size in (count // 10, count):
            folder = Path(made) / f"adverts-{size}"
            folder.mkdir()
            for number in range(size):
                ending, text = advert(number)
                (folder / f"{number:06}{ending}").write_text(text, encoding="utf-8")
            seconds = run(folder)
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            print(
                f"{size:,} adverts in {seconds:.1f} s: {size / seconds:.0f} a second; largest process {peak:.0f} MB at most"
            )


if __name__ == "__main__":
    main()
