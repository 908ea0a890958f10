import { seededRandom, type Random } from '../../kernel/random.ts';
import { attemptKind, type CallTable } from './call-table.ts';
import { unitDraw, type UnitDraw } from './duration-law.ts';
import type { LineClass, LineSpec } from './line-spec.ts';

/** First stream of the draws for calls handed on; calls use the low streams. */
const transferStream = 0x20_00_00_00;

/** Streams of a replication: three a class, those of its first calls' times foremost, then the prompts'. */
const firstStream = (spec: LineSpec, replication: number): number =>
  replication * (3 * spec.classes.length + 1);

/** Stream of the times of a class's first calls. */
export const arrivalStream = (spec: LineSpec, replication: number, c: number): number =>
  firstStream(spec, replication) + 3 * c;

/** Stream of what callers do when prompts play. */
export const promptStream = (spec: LineSpec, replication: number): number =>
  firstStream(spec, replication) + 3 * spec.classes.length;

interface ClassDraws {
  readonly service: UnitDraw;
  readonly patience: UnitDraw;
  readonly first: Random;
  readonly repeat: Random;
  readonly transfer: Random | undefined;
}

/**
 * What chance decides about calls. First calls, repeats and calls handed on have streams of their own in each class,
 * so that runs stay comparable.
 */
export class CallDraws {
  private readonly spec: LineSpec;
  private readonly calls: CallTable;
  private readonly draws: readonly ClassDraws[];

  constructor(spec: LineSpec, calls: CallTable, seed: number, replication: number) {
    this.spec = spec;
    this.calls = calls;
    this.draws = spec.classes.map((lineClass, c) => ({
      service: unitDraw(lineClass.serviceLaw),
      patience: unitDraw(lineClass.patienceLaw),
      first: seededRandom(seed, arrivalStream(spec, replication, c) + 1),
      repeat: seededRandom(seed, arrivalStream(spec, replication, c) + 2),
      transfer:
        lineClass.transfers.length === 0
          ? undefined
          : seededRandom(seed, transferStream + replication * spec.classes.length + c),
    }));
  }

  /** Service and patience of a first call that comes in the interval. */
  markFirst(slot: number, interval: number): void {
    this.mark(slot, interval, this.drawsOf(slot).first);
  }

  /** The same for a repeat. */
  markRepeat(slot: number, interval: number): void {
    this.mark(slot, interval, this.drawsOf(slot).repeat);
  }

  /** The same for a call that a class has handed on. */
  markHandedOn(slot: number, interval: number, fromClass: number): void {
    this.mark(slot, interval, (this.draws[fromClass] as ClassDraws).transfer as Random);
  }

  private mark(slot: number, interval: number, random: Random): void {
    const c = this.calls.classOf[slot] as number;
    const lineClass = this.spec.classes[c] as LineClass;
    const draws = this.draws[c] as ClassDraws;
    const mean = lineClass.serviceMeanSeconds[interval] ?? 0;
    this.calls.serviceSeconds[slot] = mean * draws.service(random);
    this.calls.patienceSeconds[slot] = lineClass.patienceMeanSeconds * draws.patience(random);
  }

  /** Whether the voice menu settles a first call. */
  isContained(slot: number, share: number): boolean {
    return share > 0 && this.drawsOf(slot).first.uniform() < share;
  }

  /** Whether a call that is offered diversion takes it. */
  takesDiversion(slot: number, chance: number): boolean {
    const draws = this.drawsOf(slot);
    const random = this.calls.kind[slot] === attemptKind.first ? draws.first : draws.repeat;
    return random.uniform() < chance;
  }

  /** Whether a call that is answered will be handed on, and where; returns the seconds of this operator. */
  chooseWay(slot: number): number {
    const { calls } = this;
    const c = calls.classOf[slot] as number;
    const draws = this.draws[c] as ClassDraws;
    const random = draws.transfer;
    if (random === undefined) return calls.serviceSeconds[slot] as number;
    const { transfers } = this.spec.classes[c] as LineClass;
    let left = random.uniform();
    const way = transfers.findIndex(({ share }) => (left -= share) < 0);
    calls.wayOn[slot] = way;
    const before = transfers[way]?.beforeSeconds;
    if (before === undefined) return calls.serviceSeconds[slot] as number;
    return before * draws.service(random);
  }

  /** Whether a caller of a class calls again. */
  callsAgain(c: number, chance: number): boolean {
    return (this.draws[c] as ClassDraws).repeat.uniform() < chance;
  }

  /** Seconds until the next attempt of a caller of a class. */
  repeatDelay(c: number, meanSeconds: number): number {
    return meanSeconds * (this.draws[c] as ClassDraws).repeat.exponential();
  }

  private drawsOf(slot: number): ClassDraws {
    return this.draws[this.calls.classOf[slot] as number] as ClassDraws;
  }
}
