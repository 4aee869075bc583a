// Written by web/types.py from interlope.results; change the records there, then write this file again.

/** A document read before that the text is (same, saved again) or shares sentences with (related). */
export interface Acquainted {
  document: string;
  relation: string;
  shared: number;
  of: number;
}

/** How well one explanation accounts for the evidence at all. */
export interface Adequacy {
  explanation: string;
  figures: number;
  chance: number | null;
  surprises: string[];
  rare: number;
  trust: RootTrust[];
  claims: number;
  unmet: string[];
  before: PriorPredictive | null;
}

/** The odds under one analyst's judgements. */
export interface AnalystOdds {
  name: string;
  role: string;
  probability: Record<string, number | null>;
  low: Record<string, number | null>;
  high: Record<string, number | null>;
  leader: string;
  thin: string[];
  changes: JudgedChange[];
}

/** An outcome that a candidate may have, its probability, and the probabilities of the explanations after it. */
export interface AnswerOutcome {
  label: string;
  chance: number | null;
  probabilities: Record<string, number>;
}

/** A part of the question with its answer, what the answer hangs on, and the ids of the roots that it rests on. */
export interface Asked {
  label: string;
  explanation: string | null;
  option: string | null;
  against: string | null;
  answer: string;
  hangs_on: string | null;
  roots: string[];
}

/** A parameter that rests on nothing but an assumption. */
export interface AssumedNumber {
  name: string;
  unit: string;
  prior: string;
  meaning: string;
}

/** An assumed number, and how wide it is left: the standard deviation of its normal scores, 1 where the evidence says nothing of it. */
export interface AssumedWidth {
  name: string;
  width: number | null;
}

/** A backtest with the folder and files it was written to; `reused` where an earlier run's were read. */
export interface BacktestResult {
  ahead: number;
  seed: number;
  origins: Origin[];
  rows: BacktestRow[];
  skill: Skill[];
  relative: RelativeSkill[];
  coverage: interlope__results__backtest__Coverage[];
  notes: string[];
  folder: string;
  files: string[];
  reused: boolean;
}

/** One figure and its forecast from one origin. */
export interface BacktestRow {
  origin: string;
  series: string;
  period: string;
  lead: number;
  observed: number;
  q05: number;
  q25: number;
  q50: number;
  q75: number;
  q95: number;
  crps: number;
  baselines: Record<string, number>;
}

/** A log Bayes factor and its standard error. */
export interface BayesFactor {
  value: number | null;
  error: number | null;
}

/** A limit of a box: `low` to `high` of a parameter in its unit, None where it is open, or the explanations inside. */
export interface BoxLimit {
  name: string;
  unit: string;
  low: number | null;
  high: number | null;
  explanations: string[];
  quasi_p: number;
}

/** Mean paired difference of a bundle over the status quo under one explanation, in the outcome's unit, and its Monte Carlo error. */
export interface BundleHarm {
  outcome: string;
  explanation: string;
  mean: number | null;
  mc_error: number | null;
}

/** A lever of a bundle, in its own unit. */
export interface BundleLever {
  lever: string;
  setting: number;
}

/** Evidence that could be sought. */
export interface CandidateEvidence {
  id: string;
  what: string;
  about: string;
  who: string;
  letter: string;
  independent: boolean;
  automatic: boolean;
  confirms: string | null;
  days: number | null;
  cost: number | null;
  cost_unit: string | null;
  gain: number | null;
  error: number | null;
  by_chance: number | null;
  part: number | null;
  leader_changes: number | null;
  words_change: number | null;
  outcomes: AnswerOutcome[];
  listed: boolean;
  simulated: boolean;
  note: string;
  summary: string | null;
  within: VariantGain[];
}

/** A shipped case: its question, day of knowledge, what it holds, and whether its answer is shipped too. */
export interface CaseRow {
  name: string;
  question: string;
  as_of: string;
  explanations: string[];
  claims: number;
  series: number;
  options: number;
  shipped_answer: boolean;
}

/** The `result` of `interlope cases`. */
export interface CasesResult {
  cases: CaseRow[];
}

/** Another way in which a claim may have come about, with its probability. */
export interface Channel {
  kind: string;
  chance: number;
  series: string | null;
  reduce: string | null;
  reason: string;
}

/** The `result` of `interlope check`: how much of everything a case without faults holds. */
export interface CheckResult {
  folder: string;
  files: number;
  claims: number;
  roots: number;
  series: number;
  explanations: string[];
  options: string[];
  candidates: number;
  analysts: string[];
  documents: Record<string, number>;
  resaved: Record<string, string>;
  proposals: number;
  silences: number;
  read: string[];
  unread: Record<string, string>;
  left_out: DroppedEvidence[];
  tables: TableCounts[];
  cautions: string[];
  inherited: string[];
  forcing: string[];
}

/** The `result` of `interlope cite`. */
export interface CiteResult {
  software: string;
  bibtex: string;
  run: string | null;
}

/** A claim of the dossier. */
export interface Claim {
  id: string;
  paraphrase: string;
  kind: string;
  series: string | null;
  unit: string | null;
  counted: string | null;
  place: string | null;
  window: string[] | null;
  reduce: string | null;
  low: number | null;
  high: number | null;
  stated: string | boolean | number | null;
  published: string;
  document: string | null;
  span: number[] | null;
  fingerprint: string | null;
  root: string | null;
  chain: string[];
  lineage: string;
  likelihood: boolean;
  holdout: boolean;
  why: string | null;
  status: string;
  of: string | null;
  covers: string[];
  grade: string | null;
  view: Record<string, string>;
  distortion: number;
  channels: Channel[];
  flags: Flag[];
  note: string | null;
  threshold: number | null;
  chance_if_true: number | null;
  chance_if_false: number | null;
  baseline: string[] | null;
  than: string | null;
  event: string | null;
}

/** The `result` of `interlope cluster`: the scripts of an array of jobs. */
export interface ClusterResult {
  kind: string;
  run_id: string;
  shards: number;
  jobs: number;
  files: string[];
  next: string;
}

