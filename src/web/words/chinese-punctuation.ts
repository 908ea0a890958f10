const marks: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '?': '？', '!': '！' };
const han = String.raw`\p{Script=Han}」』）》`;
const besideHan = new RegExp(`(?<=[${han}])\\s?[,;:?!]\\s?|[,;:?!](?=[\\p{Script=Han}「『《])`, 'gu');
const withHan = /\(([^()]*)\)/g;

/**
 * A Chinese sentence with the full-width marks that print asks for, where its source wrote narrow ones beside
 * Chinese characters. Marks inside numbers, clock times, addresses and English words stay.
 */
export const chinesePunctuation = (sentence: string): string =>
  sentence
    .replaceAll(besideHan, (mark) => marks[mark.trim()] ?? mark)
    .replaceAll(withHan, (whole, inside: string, at: number) =>
      /\p{Script=Han}/u.test(inside) || /[\p{Script=Han}」]$/u.test(sentence.slice(0, at))
        ? `（${inside}）`
        : whole,
    )
    .replaceAll(/(?<=[）%\d])[,;](?=\p{Script=Han})/gu, (mark) => marks[mark] ?? mark)
    .replaceAll(/(?<=）)[,;:](?=.)/gu, (mark) => marks[mark] ?? mark);
