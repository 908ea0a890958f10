import { useId, type ReactNode } from 'react';

/** A field under its name, with what it means or what is wrong with it beside it. */
export const Labelled = ({
  label,
  note,
  wrong,
  children,
}: {
  readonly label: string;
  readonly note?: ReactNode;
  /** What is wrong with what stands there; nothing where it can be kept. */
  readonly wrong?: string | undefined;
  /** The control; takes the id of what is said about it. */
  readonly children: (about: {
    readonly 'aria-label': string;
    readonly 'aria-describedby': string;
    readonly status?: 'error';
  }) => ReactNode;
}) => {
  const id = useId();
  return (
    <div className="setting">
      <span className="setting-name" aria-hidden>
        {label}
      </span>
      {children({
        'aria-label': label,
        'aria-describedby': id,
        ...(wrong === undefined ? {} : { status: 'error' as const }),
      })}
      <span id={id} className={wrong === undefined ? 'setting-note' : 'setting-note wrong'}>
        {wrong ?? note}
      </span>
    </div>
  );
};