/** Options compared. */
export interface CompareResult {
  start: string;
  days: number;
  today: number;
  pairs: number;
  dropped: number;
  weak: WeakExplanation[];
  explanations: ComparedExplanation[];
  options: OptionAbout[];
  outcomes: OutcomeAbout[];
  levels: Level[];
  before: TodayLevel[];
  differences: Difference[];
  regret: Regret[];
  undominated: string[];
  safety: Safety[];
  satisficing: Satisficing[];
  reversals: Reversals | null;
  escalation: Escalation;
  notes: string[];
  harm_sensitivity: HarmScaling[];
  harm_spread: HarmSpread[] | null;
  seasonal: boolean | null;
  recorded: RecordedHarm[] | null;
  search: SearchResult | null;
  discovery: Discovery | null;
}

/** An explanation in a comparison: draws, effective number of independent points among them, and its probability. */
export interface ComparedExplanation {
  name: string;
  pairs: number;
  points: number;
  probability: number;
}

/** How far the analysis can be relied on: high, moderate or low, with its grounds in a fixed order. */
export interface Confidence {
  level: string;
  leader: string;
  grounds: Ground[];
}

/** The `result` of `interlope confirm`: what became a claim, what was rejected, what still waits and what that lacks. */
export interface ConfirmResult {
  confirmed: ConfirmedClaim[];
  rejected: string[];
  refused: Record<string, string[]>;
  waiting: number;
  file: string;
}

/** A proposal that became a claim, what it says, and what was assumed for it. */
export interface ConfirmedClaim {
  proposal: string;
  claim: string;
  kind: string;
  paraphrase: string;
  scored: boolean;
  assumed: string[];
}

/** Data sets of one true explanation, by the explanation chosen: those with a resolved result, and the others. */
export interface ConfusionRow {
  truth: string;
  data_sets: number;
  resolved: Record<string, number>;
  unresolved: Record<string, number>;
}

/** Numbers of claims, of claims with a likelihood, of silences, which are not among them, and of roots that either comes from. */
export interface Counts {
  claims: number;
  with_likelihood: number;
  roots: number;
  silences: number;
}

/** What a study gives as known on one day, and the evidence that came in since the day before it in the list. */
export interface DatedOdds {
  as_of: string;
  run_id: string;
  folder: string | null;
  resolved: boolean;
  reasons: string[];
  explanations: DatedProbability[];
  figures: number;
  claims: number;
  new_figures: Record<string, number>;
  new_claims: string[];
  dropped: DroppedEvidence[];
}

/** Probability of an explanation as known on a day, with the 5 and 95 % points that the Monte Carlo error leaves. */
export interface DatedProbability {
  name: string;
  probability: number | null;
  low: number | null;
  high: number | null;
}

/** Paired difference of an option over `status_quo` or `today`, in the outcome's unit. */
export interface Difference {
  option: string;
  explanation: string;
  outcome: string;
  over: string;
  mean: number | null;
  q05: number | null;
  q95: number | null;
  chance_worse: number | null;
  chance_more: number | null;
  chance_less: number | null;
  mc_error: number | null;
}

/** Where an option fails: a box for each harm, `budget` the chance that any is shown where there is none. */
export interface Discovery {
  option: string;
  budget: number;
  permutations: number;
  boxes: FailureBox[];
  notes: string[];
}

/** A document that the case cites; `characters` in its text, of which `sha256` is the digest. */
export interface Document {
  id: string;
  title: string;
  date: string;
  sha256: string;
  characters: number;
}

/** A dossier: documents, sources, roots and claims, with the official series beside them. */
export interface DossierResult {
  documents: Document[];
  sources: Source[];
  roots: Root[];
  claims: Claim[];
  counts: Counts;
  series: SeriesAbout[];
  later: string[];
  later_figures: Record<string, number>;
  grounds: HarmGround[];
}

/** An outcome over all factors. */
export interface DrivenOutcome {
  name: string;
  unit: string;
  meaning: string;
  harm: boolean;
  mean: number;
  sd: number;
  noise_screening: number | null;
  noise_shares: number | null;
}

/** A claim or figure that does not enter the likelihood, and why. */
export interface DroppedEvidence {
  id: string;
  reason: string;
}

/** Effect of one factor on one outcome while it moves over the central 95 % of its prior (Morris 1991). */
export interface ElementaryEffect {
  factor: string;
  outcome: string;
  size: number;
  error: number;
  mean: number;
  spread: number;
  relative: number;
  above_noise: boolean;
}

/** What follows operations: the responses, the windows [days] and the probabilities. */
export interface Escalation {
  responses: string[];
  windows: number[];
  assumptions: string[];
  chances: ResponseChance[];
}

/** How one explanation stands. */
export interface Explanation {
  name: string;
  gloss: string;
  prior: number | null;
  log_z: number | null;
  log_z_error: number | null;
  probability: number | null;
  low: number | null;
  high: number | null;
  word: string;
  gates: Gate[];
  predictions: Prediction[];
  variants: Variant[];
}

/** The `result` of `interlope explore`: where the pages are served, and what is explored. */
export interface ExploreResult {
  address: string;
  folder: string;
  pages: string[];
  absent: string;
}

/** The `result` of `interlope export`: the format, and the files written. */
export interface ExportResult {
  format: string;
  files: string[];
}

/** Replicates that failed: how many, why, and pairs of replicate and status for the first of them. */
export interface FailedReplicatesAbout {
  replicates: number;
  statuses: Record<string, Kind>;
  listed: [number, string][];
}

/** Where one harm of an option is above a threshold. */
export interface FailureBox {
  option: string;
  outcome: string;
  threshold: number | null;
  draws: number;
  failures: number;
  coverage: number | null;
  density: number | null;
  mass: number | null;
  chance: number | null;
  significant: boolean;
  limits: BoxLimit[];
  why: string;
}

/** Quantiles of a recorded series by day [q][day], at `levels`, in `unit`, from the date `start` on. */
export interface Fan {
  series: string;
  title: string;
  unit: string;
  definition: string;
  start: string;
  levels: number[];
  values: ((number | null)[])[];
}

