import { seededRandom, type Random } from '../../kernel/random.ts';
import type { LineClass, LineSpec } from './line-spec.ts';

/**
 * Times of a class's first calls, one after another. Poisson arrivals are piecewise constant in rate;
 * counted ones fall uniformly within their interval (drawn in order, as order statistics).
 */
export class FreshArrivals {
  /** Time of the next first call; Infinity after the last. */
  next = 0;
  private interval = -1;
  private end = 0;
  private rate = 0;
  private left = 0;
  private readonly isPoisson: boolean;
  private readonly calls: Float64Array;
  private readonly intervalSeconds: number;
  private readonly random: Random;

  constructor(spec: LineSpec, own: LineClass, seed: number, stream: number) {
    this.isPoisson = own.arrivals === 'poisson';
    this.calls = own.freshCalls;
    this.intervalSeconds = spec.intervalSeconds;
    this.random = seededRandom(seed, stream);
    this.advance();
  }

  /** Moves on to the next first call. */
  advance(): void {
    for (;;) {
      if (this.isPoisson) {
        if (this.rate > 0) {
          this.next += this.random.exponential() / this.rate;
          if (this.next < this.end) return;
        }
      } else if (this.left > 0) {
        const share = Math.pow(1 - this.random.uniform(), 1 / this.left);
        this.next = this.end - (this.end - this.next) * share;
        this.left -= 1;
        return;
      }
      if (!this.enterInterval()) return;
    }
  }

  private enterInterval(): boolean {
    this.interval += 1;
    if (this.interval >= this.calls.length) {
      this.next = Infinity;
      this.rate = 0;
      this.left = 0;
      return false;
    }
    const calls = this.calls[this.interval] as number;
    this.next = this.interval * this.intervalSeconds;
    this.end = this.next + this.intervalSeconds;
    if (this.isPoisson) this.rate = calls / this.intervalSeconds;
    else this.left = Math.floor(calls + this.random.uniform());
    return true;
  }
}
