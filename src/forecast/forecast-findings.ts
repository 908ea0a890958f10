import { findingsOf, type NoValues } from '../kernel/finding.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { SaidOf } from '../kernel/said-values.ts';

interface OutsideErrors {
  readonly model: string;
  readonly weeks: number;
  readonly wape: number;
  readonly ownWape: number;
}

/** What forecasting has to say, by code, with the values that go with it. Shares and errors are 0–1. */
export interface ForecastFindings extends SaidOf<'forecast'> {
  'mixed-by-backtest': {
    /** Methods with a share to speak of, the largest first; each by its key. */
    readonly methods: readonly { readonly method: string; readonly weight: number }[];
  };
  'error-against-plain-method': {
    readonly wape: number;
    /** Key of the plain method with the least error, and its error. */
    readonly rival: string;
    readonly rivalWape: number;
  };
  /** Part of a queue's forecast, 0–1, is its share of what all queues of the line have in common. */
  'leans-on-family': { readonly weight: number };
  /** A forecast from outside has this share, 0–1, for what it did on past weeks beside the own; errors are fractions. */
  'outside-mixed': OutsideErrors & { readonly mixedWape: number; readonly weight: number };
  /** It has figures for too few past weeks to be scored. */
  'outside-beside': { readonly model: string; readonly weeks: number; readonly needed: number };
  'outside-no-gain': OutsideErrors;
  /** How often past days lay within its own 80 % range. */
  'outside-range': { readonly model: string; readonly coverage: number; readonly days: number };
  /** Widths of its ranges have told which days are surer than others, and do so for days ahead. */
  'outside-ranges-tell': { readonly model: string };
  /** What one step more of a cause does, so many days later: an 80 % interval of the share of calls more. */
  'cause-found': {
    readonly name: string;
    readonly step: number;
    /** What it was on the days that it was found in; plans of earlier versions do not tell. */
    readonly least?: number;
    readonly most?: number;
    readonly days: number;
    readonly lags: readonly { readonly lag: number; readonly low: number; readonly high: number }[];
  };
  /** Errors of past days, by effects that were learnt before them. */
  'causes-gain': { readonly without: number; readonly with: number };
  'cause-not-known-ahead': { readonly name: string; readonly from: PlainDate };
  /** A value ahead outside of all that was seen: its effect on that day's calls lies between two shares. */
  'cause-never-seen': {
    readonly name: string;
    readonly date: PlainDate;
    readonly value: number;
    readonly least: number;
    readonly most: number;
    readonly low: number;
    readonly high: number;
  };
  /** It moves the calls, but the last weeks are forecast no better with it. */
  'cause-without-gain': { readonly name: string; readonly days: number };
  /** The state of the line: calm, moving, or broken with its past. */
  'line-is-calm': NoValues;
  'line-is-moving': {
    /** Day from which the level steps faster than it used to. */
    readonly since: PlainDate;
  };
  'line-is-broken': {
    readonly from: PlainDate;
    /** The level since then over the one before. */
    readonly factor: number;
  };
  'level-shifted': {
    readonly from: PlainDate;
    /** The level since then over the one before. */
    readonly factor: number;
  };
  'days-stand-out': { readonly days: number; readonly latest: readonly PlainDate[] };
  /** `latest`: plans of earlier versions do not tell. */
  'days-of-outage': { readonly days: number; readonly latest?: readonly string[] };

  'redials-assumed': {
    /** Share of failed calls that is taken to be dialled again. */
    readonly probability: number;
  };
}

export const forecastFinding = findingsOf<ForecastFindings>();
