"""What every request and every answer passes through, whichever page it is for."""