/** The fan of a series over the replicates that ran to their end, and the path of one: the last, where that asked for is not there. */
export interface FanAnswer {
  fan: Fan;
  path: (number | null)[];
  replicate: number;
  replicates: number;
  failed: number;
}

/** An entry of a TOML file of a case: `[]` after a table's name says that it may stand several times. */
export interface FieldRow {
  file: string;
  table: string;
  key: string;
  value: string;
  required: string;
  default: string;
  meaning: string;
}

/** The `result` of `interlope fields`; with a topic or a file only what belongs to it. */
export interface FieldsResult {
  fields: FieldRow[];
  letters: LetterRow[];
  series: SeriesRow[];
}

/** A figure of a run: its name, title, rows of data behind it, and the files written. */
export interface FigureAbout {
  name: string;
  title: string;
  rows: number;
  files: string[];
}

/** What one table would publish for one period, under one explanation or "mixed" over them by the odds. */
export interface FigureForecast {
  series: string;
  period: string;
  start: string;
  end: string;
  lead: number;
  explanation: string;
  quantiles: number[];
  values: number[];
}

/** The `result` of `interlope figures`. */
export interface FiguresResult {
  figures: FigureAbout[];
}

/** The `result` of `interlope fit`: checks, fitted values and parameters; `seconds` of wall time, `store` of replicates. */
export interface FitResult {
  explanations: Explanation[];
  dropped: DroppedEvidence[];
  fit: FitRow[];
  parameters: ParameterRow[];
  together: SeriesCheck[];
  shortfalls: Shortfall[];
  replicates: number;
  seconds: number;
  store: string;
}

/** A figure or claim beside what an explanation gives for it. */
export interface FitRow {
  kind: string;
  id: string;
  explanation: string;
  observed: number | null;
  q05: number | null;
  q50: number | null;
  q95: number | null;
  met: boolean;
  agreed: number | null;
  undefined: number | null;
}

/** What is wrong with a claim, by which rule, and whether the file or the program says so. */
export interface Flag {
  rule: string;
  text: string;
  origin: string;
}

/** Figures to come, forecast from what was known on a day, with everything that is needed to score them later. */
export interface Forecast {
  format: number;
  case: string;
  case_sha256: string;
  as_of: string;
  written: string;
  version: string;
  model_digest: string;
  run_id: string;
  seed: number;
  status: string;
  reasons: Reason[];
  probability: Record<string, number>;
  effective: Record<string, number>;
  assumptions: string[];
  left_out: Record<string, string>;
  levels: number[];
  series: ForecastSeries[];
  figures: FigureForecast[];
  digest: string;
}

/** The `result` of `interlope forecast`: files written and the forecast, or the score of one. */
export interface ForecastResult {
  files: string[];
  forecast: Forecast | null;
  score: ForecastScore | null;
}

/** A forecast scored on figures that came. */
export interface ForecastScore {
  forecast: string;
  as_of: string;
  written: string;
  rows: ScoredFigure[];
  crps: Record<string, number>;
  coverage_50: number | null;
  coverage_90: number | null;
  missing: string[];
  unmatched: string[];
  notes: string[];
  unchecked: string[];
}

/** An official table whose figures to come are forecast; `last_known` is the last day that a known figure covers. */
export interface ForecastSeries {
  id: string;
  unit: string;
  definition: string;
  last_known: string;
  known: Record<string, number>;
  series: string;
  reduce: string;
  source: string;
}

/** One check of the calculation: its value beside the limit it has to keep, both in the check's own unit. */
export interface Gate {
  name: string;
  value: number | null;
  limit: number;
  passed: boolean;
}

/** Probabilities by the letter given to one source; `letter` is the one that the dossier gives. */
export interface GradeCurve {
  source: string;
  letter: string;
  points: GradePoint[];
  stated: boolean;
  left_out: Record<string, number>;
  states: Record<string, (number | null)[]>;
}

/** Probabilities of the explanations if the source had this letter; `thin`: those with too few effective points. */
export interface GradePoint {
  letter: string;
  probabilities: Record<string, number>;
  thin: string[];
}

/** One thing that confidence is judged by. */
export interface Ground {
  name: string;
  level: string;
  finding: string;
  thresholds: string;
  why: string;
  change: string;
}

/** A harm to people, the assumed numbers that decide its size, and the figures that would tell them. */
export interface HarmGround {
  outcome: string;
  assumed: AssumedNumber[];
  figures: string;
  weighed: string[];
  displayed: string[];
}

/** How many options have clearly less of a harm than this one under an explanation, and one more: 1 is a best, ties are shared. */
export interface HarmRank {
  option: string;
  explanation: string;
  outcome: string;
  rank: number;
}

/** What a prior made wider or narrower does to a harm under the status quo: means in the outcome's unit. */
export interface HarmScaling {
  outcome: string;
  prior: string;
  width: number | null;
  mean: number;
  scaled: number;
  error: number;
  effective: number | null;
  pareto_k: number | null;
  thin: boolean;
}

/** How much of what the draws leave open of a harm without any option is assumed. */
export interface HarmSpread {
  outcome: string;
  assumed: AssumedWidth[];
  by_assumed: number | null;
  error: number | null;
  by_explanation: number | null;
  thin: boolean;
  fixed: string[];
}

/** Forecasts of held-out figures. */
export interface HeldOut {
  rows: HeldOutRow[];
  crps: Record<string, number>;
  coverage: number;
  effective: Record<string, number | null>;
  note: string;
}

/** One figure and its forecast. */
export interface HeldOutRow {
  series: string;
  period: string;
  observed: number;
  q05: number | null;
  q50: number | null;
  q95: number | null;
  crps: number;
  baselines: Record<string, number>;
}

/** The `result` of `interlope import`: how a published table was read, and the table written. */
export interface ImportResult {
  source: string;
  sha256: string;
  rows: number;
  figures: number;
  first_period: string;
  last_period: string;
  left_out: Record<string, number>;
  interpretations: string[];
  first: Record<string, string>[];
  map: string;
  missing: string[];
  other_faults: number;
  table: string;
  saved_map: string;
  next: string;
}

