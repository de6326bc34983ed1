import { quoted } from './cells.js';
import type { CellProblem } from './table.js';

const CURRENCY_WORD = /^(?:[A-Z]{3}|[A-Z]{1,2}\$|kr\.?|Rs\.?)\s*[+-]?\d|\d\s*(?:[A-Z]{3}|kr\.?|zł)$/;
const MAGNITUDE = /\d\s*(?:k|m|mn|mio|million|bn|billion|thousand)\.?$/i;

/**
 * What to write instead of something in a number cell that is no number.
 * @param text the cell as it stands there
 */
export function whyNotANumber(text: string): CellProblem {
  const bare = text.replace(/\p{Sc}/gu, '').trim();
  if (MAGNITUDE.test(text)) {
    const sign = bare === text ? '' : ', without a currency sign';
    return format(`Write ${quoted(text)} as a number in full${sign}: 3.3m is 3300000.`);
  }
  if (bare !== text || CURRENCY_WORD.test(text)) {
    const amount = bare !== text && /^[+-]?[\d.,\s]+$/.test(bare) ? ` (${bare})` : '';
    return {
      code: 'number.currency',
      message: `Write the amount without the currency sign${amount} and put the currency in the currency column.`,
    };
  }
  if (/^\(.*\d.*\)$/.test(text))
    return format(`Write ${quoted(text)} with a minus sign: -${text.slice(1, -1).trim()}.`);
  if (/^[\d.,\s]+-$/.test(text))
    return format(`Write ${quoted(text)} with the minus sign in front: -${text.slice(0, -1).trim()}.`);
  if (/^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i.test(text)) {
    return format(`${quoted(text)} is a number that a spreadsheet shortened. Write it in full, with all its digits.`);
  }
  if (/^[+-]?[\d'’]+(?:[.,]\d+)?$/.test(text))
    return format(`Write ${quoted(text)} without apostrophes: ${text.replace(/['’]/g, '')}.`);
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(text))
    return format(`${quoted(text)} looks like a date. Write the number.`);
  if (/^[+-]?[\d.,\s]+$/.test(text))
    return format(`${quoted(text)} is not a number in any usual form. Write it like 1234.50.`);
  if (text.length <= 12 && !/\s/.test(text)) {
    return format(`${quoted(text)} is not a number. Leave the cell empty where there is no figure, or write - or n/a.`);
  }
  return format(`${quoted(text)} is text. Leave the number empty, and put the remark in a text column.`);
}

function format(message: string): CellProblem {
  return { code: 'number.format', message };
}
