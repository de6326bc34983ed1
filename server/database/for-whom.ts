/** Whatever people or spreadsheets leave between words, those that do not break a line included. */
const SPACES = String.raw`[\s\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+`;

/**
 * SQL for whom a forum decides, so that two can be compared: the words of its scope, whatever their case and the spaces between them. A forum without
 * a scope decides for everybody, as does another without one.
 *
 * @param forum alias of a row of `forums`
 */
export const forWhom = (forum: string): string =>
  `lower(btrim(regexp_replace(coalesce(${forum}.scope, ''), '${SPACES}', ' ', 'g')))`;
