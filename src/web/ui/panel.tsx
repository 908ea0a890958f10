import { createContext, useId, type ReactNode } from 'react';

/** The title of the panel that something is in. */
export const PanelTitle = createContext<string | undefined>(undefined);

/** A part of a page under its own heading. */
export const Panel = ({
  title,
  note,
  actions,
  children,
}: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) => {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="row">
        <h2 id={id}>{title}</h2>
        {actions}
      </div>
      {note !== undefined && <p className="note">{note}</p>}
      <PanelTitle value={title}>{children}</PanelTitle>
    </section>
  );
};

/** One headline figure: the number, its range, and plain words. */
export const Figure = ({
  label,
  value,
  range,
  words,
  basis,
  tone = 'plain',
}: {
  readonly label: string;
  readonly value: string;
  readonly range?: string | undefined;
  readonly words?: ReactNode;
  /** What the figure rests on, folded away. */
  readonly basis?: { readonly label: string; readonly text: string } | undefined;
  readonly tone?: 'plain' | 'good' | 'bad';
}) => (
  <div className={`figure ${tone}`}>
    <div className="label">{label}</div>
    <div className="value">{value}</div>
    {range !== undefined && <div className="range">{range}</div>}
    {words !== undefined && <div className="words">{words}</div>}
    {basis !== undefined && (
      <details className="basis">
        <summary aria-label={`${basis.label} · ${label}`}>{basis.label}</summary>
        {basis.text}
      </details>
    )}
  </div>
);
