/** Most shares that replications are split into: the same on every machine, so that sums are the same too. */
const mostShares = 32;

/** Splits replications into even shares [from, to). Results do not depend on how many threads take them. */
export const splitReplications = (
  replications: number,
): readonly { readonly from: number; readonly to: number }[] => {
  const shares = Math.min(mostShares, replications);
  return Array.from({ length: shares }, (_, i) => ({
    from: Math.floor((i * replications) / shares),
    to: Math.floor(((i + 1) * replications) / shares),
  }));
};
