/** Fonts that desks have, Chinese among them. */
const fontsOfSystems =
  "system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Noto Sans SC'";

/** How a character is drawn by the machine's own fonts. */
const drawn = (character: string): string => {
  const canvas = document.createElement('canvas');
  canvas.width = 24;
  canvas.height = 24;
  const pen = canvas.getContext('2d');
  if (pen === null) return '';
  pen.font = `20px ${fontsOfSystems}`;
  pen.fillText(character, 1, 20);
  return canvas.toDataURL();
};

/** Whether the machine has Chinese by itself: two characters drawn alike are both the box that stands for a missing one. */
const hasChinese = (): boolean => drawn(String.fromCodePoint(0x4e2d)) !== drawn(String.fromCodePoint(0x56fd));

/** The font that comes along, a piece at a time, where it is needed; the machine's own for what else is written. */
const ownFonts = "'Huawu Words', system-ui, -apple-system, 'Noto Sans SC Variable', sans-serif";

/**
 * The page in the machine's own font where that has Chinese: nothing is loaded then. Else in the font that comes along,
 * which has to be named first: Chromium keeps the boxes of words that it laid out in a font of the machine's before their
 * piece came.
 */
export const chooseFont = (): void =>
  document.documentElement.style.setProperty(
    '--font',
    hasChinese() ? `${fontsOfSystems}, sans-serif` : ownFonts,
  );
