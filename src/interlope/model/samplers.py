"""Samplers: exact draws from named uniforms.

Each sampler spends one named draw (rejection goes on to further ones under the same name), so a policy that changes a
mean keeps its random number. Small counts are drawn by inversion, which is monotone in the mean; larger ones by transformed rejection,
whose first try is nearly so; both are exact.
"""
from __future__ import annotations

import math

from ..jit.compile import kernel
from .rng import uniform, unit, words
from .special import exp, log, log_factorial, whole_power

_ATTEMPT = 1 << 24


@kernel
def quantile_normal(u):
    """Quantile of the standard normal distribution (Wichura 1988, AS 241; relative error 1e-16)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return q * (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                        + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
                     + 133.14166789178437745) * r + 3.387132872796366608) / (
            ((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
             + 42.313330701600911252) * r + 1.0)
    r = math.sqrt(-log(min(u, 1.0 - u)))
    if r <= 5.0:
        r -= 1.6
        x = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
                + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
              + 4.6303378461565452959) * r + 1.42343711074968357734) / (
            ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
                + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
             + 2.05319162663775882187) * r + 1.0)
    else:
        r -= 5.0
        x = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
                + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
              + 5.4637849111641143699) * r + 6.6579046435011037772) / (
            ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
                + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
             + 0.59983220654655678878) * r + 1.0)
    return -x if q < 0.0 else x


@kernel
def normal(key, day, stream, index):
    """A standard normal draw."""
    return quantile_normal(uniform(key, day, stream, index))


@kernel
def count_poisson(mean, u):
    """The Poisson count that a uniform number u names."""
    if u <= 1.0 - mean or mean <= 0.0:  # e^-mean is never less than 1 - mean
        return 0
    if mean < 20.0:
        p = exp(-mean)
        n = 0
        while u > p and n < 400:
            u -= p
            n += 1
            p *= mean / n
        return n
    mode = int(math.floor(mean))
    p = exp(mode * log(mean) - mean - log_factorial(mode))
    up, down, high, low = p, p, mode, mode
    u -= p
    while u > 0.0 and (up > 1e-18 or down > 1e-18):
        high += 1
        up *= mean / high
        u -= up
        if u <= 0.0:
            return high
        if low > 0:
            down *= low / mean
            low -= 1
            u -= down
            if u <= 0.0:
                return low
        else:
            down = 0.0
    return mode


@kernel
def count_binomial(n, chance, u):
    """The binomial count out of n that a uniform number u names."""
    if n <= 0 or chance <= 0.0 or u <= 1.0 - n * chance:  # (1 - chance)^n is never less than 1 - n chance
        return 0
    if chance >= 1.0:
        return n
    if chance > 0.5:
        return n - count_binomial_low(n, 1.0 - chance, 1.0 - u)
    return count_binomial_low(n, chance, u)


@kernel
def count_binomial_low(n, chance, u):
    """As count_binomial, for a chance of at most one half."""
    odds = chance / (1.0 - chance)
    if n * chance < 20.0:
        p = whole_power(1.0 - chance, n)
        k = 0
        while u > p and k < n:
            u -= p
            k += 1
            p *= odds * (n - k + 1) / k
        return k
    mode = min(n, int(math.floor((n + 1) * chance)))
    p = exp(log_factorial(n) - log_factorial(mode) - log_factorial(n - mode) + mode * log(chance)
            + (n - mode) * log(1.0 - chance))
    up, down, high, low = p, p, mode, mode
    u -= p
    while u > 0.0 and (up > 1e-18 or down > 1e-18):
        if high < n:
            high += 1
            up *= odds * (n - high + 1) / high
            u -= up
            if u <= 0.0:
                return high
        else:
            up = 0.0
        if low > 0:
            down *= low / (odds * (n - low + 1))
            low -= 1
            u -= down
            if u <= 0.0:
                return low
        else:
            down = 0.0
    return mode


@kernel
def count_hypergeometric(marked, others, drawn, u):
    """How many of `drawn` taken out of marked + others are marked: the count that a uniform number u names."""
    if drawn <= 0 or marked <= 0:
        return 0
    if others <= 0 or drawn >= marked + others:
        return min(drawn, marked)
    least = max(0, drawn - others)
    most = min(marked, drawn)
    mode = int((drawn + 1) * float(marked + 1) / (marked + others + 2))
    mode = min(max(mode, least), most)
    p = exp(log_factorial(marked) - log_factorial(mode) - log_factorial(marked - mode) + log_factorial(others)
            - log_factorial(drawn - mode) - log_factorial(others - drawn + mode) + log_factorial(drawn)
            + log_factorial(marked + others - drawn) - log_factorial(marked + others))
    up, down, high, low = p, p, mode, mode
    u -= p
    while u > 0.0 and (up > 1e-18 or down > 1e-18):
        if high < most:
            up *= float(marked - high) * (drawn - high) / (float(high + 1) * (others - drawn + high + 1))
            high += 1
            u -= up
            if u <= 0.0:
                return high
        else:
            up = 0.0
        if low > least:
            down *= float(low) * (others - drawn + low) / (float(marked - low + 1) * (drawn - low + 1))
            low -= 1
            u -= down
            if u <= 0.0:
                return low
        else:
            down = 0.0
    return mode


@kernel
def hypergeometric(key, day, stream, index, marked, others, drawn):
    """How many of `drawn` taken without replacement are marked."""
    if drawn <= 0 or marked <= 0 or others <= 0 or drawn >= marked + others:
        return count_hypergeometric(marked, others, drawn, 0.5)
    return count_hypergeometric(marked, others, drawn, uniform(key, day, stream, index))


@kernel
def poisson(key, day, stream, index, mean):
    """A Poisson count with this mean: by inversion, or from 20 on by transformed rejection (Hormann 1993, PTRS)."""
    if not mean > 0.0:
        return 0
    if mean < 20.0:
        return count_poisson(mean, uniform(key, day, stream, index))
    log_mean = log(mean)
    b = 0.931 + 2.53 * math.sqrt(mean)
    a = -0.059 + 0.02483 * b
    most = 0.9277 - 3.6224 / (b - 2.0)
    for attempt in range(64):
        w0, w1, w2, w3 = words(key, day, stream, index + attempt * _ATTEMPT)
        u, v = unit(w0, w1) - 0.5, unit(w2, w3)
        us = 0.5 - abs(u)
        k = int(math.floor((2.0 * a / us + b) * u + mean + 0.43))
        if us >= 0.07 and v <= most:
            return k
        if k < 0 or (us < 0.013 and v > us):
            continue
        if log(v * (1.1239 + 1.1328 / (b - 3.4)) / (a / (us * us) + b)) <= k * log_mean - mean - log_factorial(k):
            return k
    return int(mean)


@kernel
def binomial(key, day, stream, index, n, chance):
    """Successes in n tries with this chance: by inversion, or from a mean of 20 on by rejection (Hormann 1993, BTRS)."""
    if n <= 0 or not chance > 0.0:
        return 0
    if chance >= 1.0:
        return n
    p = min(chance, 1.0 - chance)
    if n * p < 20.0:
        return count_binomial(n, chance, uniform(key, day, stream, index))
    spread = math.sqrt(n * p * (1.0 - p))
    b = 1.15 + 2.53 * spread
    a = -0.0873 + 0.0248 * b + 0.01 * p
    most = 0.92 - 4.2 / b
    for attempt in range(64):
        w0, w1, w2, w3 = words(key, day, stream, index + attempt * _ATTEMPT)
        u, v = unit(w0, w1) - 0.5, unit(w2, w3)
        us = 0.5 - abs(u)
        k = int(math.floor((2.0 * a / us + b) * u + n * p + 0.5))
        if (us >= 0.07 and v <= most) or (0 <= k <= n and accept_binomial(n, p, k, v * (2.83 + 5.1 / b) * spread / (a / (us * us) + b))):
            return k if chance <= 0.5 else n - k
    return int(n * chance)


@kernel
def accept_binomial(n, p, k, v):
    """Whether v lies under the chance of k over that of the mode."""
    mode = int((n + 1) * p)
    least = log_factorial(mode) + log_factorial(n - mode) - log_factorial(k) - log_factorial(n - k)
    return log(v) <= least + (k - mode) * log(p / (1.0 - p))


@kernel
def scatter(key, day, stream, means, counts, row):
    """Add Poisson counts with these means to a row of counts: drawn as one, then spread over the places (superposition)."""
    total = 0.0
    for i in range(means.shape[0]):
        total += means[i]
    n = poisson(key, day, stream, 0, total)
    if n <= 16:  # each event finds its place
        for k in range(n):
            u = uniform(key, day, stream, 1 + k) * total
            i = 0
            while i < means.shape[0] - 1 and u > means[i]:
                u -= means[i]
                i += 1
            counts[row, i] += 1.0
        return
    for i in range(means.shape[0]):
        chance = min(1.0, means[i] / max(total, 1e-300)) if i < means.shape[0] - 1 else 1.0
        k = binomial(key, day, stream, 1 + i, n, chance)
        counts[row, i] += k
        n -= k
        total -= means[i]


@kernel
def gamma(key, day, stream, index, shape):
    """A gamma draw with mean 1 and this shape >= 1 (Marsaglia & Tsang 2000)."""
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    for attempt in range(64):
        a, b, e, f = words(key, day, stream, index + attempt * _ATTEMPT)
        x = quantile_normal(unit(a, b))
        v = 1.0 + c * x
        if v > 0.0:
            v = v * v * v
            if log(unit(e, f)) < 0.5 * x * x + d - d * v + d * log(v):
                return d * v / shape
    return 1.0


@kernel
def heavy_count(u, exponent, top):
    """A whole number from 1 to top with weights proportional to k^-exponent, named by the uniform u."""
    total = 0.0
    for k in range(1, top + 1):
        total += exp(-exponent * log(float(k)))
    u *= total
    for k in range(1, top + 1):
        u -= exp(-exponent * log(float(k)))
        if u <= 0.0:
            return k
    return top