/** One judgement of an analyst that differs from the case's, and the probabilities with it alone. */
export interface JudgedChange {
  kind: string;
  what: string;
  change: string;
  reason: string;
  probability: Record<string, number | null>;
  log_odds: number | null;
  thin: string[];
}

/** Replicates that ended with one status, and what that status means. */
export interface Kind {
  replicates: number;
  sentence: string;
}

/** A kind of claim: what it says, whether it is weighed, or why not, and which entries it must and may have. */
export interface KindRow {
  kind: string;
  meaning: string;
  weighed: boolean;
  why: string;
  needs: string[];
  may: string[];
  words: string[];
}

/** The `result` of `interlope kinds`. */
export interface KindsResult {
  kinds: KindRow[];
}

/** Letters by source, the probability of the explanation with them, and whether it is then the most probable one. */
export interface LetterChange {
  letters: Record<string, string>;
  probability: number;
  leads: boolean;
}

/** A letter of a source as numbers: expected chances of the three states, the weight behind them, and a relay's chance to distort. */
export interface LetterRow {
  letter: string;
  faithful: number;
  slanted: number;
  uninformative: number;
  weight: number;
  distortion: number;
}

/** The changes of one letter and of two that make an explanation most probable, of all that were tried, the best first. */
export interface LettersAnswer {
  explanation: string;
  now: number;
  leader: string;
  given: Record<string, string>;
  least: LetterChange | null;
  one: LetterChange[];
  two: LetterChange[];
  tried: number;
}

/** Ask which letters would make an explanation most probable. */
export interface LettersRequest {
  explanation: string;
}

/** An outcome under an option, in the outcome's unit: weighted mean, 5 and 95 % points of draws, Monte Carlo error of the mean. */
export interface Level {
  option: string;
  explanation: string;
  outcome: string;
  mean: number | null;
  q05: number | null;
  q95: number | null;
  mc_error: number | null;
}

/** A lever as a slider. */
export interface LeverAbout {
  name: string;
  unit: string;
  low: number;
  high: number;
  meaning: string;
  side_effects: string[];
}

/** A lever of a live option: its setting in its own unit, the day from which it holds, the days of its linear rise, and the day after */
export interface LeverChoice {
  name: string;
  setting: number;
  start: number;
  ramp: number;
  end: number | null;
}

/** One way in which a lever moves harm to people. */
export interface LeverHarm {
  lever: string;
  harms: string[];
  direction: string;
  control: string;
  through: string;
  source: string;
  size: string;
}

/** A lever: what is set, within which range, what it also does, and its harm side. */
export interface LeverRow {
  lever: string;
  unit: string;
  low: number;
  high: number;
  meaning: string;
  side_effects: string[];
  harms: LeverHarm[];
  not_modelled: string;
  declared: boolean;
}

/** A lever of an option; `setting` is in the lever's own unit, and 0 changes nothing. */
export interface LeverSetting {
  name: string;
  setting: number;
  source: string;
}

/** The `result` of `interlope levers`. */
export interface LeversResult {
  levers: LeverRow[];
}

/** An option on common random numbers with the status quo. */
export interface LiveAnswer {
  stage: number;
  draws: number;
  failed: number;
  refined: boolean;
  days: number;
  today: number;
  start: string;
  explanations: Record<string, number>;
  pairs: Record<string, number>;
  explanation: string;
  outcomes: LiveOutcome[];
  regret: LiveRegret[];
  compared: string[];
  side_effects: string[];
  idle: string[];
  notes: string[];
  option_fan: Fan;
  status_quo_fan: Fan;
  seconds: number;
}

/** Paired difference over `status_quo` or `today`, of an explanation or `pooled`, in the outcome's unit. */
export interface LiveDifference {
  explanation: string;
  over: string;
  mean: number | null;
  q05: number | null;
  q95: number | null;
  mc_error: number | null;
  chance_more: number | null;
  chance_less: number | null;
  direction: string;
}

/** Means of an outcome under one explanation: under the option, without it, today, and how much worse than the best option compared. */
export interface LiveLevel {
  explanation: string;
  option: number | null;
  status_quo: number | null;
  today: number | null;
  regret: number | null;
}

/** An outcome under the option, without it and today, pooled and by explanation, with its differences; `worse` is "more" or None. */
export interface LiveOutcome {
  name: string;
  title: string;
  unit: string;
  meaning: string;
  harm: boolean;
  worse: string | null;
  option: number | null;
  status_quo: number | null;
  today: number | null;
  levels: LiveLevel[];
  differences: LiveDifference[];
}

/** How much worse the option's mean is than that of the best option compared, in the outcome's unit. */
export interface LiveRegret {
  outcome: string;
  expected: number | null;
  maximum: number | null;
  worst_explanation: string | null;
}

/** Run an option on the draws of a stage. */
export interface LiveRequest {
  levers: LeverChoice[];
  option: string;
  stage: number;
  page: string;
  turn: number;
  series: string;
  explanation: string;
}

/** Replicates of an explanation: from its priors, with common random numbers, or as fitted. */
export interface MarketRequest {
  explanation: string;
  basis: string;
  replicate: number;
  series: string;
}

/** The `result` of `interlope new`: the files of the case that was begun. */
export interface NewResult {
  folder: string;
  files: string[];
  next: string;
}

/** The `result` of `interlope odd`: the model's description by the ODD protocol, and whether a file says the same. */
export interface OddResult {
  elements: string[];
  lines: number;
  text: string;
  file: string | null;
  same: boolean | null;
  differences: string[];
}

/** An option; `cost` in EUR over the days compared, None where the case gives no unit cost. */
export interface OptionAbout {
  name: string;
  gloss: string;
  side_effects: string[];
  levers: LeverSetting[];
  cost: number | null;
  cost_source: string | null;
  acts: boolean;
  idle: string[];
  harms: LeverHarm[];
  not_modelled: string[];
  undeclared: string[];
  switched_off: SwitchedOff[];
}

/** Two options on one harm, under every explanation. */
export interface OptionPair {
  option: string;
  other: string;
  outcome: string;
  verdict: string;
  leader: string;
  by_explanation: PairedDifference[];
  break_even: interlope__results__robustness__BreakEven[];
}

