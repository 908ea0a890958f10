import { eventKind, type Agenda } from './agenda.ts';
import type { CallCounter } from './call-counter.ts';
import type { CallDraws } from './call-draws.ts';
import { attemptKind, type CallTable } from './call-table.ts';
import { countField } from './line-counts.ts';
import type { LineClass, LineRepeat, LineSpec } from './line-spec.ts';
import type { PromptPlay } from './prompt-play.ts';

/** What becomes of a caller who does not call again, by the kind of call that would have come. */
const endOfKind = {
  [attemptKind.afterAbandon]: countField.gaveUpAfterAbandoning,
  [attemptKind.afterBlock]: countField.gaveUpAfterBlocking,
  [attemptKind.reconnect]: countField.settledByOperator,
} as const;
type RepeatKind = keyof typeof endOfKind;

/** How attempts end: a caller may call again by the class that was rung, else the matter is closed or given up. */
export class AttemptEnds {
  private readonly spec: LineSpec;
  private readonly calls: CallTable;
  private readonly draws: CallDraws;
  private readonly agenda: Agenda;
  private readonly counter: CallCounter;
  private readonly horizonEnd: number;

  constructor(spec: LineSpec, calls: CallTable, draws: CallDraws, agenda: Agenda, counter: CallCounter) {
    this.spec = spec;
    this.calls = calls;
    this.draws = draws;
    this.agenda = agenda;
    this.counter = counter;
    this.horizonEnd = spec.intervals * spec.intervalSeconds;
  }

  afterAbandon(slot: number, now: number): void {
    this.end(slot, this.rungBy(slot).afterAbandon, attemptKind.afterAbandon, now);
  }

  afterBlock(slot: number, now: number): void {
    this.end(slot, this.rungBy(slot).afterBlock, attemptKind.afterBlock, now);
  }

  afterService(slot: number, now: number): void {
    this.end(slot, this.rungBy(slot).reconnect, attemptKind.reconnect, now);
  }

  /** A caller whom a prompt moved: gone, or calling later without hearing prompts again. */
  byPrompt(slot: number, prompts: PromptPlay, now: number): void {
    this.counter.add(slot, prompts.wentOnline ? countField.divertedOnline : countField.deferred, 1);
    const time = Math.max(now, prompts.returnTime(now));
    if (time < this.horizonEnd) {
      this.agenda.schedule(time, slot, eventKind.callAgain);
      return;
    }
    const isGone = time === Infinity;
    const end = prompts.wentOnline ? countField.settledOnline : countField.divertedForGood;
    this.counter.end(slot, isGone ? end : countField.stillOpen);
    this.calls.finish(slot);
  }

  /** Those who still wait when nothing more can happen: counted as abandoned, their matter open. */
  ofThoseWaiting(now: number): void {
    for (const head of this.calls.head) {
      for (let slot = head; slot >= 0; slot = this.calls.next[slot] as number) {
        this.counter.abandon(slot, now - (this.calls.arrivedAt[slot] as number));
        this.counter.end(slot, countField.stillOpen);
      }
    }
  }

  private rungBy(slot: number): LineClass {
    return this.spec.classes[this.calls.rungClass[slot] as number] as LineClass;
  }

  private end(slot: number, repeat: LineRepeat, kind: RepeatKind, now: number): void {
    const { calls, draws } = this;
    const c = calls.rungClass[slot] as number;
    const attempt = kind === attemptKind.reconnect ? 1 : (calls.attempt[slot] as number) + 1;
    if (repeat.chance > 0 && attempt <= this.spec.maxAttempts && draws.callsAgain(c, repeat.chance)) {
      const time = now + draws.repeatDelay(c, repeat.delaySeconds);
      if (time < this.horizonEnd) {
        const next = calls.take(c, kind, attempt);
        calls.firstInterval[next] = calls.firstInterval[slot] as number;
        this.agenda.schedule(time, next, eventKind.callAgain);
      } else this.counter.end(slot, countField.stillOpen);
    } else this.counter.end(slot, endOfKind[kind]);
    calls.finish(slot);
  }
}
