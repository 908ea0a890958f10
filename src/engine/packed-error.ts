import { BadInputError, CancelledError, NoAnswerError, UsageError, type Problem } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';

/** An error as it travels between threads: structured cloning keeps no classes of ours. */
export interface PackedError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly problems?: readonly Problem[];
  readonly clashingRules?: readonly Sayable[];
  readonly said?: Sayable;
}

/** Takes an error apart so that another thread can build it again, whatever was thrown. */
export const packError = (thrown: unknown): PackedError => {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  return {
    name: thrown.name,
    message: thrown.message,
    ...(thrown.stack === undefined ? {} : { stack: thrown.stack }),
    ...(thrown instanceof BadInputError ? { problems: thrown.problems } : {}),
    ...(thrown instanceof NoAnswerError ? { clashingRules: thrown.clashingRules } : {}),
    ...(thrown instanceof UsageError ? { said: thrown.said } : {}),
  };
};

/** Builds the error again, of the same class where it is one of the kernel's. */
export const unpackError = (packed: PackedError): Error => {
  if (packed.problems !== undefined) return new BadInputError(packed.problems);
  if (packed.clashingRules !== undefined) return new NoAnswerError(packed.clashingRules);
  if (packed.said !== undefined) return new UsageError(packed.said);
  if (packed.name === 'CancelledError') return new CancelledError();
  const error = new Error(packed.message);
  error.name = packed.name;
  if (packed.stack !== undefined) error.stack = packed.stack;
  return error;
};