/** An option of the case that sets levers: all its entries, of which one lever may have several. */
export interface OptionPreset {
  name: string;
  gloss: string;
  levers: LeverChoice[];
}

/** A day of knowledge and the fit that forecasts were made from. */
export interface Origin {
  origin: string;
  status: string;
  probabilities: Record<string, number | null>;
  effective: Record<string, number | null>;
  replicates: number;
  seconds: number;
}

/** What options are compared on; `worse` is "more", or None where no direction is worse without a value judgement. */
export interface OutcomeAbout {
  name: string;
  unit: string;
  order: number;
  harm: boolean;
  meaning: string;
  worse: string | null;
  parts: string[];
}

/** Log Bayes factors by pair: `naive` if every outlet were an independent observation, `roots` as weighed. */
export interface OutletCounting {
  naive: Record<string, number | null>;
  roots: Record<string, number | null>;
}

/** What a page begins with: names, titles and ranges, nothing computed live. */
export interface PageData {
  page: string;
  explanations: Record<string, string>;
  glosses: Record<string, string>;
  levers: LeverAbout[];
  options: OptionPreset[];
  series: SeriesTitle[];
  replicates: number;
  asked: string;
  pairs: number;
  days: number;
  stages: number[];
  cautions: string[];
  commands: Record<string, string>;
  fitted: boolean;
}

/** The series that separate a pair of explanations, the widest apart first, and which of them the evidence sees where. */
export interface PairSeparation {
  pair: string;
  separated_by: string[];
  official: string[];
  claims: string[];
  widest: WidestDifference;
}

/** One option's harm less another's under one explanation, in the outcome's unit, on the same draws and random numbers. */
export interface PairedDifference {
  explanation: string;
  mean: number | null;
  mc_error: number | null;
  low: number | null;
  high: number | null;
  leader: string;
}

/** A parameter of the model with its prior. */
export interface ParameterAbout {
  name: string;
  explanation: string;
  prior: string;
  unit: string;
  source: string;
  role: string;
  meaning: string;
  belongs_to: string;
  inherited: boolean;
  how_to_find: string;
}

/** A parameter given the evidence. */
export interface ParameterRow {
  explanation: string;
  name: string;
  unit: string;
  source: string;
  prior: string;
  q05: number | null;
  q50: number | null;
  q95: number | null;
  moved: number | null;
  narrowed: number | null;
}

/** The `result` of `interlope params`; `assumptions`: how many rest on an assumption; `inherited`: numbers of a border left alone. */
export interface ParamsResult {
  parameters: ParameterAbout[];
  assumptions: number;
  inherited: string[];
}

/** What it would be worth to know the explanation for certain before choosing an option, on one outcome of harm. */
export interface PerfectInformation {
  outcome: string;
  unit: string;
  choice: string;
  choices: Record<string, string>;
  value: number | null;
  error: number | null;
}

/** What an explanation predicts, and the weighted share of its replicates that show it; None where the days were not simulated. */
export interface Prediction {
  says: string;
  probability: number | null;
}

/** Mean of a series over the window across prior draws: its mean and 5, 50 and 95 % points, in the unit of the series. */
export interface PriorPrediction {
  mean: number;
  q05: number;
  q50: number;
  q95: number;
}

/** How odd the whole evidence is for an explanation before it was fitted (Box 1980). */
export interface PriorPredictive {
  chance: number | null;
  error: number | null;
  data_sets: number;
  effective: number;
  drawn: number | null;
}

/** How the odds of the leader against its nearest rival follow priors and likelihood. */
export interface PriorSensitivity {
  leader: string;
  rival: string;
  rows: Scaling[];
  break_even: interlope__results__prior_sensitivity__BreakEven[];
}

/** Prior-predictive separation of the explanations. */
export interface PriorSeparation {
  draws: number;
  window: string[];
  separated: number;
  explanations: string[];
  series: SeriesSeparation[];
  pairs: PairSeparation[];
  undivided: string[];
  unofficial: string[];
}

/** A proper score of the probabilities, mean over data sets; smaller is better. */
export interface ProperScore {
  name: string;
  value: number;
  prior: number;
  expected: number;
  chance: number | null;
}

/** The document that was read: id, digest of the file, characters and sentences of its text. */
export interface ReadDocument {
  id: string;
  sha256: string;
  characters: number;
  sentences: number;
}

/** What a stretch of text seems to claim. */
export interface ReadProposal {
  id: string;
  status: string;
  span: number[];
  kind: string;
  cue: string;
  low: number | null;
  high: number | null;
  hedge: string;
  counted: string;
  event: string;
  unit: string;
  per: string;
  stated: string;
  about: string[];
  speakers: string[];
  lineage: string;
  marks: string[];
  also: string[];
  could_be: string[];
  interpretations: string[];
}

/** The `result` of `interlope read`. */
export interface ReadResult {
  document: ReadDocument;
  acquainted: Acquainted[];
  proposals: ReadProposal[];
  untouched: UnreadSentence[];
  skipped: UnreadSentence[];
  untouched_share: number;
  covered_share: number;
  added: string[];
  file: string;
}

/** Why a result is not what was hoped for, and what to do. */
export interface Reason {
  code: string;
  text: string;
  remedy: string;
}

/** What an official table gives for a harm, a year. */
export interface RecordedHarm {
  outcome: string;
  series: string;
  source: string;
  definition: string;
  start: string;
  end: string;
  value: number | null;
  since: string;
  mean: number | null;
  share: string;
  rest: string;
  weighed: boolean;
  days: number | null;
  unit: string;
  value_published: number | null;
  low: number | null;
  high: number | null;
  periods: RecordedPeriod[];
  reason: string;
}

/** A figure as it is published: first and last day, and the value in the table's unit, or its bounds where it is a range. */
export interface RecordedPeriod {
  start: string;
  end: string;
  value: number | null;
  low: number | null;
  high: number | null;
}

