"""What an attacker did to the first edition, one file for each kind of harm; none of it works any more."""
