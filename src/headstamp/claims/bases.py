"""Counts that turn out to be what another is compared with."""

from __future__ import annotations

from headstamp.claims.draft import Draft, Scene


def join_bases(scene: Scene) -> None:
    """ "3,550 shootings, compared with 2,426 shootings": the second is the base of the first."""
    listed = False
    for draft in sorted(scene.drafts, key=lambda one: one.core):
        if draft.relation != "is" or draft.number is None:
            listed = False
            continue
        compared = scene.left(draft.core, "c") is not None
        listed = compared or (listed and scene.left(draft.core, r",?A|,") is not None)
        earlier = _same_measure(scene, draft) if listed else None
        if earlier is not None:
            _join(scene, earlier, draft)
        elif scene.left(draft.core, "F") is not None:
            _from_to(scene, draft)


def _same_measure(scene: Scene, draft: Draft) -> Draft | None:
    for one in scene.drafts:
        same = one.measured.counted.measures[0] == draft.measured.counted.measures[0]
        if one.core < draft.core and same and one.base is None and one.relation == "is":
            return one
    return None


def _join(scene: Scene, earlier: Draft, draft: Draft) -> None:
    earlier.relation = "change"
    earlier.base, earlier.base_number = draft.numeral, draft.number
    earlier.base_from = draft.core
    scene.drafts.remove(draft)


def _from_to(scene: Scene, draft: Draft) -> None:
    """ "from 2,900 shooting victims to over 4,300"."""
    found = scene.right(draft.last, r"[iPLl]{0,4}T[q]")
    if found is None:
        return
    now = found.end() - 1
    draft.base, draft.base_number = draft.numeral, draft.number
    draft.numeral, draft.number = scene.numeral(now), now
    draft.relation, draft.last, draft.core = "change", now, now
    draft.hedge = draft.numeral.hedge or draft.numeral.bound
    scene.used.add(now)