/** The `result` of `interlope recover`: the summary, what it says in words, its folder and files; `reused` where nothing was run. */
export interface RecoverResult {
  about: RecoveryAbout;
  data_sets: number;
  resolved: number;
  prior: Record<string, number>;
  confusion: ConfusionRow[];
  reliability: ReliabilityBin[];
  scores: ProperScore[];
  uniformity: UniformityTest[];
  alarm: number;
  coverage: interlope__results__recovery__Coverage[];
  seconds: number;
  redrawn: number;
  series_alone: SeriesAlone | null;
  words: string[];
  folder: string;
  files: string[];
  reused: boolean;
}

/** Which case, model, method and settings were tried. */
export interface RecoveryAbout {
  case: string;
  case_sha256: string;
  as_of: string;
  model_digest: string;
  method: string;
  run_id: string;
  seed: number;
  mode: string;
  budget: string;
  without: string;
  version: string;
  machine: Record<string, string>;
  created: string;
}

/** How much worse an option's mean is than the best option's, in the unit of the outcome. */
export interface Regret {
  option: string;
  outcome: string;
  expected: number | null;
  maximum: number | null;
  worst_explanation: string | null;
}

/** Geometric mean of one forecaster's score ratios against all of them, each on shared figures (Cramer et al. 2022); 1 is average. */
export interface RelativeSkill {
  forecaster: string;
  lead: number | null;
  skill: number | null;
}

/** Data sets in which an explanation got a probability between two ends, and in how many of them it was true. */
export interface ReliabilityBin {
  explanation: string;
  low: number;
  high: number;
  count: number;
  true: number;
  resolved: number;
  resolved_true: number;
  mean: number | null;
  q05: number | null;
  q95: number | null;
  resolved_mean: number | null;
}

/** The `result` of `interlope replay`: whether the numbers are the same bit for bit, from which case, and where and why not. */
export interface ReplayResult {
  folder: string;
  case: string;
  same: boolean;
  differ: string[];
  changed_files: string[];
  reasons: string[];
  model_digest_then: string;
  model_digest_now: string;
}

/** The `result` of `interlope report`: files written; `shipped`: where a shipped answer comes from. */
export interface ReportResult {
  report: string;
  tables: string[];
  shipped: string[];
}

/** Probability that a response follows an operation within `days`, with its 90 % interval and the number of operations behind it. */
export interface ResponseChance {
  option: string;
  explanation: string;
  response: string;
  days: number;
  chance: number | null;
  low: number | null;
  high: number | null;
  operations: number;
}

/** What turns the order of options: `comparisons` intervals that hold together with probability `level`, or more. */
export interface Reversals {
  level: number;
  comparisons: number;
  by_harm: boolean;
  pairs: OptionPair[];
  ranks: HarmRank[];
}

/** An observation that claims come from; `completed` is its last day, `relays` the sources that passed it on. */
export interface Root {
  id: string;
  source: string;
  completed: string;
  what: string;
  slant: string;
  claims: string[];
  relays: string[];
}

/** What one root contributes. */
export interface RootContribution {
  id: string;
  log_bayes_factor: Record<string, BayesFactor>;
  without: Record<string, number>;
  effective: Record<string, number | null>;
  thin: string[];
}

/** A root with claims: the chance that it reported faithfully, by its letter alone (`before`) and given all the evidence (`after`). */
export interface RootTrust {
  root: string;
  before: number;
  after: number;
}

/** How an option treats the harm outcomes over all draws. */
export interface Safety {
  option: string;
  no_more_harm: number | null;
  tail: Record<string, number | null>;
}

/** What a candidate is worth for the choice of an option, on one outcome of harm. */
export interface SampleInformation {
  candidate: string;
  outcome: string;
  unit: string;
  value: number | null;
  error: number | null;
  per_day: number | null;
  per_cost: number | null;
  forgone: number | null;
  forgone_clear: boolean | null;
}

/** How often an option is good enough on one harm, and how it does where it does badly; by explanation and "pooled". */
export interface Satisficing {
  option: string;
  explanation: string;
  outcome: string;
  share: number | null;
  share_error: number | null;
  share_today: number | null;
  tail: number | null;
  tail_error: number | null;
}

/** The TOML of a change, the file it was or would be written to, the commands that repeat the view, and what the file leaves out. */
export interface SaveAnswer {
  text: string;
  file: string;
  written: boolean;
  commands: string[];
  notes: string[];
}

/** A change to be shown as TOML, and written where `write` says so. */
export interface SaveRequest {
  kind: string;
  name: string;
  levers: LeverChoice[];
  option: string;
  letters: Record<string, string>;
  odds: Record<string, number>;
  without: string[];
  write: boolean;
}

/** One prior, several, or a part of the likelihood, raised to a power, and what becomes of the odds. */
export interface Scaling {
  kind: string;
  name: string;
  explanations: string[];
  power: number;
  width: number | null;
  log_z: Record<string, number | null>;
  error: Record<string, number | null>;
  normal: Record<string, number | null>;
  probability: Record<string, number | null>;
  log_odds: number | null;
  log_odds_error: number | null;
  log_odds_normal: number | null;
  effective: number | null;
  pareto_k: number | null;
  thin: boolean;
}

/** The `result` of `interlope schema`: JSON Schemas by verb, and the files that they were written to. */
export interface SchemaResult {
  schemas: Record<string, Record<string, unknown>>;
  files: string[];
}

/** One figure that came, and the scores of its forecasts: fair CRPS of log(1 + y), less is better. */
export interface ScoredFigure {
  series: string;
  period: string;
  lead: number;
  observed: number;
  q05: number;
  q50: number;
  q95: number;
  crps: Record<string, number>;
  baselines: Record<string, number>;
  inside_50: boolean;
  inside_90: boolean;
  rank: number;
}

/** What a search of bundles tried. */
export interface SearchResult {
  budget: number;
  tried: number;
  complete: boolean;
  most_levers: number;
  steps: number;
  days: number;
  pairs: number;
  seed: number;
  check_seed: number;
  bundles: TriedBundle[];
  notes: string[];
}

/** The `result` of `interlope seek`: its decisions on the `outcome` that was asked about; `folder` holds report and tables. */
export interface SeekAnswer {
  doubt: number;
  probabilities: Record<string, number>;
  leader: string;
  word: string;
  replicates: number;
  candidates: CandidateEvidence[];
  perfect: PerfectInformation[];
  sample: SampleInformation[];
  notes: string[];
  outcome: string;
  folder: string;
}

