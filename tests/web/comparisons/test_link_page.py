"""What the page of a link shows, and in which order."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from headstamp.web.comparisons.models import BallisticLink

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("searched", [0, 1])
def test_the_exhibit_on_the_left_is_named_first(
    exhibit, scan, work, person, signed_in, searched
) -> None:
    """Whichever of the two was registered first and whichever was searched with."""
    exhibits = [exhibit(), exhibit()]
    scan(1, 1, of=exhibits[1 - searched])
    work()
    scan(1, 2, of=exhibits[searched])
    work()
    link = BallisticLink.objects.get()
    page = signed_in(person("examiner")).get(reverse("comparisons:link", args=[link.pk]))
    text = page.content.decode()
    left = exhibits[searched].number
    assert re.findall(r'data-label-a="([^"]+)"', text) == [left]
    numbers = "|".join(re.escape(one.number) for one in exhibits)
    assert re.findall(numbers, text[text.index("<h1") :])[0] == left
    assert re.findall(numbers, text[text.index("<dl") :])[0] == left
