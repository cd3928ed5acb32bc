"""Words a technician is offered while typing; others can be written all the same."""

from __future__ import annotations

from typing import Final

CALIBRES: Final = (
    *("9 mm Luger", ".40 S&W", ".45 Auto", ".380 Auto", "10 mm Auto", ".38 Special"),
    *(".357 Magnum", ".357 SIG", ".22 LR", ".25 Auto", ".32 Auto", ".44 Magnum"),
    *("5.7 x 28 mm", ".223 Remington", "5.56 x 45 mm", "7.62 x 39 mm", ".308 Winchester"),
    *(".300 Blackout", "12 gauge", "20 gauge"),
)

HEADSTAMPS: Final = (
    *("WIN", "FC", "R-P", "SPEER", "BLAZER", "HORNADY", "PMC", "S&B", "CBC", "GFL", "GECO"),
    *("MAGTECH", "TULAMMO", "WOLF", "AGUILA", "STARLINE", "PPU", "IMI", "NORMA", "SIG"),
)
