"""Run in a process and a database of its own: many people move one exhibit at once.

Prints, as JSON, what each was answered and what became of the chain.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import Counter
from pathlib import Path

PEOPLE = 8
TURNS = 6


def main(folder: str) -> None:
    """Make a workspace in a folder, and a crowd."""
    os.environ["HEADSTAMP_WORKSPACE"] = folder
    for name in ("files", "tmp"):
        (Path(folder) / name).mkdir(parents=True)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from tests.web.records import Records

    from headstamp.web.evidence import actions, custody
    from headstamp.web.evidence.models import CustodyTransfer, Exhibit
    from headstamp.web.evidence.taking_over import take_over
    from headstamp.web.refusals import Refusal

    call_command("migrate", verbosity=0)
    make = Records(Path(folder))
    people = [make.person("technician") for _ in range(PEOPLE)]
    exhibit = make.exhibit(by=people[0])
    commanders = [make.person("commander") for _ in range(PEOPLE)]
    left = make.person("technician")
    stuck = make.exhibit(by=left)
    left.is_active = False
    left.save()
    answers: Counter[str] = Counter()
    lock, ready = threading.Lock(), threading.Barrier(PEOPLE)

    def act(number: int) -> None:
        ready.wait()
        said = "done"
        try:
            mine = commanders[number]
            take_over(stuck, to=mine, reason="Left", by=mine)
        except Refusal as refusal:
            said = str(refusal).partition(" holds ")[2]
        with lock:
            answers[f"take over: {said}"] += 1
        for turn in range(TURNS):
            said = "done"
            try:
                if turn % 2:
                    incident = Exhibit.objects.get(pk=exhibit.pk).incident
                    actions.add_exhibit(
                        incident=incident,
                        by=people[number],
                        number=f"SAME-{turn}",
                        kind="other",
                        collected_at=exhibit.collected_at,
                    )
                else:
                    action = "stored" if turn % 4 == 0 else "removed"
                    custody.move(exhibit, action=action, place="Room", by=people[0])
            except Refusal as refusal:
                said = str(refusal).split(";")[0].split(".")[0]
            except Exception as error:
                said = f"fault: {error!r}"
            with lock:
                answers[f"{'number' if turn % 2 else 'move'}: {said}"] += 1
        connection.close()

    threads = [threading.Thread(target=act, args=(number,)) for number in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    exhibit.refresh_from_db()
    rows = CustodyTransfer.objects.filter(exhibit=exhibit).order_by("position")
    found = {
        "answers": answers,
        "positions": [row.position for row in rows],
        "actions": [row.action for row in rows],
        "fault": custody.first_fault(exhibit),
        "numbers": sorted(Exhibit.objects.filter(number__startswith="SAME").values_list("number")),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
