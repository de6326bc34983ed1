/** A text between quotes in a style sheet; whatever else it is, it is no end of one. */
export const styleText = (text: string): string =>
  `"${[...text].map((sign) => (/[\w ]/.test(sign) ? sign : `\\${sign.codePointAt(0)!.toString(16)} `)).join('')}"`;
