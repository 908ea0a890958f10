/**
 * The five statistics that danfojs-node takes from mathjs, over plain arrays of numbers, with the
 * conventions of mathjs 9: the spread divides by n - 1 and is 0 for one value, `mode` gives every most
 * frequent value in order of appearance.
 */
const statistics = require('simple-statistics');

const mode = (values) => {
  const counts = new Map();
  let most = 0;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (count > most) most = count;
  }
  return [...counts].filter(([, count]) => count === most).map(([value]) => value);
};

module.exports = {
  mean: (values) => statistics.mean(values),
  median: (values) => statistics.median(values),
  mode,
  std: (values) => (values.length === 1 ? 0 : statistics.sampleStandardDeviation(values)),
  variance: (values) => (values.length === 1 ? 0 : statistics.sampleVariance(values)),
};
