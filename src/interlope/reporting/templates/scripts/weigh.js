// Weigh: probabilities of the explanations under changed evidence, from the packed terms of the stored replicates.
// The same as inference/evidence/reweigh.py and, for effective points and Pareto k, inference/sampling/importance.py.

/** Bytes of a base64 text that zlib compressed. */
async function inflate(text) {
  const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The columns of one explanation: numbers of every replicate, or one number where all are equal. */
async function unpack(packed) {
  const raw = await inflate(packed.data), n = packed.rows;
  let at = 0;
  const places = [];
  return packed.columns.map(({low, step, same}, c) => {
    places[c] = same === null ? at : places[same];
    if (!step) return low;
    const column = new Float64Array(n), from = places[c];
    for (let i = 0; i < n; i++) column[i] = low + step * (raw[from + i] + 256 * raw[from + n + i]);
    if (same === null) at += 2 * n;
    return column;
  });
}

const exponential = column => typeof column === "number" ? Math.exp(column) : column.map(Math.exp);
const filled = (column, n) => typeof column === "number" ? new Float64Array(n).fill(column) : column;

/** Terms of one explanation as the sums below want them. */
async function open(terms, packed) {
  const columns = await unpack(packed), n = packed.rows;
  const point = new Int32Array(n), first = filled(columns[0], n);
  for (let i = 0, p = -1; i < n; i++) point[i] = p += first[i];
  let at = 2;
  const claims = terms.claims.map(() => {
    const [faithful, slanted, rest] = columns.slice(at, at += 3);
    return {faithful: exponential(faithful), slanted: exponential(slanted), rest};
  });
  const groups = terms.groups.map(({roots, log_weight}) => {
    const size = roots.length * log_weight.length || 2 ** roots.length - 1;
    return columns.slice(at, at += size);
  });
  return {name: packed.name, n, point, points: point[n - 1] + 1, allPoints: packed.points, replicates: packed.replicates,
          base: filled(columns[1], n), claims, groups};
}

/** Add a column, or one number, to a sum. */
function add(total, column) {
  if (typeof column === "number") for (let i = 0; i < total.length; i++) total[i] += column;
  else for (let i = 0; i < total.length; i++) total[i] += column[i];
}

/** Multiply by the density of a claim over that of an uninformative root, with what its relays lose. */
function multiply(product, ratio, lost) {
  if (typeof ratio === "number") {
    const factor = (1 - lost) * ratio + lost;
    for (let i = 0; i < product.length; i++) product[i] *= factor;
  } else for (let i = 0; i < product.length; i++) product[i] *= (1 - lost) * ratio[i] + lost;
}

/** Log likelihood of the figures of one group, of the roots that are switched on: stored, or averaged over the shared dispersion. */
function sumFigures(part, group, values, change) {
  const on = group.roots.flatMap((root, r) => change.roots.has(root) ? [] : [r]), count = group.log_weight.length;
  if (!on.length) return 0;
  if (!count) return values[on.reduce((mask, r) => mask + 2 ** r, 0) - 1];
  const nodes = group.log_weight.map((weight, k) => {
    const total = new Float64Array(part.n).fill(weight);
    for (const r of on) add(total, values[r * count + k]);
    return total;
  });
  return nodes[0].map((_, i) => {
    let top = -Infinity, sum = 0;
    for (const node of nodes) if (node[i] > top) top = node[i];
    for (const node of nodes) sum += Math.exp(node[i] - top);
    return top + Math.log(sum);
  });
}

/** Log likelihood of the claims of roots that share one reliability, integrated over its beta prior. */
function integrate(part, members, tables, letter) {
  const {mean, split, nodes} = tables[letter], [at, weights] = nodes[members.length >> 1];
  const chance = at.map(() => new Float64Array(part.n).fill(1)), total = new Float64Array(part.n);
  for (const {root, rows} of members) {
    const share = root.slant_share ?? split;
    const faithful = new Float64Array(part.n).fill(1), slanted = new Float64Array(part.n).fill(1);
    for (const {row, lost} of rows) {
      multiply(faithful, part.claims[row].faithful, lost);
      multiply(slanted, part.claims[row].slanted, lost);
      add(total, part.claims[row].rest);
    }
    at.forEach((rho, q) => {
      const product = chance[q];
      for (let i = 0; i < part.n; i++) product[i] *= rho * faithful[i] + (1 - rho) * (share * slanted[i] + 1 - share);
    });
  }
  for (let i = 0; i < part.n; i++) {
    let sum = 0;
    for (let q = 0; q < at.length; q++) sum += weights[q] * chance[q][i];
    total[i] += Math.log(sum);
  }
  return total;
}

/** Log likelihood if every claim, and every outlet that carries it, were an observation of its own. */
function countOutlets(part, members, tables, letter) {
  const {mean, split} = tables[letter], total = new Float64Array(part.n);
  for (const {root, rows} of members) {
    const share = root.slant_share ?? split;
    for (const {row, lost, observations} of rows) {
      const faithful = new Float64Array(part.n).fill(1), slanted = new Float64Array(part.n).fill(1);
      multiply(faithful, part.claims[row].faithful, lost);
      multiply(slanted, part.claims[row].slanted, lost);
      const rest = filled(part.claims[row].rest, part.n);
      for (let i = 0; i < part.n; i++) {
        const density = mean * faithful[i] + (1 - mean) * (share * slanted[i] + 1 - share);
        total[i] += observations * (Math.log(density) + rest[i]);
      }
    }
  }
  return total;
}

/** Roots with claims that are switched on, by shared reliability: those of one institution with one letter. */
function institutions(terms, change, distortion) {
  const letter = id => change.letters.get(id) ?? terms.sources.find(s => s.id === id).letter, together = new Map();
  for (const root of terms.roots) {
    if (change.roots.has(root.id)) continue;
    const rows = terms.claims.flatMap((claim, row) => {
      if (claim.root !== root.id || change.claims.has(claim.id)) return [];
      const lost = claim.by_letters ? 1 - claim.relays.reduce((p, r) => p * (1 - distortion[letter(r)]), 1) : claim.distortion;
      return [{row, lost, observations: 1 + claim.relays.length}];
    });
    if (!rows.length) continue;
    const key = JSON.stringify([root.institution, letter(root.source)]);
    if (!together.has(key)) together.set(key, {letter: letter(root.source), members: []});
    together.get(key).members.push({root, rows});
  }
  return [...together.values()];
}

/** Log of the sum of weights given as logarithms; -Infinity where all are zero. */
function logSum(values) {
  let top = -Infinity, sum = 0;
  for (const v of values) if (v > top) top = v;
  if (!Number.isFinite(top)) return -Infinity;
  for (const v of values) sum += Math.exp(v - top);
  return top + Math.log(sum);
}

/** Weights added up by point, in rising order, over the largest. */
function sumPoints(part, total) {
  const sums = new Float64Array(part.points), top = total.reduce((a, b) => Math.max(a, b), -Infinity);
  if (!Number.isFinite(top)) return sums;
  for (let i = 0; i < part.n; i++) sums[part.point[i]] += Math.exp(total[i] - top);
  sums.sort();
  const most = sums[sums.length - 1];
  return sums.map(s => s / most);
}

/** Effective sample size of weights. */
function effective(sums) {
  let one = 0, two = 0;
  for (const s of sums) { one += s; two += s * s; }
  return two ? one * one / two : 0;
}

/** Shape of the upper tail of sorted weights (Zhang & Stephens 2009, Vehtari et al. 2024); `all` points, the lightest not stored. */
function paretoK(sums, all) {
  const most = Math.floor(Math.min(all / 5, 3 * Math.sqrt(all))), cut = sums[sums.length - most - 1] ?? 0;
  if (most < 5 || !sums.length || !(sums[sums.length - 1] > 0)) return Infinity;
  const tail = Array.from(sums.slice(-most), s => s - cut).filter(x => x > 1e-14), m = tail.length;
  if (m < 5 || tail[m - 1] - tail[0] < 1e-12) return -Infinity;
  return (shape(tail) * m + 5) / (m + 10);
}

/** Shape of a generalised Pareto distribution fitted to sorted excesses. */
function shape(excess) {
  const m = excess.length, points = 30 + Math.floor(Math.sqrt(m));
  const quartile = excess[Math.max(Math.floor(m / 4 + 0.5) - 1, 0)];
  const theta = Array.from({length: points}, (_, j) => 1 / excess[m - 1] + (1 - Math.sqrt(points / (j + 0.5))) / (3 * quartile));
  const mean = t => excess.reduce((sum, x) => sum + Math.log1p(-t * x), 0) / m;
  const profile = theta.map(t => { const k = mean(t); return m * (Math.log(-t / k) - k - 1); });
  const top = Math.max(...profile), weight = profile.map(p => Math.exp(p - top)), sum = weight.reduce((a, b) => a + b);
  return mean(theta.reduce((total, t, j) => total + t * weight[j], 0) / sum);
}

/** Evidence of every explanation under a change, remembered by what it hangs on. */
class Scale {
  constructor(data, parts) {
    this.data = data; this.parts = parts; this.sums = new Map(); this.results = new Map();
  }

  /** A column that was computed before, or computes it; the oldest go where there are many. */
  remember(key, compute) {
    if (!this.sums.has(key)) {
      if (this.sums.size > 40 * this.parts.length) this.sums.delete(this.sums.keys().next().value);
      this.sums.set(key, compute());
    }
    return this.sums.get(key);
  }

  /** Log evidence of every explanation and, where it is to be judged, effective points and Pareto k. */
  evidence(change) {
    const {letters, roots, claims, outlets, judged} = change;
    const key = JSON.stringify([[...letters].sort(), [...roots].sort(), [...claims].sort(), outlets, judged]);
    if (!this.results.has(key)) {
      if (this.results.size > 500) this.results.clear();
      const {terms, distortion} = this.data, shared = institutions(terms, change, distortion);
      this.results.set(key, this.parts.map((part, h) => this.weigh(part, h, shared, change)));
    }
    return this.results.get(key);
  }

  weigh(part, h, shared, change) {
    const {terms, letters} = this.data;
    const total = Float64Array.from(part.base);
    terms.groups.forEach((group, g) => {
      const on = group.roots.filter(root => !change.roots.has(root));
      add(total, this.remember(`${h} ${g} ${on}`, () => sumFigures(part, group, part.groups[g], change)));
    });
    const sum = change.outlets ? countOutlets : integrate;
    for (const {letter, members} of shared) {
      const key = JSON.stringify([h, change.outlets, letter, members.map(({rows}) => rows.map(({row, lost}) => [row, lost]))]);
      add(total, this.remember(key, () => sum(part, members, letters, letter)));
    }
    const logZ = logSum(total) - Math.log(part.replicates);
    if (!change.judged) return {logZ};
    const sums = sumPoints(part, total), points = effective(sums), k = paretoK(sums, part.allPoints), limits = this.data.thin;
    return {logZ, points, k, thin: points < limits.points || k > limits.tail};
  }

  /** True where no figure and no claim is left to weigh. */
  isBare({roots, claims}) {
    const {terms} = this.data;
    return terms.groups.every(group => group.roots.every(root => roots.has(root)))
      && terms.claims.every(claim => roots.has(claim.root) || claims.has(claim.id));
  }

  /** Probability of every explanation, by the prior odds of the case times the factors of the change; the prior itself without evidence. */
  probabilities(change) {
    const {explanations} = this.data.terms, bare = this.isBare(change), fits = this.evidence(change);
    const prior = explanations.map(e => e.prior_odds * (change.odds.get(e.name) ?? 1)), all = prior.reduce((a, b) => a + b);
    const logOdds = prior.map((odds, h) => Math.log(odds) + (bare ? 0 : fits[h].logZ)), whole = logSum(logOdds);
    return explanations.map(({name}, h) => ({
      ...fits[h], name, bare, prior: prior[h] / all,
      few: !bare && fits[h].points < this.data.thin.points, thin: !bare && fits[h].thin,
      probability: Number.isFinite(whole) ? Math.exp(logOdds[h] - whole) : 1 / prior.length,
    }));
  }

  /** The root without which the leading explanation would no longer be likely, as in inference/evidence/weigh.py; else null. */
  drivingRoot(change, now) {
    const leader = now.reduce((a, b) => b.probability > a.probability ? b : a), {likely, points} = this.data.headline;
    if (leader.probability < likely) return null;
    const left = this.data.terms.roots.filter(({id}) => !change.roots.has(id)).map(({id}) => {
      const without = this.probabilities({...change, judged: true, roots: new Set(change.roots).add(id)}).find(r => r.name === leader.name);
      return {root: id, name: leader.name, from: leader.probability, to: without.probability, rough: without.points < points};
    }).filter(({to}) => to < likely);
    const solid = left.filter(({rough}) => !rough), worst = solid.length || this.data.resolved ? solid : left;
    return worst.reduce((a, b) => a && a.to <= b.to ? a : b, null);
  }
}
