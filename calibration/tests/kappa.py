"""Fleiss' kappa: shown to nobody, a yardstick that the published examples name."""

from collections.abc import Sequence

from calibration.coefficients import Case, percent_agreement


def fleiss_kappa(cases: Sequence[Case]) -> float | None:
    """Fleiss' kappa; None where it is 0/0.

    Fleiss (1971), "Measuring nominal scale agreement among many raters", Psychological
    Bulletin 76, 378–382; p_e = Σ π².
    """
    agreed, rated = percent_agreement(cases), [case for case in cases if case.answers]
    columns = zip(*([c / case.answers for c in case.counts] for case in rated), strict=True)
    chance = sum((sum(column) / len(rated)) ** 2 for column in columns)
    return None if agreed is None or chance == 1 else (agreed - chance) / (1 - chance)