/** Candidates of further evidence, the most telling first. */
export interface SeekResult {
  doubt: number;
  probabilities: Record<string, number>;
  leader: string;
  word: string;
  replicates: number;
  candidates: CandidateEvidence[];
  perfect: PerfectInformation[];
  sample: SampleInformation[];
  notes: string[];
}

/** Something that is varied: a parameter in `unit`, the explanation, or the random streams; `chosen` where shares are computed. */
export interface SensitivityFactor {
  name: string;
  role: string;
  unit: string;
  prior: string;
  meaning: string;
  chosen: boolean;
}

/** A sensitivity analysis with the folder and files it was written to; `reused` where an earlier run's were read. */
export interface SensitivityResult {
  window: string[];
  explanations: string[];
  settings: SensitivitySettings;
  replicates: number;
  seconds: number;
  factors: SensitivityFactor[];
  outcomes: DrivenOutcome[];
  screening: ElementaryEffect[];
  chosen: string[];
  shares: VarianceShare[];
  failed: number;
  notes: string[];
  folder: string;
  files: string[];
  reused: boolean;
}

/** What was asked for: outcomes (all where none is named), sizes of both designs, replicates at a point, seed. */
export interface SensitivitySettings {
  outcomes: string[];
  trajectories: number;
  base: number;
  replicates: number;
  seed: number;
  screen_only: boolean;
}

/** A sentence of the answer, and the ids of the roots that it rests on; none where it speaks of the calculation or the method. */
export interface Sentence {
  text: string;
  roots: string[];
}

/** A table of official figures; `values` is their number, `weighed` whether they enter the likelihood. */
export interface SeriesAbout {
  id: string;
  source: string;
  root: string | null;
  definition: string;
  counted: string;
  unit: string;
  period: string;
  licence: string;
  weighed: boolean;
  why: string | null;
  values: number;
}

/** What the official series alone would give on the same data sets, by other weights on the replicates of the same fits. */
export interface SeriesAlone {
  data_sets: number;
  thin: number;
  confusion: ConfusionRow[];
  scores: ProperScore[];
}

/** One number of a series taken as a whole beside what an explanation gives for it. */
export interface SeriesCheck {
  series: string;
  explanation: string;
  what: string;
  observed: number;
  q05: number;
  q95: number;
  chance: number;
}

/** A recorded series: its name, as claims, tables and predictions write it, its unit, and what it counts. */
export interface SeriesRow {
  series: string;
  unit: string;
  definition: string;
}

/** A recorded series: what each explanation predicts, the differences by pair, and where the evidence sees it. */
export interface SeriesSeparation {
  name: string;
  unit: string;
  definition: string;
  seen_in: string;
  predicted: Record<string, PriorPrediction>;
  differences: Record<string, StandardisedDifference>;
}

/** Mean over days of a recorded series across replicates, in `unit`; `quantile_error`: largest error of the quantiles. */
export interface SeriesSummary {
  series: string;
  unit: string;
  definition: string;
  mean: number | null;
  sd: number | null;
  q05: number | null;
  q50: number | null;
  q95: number | null;
  quantile_error: number | null;
}

/** A recorded series by name, with the words that it is shown by. */
export interface SeriesTitle {
  name: string;
  title: string;
}

/** Shards of an ensemble: how many there are, were computed now, were there already, and were damaged and computed again. */
export interface ShardsAbout {
  total: number;
  simulated: number;
  reused: number;
  repeated: number[];
}

/** A figure that no explanation comes near. */
export interface Shortfall {
  id: string;
  series: string;
  nats: Record<string, number>;
  whole: Record<string, number>;
}

/** The `result` of `interlope simulate`: replicates of one explanation drawn from its priors. */
export interface SimulateResult {
  explanation: string;
  draws: number;
  days: number;
  failed: number;
  series: SeriesSummary[];
  failed_replicates: FailedReplicatesAbout;
  folder: string | null;
  store: string | null;
  finished: boolean;
  shards: ShardsAbout | null;
  notes: string[];
}

/** The model's mean score over that of one naive forecast, on the figures that both forecast; below 1 the model is better. */
export interface Skill {
  against: string;
  lead: number | null;
  ratio: number | null;
  low: number | null;
  high: number | null;
  figures: number;
  origins: number;
}

/** Who says something; `letter` is the reliability from A to F that the dossier gives, with its reason. */
export interface Source {
  id: string;
  role: string;
  country: string | null;
  letter: string;
  reason: string;
  published: string | null;
  institution: string | null;
}

/** A stage of a run and its wall time in seconds. */
export interface Stage {
  name: string;
  seconds: number;
}

/** Difference of two explanations' means over their pooled prior standard deviation. */
export interface StandardisedDifference {
  value: number | null;
  error: number;
  above: number;
}

/** One replicate by day and sector; arrays are little-endian, base64, of the kinds and shapes named. */
export interface Strip {
  explanation: string;
  basis: string;
  replicate: number;
  start: string;
  days: number;
  sectors: number;
  groups: number;
  members: string;
  marks: string;
  truces: string;
  clashes: string;
  deaths: string;
  attempts: string;
  operation: (number | null)[];
  broke_off: number | null;
}

/** All replicates together by day and sector: uint16 [day, sector] thousandths of what `names` and `scales` say, base64. */
export interface StripMean {
  explanation: string;
  basis: string;
  start: string;
  days: number;
  sectors: number;
  replicates: number;
  names: string[];
  titles: string[];
  units: string[];
  scales: number[];
  values: string[];
  operation: (number | null)[];
}

/** The `result` of `interlope study`: answer, folder and files, and everything that was weighed and compared. */
export interface StudyResult {
  answer: string[];
  sentences: Sentence[];
  confidence: Confidence | null;
  asks: Asked[];
  folder: string;
  reused: boolean;
  files: Record<string, string>;
  weigh: WeighResult;
  compare: CompareResult | null;
  separation: PriorSeparation | null;
  seek: SeekResult | null;
  cannot_meet: UnmetClaim[];
  stages: Stage[];
  next: string;
  moved: DatedOdds[];
}

