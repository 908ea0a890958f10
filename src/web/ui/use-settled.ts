import { useEffect, useState } from 'react';

/** A value once it has stayed the same for some milliseconds: for work that nobody watches while a slider moves. */
export const useSettled = <Value>(value: Value, afterMillis = 150): Value => {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMillis);
    return () => clearTimeout(timer);
  }, [value, afterMillis]);
  return settled;
};
