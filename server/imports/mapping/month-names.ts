/** Names of the months as spreadsheets write them: English, German, French, Spanish, Italian, Dutch; lower case, without accents. */
const NAMES: readonly (readonly string[])[] = [
  ['jan', 'january', 'januar', 'janner', 'janv', 'janvier', 'ene', 'enero', 'gen', 'gennaio', 'januari'],
  ['feb', 'february', 'februar', 'fev', 'fevr', 'fevrier', 'febrero', 'febbraio', 'februari'],
  ['mar', 'march', 'marz', 'maerz', 'mrz', 'mars', 'marzo', 'mrt', 'maart'],
  ['apr', 'april', 'avr', 'avril', 'abr', 'abril', 'aprile'],
  ['may', 'mai', 'mayo', 'mag', 'maggio', 'mei'],
  ['jun', 'june', 'juni', 'juin', 'junio', 'giu', 'giugno'],
  ['jul', 'july', 'juli', 'juil', 'juillet', 'julio', 'lug', 'luglio'],
  ['aug', 'august', 'aout', 'ago', 'agosto', 'augustus'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'set', 'settembre'],
  ['oct', 'october', 'okt', 'oktober', 'octobre', 'octubre', 'ott', 'ottobre'],
  ['nov', 'november', 'novembre', 'noviembre'],
  ['dec', 'december', 'dez', 'dezember', 'decembre', 'dic', 'diciembre', 'dicembre'],
];

const NUMBERS = new Map(NAMES.flatMap((names, place) => names.map((name) => [name, place + 1] as const)));

/** Lower case, without accents: `Août` is `aout`. */
export const plainWord = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** 1 to 12, or null. @param name with or without a full stop */
export const monthNumber = (name: string): number | null => NUMBERS.get(plainWord(name.replace(/\.$/, ''))) ?? null;