/** A harm that a lever raises by its declaration and that a number of the case sets to nothing, or nearly. */
export interface SwitchedOff {
  lever: string;
  harms: string[];
  through: string;
  number: string;
  value: number;
  own: number;
  explanations: string[];
}

/** Figures of one official table: `read`, of them `fitted`, `held_out` and only `displayed`; how many others are left out, by reason. */
export interface TableCounts {
  id: string;
  read: number;
  fitted: number;
  held_out: number;
  displayed: number;
  left_out: Record<string, number>;
}

/** An outcome over the days before the decision, in the outcome's unit, like a `Level`. */
export interface TodayLevel {
  explanation: string;
  outcome: string;
  mean: number | null;
  q05: number | null;
  q95: number | null;
  mc_error: number | null;
}

/** A bundle that was tried. */
export interface TriedBundle {
  name: string;
  levers: BundleLever[];
  undominated: boolean;
  raises: string[];
  proposal: string;
  harms: BundleHarm[];
}

/** Whether the ranks of a parameter or quantity are uniform. */
export interface UniformityTest {
  name: string;
  kind: string;
  count: number;
  gap: number;
  chance: number;
  rejected: boolean;
}

/** A claim, and the explanations that cannot produce it. */
export interface UnmetClaim {
  claim: string;
  explanations: string[];
}

/** A sentence without a proposal, by its place in the text; `why` is empty where no rule touched it. */
export interface UnreadSentence {
  span: number[];
  why: string;
}

/** First-order and total Sobol' index of a factor for an outcome, each with half its 95 % bootstrap interval. */
export interface VarianceShare {
  factor: string;
  outcome: string;
  first: number | null;
  first_error: number | null;
  total: number | null;
  total_error: number | null;
}

/** How one variant of an explanation stands among the variants of that explanation. */
export interface Variant {
  name: string;
  gloss: string;
  prior: number;
  probability: number | null;
  low: number | null;
  high: number | null;
  effective: number | null;
  thin: boolean;
  predictions: Prediction[];
}

/** What evidence would teach about the variants of one explanation, supposing that it holds. */
export interface VariantGain {
  explanation: string;
  doubt: number | null;
  gain: number | null;
  error: number | null;
  by_chance: number | null;
}

/** The `result` of `interlope verify`: every row, and the names of those outside their range. */
export interface VerifyResult {
  full: boolean;
  rows: VerifyRow[];
  outside: string[];
}

/** A published figure beside what the same kernel gives. */
export interface VerifyRow {
  name: string;
  what: string;
  published: string;
  low: number | null;
  high: number | null;
  unit: string;
  source: string;
  tolerance: string;
  value: number | null;
  error: number | null;
  note: string;
  seconds: number;
  holds: boolean;
  why: string;
  given: string;
}

/** An explanation whose draws must not be relied on, and why. */
export interface WeakExplanation {
  explanation: string;
  reason: string;
}

/** A weighing with the changes of evidence that were asked for, and how the odds moved over several days of knowledge. */
export interface WeighAnswer {
  explanations: Explanation[];
  pairs: Record<string, BayesFactor>;
  headline: string | null;
  headline_withheld: WithheldHeadline | null;
  roots: RootContribution[];
  curve: GradeCurve | null;
  counting: OutletCounting;
  fit: FitRow[];
  parameters: ParameterRow[];
  together: SeriesCheck[];
  cannot_meet: UnmetClaim[];
  shortfalls: Shortfall[];
  dropped: DroppedEvidence[];
  heldout: HeldOut | null;
  adequacy: Adequacy[];
  sensitivity: PriorSensitivity | null;
  analysts: AnalystOdds[];
  replicates: number;
  seconds: number;
  confidence: Confidence | null;
  changes: WhatIf[];
  calibration: string[];
  moved: DatedOdds[];
}

/** Explanations weighed against each other. */
export interface WeighResult {
  explanations: Explanation[];
  pairs: Record<string, BayesFactor>;
  headline: string | null;
  headline_withheld: WithheldHeadline | null;
  roots: RootContribution[];
  curve: GradeCurve | null;
  counting: OutletCounting;
  fit: FitRow[];
  parameters: ParameterRow[];
  together: SeriesCheck[];
  cannot_meet: UnmetClaim[];
  shortfalls: Shortfall[];
  dropped: DroppedEvidence[];
  heldout: HeldOut | null;
  adequacy: Adequacy[];
  sensitivity: PriorSensitivity | null;
  analysts: AnalystOdds[];
  replicates: number;
  seconds: number;
}

/** Probabilities of the explanations under changed evidence; `thin`: those left with too few effective points. */
export interface WhatIf {
  change: string;
  probabilities: Record<string, number>;
  thin: string[];
}

/** The series on which a pair differs most, and by how many pooled prior standard deviations (None: infinitely many). */
export interface WidestDifference {
  series: string;
  value: number | null;
}

/** The root that alone carries the answer, for which reason there is no headline, and what becomes of the answer without it. */
export interface WithheldHeadline {
  root: string;
  reason: string;
}

/** Part of the figures inside the model's central 50 and 90 % intervals, by lead; None for all leads pooled. */
export interface interlope__results__backtest__Coverage {
  lead: number | null;
  figures: number;
  inside_50: number;
  inside_90: number;
}

/** At which prior odds a rival would overtake the leader. */
export interface interlope__results__prior_sensitivity__BreakEven {
  rival: string;
  prior_odds: number;
  needed: number | null;
  low: number | null;
  high: number | null;
}

/** How many central intervals of a level hold the truth. */
export interface interlope__results__recovery__Coverage {
  name: string;
  kind: string;
  level: number;
  count: number;
  inside: number;
  q05: number | null;
  q95: number | null;
}

/** The probability of one explanation at which two options have the same expected harm; the others keep their proportions. */
export interface interlope__results__robustness__BreakEven {
  explanation: string;
  probability: number;
  at: number;
  low: number;
  high: number;
  above: string;
}
