import { InputNumber, type InputNumberProps } from 'antd';
import { useRef, useState } from 'react';
import { useSpeech } from '../words/words.tsx';

/**
 * A number as it is typed: while somebody types, what is there is theirs, an emptied field too. What the form makes
 * of it (a nothing that is kept as 0, say) shows once they have left the field; put in meanwhile it would be beside
 * what is typed next, and 20 become 200. Whoever comes to the field has all of it chosen: what they type takes its place.
 * What lies beyond its bounds stays too, with a sentence: nothing takes its place.
 */
export const NumberInput = ({
  value,
  onChange,
  onFocus,
  onBlur,
  min,
  max,
  ...rest
}: InputNumberProps<number>) => {
  const { say } = useSpeech();
  const [typing, setTyping] = useState(false);
  /** Somebody has come to the field and done nothing yet. */
  const isNew = useRef(false);
  /** undefined: nothing has been typed yet. */
  const [typed, setTyped] = useState<number | null>();
  const shown = (typed === undefined ? value : typed) ?? null;
  const isWithin = isBetween(shown, min ?? -Infinity, max ?? Infinity);
  return (
    <>
      <InputNumber<number>
        {...rest}
        {...(!isWithin && { status: 'error' as const })}
        value={shown}
        onFocus={(event) => {
          setTyping(true);
          isNew.current = true;
          onFocus?.(event);
        }}
        // The click that brought somebody here has set its caret by now, or chosen what the pointer was drawn over.
        onClick={({ target }) => {
          if (
            isNew.current &&
            target instanceof HTMLInputElement &&
            target.selectionStart === target.selectionEnd
          )
            target.select();
          isNew.current = false;
        }}
        onKeyDown={() => (isNew.current = false)}
        onChange={(now) => {
          if (typing) setTyped(now);
          onChange?.(now);
        }}
        onBlur={(event) => {
          setTyping(false);
          setTyped(undefined);
          onBlur?.(event);
        }}
      />
      {!isWithin && (
        <span className="setting-note wrong" role="alert">
          {max === undefined
            ? say('number.atLeast', { min: Number(min) })
            : say('number.between', { min: Number(min), max })}
        </span>
      )}
    </>
  );
};

/** Whether a number, where there is one, lies within bounds. */
export const isBetween = (value: number | null | undefined, min: number, max: number): boolean =>
  (value ?? undefined) === undefined || (Number(value) >= min && Number(value) <= max);

/** Percent more or less, as a field shows and reads it: +20 is twenty percent more. As it is typed while it is typed. */
export const signedPercent = {
  min: -90,
  max: 900,
  precision: 0,
  suffix: '%',
  formatter: (
    value: number | undefined,
    { userTyping, input }: { readonly userTyping: boolean; readonly input: string },
  ): string => {
    if (userTyping) return input;
    return value === undefined || value <= 0 ? String(value ?? '') : `+${value}`;
  },
  // Nothing is nothing, and no 0: the field's own type leaves out that text may come back.
  parser: (given: string | undefined): number => {
    const text = (given ?? '')
      .trim()
      .replace(/^[+＋]/, '')
      .replace(/^[−－]/, '-');
    return (text === '' ? '' : Number(text)) as number;
  },
} as const;
