import { threadId } from 'node:worker_threads';
import { BadInputError, CancelledError, NoAnswerError } from '../../src/kernel/errors.ts';
import { problemAt } from '../support/problem-at.ts';
import { text } from '../support/text.ts';

/** Tasks that worker threads load in the tests of the parallel map. */
export const square = (value: number): number => value * value;

export const slowFirst = async (value: number): Promise<{ value: number; thread: number }> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  setTimeout(() => resolve(undefined), value === 0 ? 60 : 1);
  await promise;
  return { value, thread: threadId };
};

export const sumOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);

export const failAs = (kind: string): void => {
  if (kind === 'bad-input') {
    const said = text('不对', 'wrong');
    throw new BadInputError([problemAt('a.b', 'some-rule', 3, said, said)]);
  }
  if (kind === 'no-answer') throw new NoAnswerError([text('规则', 'a rule')]);
  if (kind === 'cancelled') throw new CancelledError();
  if (kind === 'range') throw new RangeError('out of range');
};

export const returnFunction = () => () => 1;

export const die = (): void => process.exit(3);

export const finishedAt = (): number => Date.now();

export const pauseFor = (millis: number): number => {
  const until = Date.now() + millis;
  while (Date.now() < until);
  return Date.now();
};
