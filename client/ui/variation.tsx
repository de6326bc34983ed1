import type { Metric, Signal } from '../../server/contract/metric.js';
import { latestIsHigh } from '../charts/xmr';
import { type Variation, variationOf } from './variation-of';
import { periodLabel } from '../lib/period';
import { usePageScope } from './page-scope';
import './variation.css';

/** Whether a metric has really changed, and whether it reaches its target of itself: shape, letter and word, and the rule as a sentence. */

const WORDS: Record<Variation, string> = {
  improving: 'improving',
  concern: 'concern',
  changed: 'changed',
  common: 'common cause',
  few: 'too few points',
  none: 'no value',
};
export const variationWord = (signal: Signal): string => WORDS[variationOf(signal)];

const RULES = {
  outside_limits: 'the latest point lies outside the limits',
  run_of_eight: 'the latest point ends a run of eight or more on one side of the mean',
};

/** The rule that fired, or why none did; the end of a sentence. */
export function ruleWords({ state, rule, points, limits }: Signal): string {
  if (state === 'insufficient' && limits !== null) return 'without a value the quarter has not changed';
  if (state === 'insufficient') return `limits need 6 points, there ${points === 1 ? 'is' : 'are'} ${points}`;
  return rule === null ? 'inside the limits and no run on one side of the mean' : RULES[rule];
}

interface WithTrend {
  trend: readonly { period: string; value: string | number | null; isPoint?: boolean }[];
  signal: Signal;
  /** The latest period that is judged, where it may be another than the last of the trend. */
  judgedTo?: string;
  /** In a narrow column: shape and letter; the word is said and not seen. */
  isShort?: boolean;
}

export function VariationMark({ trend, signal, judgedTo, isShort = false }: WithTrend) {
  const { fiscalYearStartMonth } = usePageScope();
  const variation = variationOf(signal);
  const judged =
    judgedTo === undefined ? trend : trend.slice(0, trend.findIndex(({ period }) => period === judgedTo) + 1);
  const isHigh = latestIsHigh(judged, signal);
  const to =
    judged.length < trend.length && judgedTo !== undefined ? periodLabel(judgedTo, fiscalYearStartMonth) : null;
  const isDirected = variation === 'improving' || variation === 'concern';
  return (
    <span
      className={`variation variation-${variation}`}
      title={[isShort && sentence(WORDS[variation]), sentence(ruleWords(signal)), to && ADDING_UP]
        .filter(Boolean)
        .join(' ')}
      data-variation={variation}
    >
      <VariationShape variation={variation} isHigh={isHigh === true} />
      {isDirected && <b>{isHigh ? 'H' : 'L'}</b>}{' '}
      <span className={isShort ? 'visually-hidden' : ''}>{WORDS[variation]}</span>
      {to !== null && <span className={isShort ? 'visually-hidden' : 'variation-to'}> to {to}</span>}
      <span className="visually-hidden">
        : {ruleWords(signal)}
        {to !== null && `. ${ADDING_UP}`}
      </span>
    </span>
  );
}

/** Of a sum in a quarter that is not over. */
const ADDING_UP = 'The quarter under way is still adding up; it is judged when it is over.';

const SHAPES: Record<Exclude<Variation, 'improving' | 'concern'>, React.ReactNode> = {
  changed: <path d="M6 .8 11.2 6 6 11.2.8 6Z" />,
  common: <circle cx="6" cy="6" r="4" className="hollow" />,
  none: <circle cx="6" cy="6" r="4" className="hollow" strokeDasharray="2 1.6" />,
  few: (
    <>
      <circle cx="1.5" cy="6" r="1.3" />
      <circle cx="6" cy="6" r="1.3" />
      <circle cx="10.5" cy="6" r="1.3" />
    </>
  ),
};

function VariationShape({ variation, isHigh }: { variation: Variation; isHigh: boolean }) {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {variation === 'improving' || variation === 'concern' ? (
        <path d={isHigh ? 'M6 1 11 10H1Z' : 'M6 11 1 2h10Z'} />
      ) : (
        SHAPES[variation]
      )}
    </svg>
  );
}

const ASSURANCES = {
  passes: { letter: 'P', word: 'passes', why: 'both limits reach the target: it is met whatever chance does' },
  fails: { letter: 'F', word: 'fails', why: 'neither limit reaches the target: as things are it is not met' },
  hit_or_miss: { letter: '?', word: 'hit or miss', why: 'the target lies between the limits: chance decides' },
};

/** Only where 12 points tell; nothing else is shown in its place. */
export function AssuranceMark({ assurance }: Pick<Metric, 'assurance'>) {
  if (assurance === null) return null;
  const { letter, word, why } = ASSURANCES[assurance];
  return (
    <span className={`assurance assurance-${assurance}`} title={sentence(why)} data-assurance={letter}>
      <b>{letter}</b> {word}
      <span className="visually-hidden">: {why}</span>
    </span>
  );
}

export const assuranceWords = (assurance: Metric['assurance']): string | null =>
  assurance === null ? null : ASSURANCES[assurance].word;

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
