/** What was asked for, as the terminal's options: '--since 2026-11-01 --weeks 8'. */
export const askedWords = (asked: Readonly<Record<string, string | number>>): string =>
  Object.entries(asked)
    .map(
      ([field, value]) =>
        `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${String(value)}`,
    )
    .join(' ');
