"""The rule of 2005: no .22 rimfire, nothing over .50, no shotgun."""

from __future__ import annotations

from datetime import date

import pytest

from headstamp.web.evidence.eligibility import ineligible_because

DAY = date(2017, 6, 30)

RIMFIRE = (
    *(".22", "22", ".22 LR", "22LR", ".22lr", "22 L.R.", ".22 Long Rifle", "22 long", ".22 Short"),
    *(".22 S", ".22 L", ".22 WMR", "22 Magnum", ".22 Mag", "22 Win. Mag.", ".22 caliber", "22 cal"),
    *(".22-caliber", "22-cal."),
    *(".22 rimfire", ".22 Stinger", "5.6x15R", "  .22   LR ", ".22 (LR)"),
)
OVER_50 = (".577 Nitro", ".600 Nitro Express", ".58", "577 Nitro", "14.5mm", "14,5 x 114", "20mm")
SHOTGUN = (
    *("12 gauge", "12ga", "12 GA", "20-gauge", "12 ga.", ".410", "410 bore", ".410 bore"),
    *("12 bore", "Shotgun shell", "16 Gauge", "9mm shotshell"),
)
ELIGIBLE = (
    *("9mm", "9 mm Luger", "9x19", "9x19mm", ".380 ACP", "380", ".40 S&W", "40 S&W", ".45 ACP"),
    *("45", ".45 Colt", ".357 Magnum", "10mm Auto", ".25 ACP", ".32", "7.62x39", "7.62 x 39 mm"),
    *(".223 Rem", "223", "5.56", "5.56x45", ".22-250 Remington", "22-250", ".22 Hornet", ".22 TCM"),
    *(".224 Valkyrie", ".220 Swift", ".50 AE", ".50", ".50 BMG", ".500 S&W", "50 cal", "12.7x99"),
    *("12.7x108 mm", ".17 HMR", "", "unknown", "?", ".5", "5.7x28", ".221 Fireball", "122"),
)


@pytest.mark.parametrize(
    ("calibres", "reason"),
    [
        (RIMFIRE, ".22 rimfire (2005 rule)"),
        (OVER_50, "over .50 (2005 rule)"),
        (SHOTGUN, "a shotgun shell (2005 rule)"),
        (ELIGIBLE, ""),
    ],
)
def test_a_calibre_is_understood_however_it_is_written(calibres, reason):
    found = {calibre: ineligible_because("cartridge_case", calibre, DAY) for calibre in calibres}
    assert found == dict.fromkeys(calibres, reason)


def test_test_fires_are_entered_by_the_same_rule():
    assert ineligible_because("test_fire", "9 mm", DAY) == ""
    assert ineligible_because("test_fire", ".22 LR", DAY) != ""


@pytest.mark.parametrize("kind", ["bullet", "firearm", "magazine", "other"])
def test_nothing_but_cartridge_cases_is_entered(kind):
    assert "only cartridge cases" in ineligible_because(kind, "9 mm", DAY)


def test_the_rule_holds_from_its_day():
    assert ineligible_because("cartridge_case", ".22 LR", date(2004, 12, 31)) == ""
    assert ineligible_because("cartridge_case", ".22 LR", date(2005, 1, 1)) != ""
