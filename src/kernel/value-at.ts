/**
 * The value at an index that must be there: a wrong index is an error and never a 0. In loops that run millions of
 * times the loop itself has to keep to the length: what all arrays go through is slower than an array of one kind.
 */
export const valueAt = <Value>(values: ArrayLike<Value>, index: number): Value => {
  const value = values[index];
  if (value === undefined) throw new RangeError(`there is no value at ${index} of ${values.length}`);
  return value;
};

/** Adds to the value at an index that must be there. */
export const addAt = (values: number[] | Float64Array | Int32Array, index: number, amount: number): void => {
  values[index] = valueAt<number>(values, index) + amount;
};
