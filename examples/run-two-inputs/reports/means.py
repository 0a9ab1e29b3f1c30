"""Means of a column, by another one."""

import statistics


def means(rows, by, column):
    """The mean of each group and how many values it has; rows without a value do not count."""
    groups = {}
    for row in rows:
        if row[column]:
            groups.setdefault(row[by], []).append(float(row[column]))
    return {name: (round(statistics.fmean(values), 2), len(values)) for name, values in sorted(groups.items())}
