"""The grammar of dates: a notation for rules, the words of dates, and rules for each kind of phrase."""
