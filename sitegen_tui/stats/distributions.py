"""Quantiles and tail areas of the distributions that the statistics rest on, as plain floats."""

from __future__ import annotations

import math


def normal_cdf(x: float) -> float:
    """The share of a standard normal below x."""
    return 0.5 * math.erfc(-x / math.sqrt(2))


def normal_quantile(probability: float) -> float:
    """The quantile of the standard normal."""
    from scipy.special import ndtri

    return float(ndtri(probability))


def t_quantile(probability: float, degrees: float) -> float:
    """The quantile of Student's t distribution; degrees of freedom need not be whole."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, probability))


def t_two_sided(statistic: float, degrees: float) -> float:
    """The p-value of a t statistic of either sign."""
    from scipy.special import stdtr

    return min(1.0, 2 * float(stdtr(degrees, -abs(statistic))))


def chi2_quantile(probability: float, degrees: float) -> float:
    """The quantile of the chi-squared distribution."""
    from scipy.special import gammaincinv

    return 2 * float(gammaincinv(degrees / 2, probability))


def f_quantile(probability: float, numerator: float, denominator: float) -> float:
    """The quantile of the F distribution."""
    from scipy.special import fdtri

    return float(fdtri(numerator, denominator, probability))


def check_confidence(confidence: float) -> float:
    """The confidence itself; raises ValueError where it does not lie between 0 and 1."""
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not at {confidence}")
    return confidence
