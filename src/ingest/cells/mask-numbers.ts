/**
 * Persons' numbers (telephone, identity card) are never shown: of each at most the last two digits stay. Every pattern
 * takes time in proportion to the text.
 */

const hidden = (said: string): string => {
  const digits = said.replaceAll(/\D/g, '').length;
  let seen = 0;
  return said.replaceAll(/\d/g, (digit) => ((seen += 1) > digits - 2 && digits > 4 ? digit : '*'));
};

/** Numbers that by their form are somebody's telephone or identity card. */
const surelyPersonal = [
  // identity card of the mainland: 17 digits and a check digit
  /(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g,
  // with the country: +86 138 0013 8000, +1 (212) 555-0100
  /\+\d{1,3}[ -]?\(?\d{2,4}\)?(?:[ -]?\d{2,4}){1,4}(?!\d)/g,
  // a mainland mobile, also with 86 or 0 before it
  /(?<!\d)(?:86[ -]?|0)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)/g,
  // a landline with its area: 010-12345678, (0571) 8765 4321
  /(?<!\d)\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{4}(?!\d)/g,
  // North America: (212) 555-0100
  /(?<!\d)\(?[2-9]\d{2}\)?[ .-][2-9]\d{2}[ .-]\d{4}(?!\d)/g,
] as const;

const plainRun = /(?<![\d.])\d{7,19}(?!\d|\.\d)/g;

/** A run of digits that is a date (20261123, also with its time) or seconds or milliseconds since 1970. */
const isTime = (run: string): boolean =>
  /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{2}|\d{4}|\d{6}|\d{9})?$/.test(run) ||
  /^1\d{9}(?:\d{3})?$/.test(run);

/** The text with everything hidden that is certainly a person's number; what is left out stays as it was. */
export const maskPersonal = (said: string): string =>
  /\d{4}/.test(said) ? surelyPersonal.reduce((text, form) => text.replaceAll(form, hidden), said) : said;

/** The same, and every long run of digits that is no time: for cells of which nothing is known. */
export const maskLikelyPersonal = (said: string): string =>
  /\d{4}/.test(said)
    ? maskPersonal(said).replaceAll(plainRun, (run) => (isTime(run) ? run : hidden(run)))
    : said;

/** All digits but the last two: for columns that hold persons' numbers. */
export const maskDigits = (said: string): string => hidden(said);

/** Whether a column is headed as one of persons' numbers, whatever else it may be called. */
export const headsPersonalNumbers = (normalisedHeading: string): boolean =>
  personalHeadings.has(normalisedHeading) ||
  /(?:手机|电话|联系|主叫|被叫|来电|客户|用户|市民|回拨|呼叫|证件|身份证)(?:人)?(?:号|号码)$|手机$|联系电话|客户电话|联系方式|身份证/.test(
    normalisedHeading,
  );

const personalHeadings: ReadonlySet<string> = new Set(
  `caller callerid callerno callernum callernumber calleridnum calleridname clid cid cidnum cidname cli ani src srcnum
   source from fromnumber dst dnid dialednumber dialled callednumber callee calleenumber phone phoneno phonenumber
   mobile mobileno mobilephone mobilenumber tel telno telephone telephonenumber cell cellphone msisdn contactnumber
   customernumber customerphone customerphonenumber customerendpoint customerendpointaddress callback callbacknumber
   number idcard idnumber nationalid 主叫 被叫 主叫方 被叫方 电话 电话号 号码 来电显示`
    .trim()
    .split(/\s+/),
);
